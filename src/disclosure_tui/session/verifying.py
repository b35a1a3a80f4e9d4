"""Changed texts are read again: in one worker while the person goes on, or at once.

Only the newest text waits for the worker. The transactions since the last text that was read
again are verified as one; where that fails, one by one, to find the first that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Condition, Thread

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import Transaction
from disclosure_tui.session.commit import Commit
from disclosure_tui.store.document import Document

__all__ = ["Request", "Verdict", "Verifier", "verdict_on"]

_DELAY = 0.1
"""Seconds that a text waits for the worker, so that what was typed is shown first."""


@dataclass(frozen=True, slots=True)
class Request:
    """A text to be read again.

    Attributes:
        number: The text's number.
        before: The last text that was read again.
        after: The text.
        commits: How the one became the other.
    """

    number: int
    before: Document
    after: Document
    commits: tuple[Commit, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it.

    Attributes:
        number: The text's number.
        wrong: The first transaction that is wrong, or None.
        reason: Why.
    """

    number: int
    wrong: Commit | None = None
    reason: EditRefused | None = None


def verdict_on(request: Request) -> Verdict:
    """Read a text again."""
    edits = tuple(edit for commit in request.commits for edit in commit.transaction.edits)
    try:
        request.after.verify(request.before, Transaction(edits))
    except EditRefused as reason:
        return _first_wrong(request, reason)
    return Verdict(request.number)


def _first_wrong(request: Request, reason: EditRefused) -> Verdict:
    before = request.before
    for commit in request.commits:
        after = before.revert(commit.change.inverse())
        try:
            after.verify(before, commit.transaction)
        except EditRefused as error:
            return Verdict(request.number, commit, error)
        before = after
    if before.encode() == request.after.encode():
        return Verdict(request.number)
    return Verdict(request.number, request.commits[-1], reason)


class Verifier:
    """One worker for the texts of one session."""

    def __init__(self, wake: Callable[[], None] | None) -> None:
        self._wake = wake
        self._changed = Condition()
        self._waiting: Request | None = None
        self._is_busy = False
        self._is_awaited = False
        self._is_closed = False
        self._verdicts: list[Verdict] = []
        self._thread: Thread | None = None

    def submit(self, request: Request) -> None:
        """Have a text read again; one that is still waiting gives way to it."""
        with self._changed:
            self._waiting = request
            self._changed.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="verification", daemon=True)
            self._thread.start()

    def taken(self) -> Sequence[Verdict]:
        """Return the verdicts that are new."""
        with self._changed:
            verdicts, self._verdicts = self._verdicts, []
        return verdicts

    def settle(self) -> None:
        """Wait until nothing is being read or waits for it."""
        with self._changed:
            self._is_awaited = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting is None and not self._is_busy)
            self._is_awaited = False

    def close(self) -> None:
        """End the worker; what waits is dropped."""
        with self._changed:
            self._is_closed = True
            self._waiting = None
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting is not None or self._is_closed)
                self._changed.wait_for(lambda: self._is_awaited or self._is_closed, _DELAY)
                request, self._waiting = self._waiting, None
                if request is None:
                    return
                self._is_busy = True
            verdict = self._judged(request)
            with self._changed:
                self._is_busy = False
                if verdict is not None:
                    self._verdicts.append(verdict)
                self._changed.notify_all()
            if self._wake is not None and not self._is_closed:
                self._wake()

    def _judged(self, request: Request) -> Verdict | None:
        try:
            return verdict_on(request)
        except Exception:  # nothing may end the worker; before a save the text is read again
            return None
