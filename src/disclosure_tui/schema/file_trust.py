"""Whether a folder or a file can be relied on: who may change it besides its keepers.

Only what is open to everybody counts against a folder: a group that may write is how an office
keeps its schemas together. A link counts as what it leads to.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from disclosure_tui.language import Text

__all__ = ["file_doubt", "folder_doubt", "is_own", "real_path"]


def real_path(path: Path) -> Path:
    """Return a path with its links followed, as far as that is possible."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_own(path: Path) -> bool:
    """Tell whether a file or folder belongs to the system or to whoever runs the program."""
    try:
        return path.stat().st_uid in _answerable()
    except OSError:
        return False


def folder_doubt(folder: Path) -> Text | None:
    """Return why a folder cannot be relied on, or None.

    Where everybody may write into a folder, everybody may add files to it. Where that holds for
    one above it, everybody may put another folder in its place, unless it is sticky like /tmp.
    """
    real = real_path(folder)
    if _is_open(real, sticky_helps=False):
        return _open_to_all(real)
    return next((_open_to_all(above) for above in _above(folder, real)), None)


def file_doubt(path: Path) -> Text | None:
    """Return why a file cannot be relied on although its folder can, or None."""
    real = real_path(path)
    if _is_open(real, sticky_helps=False):
        return _open_to_all(real)
    if path.is_symlink() and real.parent != real_path(path.parent):
        return folder_doubt(real.parent) or _foreign(path, real)
    return None


def _above(folder: Path, real: Path) -> Iterator[Path]:
    """Yield the open folders that a path leads through, links followed and not."""
    given = folder.absolute()
    for place in dict.fromkeys((*real.parents, *given.parents)):
        if _is_open(place, sticky_helps=True):
            yield place


def _is_open(path: Path, *, sticky_helps: bool) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_IWOTH) and not (sticky_helps and mode & stat.S_ISVTX)


def _foreign(link: Path, real: Path) -> Text | None:
    """Doubt a link that leads to a file of somebody who does not keep the folder."""
    try:
        keepers = {*_answerable(), link.lstat().st_uid}
        if real.stat().st_uid in keepers:
            return None
    except OSError:
        return None
    return Text(
        f"这是指向【{real}】的链接，那个文件归别的账号所有",
        f"it is a link to {real}, which belongs to another account",
    )


def _answerable() -> frozenset[int]:
    return frozenset({0, os.geteuid()})


def _open_to_all(place: Path) -> Text:
    return Text(
        f"任何账号都能改动【{place}】；请管理员执行 chmod o-w",
        f"everybody may change {place}; have the administrator run chmod o-w",
    )
