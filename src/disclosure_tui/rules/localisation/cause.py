"""What the search for wrong cells finds: causes with their explanations, and deductions.

Source: design, section 6.5; rules research, section 4 (Fellegi and Holt: change the fewest).
"""

from __future__ import annotations

from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Fix, Identity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Change, Figure
from disclosure_tui.rules.localisation.slips import written

__all__ = [
    "SHOWN",
    "Because",
    "Cause",
    "Deduction",
    "Explanation",
    "Localisation",
    "Status",
]

SHOWN = 5
"""So many explanations of one cause are shown; the rest is told as a number."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One smallest set of cells whose change satisfies every equation of a cause.

    Attributes:
        changes: In the order of the form.
        cost: How little it looks like slips of the fingers, each weighed with the
            reliability of its cell; compares explanations of the same number of cells.
    """

    changes: tuple[Change, ...]
    cost: float

    @property
    def cells(self) -> frozenset[Pointer]:
        """The cells."""
        return frozenset(change.pointer for change in self.changes)

    @property
    def transaction(self) -> Transaction | None:
        """The changes as one; None while the new figure of a cell is open."""
        if any(change.new is None for change in self.changes):
            return None
        edits = tuple(SetValue(change.pointer, change.new) for change in self.changes)
        if len(edits) > 1:
            title = Text(f"改正疑似错填的 {len(edits)} 格", f"correct {len(edits)} mistyped cells")
            return Transaction(edits, title)
        (change,) = self.changes
        assert change.old is not None
        assert change.new is not None
        old, new = written(change.old), written(change.new)
        title = Text(f"{old} 改为 {new}", f"change {old} to {new}")
        return Transaction(edits, title)


class Status(Enum):
    """How far the search came."""

    FOUND = "found"
    """All smallest explanations are known."""
    NONE = "none"
    """No set of so few cells explains it."""
    UNFINISHED = "unfinished"
    """The budget was used up, or the search was cancelled: nothing is offered."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Failing equations that hang together, and what may have caused them.

    Attributes:
        status: How far the search came.
        explanations: All smallest ones, the most plausible first.
        settles: The findings that every explanation settles, in the order of the rules.
        outside: Cells whose figure their type does not allow; they are in every explanation.
    """

    status: Status
    explanations: tuple[Explanation, ...]
    settles: tuple[Identity, ...]
    outside: tuple[Pointer, ...] = ()

    @property
    def certain(self) -> tuple[Pointer, ...]:
        """The cells that are in every explanation, in the order of the form."""
        if self.status is not Status.FOUND:
            return ()
        common = frozenset.intersection(*(one.cells for one in self.explanations))
        first = self.explanations[0]
        return tuple(item.pointer for item in first.changes if item.pointer in common)

    @property
    def single(self) -> Change | None:
        """The one change that settles it, if exactly one cell and figure does."""
        if self.status is not Status.FOUND or len(self.explanations) != 1:
            return None
        changes = self.explanations[0].changes
        return changes[0] if len(changes) == 1 and changes[0].new is not None else None

    @property
    def fix(self) -> Fix | None:
        """The only explanation, to offer; exactly its cells change: no total follows them."""
        if self.status is not Status.FOUND or len(self.explanations) != 1:
            return None
        transaction = self.explanations[0].transaction
        return None if transaction is None else Fix(transaction.title, transaction)


class Because(Enum):
    """Why only one figure fits a blank."""

    EQUATION = "equation"
    """It is the only blank of an equation."""
    BOUNDS = "bounds"
    """The others already add up; what is left can only be 0 (or the least figure allowed)."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """A blank that only one figure can fill.

    Attributes:
        pointer: The blank.
        value: The figure.
        because: Why.
        equation: The rule it follows from.
        given: Blanks of that rule that were deduced before it, and are filled as they say.
    """

    pointer: Pointer
    value: Figure
    because: Because
    equation: Identity
    given: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Localisation:
    """What was found out about the figures of a report.

    Attributes:
        causes: In the order of the rules.
        deductions: Blanks that only one figure can fill, in the order they were found.
        nodes: Steps of the search, out of its budget.
        cancelled: The caller broke it off; what is here is not all.
    """

    causes: tuple[Cause, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    nodes: int = 0
    cancelled: bool = False
