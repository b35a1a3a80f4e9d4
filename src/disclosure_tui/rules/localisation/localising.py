"""Finds the wrong cells behind equations that fail: the fewest whose change satisfies all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.localisation.cause import Cause, Localisation
from disclosure_tui.rules.localisation.equation import Domain, Equation
from disclosure_tui.rules.localisation.problem import Changed, Problem
from disclosure_tui.rules.localisation.search import Steps

__all__ = ["BUDGET", "CHANGED", "CONFIRMED", "LOCKED", "MOST_CELLS", "TYPED_TOTAL", "localise"]

# How much a cell is to be believed; 1 where nothing is known (rules research, section 4).
TYPED_TOTAL = 0.9
CHANGED = 0.8
"""Changed since the report was opened."""
CONFIRMED = 1.5
"""Confirmed by a person, or the same as in last year's report."""
LOCKED = float("inf")
"""Never taken to be wrong."""

MOST_CELLS = 3
BUDGET = 10_000
"""Steps; ten times what the hardest of the tables measured took, about a second."""

_NOWHERE: Mapping[Pointer, Set[Pointer]] = {}


def _never() -> bool:
    return False


def _anything(changed: Changed) -> bool:
    del changed
    return True


def localise(
    equations: Sequence[Equation],
    values: Mapping[Pointer, int | Decimal | None],
    *,
    domains: Mapping[Pointer, Domain] | None = None,
    weights: Mapping[Pointer, float] | None = None,
    neighbours: Mapping[Pointer, Set[Pointer]] = _NOWHERE,
    allowed: Callable[[Changed], bool] = _anything,
    most_cells: int = MOST_CELLS,
    budget: int = BUDGET,
    cancelled: Callable[[], bool] = _never,
) -> Localisation:
    """Find what may have caused the equations that fail, and which blanks are certain.

    Args:
        equations: What has to hold, in the order of the rules.
        values: The figures in the order of the form; None: a blank. A cell that is not in it
            does not apply, or holds something that is neither figure nor blank.
        domains: What may stand in a cell; a count where it says nothing.
        weights: How much a cell is to be believed; 1 where it says nothing. Only compares
            explanations of equally many cells; an infinite weight locks the cell.
        neighbours: The cells beside a cell, in its row and in its column.
        allowed: Tells whether figures in some cells break nothing besides the equations.
        most_cells: Greatest number of cells of an explanation.
        budget: Greatest number of steps of the search, over all causes.
        cancelled: Asked at every step.
    """
    problem = Problem.of(equations, values, domains or {}, weights or {}, neighbours)
    steps = Steps(budget, cancelled)
    causes: list[Cause] = []
    suspects: set[Pointer] = set()
    for group in problem.failing():
        cause = problem.cause(group, most_cells, steps, allowed)
        causes.append(cause)
        suspects |= problem.suspects(group, cause)
    deductions = () if steps.stopped else tuple(problem.deductions(suspects))
    return Localisation(tuple(causes), deductions, steps.used, steps.stopped)
