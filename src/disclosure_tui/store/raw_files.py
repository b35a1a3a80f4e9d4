"""The few steps with the system's files that saving, lock and history share."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["discard", "open_new", "read_regular", "sync_folder", "turn", "write_all"]

_PIECE = 1024 * 1024
_LONGEST_WAIT = 2.0
_SHORT_WAIT = 0.005
# Network and special file systems that cannot make a folder last; the file itself is safe.
_CANNOT_SYNC = (errno.EINVAL, errno.EOPNOTSUPP)


def open_new(path: Path, mode: int) -> int:
    """Open a file that must not exist yet, for reading and writing, and return its descriptor."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    return os.open(path, flags, mode)


def write_all(descriptor: int, content: bytes) -> None:
    """Write all bytes; the system may take them in pieces."""
    rest = memoryview(content)
    while rest:
        count = os.write(descriptor, rest)
        if count <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[count:]


def read_regular(path: Path, limit: int) -> bytes:
    """Return what a file holds, at most `limit` bytes.

    Raises:
        OSError: It cannot be read; EISDIR or ENODEV where it is no file at all (a pipe would keep
            the program waiting).
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENODEV
            raise OSError(code, os.strerror(code), str(path))
        pieces, left = [], limit
        while left > 0:
            piece = os.read(descriptor, min(left, _PIECE))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def discard(path: Path) -> None:
    """Remove a file; one that cannot be removed stays, and a sweep will find it."""
    with contextlib.suppress(OSError):
        path.unlink()


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[int | None]:
    """Wait until no other program of ours is saving in a folder, and keep others waiting.

    Between comparing the file with what was read and renaming, nobody else may save. Whoever may
    read a folder can hold its lock, so the wait ends after two seconds: then the save goes on
    without it, as it does where a folder cannot be locked.

    Yields:
        The open folder, or None where it cannot be opened (it may be written but not listed).
    """
    folder_descriptor: int | None = None
    with contextlib.suppress(OSError):
        folder_descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if folder_descriptor is not None:
            _wait_for_lock(folder_descriptor)
        yield folder_descriptor
    finally:
        if folder_descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(folder_descriptor)


def _wait_for_lock(descriptor: int) -> None:
    end = time.monotonic() + _LONGEST_WAIT
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_SHORT_WAIT)
        except OSError:
            return
        else:
            return


def sync_folder(descriptor: int | None) -> bool:
    """Make a new name in a folder last through a power loss; tell whether the system agreed."""
    if descriptor is None:
        return True
    try:
        os.fsync(descriptor)
    except OSError as error:
        return error.errno in _CANNOT_SYNC
    return True
