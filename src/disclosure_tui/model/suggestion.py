"""What may be wrong, or may stand in a blank: changes to offer, never made unasked."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Fix, Identity, Message
from disclosure_tui.model.pointer import Pointer

__all__ = ["Change", "Figure", "Slip", "Standing", "Suggestion"]

Figure: TypeAlias = int | Decimal


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
    """0 stands for a figure of several digits."""
    DIGIT = "digit"
    """One one-digit figure for another: too little to call it a slip of the fingers."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would get another figure.

    Attributes:
        pointer: The cell.
        old: Its figure now; None: it is blank.
        new: The only figure that fits the other changes; None where several fit.
        slip: What the difference looks like.
    """

    pointer: Pointer
    old: Figure | None
    new: Figure | None
    slip: Slip


class Standing(Enum):
    """How much is known of what is behind some findings."""

    ONLY = "only"
    """One smallest set of cells explains them, and no other."""
    SEVERAL = "several"
    """Several sets of equally few cells explain them; which is right cannot be told."""
    NONE = "none"
    """No set of so few cells explains them."""
    UNFINISHED = "unfinished"
    """The search came to the limit of its work: nothing can be said."""
    BLANK = "blank"
    """Only one figure fits a cell that is blank."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to say of the cause of some findings, or of a blank.

    Attributes:
        standing: How much is known.
        settles: The findings that it would settle, in the order of the rules.
        ways: The changes that would settle them, the most plausible first; one of them does.
        pointers: The cells to look at, the surest first.
        line: For the status line and lists, without its mark.
        message: The full text. It does not name keys: those are the editor's.
        fix: The change to offer; None unless there is exactly one.
    """

    standing: Standing
    settles: tuple[Identity, ...]
    ways: tuple[tuple[Change, ...], ...]
    pointers: tuple[Pointer, ...]
    line: Message
    message: Message
    fix: Fix | None = None

    @property
    def primary(self) -> Pointer:
        """The cell to look at first."""
        return self.pointers[0]
