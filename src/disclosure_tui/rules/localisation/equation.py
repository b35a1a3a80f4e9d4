"""What the search for wrong cells is given: equations, and what may stand in their cells."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Identity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Figure

__all__ = ["COUNT", "Domain", "Equation"]


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
