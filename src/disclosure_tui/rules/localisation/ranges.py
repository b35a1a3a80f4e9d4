"""Which figures a few cells can have within their domains, in exact arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from disclosure_tui.data_class import dataclass

__all__ = ["Limits", "Solved", "divided", "ranges"]

Number: TypeAlias = int | Fraction

Solved: TypeAlias = dict[int, Number | None]
"""Cells with the figure they must have; None where several fit."""

Sum: TypeAlias = tuple[Mapping[int, Number], Number]
"""Coefficients of cells, and a constant."""


def divided(dividend: Number, divisor: Number) -> Number:
    """Divide exactly; whole numbers stay `int`, with which everything else is faster."""
    if divisor == 1:
        return dividend
    if divisor == -1:
        return -dividend
    result = Fraction(dividend) / divisor
    return result.numerator if result.denominator == 1 else result


@dataclass(frozen=True, slots=True)
class Limits:
    """What may stand in a cell.

    Attributes:
        lowest: Least figure, or None.
        highest: Greatest figure, or None.
        scale: Figures times this are whole.
    """

    lowest: Number | None
    highest: Number | None
    scale: int = 1

    def allows(self, value: Number) -> bool:
        """Tell whether a figure may stand there."""
        if self.lowest is not None and value < self.lowest:
            return False
        if self.highest is not None and value > self.highest:
            return False
        return isinstance(value, int) or (value * self.scale).denominator == 1


def ranges(free: Sequence[int], sums: Mapping[int, Sum], limits: Sequence[Limits]) -> Solved | None:
    """Return the figures that cells must have; None if no figures are allowed together.

    Args:
        free: Cells that can have any figure of their domain.
        sums: Cells that are sums of free ones.
        limits: The domains, by cell.

    Exact where a real solution implies one in whole numbers, as with coefficients of 1 and -1
    in sums of parts; otherwise a set may be kept whose figures are not whole.
    """
    known: Solved = {}
    if free:
        constraints = list(_constraints(free, sums, limits))
        for cell in free:
            found = _range(constraints, cell, free, limits[cell].scale)
            if found is None:
                return None
            known[cell] = found[0] if found[0] == found[1] else None
    for cell, (weights, constant) in sums.items():
        value: Number | None = constant
        for other, weight in weights.items():
            figure = known[other]
            value = None if value is None or figure is None else value + weight * figure
        if value is not None and not limits[cell].allows(value):
            return None
        known[cell] = value
    return known


Constraint: TypeAlias = tuple[dict[int, Number], Number]
"""The sum of coefficient x figure, plus the constant, is at least 0."""


def _constraints(
    free: Sequence[int], sums: Mapping[int, Sum], limits: Sequence[Limits]
) -> Iterator[Constraint]:
    every: dict[int, Sum] = {**{cell: ({cell: 1}, 0) for cell in free}, **sums}
    for cell, (weights, constant) in every.items():
        lowest, highest = limits[cell].lowest, limits[cell].highest
        if lowest is not None:
            yield dict(weights), constant - lowest
        if highest is not None:
            yield {other: -weight for other, weight in weights.items()}, highest - constant


def _range(
    constraints: Sequence[Constraint], cell: int, free: Sequence[int], scale: int
) -> tuple[Number | None, Number | None] | None:
    """Return the least and the greatest figure of a cell; None if it can have none."""
    left = list(constraints)
    for other in free:
        if other != cell:
            left = _eliminated(left, other)
    lowest: Number | None = None
    highest: Number | None = None
    for weights, constant in left:
        weight = weights.get(cell, 0)
        if not weight:
            if constant < 0:
                return None
            continue
        bound = Fraction(-constant) / weight * scale
        if weight > 0:
            whole = divided(math.ceil(bound), scale)
            lowest = whole if lowest is None else max(lowest, whole)
        else:
            whole = divided(math.floor(bound), scale)
            highest = whole if highest is None else min(highest, whole)
    if lowest is not None and highest is not None and lowest > highest:
        return None
    return lowest, highest


def _eliminated(constraints: Iterable[Constraint], cell: int) -> list[Constraint]:
    """Eliminate a cell (Fourier and Motzkin): every lower bound is at most every upper one."""
    result: list[Constraint] = []
    lower: list[Constraint] = []
    upper: list[Constraint] = []
    for item in constraints:
        weight = item[0].get(cell, 0)
        (lower if weight > 0 else upper if weight else result).append(item)
    for low, low_constant in lower:
        for high, high_constant in upper:
            first, second = -high[cell], low[cell]
            weights = {
                other: value
                for other in {*low, *high} - {cell}
                if (value := first * low.get(other, 0) + second * high.get(other, 0))
            }
            result.append((weights, first * low_constant + second * high_constant))
    return result
