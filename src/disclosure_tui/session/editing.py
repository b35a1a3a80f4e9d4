"""A report being changed: transactions, totals that follow, undo, redo, findings.

It knows no file: what has to happen before and after a change there is put in by `Session`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from pathlib import Path

from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.suggestion import Suggestion
from disclosure_tui.model.typed_figure import REMARKS, remark_with, typed_figure
from disclosure_tui.prior import FoundPrior, PriorKeeper
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.totals import Total, following, renewed
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.fixes import with_requoting
from disclosure_tui.session.last_year import LastYear
from disclosure_tui.session.naming_overlay import with_overlay_named
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.notices import Notice

__all__ = ["Editing"]


class Editing:
    """A report being changed.

    Attributes:
        report_type: What it is a report of.
        typed_totals: The tables whose totals are typed as a check, and never follow.
    """

    def __init__(
        self,
        document: Document,
        report_type: LoadedReportType,
        path: Path,
    ) -> None:
        """Begin with a text.

        Args:
            document: The text.
            report_type: What it is a report of.
            path: Its file: last year's report is looked for from there.
        """
        self.report_type = report_type
        self._prior = PriorKeeper(report_type.form, path)
        self._numbers = count(1)
        self._origin = 0
        self._done: list[Commit] = []
        self._undone: list[Commit] = []
        self._checked: CheckResult | None = None
        self._result: CheckResult | None = None
        self._suggested: tuple[CheckResult, tuple[Suggestion, ...]] | None = None
        self._last_year = LastYear(report_type.checker)
        self.typed_totals: frozenset[Pointer] = frozenset()
        self._document, self._report = document, Report(document.data)
        if report_type.form.has_entries:
            self._check()  # which rows the form has, and whether they are too many, comes of it

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
        """What the check of the present data found; the first one is done when it is wanted."""
        if self._result is None:
            self._check()
        assert self._result is not None
        return self._result

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What may be behind the findings, and what blanks can only be.

        Worked out when it is asked for, once for each state. `apply` makes a change that is
        offered; no total follows it.
        """
        from disclosure_tui.suggesting import suggestions_of

        if self._suggested is None or self._suggested[0] is not self.result:
            changed = (pointer for commit in self._done for pointer in commit.transaction.pointers)
            self._suggested = (self.result, suggestions_of(self.result, changed=changed))
        return self._suggested[1]

    @property
    def known_suggestions(self) -> tuple[Suggestion, ...]:
        """The suggestions, if they were asked for since the last change; else none."""
        known = self._suggested is not None and self._suggested[0] is self._result
        return self.suggestions if known else ()

    def checked_with(self, values: Mapping[Pointer, Plain]) -> CheckResult:
        """Return what a check would find if these values stood there. Changes nothing."""
        changed = {p: v for p, v in values.items() if not _same(self._report.value_at(p), v)}
        if not changed:
            return self.result
        if self._checked is None:
            self._check()
        assert self._checked is not None
        _, report = edits_for(self.form, self._report, changed.items())
        context = self._prior.context(report)
        return self.report_type.checker.recheck(self._checked, report, context)

    @property
    def prior(self) -> FoundPrior:
        """Last year's report, or why there is none."""
        self._prior.context(self._report)
        return self._prior.found

    @property
    def last_years_figures(self) -> Mapping[Pointer, int | Decimal]:
        """What last year's report says of the cells that rules set equal to it."""
        return self._last_year.figures(self.form, self.prior.prior)

    @property
    def offered_figures(self) -> Mapping[Pointer, int | Decimal]:
        """The figures of last year's report that belong into blanks."""
        from disclosure_tui.rules.carrying import offered_figures

        return offered_figures(self.last_years_figures, self._report, self.following_totals)

    @property
    def following_totals(self) -> tuple[Total, ...]:
        """The totals that follow their parts: all but those of tables where they are typed."""
        return self._following_totals(self.form)

    def _following_totals(self, form: Form) -> tuple[Total, ...]:
        totals = self.report_type.checker.totals(form)
        if not self.typed_totals:
            return totals
        return tuple(
            total
            for total in totals
            if not any(total.target.starts_with(table) for table in self.typed_totals)
        )

    @property
    def form(self) -> Form:
        """The form, with the entry rows of the report."""
        return self.report_type.form if self._result is None else self._result.form

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the person should know of the file: keys that stand twice."""
        return self._document.notices

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to do again."""
        return bool(self._undone)

    def set_text(
        self, pointer: Pointer, text: str, title: Text | None = None, *, detach: bool = False
    ) -> Commit | None:
        """Put typed text into a place, understood by the type of the place.

        The parts of a sum are kept as a remark on the place, in the same transaction.

        Returns:
            The transaction, or None if the value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        return self.set_texts({pointer: text}, title, detach=detach)

    def set_texts(
        self, texts: Mapping[Pointer, str], title: Text | None = None, *, detach: bool = False
    ) -> Commit | None:
        """Put several typed texts into their places as one transaction, as `set_text` does.

        Returns:
            The transaction, or None if every value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        values: dict[Pointer, Plain] = {}
        remarks: dict[Pointer, Plain] = {}
        for pointer, text in texts.items():
            node = self.form.node(pointer)
            if node is None or node.cell is None:
                values[pointer] = text or None
                continue
            figure = typed_figure(node.cell, text)
            values[pointer] = node.cell.read(text) if figure is None else figure.value
            parts = figure.parts if figure is not None else ""
            remarks |= self._remark(pointer, node.cell, parts)
        return self.set_values(values | remarks, title, detach=detach)

    def _remark(self, pointer: Pointer, cell: CellType, parts: str) -> dict[Pointer, Plain]:
        """Return how the remark on a place changes when a figure is typed there, if it does."""
        place = REMARKS / str(pointer)
        remarks, old = self._report.value_at(REMARKS), self._report.value_at(place)
        # What stands there in another shape is reported by the check, and not written over.
        if not isinstance(remarks, Mapping | None) or not isinstance(old, str | None):
            return {}
        new = remark_with(cell, old, parts)
        return {} if new == old else {place: new}

    def set_value(
        self, pointer: Pointer, value: Plain, title: Text | None = None, *, detach: bool = False
    ) -> Commit | None:
        """Put a value into a place; totals that were in step follow.

        Returns:
            The transaction, or None if the value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        return self.set_values({pointer: value}, title, detach=detach)

    def set_values(
        self, values: Mapping[Pointer, Plain], title: Text | None = None, *, detach: bool = False
    ) -> Commit | None:
        """Put several values into their places as one transaction; totals follow.

        Args:
            values: What is to stand where.
            title: What the person did.
            detach: Values that other places of the file share become values of their own first;
                to be asked where `EditRefused.detachable` says that it helps.

        Returns:
            The transaction, or None if every value is what stood there.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        if self._unchanged(values):
            return None
        self._before_change()
        changed = {p: v for p, v in values.items() if not _same(self._report.value_at(p), v)}
        if not changed:
            return None
        wanted_values = with_overlay_named(self.form, self._report, changed)
        edits, after = edits_for(self.form, self._report, wanted_values.items())
        follow = following(self.following_totals, self._report, after, frozenset(changed))
        wanted = ((edit.pointer, edit.value) for edit in follow)
        more, after = edits_for(self.form, after, wanted)
        transaction = Transaction((*edits, *more), title or Text("", ""))
        followed = tuple(edit.pointer for edit in follow)
        return self._commit(transaction, after, followed, detach=detach)

    def rehearse(self) -> None:
        """Work a change out and forget it; to be done while nobody waits.

        The first change loads and compiles much that the others find there.
        """
        cell = next((node for node in self.form.nodes.values() if node.role is Role.CELL), None)
        if cell is None:
            return
        value = 1 if self._report.value_at(cell.pointer) == 0 else 0
        try:
            edits, _ = edits_for(self.form, self._report, [(cell.pointer, value)])
            transaction = Transaction(tuple(edits), Text("", ""))
            after, _ = self._document.apply(transaction)
            after.verify(self._document, transaction)
            self.checked_with({cell.pointer: value})
        except EditRefused:
            return  # told when somebody wants it

    def apply(self, transaction: Transaction, *, detach: bool = False) -> Commit:
        """Do a transaction made elsewhere, a fix for instance, exactly as it is.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        self._before_change()
        try:
            after = self._report.after(transaction)
        except KeyError as error:
            raise EditRefused(
                Text(f"没有【{error.args[0]}】这个地方", f"there is no place {error.args[0]}")
            ) from error
        return self._commit(transaction, after, (), detach=detach)

    def change_rows(self, transaction: Transaction, *, detach: bool = False) -> Commit:
        """Add, delete or move entry rows; totals that were in step follow.

        Raises:
            EditRefused: It cannot be written; nothing was done.
        """
        self._before_change()
        totals, before = self.following_totals, self._report
        after = before.after(transaction)
        form = self.report_type.form.populated(after)
        follow = renewed(totals, before, self._following_totals(form), after)
        wanted = ((edit.pointer, edit.value) for edit in follow)
        more, after = edits_for(form, after, wanted)
        whole = Transaction((*transaction.edits, *more), transaction.title)
        followed = tuple(edit.pointer for edit in follow)
        return self._commit(whole, after, followed, detach=detach)

    def remove_duplicate(self, pointer: Pointer) -> Commit:
        """Remove the pairs of a key that do not count, as it stands again below.

        Raises:
            EditRefused: It cannot be done.
        """
        return self.apply(self._document.without_duplicate(pointer))

    def undo(self) -> Commit | None:
        """Take the last transaction back; the text is byte for byte what it was.

        Raises:
            EditRefused: The report may not be changed (any more).
        """
        if not self._done:
            return None
        self._before_change()
        if not self._done:
            return None
        commit = self._done[-1]
        document = self._reverted(commit.change)
        self._undone.append(self._done.pop())
        self._show(document, Report(document.data))
        self._after_undo(commit)
        return commit

    def redo(self) -> Commit | None:
        """Do again what was undone last.

        Raises:
            EditRefused: The report may not be changed (any more).
        """
        if not self._undone:
            return None
        self._before_change()
        if not self._undone:
            return None
        commit = self._undone[-1]
        document = self._reverted(commit.change.inverse())
        self._done.append(self._undone.pop())
        self._show(document, Report(document.data))
        self._after_redo(commit)
        return commit

    def _reverted(self, change: Change) -> Document:
        """Return the text before a change.

        Raises:
            EditRefused: A step of an earlier session left a text that cannot be read.
        """
        try:
            return self._document.revert(change)
        except DocumentError as error:
            raise EditRefused(error.what, hint=error.hint, where=error.where) from error

    @property
    def _number(self) -> int:
        """What tells the present text from the others of the session."""
        return self._done[-1].number if self._done else self._origin

    def _before_change(self) -> None:
        """Make sure that the report may be changed.

        Raises:
            EditRefused: It may not.
        """

    def _after_commit(self, commit: Commit) -> None:
        """Do what follows a commit."""

    def _after_undo(self, commit: Commit) -> None:
        """Do what follows a commit that was taken back."""

    def _after_redo(self, commit: Commit) -> None:
        """Do what follows a commit that was done again."""

    def _commit(
        self,
        transaction: Transaction,
        after: Report,
        followed: tuple[Pointer, ...],
        *,
        detach: bool = False,
    ) -> Commit:
        if detach:
            transaction = self._document.detached(transaction)
        document, change = self._document.apply(transaction)
        commit = Commit(transaction, change, followed, next(self._numbers))
        self._check_now(self._document, document, transaction)
        self._done.append(commit)
        self._undone.clear()
        self._show(document, after)
        self._after_commit(commit)
        return commit

    def _check_now(self, before: Document, after: Document, transaction: Transaction) -> None:
        """Read the text again, unless that is left to somebody else.

        Raises:
            EditRefused: It is not what was asked.
        """
        after.verify(before, transaction)

    def _take(
        self, document: Document, done: Sequence[Commit] = (), undone: Sequence[Commit] = ()
    ) -> None:
        """Put another text in the place of the present one, with what undo takes back from it."""
        self._origin = next(self._numbers)
        self._done = list(done)
        self._undone = list(undone)
        self._show(document, Report(document.data))

    def _move(self, path: Path) -> None:
        """Go on under another path: last year's report is looked for from there."""
        self._prior = PriorKeeper(self.report_type.form, path)
        self._show(self._document, self._report)

    def _show(self, document: Document, report: Report) -> None:
        self._document = document
        self._report = report
        self._check()

    def _check(self) -> None:
        report, last = self._report, self._checked
        checker, context = self.report_type.checker, self._prior.context(report)
        self._checked = (
            checker.check(report, context)
            if last is None
            else checker.recheck(last, report, context)
        )
        self._result = with_requoting(self._checked, self._document)

    def _unchanged(self, values: Mapping[Pointer, Plain]) -> bool:
        return all(_same(self._report.value_at(p), value) for p, value in values.items())


def _same(old: Plain, new: Plain) -> bool:
    return type(old) is type(new) and bool(old == new)
