"""What a cell can hold in a calculation: figures, texts, codes, ranges, and what is missing.

DIALECT 7. Figures are exact: whole numbers stay `int`, decimals are calculated in a context
that raises instead of rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from enum import Enum
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression.syntax import Figure

__all__ = [
    "EXACT",
    "Coded",
    "Interval",
    "Meaning",
    "Missing",
    "Usable",
    "Value",
    "as_figure",
    "bounds",
    "negative",
    "worst",
]

CALCULATED_LIMIT = 10_000
"""Greatest number of digits of a calculated value; one of more counts as mistyped."""

EXACT = Context(
    prec=CALCULATED_LIMIT,
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow],
)
"""Raises where a result would need more digits than that."""

INFINITY = Decimal("Infinity")


class Missing(Enum):
    """Why there is nothing to calculate with; the first one met in this order is told."""

    NOT_APPLICABLE = "not_applicable"
    """The question does not arise: the place does not exist, or the code says so."""
    BLANK = "blank"
    MISTYPED = "mistyped"
    """A text where a figure is wanted, or the reverse."""
    UNKNOWN = "unknown"
    """A code that stands for a figure nobody knows."""
    DOUBTFUL = "doubtful"
    """Only the reason of a verdict: a range code leaves it open. Never the value of a cell."""
    NO_PRIOR = "no_prior"
    """There is no report of last year."""


_RANKS = {missing: rank for rank, missing in enumerate(Missing)}


class Meaning(Enum):
    """What a code stands for (`x-cell.codes.*.means`, DIALECT 3)."""

    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code written in place of a figure.

    Attributes:
        text: As written, `<1`.
        meaning: What it stands for.
        least: Of a range, the smallest value it can be (`from`); None: no lower end.
        below: Of a range, what it stays below; None: no upper end.
    """

    text: str
    meaning: Meaning
    least: Figure | None = None
    below: Figure | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The result of calculating with a range code: all values between two ends."""

    low: Figure
    high: Figure
    low_open: bool = False
    high_open: bool = False

    @property
    def mirrored(self) -> Interval:
        """The negatives of the values."""
        return Interval(negative(self.high), negative(self.low), self.high_open, self.low_open)


Value: TypeAlias = Figure | str | Coded | Interval | Missing
"""What a cell or an expression comes to. A truth value or a float counts as mistyped."""

Usable: TypeAlias = int | Decimal | Coded | Interval
"""A value that can be calculated with; a code among them is a range."""


def negative(figure: Figure) -> Figure:
    """Return a figure with the other sign; a plain minus would round a long decimal."""
    return -figure if isinstance(figure, int) else figure.copy_negate()


def as_figure(value: Value) -> Usable | Missing:
    """Return what a value is in a calculation; a range code stays the code it is."""
    kind = type(value)
    if kind is int or kind is Interval or kind is Missing:
        return value  # type: ignore[return-value] # type() does not narrow; bool must not pass
    if isinstance(value, Decimal):
        return value if value.is_finite() else Missing.MISTYPED
    if not isinstance(value, Coded):
        return Missing.MISTYPED
    if value.meaning is Meaning.RANGE:
        return value
    if value.meaning is Meaning.UNKNOWN:
        return Missing.UNKNOWN
    return Missing.NOT_APPLICABLE


def worst(reasons: Iterable[Missing]) -> Missing | None:
    """Return the reason that prevails, or None if there is none."""
    return min(reasons, key=_RANKS.__getitem__, default=None)


def bounds(figure: Usable) -> Interval:
    """Return the ends between which a figure lies; of an exact one both are itself."""
    if isinstance(figure, Interval):
        return figure
    if not isinstance(figure, Coded):
        return Interval(figure, figure)
    low = -INFINITY if figure.least is None else figure.least
    high = INFINITY if figure.below is None else figure.below
    return Interval(low, high, low_open=False, high_open=True)
