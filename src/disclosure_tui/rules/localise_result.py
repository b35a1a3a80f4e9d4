"""What the search for wrong cells takes and gives: equations, domains, causes, deductions.

Source: design, section 6.5; rules research, section 4 (Fellegi and Holt: change the fewest).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Fix, Identity
from disclosure_tui.model.pointer import Pointer

__all__ = [
    "COUNT",
    "SHOWN",
    "Because",
    "Cause",
    "Change",
    "Deduction",
    "Domain",
    "Equation",
    "Explanation",
    "Figure",
    "Localisation",
    "Slip",
    "Status",
]

Figure: TypeAlias = int | Decimal

SHOWN = 5
"""So many explanations of one cause are shown; the rest is told as a number."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum of cells that has to be 0.

    Attributes:
        coefficients: What each cell is multiplied by, in the order of the rule; none is 0.
        constant: What is added to the sum of the cells.
        identity: The finding that a failure is reported as.
        optional: Cells that add nothing where they do not apply: the parts of a total. An
            equation with another cell that does not apply is not in force.
    """

    coefficients: Mapping[Pointer, Figure]
    constant: Figure
    identity: Identity
    optional: frozenset[Pointer] = frozenset()


@dataclass(frozen=True, slots=True)
class Domain:
    """The figures that may stand in a cell.

    Attributes:
        lowest: Least figure, or None.
        highest: Greatest figure, or None.
        decimals: Digits allowed behind the point; 0: a count. Others are amounts, in which
            a slip of the unit (10,000 times: 万元 for 元) is looked for.
    """

    lowest: Figure | None = 0
    highest: Figure | None = None
    decimals: int = 0


COUNT = Domain()
"""Whole numbers from 0 on: what a cell takes of which nothing else is said."""


class Slip(Enum):
    """What a wrong figure looks like, seen from the right one."""

    SWAPPED = "swapped"
    """The figures of two neighbours, in row or column, stand in each other's place."""
    TRANSPOSED = "transposed"
    """Two digits side by side have changed places: 21 for 12."""
    SIGN = "sign"
    UNIT = "unit"
    """10,000 times too much or too little."""
    DOUBLED = "doubled"
    """A digit stands twice: 112 for 12."""
    DROPPED = "dropped"
    """A digit is missing: 1 for 12."""
    INSERTED = "inserted"
    """A digit too many: 152 for 12."""
    SUBSTITUTED = "substituted"
    """One digit is another one: 17 for 12."""
    OMITTED = "omitted"
    """0 stands for a figure."""
    DIGIT = "digit"
    """One one-digit figure for another: too little to call it a slip of the fingers."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of an explanation.

    Attributes:
        pointer: The cell.
        old: Its figure now.
        new: The only figure that fits the other changes; None where several fit.
        slip: What the difference looks like.
    """

    pointer: Pointer
    old: Figure
    new: Figure | None
    slip: Slip


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
        edits = [SetValue(change.pointer, change.new) for change in self.changes]
        if any(change.new is None for change in self.changes):
            return None
        return Transaction(tuple(edits), _CORRECT)


_CORRECT = Text("改正疑似错填", "correct what seems mistyped")


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
    def shown(self) -> tuple[Explanation, ...]:
        """The explanations to show."""
        return self.explanations[:SHOWN]

    @property
    def more(self) -> int:
        """How many are folded."""
        return max(0, len(self.explanations) - SHOWN)

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
    def single_fix(self) -> Fix | None:
        """The one change, to offer; it is exactly that cell: no total follows it."""
        change = self.single
        if change is None or change.new is None:
            return None
        old, new = (format(figure, "f") for figure in (Decimal(change.old), Decimal(change.new)))
        title = Text(f"将 {old} 改为 {new}", f"change {old} to {new}")
        return Fix(title, Transaction((SetValue(change.pointer, change.new),), title))


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

    @property
    def single_fixes(self) -> tuple[Fix, ...]:
        """What may be offered: at most one change per cause."""
        return tuple(fix for cause in self.causes if (fix := cause.single_fix) is not None)
