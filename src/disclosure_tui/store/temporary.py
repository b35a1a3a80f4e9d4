"""The temporary file that becomes the report, and what killed processes left of theirs."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

from disclosure_tui.store.hidden_names import leftover, temporary_name
from disclosure_tui.store.processes import is_locked, is_running
from disclosure_tui.store.raw_files import discard, open_new, write_all

__all__ = ["Temporary", "sweep"]


class Temporary:
    """A new file beside its target, gone at the end unless it was put in the target's place.

    It is held (flock) while it is in use, so that a sweep from another machine of a shared folder,
    where its process number means nothing, leaves it alone.
    """

    def __init__(self, target: Path, mode: int = 0o600) -> None:
        """Make the file.

        Raises:
            OSError: The system refuses.
        """
        self.path = temporary_name(target)
        self.descriptor = open_new(self.path, mode)
        with contextlib.suppress(OSError):
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._is_there = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_there:
            discard(self.path)
        with contextlib.suppress(OSError):
            os.close(self.descriptor)

    def write(self, content: bytes) -> None:
        """Put content in."""
        write_all(self.descriptor, content)

    def sync(self) -> None:
        """Wait until content and rights are on the disk."""
        os.fsync(self.descriptor)

    def replace(self, target: Path) -> None:
        """Take the target's place, in one step for everybody who looks."""
        try:
            self.path.replace(target)
        except OSError:
            # A server may do it, lose its answer, and refuse the second try.
            if not self._is_now(target):
                raise
        self._is_there = False

    def link(self, target: Path) -> None:
        """Appear under the target's name as well, unless somebody has taken it."""
        try:
            os.link(self.path, target, follow_symlinks=False)
        except OSError:
            if not self._is_now(target):
                raise

    def keep(self) -> int:
        """Return a descriptor that stays open, and with it the hold on the file."""
        return os.dup(self.descriptor)

    def _is_now(self, target: Path) -> bool:
        try:
            return os.path.samestat(target.lstat(), os.fstat(self.descriptor))
        except OSError:
            return False


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove the temporary files that dead processes left in a folder.

    Those of live processes stay, and so does everything that is not ours. A person who may not
    write in the folder changes nothing.

    Returns:
        What was removed.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only, and most are none of ours
    except OSError:
        return ()
    return tuple(folder / name for name in names if _is_dead(folder, name) and _gone(folder / name))


def _is_dead(folder: Path, name: str) -> bool:
    found = leftover(folder, name)
    if found is None or found.is_backup or is_running(found.pid):
        return False
    try:
        descriptor = os.open(
            folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        )
    except PermissionError:
        # Somebody else's, and kept from us; by its number its process is dead.
        return _is_plain_file(folder / name)
    except OSError:
        return False
    try:
        return stat.S_ISREG(os.fstat(descriptor).st_mode) and is_locked(descriptor) is not True
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _is_plain_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _gone(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
