"""Writing over a file where no new one can take its place: first a backup, then the file itself."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from disclosure_tui.store.file_rights import Rights
from disclosure_tui.store.hidden_names import backup_name, leftover, real_path
from disclosure_tui.store.processes import is_running
from disclosure_tui.store.raw_files import discard, open_new, write_all
from disclosure_tui.store.save_errors import FileTorn
from disclosure_tui.store.state_folder import private_place

__all__ = ["interrupted", "write_in_place"]

_NO_FOLDER = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_CANNOT_ALLOCATE = frozenset({errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS, errno.ENODEV})


def write_in_place(
    target: Path, old: bytes, new: bytes, check: Callable[[], object], where: str
) -> None:
    """Replace the content of a file and leave the file what it is: links, owner and all.

    A backup of the old content stands beside it meanwhile (in the person's own folder where the
    file's is closed to them); if the process is killed it stays there, see `interrupted`.

    Args:
        target: The file itself, not a link.
        old: What it holds.
        new: What it is to hold.
        check: Called just before the first byte is written; it raises if the file has changed.
        where: What to call the file in messages.

    Raises:
        OSError: The system refuses; the file holds the old content.
        FileTorn: The system refused half way, and to put the old content back as well.
    """
    backup = _back_up(target, old)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            check()
            _overwrite(descriptor, old, new)
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)
    except _PutBackRefusedError as error:
        raise FileTorn(where, backup) from error
    except BaseException:
        discard(backup)
        raise
    discard(backup)


def interrupted(report: Path) -> tuple[Path, ...]:
    """Return the backups of writes in place that were cut off: the report may be half written."""
    target = real_path(report)
    return tuple(
        folder / name
        for folder in _folders(target)
        for name in _names(folder)
        if _is_cut_off(folder, name, target)
    )


class _PutBackRefusedError(Exception):
    """The old content could not be put back."""


def _back_up(target: Path, content: bytes) -> Path:
    try:
        return _backup_in(target, target, content)
    except OSError as error:
        if error.errno not in _NO_FOLDER:
            raise
        closed = error
    try:
        folder = private_place(target)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _backup_in(folder / target.name, target, content)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        # An account without a home is no reason that the person could act on: nothing is gone or
        # broken but the report's folder is closed, so that is what is said.
        raise closed from error


def _backup_in(place: Path, target: Path, content: bytes) -> Path:
    path, descriptor = _open_backup(place)
    try:
        write_all(descriptor, content)
        # Whoever may use the report may use the backup; what cannot be kept is no obstacle here.
        with contextlib.suppress(OSError):
            Rights.of(target).give_to(descriptor)
        os.fsync(descriptor)
    except BaseException:
        discard(path)
        raise
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return path


def _open_backup(place: Path) -> tuple[Path, int]:
    """Open a backup under a name that no earlier one has: an old one may be all there is left."""
    number = 1
    while True:
        path = backup_name(place, number)
        try:
            return path, open_new(path, 0o600)
        except FileExistsError:
            number += 1


def _overwrite(descriptor: int, old: bytes, new: bytes) -> None:
    try:
        _allocate(descriptor, len(new))
    except OSError:
        # No room, and not a byte of the old content is touched yet.
        _set_length(descriptor, len(old))
        raise
    try:
        write_all(descriptor, new)
        os.ftruncate(descriptor, len(new))
        os.fsync(descriptor)
    except BaseException as error:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            write_all(descriptor, old)
            os.ftruncate(descriptor, len(old))
        except OSError:
            raise _PutBackRefusedError from error
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
        raise


def _allocate(descriptor: int, length: int) -> None:
    """Take the room for the new content before the old one is touched."""
    try:
        os.posix_fallocate(descriptor, 0, max(length, 1))
    except OSError as error:
        if error.errno not in _CANNOT_ALLOCATE:
            raise


def _set_length(descriptor: int, length: int) -> None:
    try:
        os.ftruncate(descriptor, length)
    except OSError as error:
        raise _PutBackRefusedError from error


def _folders(target: Path) -> list[Path]:
    folders = [target.parent]
    with contextlib.suppress(OSError):
        folders.append(private_place(target))
    return folders


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return []


def _is_cut_off(folder: Path, name: str, target: Path) -> bool:
    found = leftover(folder, name)
    if found is None or not found.is_backup or is_running(found.pid):
        return False
    return backup_name(target, 0).name.startswith(f".{found.name}.")
