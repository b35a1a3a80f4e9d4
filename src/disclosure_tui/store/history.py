"""Earlier versions of a report: the last save of each day, in a hidden folder beside it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.store.file_rights import Rights
from disclosure_tui.store.files import read_bytes
from disclosure_tui.store.hidden_names import real_path
from disclosure_tui.store.raw_files import discard, read_regular
from disclosure_tui.store.source import LARGEST_FILE
from disclosure_tui.store.temporary import Temporary, sweep

__all__ = ["Version", "keep", "read", "set_aside", "versions"]

FOLDER = ".history"
MOST_FILES = 30
MOST_BYTES = 2 * 1024 * 1024

_SET_ASIDE = ".set-aside"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d)(-\d\d\.set-aside(?:-\d+)?)?")
_MOST_IN_A_SECOND = 100


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a report.

    Attributes:
        when: When it was kept, in the local time of the server.
        path: Where it is.
        sha256: The hash of its content.
        size: Its size in bytes.
        is_set_aside: Not a save of the day, but work that the person decided not to save.
    """

    when: datetime
    path: Path
    sha256: str
    size: int
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of the history, by its name."""

    when: datetime
    path: Path
    size: int
    is_set_aside: bool


def versions(report: Path) -> tuple[Version, ...]:
    """Return the versions that are kept of a report, the newest first. Creates nothing."""
    found = []
    for entry in _entries(_folder(report)):
        with contextlib.suppress(OSError):
            content = read_regular(entry.path, LARGEST_FILE)
            digest = hashlib.sha256(content).hexdigest()
            size = len(content)
            found.append(Version(entry.when, entry.path, digest, size, entry.is_set_aside))
    return tuple(found)


def read(version: Version) -> bytes:
    """Return the content of a version.

    Raises:
        DocumentError: It is not there any more, or cannot be read.
    """
    return read_bytes(version.path)


def keep(report: Path, content: bytes, now: datetime) -> tuple[Text, ...]:
    """Keep what was saved; it takes the place of what was kept earlier on the same day.

    A save is done whether this works or not.

    Returns:
        Notes for the person: why nothing was kept, or nothing.
    """
    return _keep(report, content, f"{now.astimezone():%Y-%m-%dT%H-%M}")


def set_aside(report: Path, content: bytes, now: datetime) -> tuple[Text, ...]:
    """Keep work that is given up; nothing of the day is replaced.

    Returns:
        Notes for the person: why nothing was kept, or nothing.
    """
    stem = f"{now.astimezone():%Y-%m-%dT%H-%M-%S}{_SET_ASIDE}"
    ends = ["", *(f"-{number}" for number in range(2, _MOST_IN_A_SECOND))]
    folder, suffix = _folder(report), real_path(report).suffix
    free = (stem + end for end in ends if not os.path.lexists(folder / (stem + end + suffix)))
    return _keep(report, content, next(free, stem))


def _keep(report: Path, content: bytes, stem: str) -> tuple[Text, ...]:
    target = real_path(report)
    name = stem + target.suffix
    folder = _folder(report)
    try:
        rights = Rights.of(target)
        for one in (folder.parent, folder):
            _make(one, target.parent.stat())
        sweep(folder)
        before = [one for one in _entries(folder) if one.is_set_aside == (_SET_ASIDE in name)]
        if before and _holds(before[0], content):
            return ()
        with Temporary(folder / name) as temporary:
            temporary.write(content)
            rights.give_to(temporary.descriptor)
            temporary.sync()
            temporary.replace(folder / name)
        _thin_out(folder, name)
    except OSError as error:
        return (_not_kept(error),)
    return ()


def _folder(report: Path) -> Path:
    target = real_path(report)
    return target.parent / FOLDER / target.name


def _make(folder: Path, like: os.stat_result) -> None:
    """Make a folder that the same people may use as the one of the report."""
    try:
        folder.mkdir(mode=0o777)
    except FileExistsError:
        # A link here would lead our writing and removing to another place.
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise
        return
    mode = 0o700 | like.st_mode & 0o2075
    with contextlib.suppress(OSError):
        os.chown(folder, -1, like.st_gid)
    with contextlib.suppress(OSError):
        folder.chmod(mode)


def _entries(folder: Path) -> list[_Entry]:
    """Return the files of a history, the newest first; nothing else that lies there.

    The folder is named after the report, and its versions end as the report does: what an editor
    left there (`….yaml~`) is nobody's version, and not ours to remove.
    """
    return sorted(_scan(folder), key=lambda one: (one.when, one.path.name), reverse=True)


def _scan(folder: Path) -> Iterator[_Entry]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only
    except OSError:
        return
    suffix = Path(folder.name).suffix
    for name in names:
        match = _NAME.fullmatch(name.removesuffix(suffix)) if name.endswith(suffix) else None
        if match is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            status = (folder / name).lstat()
            when = datetime.strptime(match[1], "%Y-%m-%dT%H-%M")
            if stat.S_ISREG(status.st_mode):
                yield _Entry(when.astimezone(), folder / name, status.st_size, bool(match[2]))


def _holds(entry: _Entry, content: bytes) -> bool:
    if entry.size != len(content):
        return False
    try:
        return read_regular(entry.path, len(content) + 1) == content
    except OSError:
        return False


def _thin_out(folder: Path, newest: str) -> None:
    """Remove what the newest replaces, and the oldest beyond the limits; never the newest."""
    kept = [one for one in _entries(folder) if one.path.name != newest]
    for one in list(kept):
        if (
            ".set-aside" not in newest
            and not one.is_set_aside
            and one.path.name[:10] == newest[:10]
        ):
            discard(one.path)
            kept.remove(one)
    with contextlib.suppress(OSError):
        total = (folder / newest).lstat().st_size
        for count, one in enumerate(kept, 2):
            total += one.size
            if count > MOST_FILES or total > MOST_BYTES:
                discard(one.path)


def _not_kept(error: OSError) -> Text:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text(
            "文件已保存，但空间不够，没有另留今天的历史版本。请清理不用的文件。",
            "Saved, but there is no room for today's entry in the history. "
            "Delete files you do not need.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Text(
            "文件已保存，但文件夹不允许新建文件，没有另留今天的历史版本。请联系管理员。",
            "Saved, but the folder takes no new file, so there is no entry in the history. "
            "Ask the administrator.",
        )
    return Text(
        "文件已保存，但没能另留今天的历史版本。请联系管理员。",
        "Saved, but there is no entry for today in the history. Ask the administrator.",
    )
