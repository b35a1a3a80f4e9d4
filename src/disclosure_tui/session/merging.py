"""Own changes go onto what the file holds now: what both changed is asked, totals follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.totals import following, in_step, sum_of
from disclosure_tui.session.recovering import Offer
from disclosure_tui.store.document import Document
from disclosure_tui.store.merge import Choice, Conflict, Merge, merge, resolve
from disclosure_tui.store.save_errors import FileChanged
from disclosure_tui.store.trial import expected_data

__all__ = ["Merging", "Unsettled", "merging"]


@dataclass(frozen=True, slots=True)
class Merging:
    """Own changes on their way onto what the file holds now.

    Attributes:
        mine: The own document.
        theirs: What the file holds now.
        conflicts: What both changed, to different values, in the order of the file.
        taken: The places where the other one's change stands now.
        computed: Totals in step on both sides: not asked, they follow their parts.
        offer: The journal that the own changes come from; None for those of this session.
    """

    mine: Document
    theirs: Document
    conflicts: tuple[Conflict, ...]
    taken: tuple[Pointer, ...]
    computed: frozenset[Pointer]
    offer: Offer | None
    _merge: Merge
    _report_type: LoadedReportType

    def transaction(
        self, choices: Mapping[Pointer, Choice]
    ) -> tuple[Transaction, tuple[Pointer, ...]]:
        """Return the transaction for theirs that brings the own changes in.

        Args:
            choices: What is to stand, for every conflict.

        Returns:
            The transaction, and the totals that follow.

        Raises:
            KeyError: A conflict has no choice; nothing is settled unasked.
        """
        wanted = resolve(self._merge, choices)
        before = Report(self.theirs.data)
        after = Report(expected_data(before.data, wanted.edits))
        form = self._report_type.form.populated(after)
        # A total that the own changes left in step is none that the person typed; one that was
        # asked stands as it was answered.
        asked = (conflict.pointer for conflict in self.conflicts)
        touched = (frozenset(_places(wanted.edits, before)) - self.computed).union(asked)
        totals = self._report_type.checker.totals(form)
        follow = following(totals, before, after, touched)
        more, _ = edits_for(form, after, ((edit.pointer, edit.value) for edit in follow))
        followed = tuple(edit.pointer for edit in follow)
        return Transaction((*wanted.edits, *more), wanted.title), followed


class Unsettled(FileChanged):
    """Both changed the same cells; nothing was saved. The person is to choose for each.

    Attributes:
        merging: What is to be asked.
    """

    def __init__(self, where: str, merging: Merging) -> None:
        super().__init__(where, merging.theirs.encode())
        count = len(merging.conflicts)
        self.what = Text(
            f"有 {count} 处两边都改过，改得不一样，没有写入。",
            f"Both sides changed the same places ({count}) to different values; nothing was saved.",
        )
        self.hint = Text("请逐处选定以哪一边为准。", "Choose for each which value is to stand.")
        self.merging = merging


def merging(
    report_type: LoadedReportType,
    base: Document,
    mine: Document,
    theirs: Document,
    offer: Offer | None = None,
) -> Merging:
    """Work out what bringing own changes onto another state of the file comes to."""
    found = merge(base, mine, theirs)
    computed = _followed(report_type, mine, base) & _followed(report_type, theirs, base)
    edits = tuple(edit for edit in found.transaction.edits if not _is_at(edit, computed))
    conflicts = tuple(one for one in found.conflicts if one.pointer not in computed)
    kept = Merge(Transaction(edits, found.transaction.title), conflicts, found.taken)
    return Merging(mine, theirs, conflicts, found.taken, computed, offer, kept, report_type)


def _is_at(edit: Edit, pointers: frozenset[Pointer]) -> bool:
    return isinstance(edit, SetValue | InsertValue) and edit.pointer in pointers


def _followed(
    report_type: LoadedReportType, document: Document, base: Document
) -> frozenset[Pointer]:
    """Return the totals that follow their parts: in step with them, or blank as they are."""
    report, before = Report(document.data), Report(base.data)
    checker = report_type.checker
    totals = checker.totals(checker.form.populated(report))
    blank = (
        total.target
        for total in totals
        if report.value_at(total.target) is None
        # Cleared by hand while the sum was known: a change like every other.
        and (sum_of(total, report) is None or before.value_at(total.target) is None)
    )
    return in_step(totals, report).union(blank)


def _places(edits: Iterable[Edit], before: Report) -> Iterator[Pointer]:
    """Yield the single values that edits touch, those that go away included."""
    for edit in edits:
        for pointer, _ in before.leaves(edit.pointer):
            yield pointer
        if isinstance(edit, SetValue | InsertValue):
            for below, _ in Report(edit.value).leaves():
                yield edit.pointer.joined(below)
