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
        check: Called just before the first byte is written, and again if another file has come
            into this place by the end; it raises if the file is not the old one.
        where: What to call the file in messages.

    Raises:
        OSError: The system refuses; the file holds the old content.
        FileTorn: The system refused half way, and to put the old content back as well.
    """
    backup = _back_up(target, old)
    try:
        flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(target, flags)
        try:
            check()
            _overwrite(descriptor, old, new)
            if _was_exchanged(target, descriptor):
                check()
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
    """Write the new content; whatever stops it, an interrupt too, the old one is put back."""
    touched = False
    try:
        _allocate(descriptor, len(new))
        touched = True
        write_all(descriptor, new)
        os.ftruncate(descriptor, len(new))
        os.fsync(descriptor)
    except BaseException as error:
        _put_back(descriptor, old if touched else None, len(old), error)
        raise


def _put_back(descriptor: int, old: bytes | None, length: int, error: BaseException) -> None:
    """Restore content and length; with no content given, not a byte of it was touched."""
    try:
        if old is not None:
            os.lseek(descriptor, 0, os.SEEK_SET)
            write_all(descriptor, old)
        os.ftruncate(descriptor, length)
    except BaseException:
        # A second interrupt as well: then the backup is all there is, and has to stay.
        raise _PutBackRefusedError from error
    with contextlib.suppress(OSError):
        os.fsync(descriptor)


def _was_exchanged(target: Path, descriptor: int) -> bool:
    """Tell whether another program put its file in this place, so that ours has no name now."""
    try:
        return not os.path.samestat(target.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return True
    except OSError:
        # It is written; that the system will not say more is no reason to call that undone.
        return False


def _allocate(descriptor: int, length: int) -> None:
    """Take the room for the new content before the old one is touched."""
    try:
        os.posix_fallocate(descriptor, 0, max(length, 1))
    except OSError as error:
        if error.errno not in _CANNOT_ALLOCATE:
            raise


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
