"""True, false, undecided or inapplicable: comparing values and joining verdicts (DIALECT 7)."""

from __future__ import annotations

import operator as comparing
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression.syntax import Operator
from disclosure_tui.rules.expression.values import (
    Coded,
    Interval,
    Missing,
    Usable,
    Value,
    as_figure,
    bounds,
    worst,
)

__all__ = [
    "INAPPLICABLE",
    "Inapplicable",
    "Truth",
    "Undecided",
    "compare",
    "compare_with_text",
    "contains",
    "opposite",
    "present",
    "weaker",
]


@dataclass(frozen=True, slots=True)
class Undecided:
    """The verdict cannot be given, for this reason."""

    reason: Missing

    def __bool__(self) -> bool:
        """Refuse: whoever asks an undecided verdict for yes or no has forgotten a case."""
        raise TypeError("an undecided verdict is neither true nor false")


@dataclass(frozen=True, slots=True)
class Inapplicable:
    """The question does not arise."""

    def __bool__(self) -> bool:
        """Refuse, as `Undecided` does."""
        raise TypeError("an inapplicable verdict is neither true nor false")


INAPPLICABLE = Inapplicable()

Truth: TypeAlias = bool | Undecided | Inapplicable

_VERDICTS: dict[Missing, Truth] = {
    missing: INAPPLICABLE if missing is Missing.NOT_APPLICABLE else Undecided(missing)
    for missing in Missing
}
_DOUBTFUL = _VERDICTS[Missing.DOUBTFUL]

COMPARISONS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: comparing.eq,
    Operator.UNEQUAL: comparing.ne,
    Operator.LESS: comparing.lt,
    Operator.AT_MOST: comparing.le,
    Operator.GREATER: comparing.gt,
    Operator.AT_LEAST: comparing.ge,
}
_EQUALITIES = (Operator.EQUAL, Operator.UNEQUAL)
_TURNED = {Operator.GREATER: Operator.LESS, Operator.AT_LEAST: Operator.AT_MOST}


def opposite(truth: Truth) -> Truth:
    """`not`: undecided and inapplicable stay what they are."""
    return not truth if isinstance(truth, bool) else truth


def weaker(left: Truth, right: Truth) -> Truth:
    """Join two verdicts of which neither decides: undecided, else inapplicable, else either."""
    reasons = [truth.reason for truth in (left, right) if isinstance(truth, Undecided)]
    reason = worst(reasons)
    if reason is not None:
        return _VERDICTS[reason]
    return left if isinstance(left, Inapplicable) else right


def compare(operator: Operator, left: Value, right: Value) -> Truth:
    """Compare two values; with range codes only what holds or fails for all of their values."""
    if isinstance(left, str) and isinstance(right, str):
        if operator in _EQUALITIES:
            return COMPARISONS[operator](left, right)
        return _VERDICTS[Missing.MISTYPED]
    first, second = as_figure(left), as_figure(right)
    lacking = worst(figure for figure in (first, second) if isinstance(figure, Missing))
    if lacking is not None:
        return _VERDICTS[lacking]
    if isinstance(first, int | Decimal) and isinstance(second, int | Decimal):
        return COMPARISONS[operator](first, second)
    if isinstance(first, Missing) or isinstance(second, Missing):  # told above
        return _DOUBTFUL
    return _compare_ranges(operator, first, second)


def compare_with_text(operator: Operator, left: Value, right: Value) -> Truth:
    """Compare where one side is a text literal: a code is then compared as the text it is."""
    if operator in _EQUALITIES:
        left = left.text if isinstance(left, Coded) else left
        right = right.text if isinstance(right, Coded) else right
        if _is_plain(left) or _is_plain(right):
            # A figure where a code might stand: it is not that code.
            return operator is Operator.UNEQUAL
    return compare(operator, left, right)


def _is_plain(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def present(value: Value) -> bool:
    """`present`: something is written; a not-applicable code is, a place without prior is not."""
    return not isinstance(value, Missing) or value is Missing.MISTYPED


def contains(value: Value, text: str) -> Truth:
    """`contains`: a text holds another one, letter by letter."""
    if isinstance(value, str):
        return text in value
    figure = as_figure(value)
    return _VERDICTS[figure if isinstance(figure, Missing) else Missing.MISTYPED]


def _compare_ranges(operator: Operator, left: Usable, right: Usable) -> Truth:
    if isinstance(left, Coded) and left == right:
        return operator in (Operator.EQUAL, Operator.AT_MOST, Operator.AT_LEAST)
    if operator in _TURNED:
        operator, left, right = _TURNED[operator], right, left
    first, second = bounds(left), bounds(right)
    if operator is Operator.LESS:
        return _decided(_is_less(first, second), _is_at_most(second, first))
    if operator is Operator.AT_MOST:
        return _decided(_is_at_most(first, second), _is_less(second, first))
    same = first.low == first.high == second.low == second.high
    apart = _is_less(first, second) or _is_less(second, first)
    equal = _decided(same, apart)
    return equal if operator is Operator.EQUAL else opposite(equal)


def _decided(holds: bool, fails: bool) -> Truth:  # noqa: FBT001 - the two belong together
    if holds:
        return True
    return False if fails else _DOUBTFUL


def _is_less(left: Interval, right: Interval) -> bool:
    """Tell whether all values of one are less than all of the other."""
    if left.high == right.low:
        return left.high_open or right.low_open
    return left.high < right.low


def _is_at_most(left: Interval, right: Interval) -> bool:
    return left.high <= right.low
