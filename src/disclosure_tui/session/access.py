"""Whether a person may change a report: the lock, who else holds it, being displaced."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from enum import Enum
from pathlib import Path
from time import monotonic

from disclosure_tui.errors import DisclosureError, EditRefused
from disclosure_tui.language import Text
from disclosure_tui.store.lock import Holder, HolderState, LockFile, holder
from disclosure_tui.store.person import Person
from disclosure_tui.store.save_errors import LockRefused

__all__ = ["Access", "Gate", "ReadOnly", "ReportHeld"]

_HEARTBEAT = 15.0
"""Seconds between two signs of life in the lock."""


class Access(Enum):
    """Whether this session may change the report."""

    FREE = "free"
    """Nothing was changed yet; nobody knows that it is open."""
    HELD = "held"
    """It holds the lock."""
    UNLOCKED = "unlocked"
    """It changes the report without the lock: chosen so, or the lock cannot be written."""
    READ_ONLY = "read only"
    """Chosen so, or the person may not write the file."""
    DISPLACED = "displaced"
    """Somebody took the report over."""


class ReportHeld(EditRefused):
    """Somebody else works on the report; nothing was done. The person is to choose.

    Attributes:
        holder: Who.
    """

    def __init__(self, holder: Holder, where: str) -> None:
        super().__init__(
            holder.told(datetime.now().astimezone()) + Text("。", "."),
            hint=Text(
                "请先与对方联系；也可以只读查看、接着填（对方转为只读），或者不管对方照填。",
                "Talk to them; or read only, take over (they can then only read), or edit anyway.",
            ),
            where=where,
        )
        self.holder = holder


class ReadOnly(EditRefused):
    """The report may not be changed here; nothing was done."""


class Gate:
    """The way to change one report."""

    def __init__(self, report: Path, person: Person) -> None:
        self._report = report
        self._person = person
        self._lock: LockFile | None = None
        self._refreshed = 0.0
        self.displaced_by: Holder | None = None
        self.note: Text | None = None
        self.access = Access.FREE if _may_write(report) else Access.READ_ONLY
        self._chosen = False

    def holder(self) -> Holder | None:
        """Return who else holds the report now. Creates nothing."""
        return holder(self._report) if self._lock is None else None

    def clear_stale(self) -> None:
        """Remove the lock that a dead process of this machine left."""
        found = self.holder()
        if found is not None and found.state is HolderState.STALE and found.is_local:
            with contextlib.suppress(LockRefused):
                taken = LockFile.acquire(self._report, self._person)
                if isinstance(taken, LockFile):
                    taken.release()

    def enter(self) -> bool:
        """Make sure that the report may be changed; at the first time take the lock.

        Returns:
            Whether this was the first time.

        Raises:
            ReportHeld: Somebody else holds it.
            ReadOnly: The state forbids it.
        """
        self.look()
        where = str(self._report)
        if self.access is Access.READ_ONLY:
            raise ReadOnly(_CHOSEN if self._chosen else _NOT_ALLOWED, where=where)
        if self.access is Access.DISPLACED:
            name = "" if self.displaced_by is None else self.displaced_by.name
            raise ReadOnly(_displaced(name), hint=_AFTER_DISPLACED, where=where)
        if self.access is not Access.FREE:
            return False
        try:
            taken = LockFile.acquire(self._report, self._person)
        except LockRefused as error:
            self._without_lock(error)
            return True
        if isinstance(taken, Holder):
            raise ReportHeld(taken, where)
        self._hold(taken)
        return True

    def look_only(self) -> None:
        """Read only from now on."""
        self.release()
        self.access, self._chosen = Access.READ_ONLY, True

    def edit_anyway(self) -> None:
        """Change the report beside whoever holds it; both are merged when they save.

        Raises:
            ReadOnly: The person may not write the file.
        """
        self._require_rights()
        self.release()
        self.access = Access.UNLOCKED

    def take_over(self) -> None:
        """Take the report from whoever holds it.

        Raises:
            ReadOnly: The person may not write the file.
        """
        self._require_rights()
        try:
            self._hold(LockFile.take_over(self._report, self._person))
        except LockRefused as error:
            self._without_lock(error)

    def look(self) -> bool:
        """Notice being displaced; give a sign of life when it is time.

        Returns:
            Whether somebody has just taken the report over.
        """
        if self._lock is None or self.access is not Access.HELD:
            return False
        found = self._lock.lost()
        if found is not None:
            self._lock.release()
            self._lock = None
            self.displaced_by = found
            self.access = Access.DISPLACED
            return True
        if monotonic() - self._refreshed >= _HEARTBEAT:
            self._lock.refresh()
            self._refreshed = monotonic()
        return False

    def release(self) -> None:
        """Let the report go."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self.access is Access.HELD:
            self.access = Access.FREE

    def _hold(self, lock: LockFile) -> None:
        self._lock = lock
        self._refreshed = monotonic()
        self.access, self.displaced_by = Access.HELD, None

    def _without_lock(self, error: DisclosureError) -> None:
        self.access, self.displaced_by = Access.UNLOCKED, None
        self.note = error.what + (error.hint or Text("", ""))

    def _require_rights(self) -> None:
        if not _may_write(self._report):
            raise ReadOnly(_NOT_ALLOWED, where=str(self._report))


def _may_write(report: Path) -> bool:
    """Tell whether the person may write a report; one that is not there may yet be made."""
    try:
        return os.access(report, os.W_OK, effective_ids=True) or not os.path.lexists(report)
    except OSError:
        return False


def _displaced(name: str) -> Text:
    return Text(
        f"只读：【{name or '别人'}】已接着填报这份报告。",
        f"Read-only: {name or 'somebody else'} took this report over.",
    )


_CHOSEN = Text("只读：这次打开选了只读查看。", "Read-only: it was opened for reading.")
_NOT_ALLOWED = Text("只读：您没有修改这个文件的权限。", "Read-only: you may not change this file.")
_AFTER_DISPLACED = Text(
    "没有保存的改动还在，可以另存到别处，或者与对方商量后接着填。",
    "Changes that were not saved are kept: save them elsewhere, or agree to take over again.",
)
