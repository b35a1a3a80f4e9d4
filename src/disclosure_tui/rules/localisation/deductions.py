"""Blanks that only one figure can fill, deduced from the equations that hold them.

Source: rules research, section 4 (deductive corrections: a missing cell fixed by one equation,
or by non-negativity). An equation that holds a cell under suspicion proves nothing, and where
the blanks that hang together cannot all be filled, none of them is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.localisation.cause import Because
from disclosure_tui.rules.localisation.groups import groups
from disclosure_tui.rules.localisation.ranges import Limits, divided

__all__ = ["Filled", "Unfilled", "filled"]

Number: TypeAlias = int | Fraction

Unfilled: TypeAlias = tuple[Mapping[int, Number], Number]
"""Coefficients of the blanks of an equation, and the sum of all that is filled."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank with its figure.

    Attributes:
        cell: The blank.
        value: The figure.
        because: Why.
        equation: Position of the equation it follows from.
        given: Blanks of that equation that were filled before.
    """

    cell: int
    value: Number
    because: Because
    equation: int
    given: tuple[int, ...]


def filled(equations: Mapping[int, Unfilled], limits: Mapping[int, Limits]) -> list[Filled]:
    """Return the blanks with one possible figure, each behind those it rests on.

    Args:
        equations: Those with a blank, by their position.
        limits: The domains of the blanks.
    """
    result: list[Filled] = []
    for group in groups({at: blanks for at, (blanks, _) in equations.items()}):
        result.extend(_Group({at: equations[at] for at in group}, limits).filled())
    return result


class _ContradictionError(Exception):
    """No figures fill the blanks of a group."""


@dataclass(slots=True)
class _Group:
    """Equations that hang together by their blanks."""

    equations: Mapping[int, Unfilled]
    limits: Mapping[int, Limits]
    known: dict[int, Number] = field(default_factory=dict)
    steps: list[Filled] = field(default_factory=list)

    def filled(self) -> Sequence[Filled]:
        """Fill blank after blank until no equation gives another one."""
        try:
            before = -1
            while before < len(self.steps):
                before = len(self.steps)
                for at, equation in self.equations.items():
                    self._use(at, equation)
        except _ContradictionError:
            return ()
        return self.steps

    def _use(self, at: int, equation: Unfilled) -> None:
        coefficients, total = equation
        blank = {cell: factor for cell, factor in coefficients.items() if cell not in self.known}
        total += sum(coefficients[cell] * self.known[cell] for cell in coefficients.keys() - blank)
        if not blank:
            if total:
                raise _ContradictionError
        elif len(blank) == 1:
            ((cell, factor),) = blank.items()
            self._fill(at, {cell: divided(-total, factor)}, Because.EQUATION)
        else:
            for direction in (1, -1):
                extreme = self._extreme(blank, direction)
                if extreme is None:
                    continue
                distance = total + sum(blank[cell] * value for cell, value in extreme.items())
                if distance * direction > 0:
                    raise _ContradictionError
                if distance == 0:
                    self._fill(at, extreme, Because.BOUNDS)
                    return

    def _extreme(self, blank: Mapping[int, Number], direction: int) -> dict[int, Number] | None:
        """Return the figures that make the sum least (1) or greatest (-1); None if unbounded."""
        result: dict[int, Number] = {}
        for cell, factor in blank.items():
            limits = self.limits[cell]
            bound = limits.lowest if factor * direction > 0 else limits.highest
            if bound is None:
                return None
            result[cell] = bound
        return result

    def _fill(self, at: int, values: Mapping[int, Number], because: Because) -> None:
        given = tuple(sorted(cell for cell in self.equations[at][0] if cell in self.known))
        for cell, value in values.items():
            if not self.limits[cell].allows(value):
                raise _ContradictionError
            self.known[cell] = value
            self.steps.append(Filled(cell, value, because, at, given))
