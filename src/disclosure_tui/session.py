"""One report open for filling in: transactions, totals that follow, undo, findings, saving.

A session knows no terminal; the editor and the command line drive it alike. It is touched by
one thread only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.prior import FoundPrior, PriorKeeper
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.totals import following
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.files import save

__all__ = ["Commit", "Session"]


@dataclass(frozen=True, slots=True)
class Commit:
    """One transaction that was done.

    Attributes:
        transaction: The edits, those of the totals that followed at the end.
        change: The text replaced.
        followed: The totals that followed.
    """

    transaction: Transaction
    change: Change
    followed: tuple[Pointer, ...]


class Session:
    """A report being filled in."""

    def __init__(self, path: Path, document: Document, report_type: LoadedReportType) -> None:
        self.path = path
        self.report_type = report_type
        self._document = document
        self._saved = document.sha256
        self._done: list[Commit] = []
        self._undone: list[Commit] = []
        self._saved_depth = 0
        self._report = Report(document.data)
        self._prior = PriorKeeper(report_type.form, path)
        self._result = report_type.checker.check(self._report, self._prior.context(self._report))

    @classmethod
    def open(cls, path: Path, report_types: ReportTypes) -> Session:
        """Open a report file.

        Raises:
            DocumentError: It cannot be read or names no report type.
            SchemaError: Its report type is not known.
        """
        document = open_document(path)
        return cls(path, document, report_types.load(report_type_name(document)))

    @property
    def document(self) -> Document:
        """The text as it would be saved."""
        return self._document

    @property
    def report(self) -> Report:
        """The data as they are now."""
        return self._report

    @property
    def result(self) -> CheckResult:
        """What the check of the present data found."""
        return self._result

    @property
    def prior(self) -> FoundPrior:
        """Last year's report, or why there is none."""
        return self._prior.found

    @property
    def form(self) -> Form:
        """The form, with the entry rows of the report."""
        return self._result.form

    @property
    def unsaved(self) -> int:
        """Number of transactions between the saved state and now; 0 if the file is up to date."""
        if self._document.sha256 == self._saved:
            return 0
        return abs(len(self._done) - self._saved_depth) or 1

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to do again."""
        return bool(self._undone)

    def set_text(self, pointer: Pointer, text: str, title: Text | None = None) -> Commit | None:
        """Put typed text into a place, understood by the type of the place.

        Returns:
            The transaction, or None if the value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        node = self.form.node(pointer)
        value: Plain = text
        if node is not None and node.cell is not None:
            value = node.cell.read(text)
        elif not text:
            value = None
        return self.set_value(pointer, value, title)

    def set_value(self, pointer: Pointer, value: Plain, title: Text | None = None) -> Commit | None:
        """Put a value into a place; totals that were in step follow.

        Returns:
            The transaction, or None if the value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        return self.set_values({pointer: value}, title)

    def set_values(
        self, values: Mapping[Pointer, Plain], title: Text | None = None
    ) -> Commit | None:
        """Put several values into their places as one transaction; totals follow.

        Returns:
            The transaction, or None if every value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        changed = {p: v for p, v in values.items() if not _same(self._report.value_at(p), v)}
        if not changed:
            return None
        edits, after = edits_for(self.form, self._report, changed.items())
        totals = self.report_type.checker.totals(self.form)
        follow = following(totals, self._report, after, frozenset(changed))
        wanted = ((edit.pointer, edit.value) for edit in follow)
        more, after = edits_for(self.form, after, wanted)
        transaction = Transaction((*edits, *more), title or Text("", ""))
        return self._commit(transaction, after, tuple(edit.pointer for edit in follow))

    def apply(self, transaction: Transaction) -> Commit:
        """Do a transaction made elsewhere, a fix for instance, exactly as it is.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        try:
            after = self._report.after(transaction)
        except KeyError as error:
            raise EditRefused(
                Text(f"没有【{error.args[0]}】这个地方", f"there is no place {error.args[0]}")
            ) from error
        return self._commit(transaction, after, ())

    def undo(self) -> Commit | None:
        """Take the last transaction back; the text is byte for byte what it was."""
        if not self._done:
            return None
        commit = self._done.pop()
        self._document = self._document.revert(commit.change)
        self._undone.append(commit)
        self._refresh(Report(self._document.data))
        return commit

    def redo(self) -> Commit | None:
        """Do again what was undone last."""
        if not self._undone:
            return None
        commit = self._undone.pop()
        self._document = self._document.revert(commit.change.inverse())
        self._done.append(commit)
        self._refresh(Report(self._document.data))
        return commit

    def save(self) -> bool:
        """Write the file, if anything changed.

        Returns:
            Whether it was written.

        Raises:
            SaveError: It could not be written, or somebody else saved meanwhile.
        """
        if self._document.sha256 == self._saved:
            return False
        save(self.path, self._document.encode(), expected_sha256=self._saved)
        self._saved = self._document.sha256
        self._saved_depth = len(self._done)
        return True

    def _commit(
        self, transaction: Transaction, after: Report, followed: tuple[Pointer, ...]
    ) -> Commit:
        document, change = self._document.apply(transaction)
        document.verify(self._document, transaction)
        self._document = document
        commit = Commit(transaction, change, followed)
        if self._saved_depth > len(self._done):
            self._saved_depth = -1
        self._done.append(commit)
        self._undone.clear()
        self._refresh(after)
        return commit

    def _refresh(self, report: Report) -> None:
        self._report = report
        self._result = self.report_type.checker.check(report, self._prior.context(report))


def _same(old: Plain, new: Plain) -> bool:
    return type(old) is type(new) and bool(old == new)
