"""Who is filling in a report: a small file beside it that says so, held while they do.

The report itself cannot be locked: a save puts a new file in its place, and the lock would stay
with the old one. The lock file is held with flock, never with lockf, which forgets its lock as
soon as the process closes any other descriptor of the file.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from datetime import datetime
from pathlib import Path
from typing import Self

from disclosure_tui.store.hidden_names import beside, real_path
from disclosure_tui.store.lock_record import Holder, HolderState, LockRecord, judge
from disclosure_tui.store.person import Person
from disclosure_tui.store.processes import is_locked, is_running
from disclosure_tui.store.raw_files import discard, open_new, write_all
from disclosure_tui.store.save_errors import LockRefused
from disclosure_tui.store.state_folder import private_place
from disclosure_tui.store.temporary import Temporary

__all__ = ["Holder", "HolderState", "LockFile", "holder"]

_SUFFIX = ".lock"
_LARGEST = 4096
_ATTEMPTS = 20
_MOMENT = 0.005
_CLOSED_FOLDER = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_LINK = frozenset({errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV})


def holder(report: Path) -> Holder | None:
    """Return who holds a report; None if nobody does. Creates nothing."""
    for path in _places(report):
        found = _look(path)
        if found is not None:
            return found
    return None


class LockFile:
    """This person's hold on a report, until it is released or taken over."""

    def __init__(self, path: Path, report: Path, record: LockRecord, descriptor: int) -> None:
        self._path = path
        self._report = report
        self._record = record
        self._descriptor = descriptor
        self._displaced_by: Holder | None = None

    @classmethod
    def acquire(cls, report: Path, person: Person) -> Self | Holder:
        """Note down that a person works on a report, or return who does already.

        The lock of a process of this machine that is gone is replaced. All others are left to the
        person's choice, also one from another machine that has long been silent.

        Raises:
            LockRefused: It cannot be written. Whether others changed the file is checked again
                when it is saved, so work can go on.
        """
        return cls._at_a_place(report, person, by_force=False)

    @classmethod
    def take_over(cls, report: Path, person: Person) -> Self:
        """Take a report from whoever holds it; their program notices by `lost`.

        Raises:
            LockRefused: It cannot be written.
        """
        taken = cls._at_a_place(report, person, by_force=True)
        if isinstance(taken, Holder):
            # Several are taking it over from one another at this moment.
            raise LockRefused(str(report))
        return taken

    @classmethod
    def _at_a_place(cls, report: Path, person: Person, *, by_force: bool) -> Self | Holder:
        try:
            for path in _places(report):
                try:
                    return cls._take(path, report, LockRecord.of(person), by_force=by_force)
                except OSError as error:
                    # In a folder that is closed to the person, others' locks still count.
                    found = _look(path)
                    if found is not None and not by_force:
                        return found
                    if error.errno not in _CLOSED_FOLDER or found is not None:
                        raise
        except OSError as error:
            raise LockRefused(str(report)) from error
        raise LockRefused(str(report))

    @classmethod
    def _take(
        cls, path: Path, report: Path, record: LockRecord, *, by_force: bool
    ) -> Self | Holder:
        found: Holder | None = None
        for _ in range(_ATTEMPTS):
            descriptor = _put_new(path, record, report)
            if descriptor is None:
                found = _look(path)
                if found is None:
                    continue
                is_left_behind = found.state is HolderState.STALE and found.is_local
                if not by_force and not is_left_behind:
                    return found
                descriptor = _put_over(path, record, report, by_force=by_force)
            if descriptor is not None:
                return cls(path, report, record, descriptor)
        return found if found is not None else judge(None, datetime.now().astimezone(), held=None)

    def refresh(self) -> None:
        """Say that the program lives. Cheap, and never raises; call it every 15 seconds."""
        if self.lost() is not None or self._descriptor < 0:
            return
        self._record = self._record.refreshed()
        with contextlib.suppress(OSError):
            content = self._record.encode()
            os.pwrite(self._descriptor, content, 0)
            os.ftruncate(self._descriptor, len(content))

    def lost(self) -> Holder | None:
        """Return who took the report over, or None while it is still this person's.

        A lock file that somebody deleted is put back. Never raises.
        """
        if self._displaced_by is not None or self._descriptor < 0:
            return self._displaced_by
        with contextlib.suppress(OSError):
            if not self._is_ours() and not self._put_back():
                self._displaced_by = _look(self._path)
        return self._displaced_by

    def release(self) -> None:
        """Let the report go; once more does nothing. Never raises."""
        if self._descriptor < 0:
            return
        with contextlib.suppress(OSError):
            if self._is_ours():
                self._path.unlink()
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1

    def _is_ours(self) -> bool:
        try:
            there = self._path.lstat()
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(self._descriptor))

    def _put_back(self) -> bool:
        descriptor = _put_new(self._path, self._record.refreshed(), self._report)
        if descriptor is None:
            return False
        os.close(self._descriptor)
        self._descriptor = descriptor
        return True


def _places(report: Path) -> list[Path]:
    """Return where the lock of a report may be: beside it, or with the person."""
    target = real_path(report)
    places = [beside(target, _SUFFIX)]
    with contextlib.suppress(OSError):
        places.append(beside(private_place(target) / target.name, _SUFFIX))
    return places


def _put_new(path: Path, record: LockRecord, report: Path) -> int | None:
    """Make a lock file and return it open and held; None where there is one.

    It is written under another name first, so that nobody ever sees it empty or not held.
    """
    if path.parent != real_path(report).parent:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with Temporary(path, _mode_for(report)) as temporary:
        _fill(temporary.descriptor, record, report)
        try:
            temporary.link(path)
        except FileExistsError:
            return None
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            return _put_exclusively(path, record, report)
        return temporary.keep()


def _put_exclusively(path: Path, record: LockRecord, report: Path) -> int | None:
    """Make a lock file where the file system knows no hard links."""
    try:
        descriptor = open_new(path, _mode_for(report))
    except FileExistsError:
        return None
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _fill(descriptor, record, report)
    except BaseException:
        os.close(descriptor)
        discard(path)
        raise
    return descriptor


def _put_over(path: Path, record: LockRecord, report: Path, *, by_force: bool) -> int | None:
    """Put a lock file in the place of another; None where somebody else was quicker.

    Of several who find the lock of a dead process, the one that holds it replaces it.
    """
    old: int | None = None
    try:
        if not by_force:
            old = _open(path)
            fcntl.flock(old, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(path.lstat(), os.fstat(old)):
                return None
        with Temporary(path, _mode_for(report)) as temporary:
            _fill(temporary.descriptor, record, report)
            temporary.replace(path)
            return temporary.keep()
    except (FileNotFoundError, BlockingIOError):
        return None
    finally:
        if old is not None:
            os.close(old)


def _fill(descriptor: int, record: LockRecord, report: Path) -> None:
    write_all(descriptor, record.encode())
    # Whoever may read the report may see who works on it, whatever the mask says.
    with contextlib.suppress(OSError):
        os.fchown(descriptor, -1, report.stat().st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(descriptor, _mode_for(report))


def _mode_for(report: Path) -> int:
    try:
        return 0o600 | report.stat().st_mode & 0o044
    except OSError:
        return 0o600


def _open(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)


def _look(path: Path) -> Holder | None:
    """Return who holds a lock file; None where there is none."""
    for _ in range(_ATTEMPTS):
        found = _looked_at(path)
        if found is None or found.state is not HolderState.ALIVE or not found.is_local:
            return found
        if is_running(found.pid):
            return found
        # Somebody is just replacing the lock of a dead process, and holds it for that moment.
        time.sleep(_MOMENT)
    return found


def _looked_at(path: Path) -> Holder | None:
    now = datetime.now().astimezone()
    try:
        descriptor = _open(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # It may not be read, or is no file; nobody knows whose it is, if it is there at all.
        return judge(None, now, held=None) if os.path.lexists(path) else None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return judge(None, now, held=None)
        record = LockRecord.parse(os.read(descriptor, _LARGEST))
        return judge(record, now, held=is_locked(descriptor))
    except OSError:
        return judge(None, now, held=None)
    finally:
        os.close(descriptor)
