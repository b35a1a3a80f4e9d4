"""Where journals lie, who writes them, and what becomes of those that are done with.

A journal lies beside its report as `.NAME.journal`; where the folder may not be written, under
the same name in the person's own folder for the report.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError, SaveError
from disclosure_tui.language import Text
from disclosure_tui.store.hidden_names import beside, real_path
from disclosure_tui.store.journal_lines import Header, JournalContents, parse, read_journal
from disclosure_tui.store.processes import boot_id, host_name, is_locked, is_running
from disclosure_tui.store.raw_files import open_new
from disclosure_tui.store.state_folder import private_place

__all__ = [
    "FoundJournal",
    "Writer",
    "create",
    "discard",
    "find_journals",
    "lock",
    "remove",
    "sweep_journals",
]

_SUFFIX = ".journal"
_LONGEST_SUFFIX = ".4194304-999.journal"
_OWN = re.compile(r"(?:\.\d+(?:-\d+)?)?\.journal")
_MOST = 1000
_NOT_BESIDE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR)


class Writer(Enum):
    """What is known of the process that writes a journal."""

    ALIVE = "alive"
    DEAD = "dead"
    ELSEWHERE = "elsewhere"
    """It ran on another machine, so it cannot be told from here."""


@dataclass(frozen=True, slots=True)
class FoundJournal:
    """A journal of a report.

    Attributes:
        path: The journal.
        report: The real path of the report.
        contents: What it holds; its header is there.
        writer: Whether somebody is still writing it.
        written: When it was last written.
    """

    path: Path
    report: Path
    contents: JournalContents
    writer: Writer
    written: datetime

    @property
    def in_use(self) -> bool:
        """Tell whether a living process still writes it."""
        return self.writer is Writer.ALIVE


def find_journals(report: Path) -> tuple[FoundJournal, ...]:
    """Return the journals of a report that may be read, the latest written last.

    Looks beside the report and in the person's own folder; changes nothing.
    """
    real = real_path(report)
    found = [
        journal
        for folder in _folders(real)
        for path in _named(folder, real)
        if (journal := _found(path, real)) is not None
    ]
    return tuple(sorted(found, key=lambda journal: journal.written))


def sweep_journals(report: Path) -> None:
    """Delete the journals of a report whose process died before anything was in them."""
    real = real_path(report)
    for folder in _folders(real):
        for path in _named(folder, real):
            _sweep(path)


def create(real: Path) -> tuple[int, Path, bool]:
    """Create an empty journal of a report under a name of its own; no other is touched.

    Returns:
        The open file, its path, and whether it could be locked.

    Raises:
        OSError: It can be created neither beside the report nor in the person's own folder.
    """
    sweep_journals(real)
    try:
        return _created(real.parent, real)
    except OSError as error:
        if error.errno not in _NOT_BESIDE:
            raise
    folder = private_place(real)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _created(folder, real)


def lock(descriptor: int) -> bool:
    """Take the lock that tells others that a journal is in use; it goes with the process."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def discard(found: FoundJournal, now: datetime) -> Path:
    """Put a journal that the person does not want aside; the work in it is kept.

    Args:
        found: The journal.
        now: The time, which becomes part of the name.

    Returns:
        Where it is now: in `.history/NAME/` beside it.

    Raises:
        SaveError: A living process writes it, or it cannot be moved.
    """
    if found.in_use:
        raise SaveError(
            Text("这份自动记录还在使用，没有移动。", "The journal is in use; it was not moved."),
            where=str(found.path),
        )
    history = found.path.parent / ".history"
    try:
        for folder in (history, history / found.report.name):
            _make(folder, found.path.parent.stat())
        return _moved(found.path, history / found.report.name / f"{now:%Y-%m-%dT%H-%M-%S}")
    except OSError as error:
        raise SaveError(
            Text(
                "自动记录移不动，还留在原处。", "The journal cannot be moved; it is where it was."
            ),
            hint=Text("请核对文件夹的写入权限。", "Check that the folder may be written."),
            where=str(found.path),
        ) from error


def remove(found: FoundJournal) -> None:
    """Delete a journal whose work stands in the saved report or in another journal.

    Nothing happens if a living process writes it or it may not be deleted.
    """
    if not found.in_use:
        with contextlib.suppress(OSError):
            found.path.unlink()


def _folders(real: Path) -> Iterator[Path]:
    yield real.parent
    with contextlib.suppress(OSError):
        yield private_place(real)


def _stem(real: Path) -> str:
    """Return how the names of the journals of a report begin, whatever comes behind."""
    return beside(real, _LONGEST_SUFFIX).name.removesuffix(_LONGEST_SUFFIX)


def _named(folder: Path, real: Path) -> list[Path]:
    """Return the files of a folder that are named as journals of a report."""
    stem = _stem(real)
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only, and most are none of ours
    except OSError:
        # A folder that may not be listed, but perhaps read from.
        return [folder / (stem + _SUFFIX)]
    return [
        folder / name
        for name in names
        if name.startswith(stem) and _OWN.fullmatch(name, len(stem)) is not None
    ]


def _found(path: Path, real: Path) -> FoundJournal | None:
    try:
        contents = read_journal(path)
        written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (DocumentError, OSError):
        return None
    header = contents.header
    # The folder may have been moved since, so the name has to do.
    if header is None or Path(header.report).name != real.name:
        return None
    return FoundJournal(path, real, contents, _writer(path, header), written)


def _writer(path: Path, header: Header) -> Writer:
    if header.locked and _is_held(path):
        return Writer.ALIVE
    if header.boot_id != boot_id():
        return Writer.DEAD if header.host == host_name() else Writer.ELSEWHERE
    # Process numbers come round again; where there was a lock, it is the one to believe.
    return Writer.ALIVE if not header.locked and is_running(header.pid) else Writer.DEAD


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return is_locked(descriptor) is True
    finally:
        os.close(descriptor)


def _created(folder: Path, real: Path) -> tuple[int, Path, bool]:
    stem, pid = _stem(real), os.getpid()
    names = (f"{stem}.{pid}-{number}{_SUFFIX}" for number in range(2, _MOST))
    for name in (stem + _SUFFIX, f"{stem}.{pid}{_SUFFIX}", *names):
        with contextlib.suppress(FileExistsError):
            descriptor = open_new(folder / name, 0o600)
            return descriptor, folder / name, lock(descriptor)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def _sweep(path: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            # Whoever is just creating it has the lock, or finds it gone and begins anew.
            # Another sweep may have been quicker, and the name be that of a new journal by now.
            if (
                _is_empty(descriptor)
                and lock(descriptor)
                and os.path.samestat(path.lstat(), os.fstat(descriptor))
            ):
                path.unlink()
        finally:
            os.close(descriptor)


def _is_empty(descriptor: int) -> bool:
    """Tell whether a journal broke off before even its base was written.

    A whole first line that only a newer program understands means that there is work.
    """
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return False
    content = os.pread(descriptor, status.st_size, 0)
    contents = parse(content)
    return b"\n" not in content or (contents.header is not None and not contents.entries)


def _make(folder: Path, like: os.stat_result) -> None:
    """Make a folder that the same people may use as the one that it stands in."""
    try:
        folder.mkdir()
    except FileExistsError:
        # A link here would lead our writing to another place.
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise
        return
    with contextlib.suppress(OSError):
        os.chown(folder, -1, like.st_gid)
        folder.chmod(0o700 | like.st_mode & 0o2075)


def _moved(path: Path, stem: Path) -> Path:
    for number in range(1, _MOST):
        name = stem.name + (f"-{number}" if number > 1 else "") + _SUFFIX
        target = stem.with_name(name)
        with contextlib.suppress(FileExistsError):
            # The empty file reserves the name, so that nothing else can be replaced.
            os.close(open_new(target, 0o600))
            return path.replace(target)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(stem))
