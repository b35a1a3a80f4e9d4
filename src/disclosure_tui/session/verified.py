"""Changes of a report whose text is read again; what turns out wrong is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.editing import Editing
from disclosure_tui.session.news import News, Reverted
from disclosure_tui.session.verifying import Request, Verdict, Verifier, verdict_on
from disclosure_tui.store.document import Document

__all__ = ["Verified"]


class Verified(Editing):
    """A report being changed, each text of which is read again: at once, or by a worker."""

    def __init__(
        self,
        document: Document,
        report_type: LoadedReportType,
        path: Path,
        *,
        background: bool,
        wake: Callable[[], None] | None,
    ) -> None:
        super().__init__(document, report_type, path)
        self._verifier = Verifier(wake) if background else None
        self._verified = {self._origin}
        self._news: list[News] = []

    def _note_undo(self, commit: Commit) -> None:
        """Note that a commit was taken back, by the person or because it was wrong."""

    def _copy(self) -> Path | None:
        """Keep a copy of the report as it is now; return where, or None."""
        return None

    def _take_verified(self, document: Document, done: Sequence[Commit] = ()) -> None:
        """Put a text in place that was just read, with what undo takes back from it."""
        self._take(document, done)
        self._verified = {self._origin, *(commit.number for commit in done)}

    def _check_now(self, before: Document, after: Document, transaction: Transaction) -> None:
        if self._verifier is None:
            super()._check_now(before, after, transaction)

    def _after_commit(self, commit: Commit) -> None:
        if self._verifier is None:
            self._verified.add(commit.number)
        self._have_read_again()

    def _after_undo(self, commit: Commit) -> None:  # noqa: ARG002 - a hook
        self._have_read_again()

    def _after_redo(self, commit: Commit) -> None:  # noqa: ARG002 - a hook
        self._have_read_again()

    def _have_read_again(self) -> None:
        request = self._request()
        if request is not None and self._verifier is not None:
            self._verifier.submit(request)

    def _request(self) -> Request | None:
        """Return what is to be read again, from the last text that was; None if nothing is."""
        before, commits = self._document, list[Commit]()
        for index in range(len(self._done), -1, -1):
            number = self._done[index - 1].number if index else self._origin
            if number in self._verified:
                break
            commits.insert(0, self._done[index - 1])
            before = before.revert(commits[0].change)
        return Request(self._number, before, self._document, tuple(commits)) if commits else None

    def _require_verified(self) -> None:
        """Wait until the present text has been read again.

        Raises:
            EditRefused: It was not what had been asked, and was taken back.
        """
        if self._verifier is not None:
            self._verifier.settle()
        refused = self._heed_verdicts()
        request = self._request()
        if refused is None and request is not None:
            refused = self._heed(verdict_on(request))
        if refused is not None:
            raise refused

    def _heed_verdicts(self) -> EditRefused | None:
        refused = None
        for verdict in () if self._verifier is None else self._verifier.taken():
            refused = self._heed(verdict) or refused
        return refused

    def _heed(self, verdict: Verdict) -> EditRefused | None:
        """Take note of a text that was read again; what was wrong is taken back."""
        if verdict.wrong is None or verdict.reason is None:
            self._verified.add(verdict.number)
            return None
        if verdict.wrong not in self._done:
            return None  # undone since; it is read again if it is done again
        self._revert(self._done.index(verdict.wrong), verdict.reason)
        return verdict.reason

    def _revert(self, index: int, reason: EditRefused) -> None:
        """Take a transaction back, and do those after it again that do not share its places."""
        copy = self._copy()
        tail = self._done[index:]
        document = self._document
        for commit in reversed(tail):
            document = document.revert(commit.change)
            self._note_undo(commit)
        del self._done[index:]
        self._undone.clear()
        self._show(document, Report(document.data))
        dropped = [tail[0]]
        for commit in tail[1:]:
            if _shares(commit, dropped) or not self._done_again(commit):
                dropped.append(commit)
        self._news.append(Reverted(reason, tuple(dropped), copy))

    def _done_again(self, commit: Commit) -> bool:
        try:
            after = self._report.after(commit.transaction)
            document, _ = self._document.apply(commit.transaction)
            document.verify(self._document, commit.transaction)
            self._commit(commit.transaction, after, commit.followed)
        except (EditRefused, KeyError):
            return False
        self._verified.add(self._number)
        return True


def _shares(commit: Commit, others: list[Commit]) -> bool:
    places = [pointer for other in others for pointer in other.pointers]
    return any(
        pointer.starts_with(place) or place.starts_with(pointer)
        for pointer in commit.pointers
        for place in places
    )
