"""Calculating with values: exact figures, ranges, and what is missing (DIALECT 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import wraps
from typing import ParamSpec

from disclosure_tui.rules.expression.syntax import Figure
from disclosure_tui.rules.expression.values import (
    EXACT,
    Interval,
    Missing,
    Usable,
    Value,
    as_figure,
    bounds,
    negative,
    worst,
)

__all__ = [
    "add",
    "count",
    "greatest",
    "least",
    "length",
    "magnitude",
    "multiply",
    "negate",
    "rounded",
    "total",
]

_Arguments = ParamSpec("_Arguments")

_ROUNDING = Context(prec=EXACT.prec, Emax=EXACT.Emax, Emin=EXACT.Emin)


def _exact(calculate: Callable[_Arguments, Value]) -> Callable[_Arguments, Value]:
    """Let a result that cannot be kept exactly count as mistyped: nobody meant that figure."""

    @wraps(calculate)
    def guarded(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> Value:
        try:
            return calculate(*arguments, **named)
        except ArithmeticError:
            return Missing.MISTYPED

    return guarded


@_exact
def add(values: Sequence[Value]) -> Value:
    """Add values outside a fold: one that is missing makes the result missing."""
    figures = list(map(as_figure, values))
    lacking = worst(figure for figure in figures if isinstance(figure, Missing))
    if lacking is not None:
        return lacking
    return _added(figure for figure in figures if not isinstance(figure, Missing))


@_exact
def negate(value: Value) -> Value:
    """Return the negative of a value."""
    figure = as_figure(value)
    if isinstance(figure, Missing):
        return figure
    return _scaled(figure, -1)


@_exact
def multiply(left: Value, right: Value) -> Value:
    """Multiply two values; of two ranges every product of their values lies in the result."""
    first, second = as_figure(left), as_figure(right)
    lacking = worst(figure for figure in (first, second) if isinstance(figure, Missing))
    if lacking is not None:
        return lacking
    for figure, factor in ((first, second), (second, first)):
        if isinstance(factor, int | Decimal) and not isinstance(figure, Missing):
            return _scaled(figure, factor)
    if isinstance(first, Missing) or isinstance(second, Missing):
        return Missing.MISTYPED
    return _spanned(bounds(first), bounds(second))


@_exact
def magnitude(value: Value) -> Value:
    """`abs`: a value without its sign; a range that is not negative stays as it is."""
    figure = as_figure(value)
    if isinstance(figure, Missing):
        return figure
    span = bounds(figure)
    if span.low >= 0:
        return figure
    if span.high <= 0:
        return _scaled(figure, -1)
    upper = max((span, span.mirrored), key=lambda one: (one.high, not one.high_open))
    return Interval(0, upper.high, low_open=False, high_open=upper.high_open)


@_exact
def rounded(value: Value, places: int) -> Value:
    """`round`: a value with at most so many decimals, halves away from zero."""
    figure = as_figure(value)
    if isinstance(figure, Missing):
        return figure
    if isinstance(figure, int | Decimal):
        return _quantized(figure, places, ROUND_HALF_UP)
    span = bounds(figure)
    # A half that is an open end is itself not among the values: those next to it round
    # towards zero if they lie on its side of zero.
    upper = ROUND_HALF_DOWN if span.high_open and span.high > 0 else ROUND_HALF_UP
    lower = ROUND_HALF_DOWN if span.low_open and span.low < 0 else ROUND_HALF_UP
    return Interval(_quantized(span.low, places, lower), _quantized(span.high, places, upper))


@_exact
def total(values: Sequence[Value]) -> Value:
    """`sum`: not-applicable values are skipped; a single value left stays what it is."""
    figures = _applicable(values)
    if isinstance(figures, Missing):
        return figures
    if len(figures) == 1:
        return figures[0]
    return _added(figures) if figures else Missing.NOT_APPLICABLE


def count(values: Sequence[Value]) -> Value:
    """`count`: how many values apply, texts included; of nothing 0."""
    figures = [1 if isinstance(value, str) else as_figure(value) for value in values]
    applicable = _applicable(figures)
    return applicable if isinstance(applicable, Missing) else len(applicable)


def least(values: Sequence[Value]) -> Value:
    """`min`: the least value; the code itself if it is that beyond doubt, else a range."""
    return _extreme(values, min, lambda span: span)


def greatest(values: Sequence[Value]) -> Value:
    """`max`: the greatest value; the code itself if it is that beyond doubt, else a range."""
    return _extreme(values, max, lambda span: span.mirrored)


def length(value: Value) -> Value:
    """`length`: the number of characters of a text."""
    if isinstance(value, str):
        return len(value)
    figure = as_figure(value)
    return figure if isinstance(figure, Missing) else Missing.MISTYPED


def _applicable(values: Iterable[Value]) -> list[Usable] | Missing:
    """Leave out what does not apply; return the reason if anything else is missing."""
    figures: list[Usable] = []
    lacking: list[Missing] = []
    for value in values:
        figure = as_figure(value)
        if not isinstance(figure, Missing):
            figures.append(figure)
        elif figure is not Missing.NOT_APPLICABLE:
            lacking.append(figure)
    reason = worst(lacking)
    return figures if reason is None else reason


def _added(figures: Iterable[Usable]) -> Usable:
    exact: Figure = 0
    spans: list[Interval] = []
    for figure in figures:
        if isinstance(figure, int | Decimal):
            exact = _plus(exact, figure)
        else:
            spans.append(bounds(figure))
    if not spans:
        return exact
    low = high = exact
    for span in spans:
        low, high = _plus(low, span.low), _plus(high, span.high)
    return Interval(
        low, high, any(span.low_open for span in spans), any(span.high_open for span in spans)
    )


def _plus(left: Figure, right: Figure) -> Figure:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(left, right)


def _times(left: Figure, right: Figure) -> Figure:
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    product = EXACT.multiply(left, right)
    return product or product.copy_abs()  # nobody wants to read -0


def _scaled(figure: Usable, factor: Figure) -> Usable:
    if isinstance(figure, int | Decimal):
        return _times(figure, factor)
    if factor == 1:
        return figure
    if factor == 0:  # also of a range without an end
        return 0
    span = bounds(figure) if factor > 0 else bounds(figure).mirrored
    size = factor if factor > 0 else negative(factor)
    return Interval(_times(span.low, size), _times(span.high, size), span.low_open, span.high_open)


def _spanned(left: Interval, right: Interval) -> Interval:
    """Multiply two ranges. Both ends are taken to belong to it: that never decides too much."""
    corners = [
        # A range without an end times 0 is 0: every value in it is finite.
        0 if low == 0 or high == 0 else _times(low, high)
        for low in (left.low, left.high)
        for high in (right.low, right.high)
    ]
    return Interval(min(corners), max(corners))


def _quantized(figure: Figure, places: int, rounding: str) -> Figure:
    if isinstance(figure, int) or not figure.is_finite():
        return figure
    exponent = figure.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return figure
    step = Decimal(1).scaleb(-places)
    return figure.quantize(step, rounding=rounding, context=_ROUNDING)


def _extreme(
    values: Sequence[Value],
    pick: Callable[[list[Figure]], Figure],
    seen: Callable[[Interval], Interval],
) -> Value:
    """Find the least value, of the mirrored values for the greatest."""
    figures = _applicable(values)
    if isinstance(figures, Missing):
        return figures
    if not figures:
        return Missing.NOT_APPLICABLE
    exact = [figure for figure in figures if isinstance(figure, int | Decimal)]
    if len(exact) == len(figures):
        return pick(exact)
    # Equal codes are one candidate: they count as equal.
    spans = {figure: seen(bounds(figure)) for figure in figures}
    candidate = min(spans, key=lambda figure: (spans[figure].high, spans[figure].low))
    top = spans[candidate].high
    if all(top <= span.low for figure, span in spans.items() if figure != candidate):
        return candidate
    low = min(span.low for span in spans.values())
    low_open = all(span.low_open for span in spans.values() if span.low == low)
    high_open = any(span.high_open for span in spans.values() if span.high == top)
    return seen(Interval(low, top, low_open, high_open))
