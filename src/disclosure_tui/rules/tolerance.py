"""Amounts that are equal as printed (dialect, section 3, `tolerance: printed`).

Parts and total of an amount are rounded one by one before they are printed, so an exact sum may
miss the total by a last digit. Both sides are then compared at the coarser of their precisions,
as the figures are written; halves are rounded up.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from disclosure_tui.rules.expression import Evaluation, Operator, Term, Value
from disclosure_tui.rules.expression.values import EXACT

__all__ = ["equal_as_printed"]

_WITH_EQUALITY = frozenset({Operator.EQUAL, Operator.AT_MOST, Operator.AT_LEAST})


def equal_as_printed(operator: Operator, evaluation: Evaluation) -> bool:
    """Tell whether a comparison that fails holds at the precision printed."""
    left, right = evaluation.left, evaluation.right
    if operator not in _WITH_EQUALITY:
        return False
    if not isinstance(left, int | Decimal) or not isinstance(right, int | Decimal):
        return False
    sides = (_places(left, evaluation.left_terms), _places(right, evaluation.right_terms))
    return _rounded(left, min(sides)) == _rounded(right, min(sides))


def _places(value: Value, terms: tuple[Term, ...] | None) -> int:
    """Return the decimals of a side: the most that one of its figures is written with."""
    figures = [value] if terms is None else [term.value for term in terms]
    return max((_decimals(figure) for figure in figures), default=0)


def _decimals(figure: Value) -> int:
    if not isinstance(figure, Decimal):
        return 0
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(figure: int | Decimal, places: int) -> Decimal:
    shifted = Decimal(figure).scaleb(places, EXACT)
    return shifted.to_integral_value(rounding=ROUND_HALF_UP)
