"""Room kept on the disk, so that the last entry of the journal fits when disk or quota is full."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from disclosure_tui.store.raw_files import discard, open_new, write_all

__all__ = ["release", "reserve"]


def reserve(path: Path, size: int) -> bool:
    """Keep room of `size` bytes in a file of its own.

    It is filled with random bytes: a file system that compresses or leaves holes would keep no
    room for zeros. A file that is there already and large enough is used again.

    Returns:
        Whether the room is there; without it the program works on, and nothing is left behind.
    """
    with contextlib.suppress(OSError):
        status = path.lstat()
        if status.st_size >= size and status.st_blocks * 512 >= size:
            return True
    discard(path)
    try:
        descriptor = open_new(path, 0o600)
    except OSError:
        return False
    try:
        write_all(descriptor, os.urandom(size))
        os.fsync(descriptor)
    except OSError:
        discard(path)
        return False
    finally:
        os.close(descriptor)
    return True


def release(path: Path) -> bool:
    """Give the room back; tell whether there was any."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
