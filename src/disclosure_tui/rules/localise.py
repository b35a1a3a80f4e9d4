"""Finds the wrong cells behind equations that fail: the fewest whose change satisfies all.

Pure, exact and bounded; nothing is applied. Source: Fellegi and Holt (1976), design section
6.5, rules research section 4. `localise_ground` builds what it needs from a form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.localise_problem import Problem
from disclosure_tui.rules.localise_result import (
    COUNT,
    Because,
    Cause,
    Change,
    Deduction,
    Domain,
    Equation,
    Explanation,
    Localisation,
    Slip,
    Status,
)
from disclosure_tui.rules.localise_search import Steps

__all__ = [
    "CHANGED",
    "CONFIRMED",
    "COUNT",
    "LOCKED",
    "PART",
    "TYPED_TOTAL",
    "Because",
    "Cause",
    "Change",
    "Deduction",
    "Domain",
    "Equation",
    "Explanation",
    "Localisation",
    "Slip",
    "Status",
    "localise",
    "never",
]

# How much a cell is to be believed (rules research, section 4).
TYPED_TOTAL = 0.9
PART = 1.0
CHANGED = 0.8
"""Changed since the report was opened."""
CONFIRMED = 1.5
"""Confirmed by a person, or carried over from last year's report."""
LOCKED = float("inf")
"""Never taken to be wrong."""

_NOWHERE: Mapping[Pointer, Set[Pointer]] = {}


def never() -> bool:
    """Tell that nobody cancels."""
    return False


def localise(
    equations: Sequence[Equation],
    values: Mapping[Pointer, int | Decimal | None],
    *,
    domains: Mapping[Pointer, Domain] | None = None,
    weights: Mapping[Pointer, float] | None = None,
    neighbours: Mapping[Pointer, Set[Pointer]] = _NOWHERE,
    most_cells: int = 3,
    budget: int = 200_000,
    cancelled: Callable[[], bool] = never,
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
        most_cells: Greatest number of cells of an explanation.
        budget: Greatest number of steps of the search, over all causes.
        cancelled: Asked at every step.
    """
    problem = Problem.of(equations, values, domains or {}, weights or {}, neighbours)
    steps = Steps(budget, cancelled)
    causes: list[Cause] = []
    suspects: set[Pointer] = set()
    for group in problem.failing():
        cause = problem.cause(group, most_cells, steps)
        causes.append(cause)
        suspects |= problem.suspects(group, cause)
    deductions = () if steps.stopped else tuple(problem.deductions(suspects))
    return Localisation(tuple(causes), deductions, steps.used, steps.stopped)
