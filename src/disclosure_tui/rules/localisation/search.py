"""The search for all smallest sets of cells whose change satisfies every equation.

Iterative deepening on the number of cells. A step takes an equation that does not hold and
branches on its cells, one of which must be wrong; the cell is eliminated from the others, as in
Gauss-Jordan elimination, so the equations left tell what must be wrong besides. A cell tried
is left out by the branches after it, so no set is met twice. Where all equations hold but a
figure leaves its domain (a negative count), one of the cells it was calculated from is wrong.
Complete for equations and domains; other rules only refuse what they do not allow. Source:
rules research, section 4 (pivot search).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.localisation.ranges import Limits, Solved, divided, ranges

__all__ = ["Exhausted", "Row", "Search", "Steps"]

Number: TypeAlias = int | Fraction
Cell: TypeAlias = int
"""Cells are numbered in the order of the form."""

Row: TypeAlias = tuple[Mapping[Cell, Number], Number]
"""Sum of coefficient x change of the cell, plus the residual, is 0."""


class Exhausted(Exception):  # noqa: N818 - it ends a search, nothing is wrong
    """The budget is used up, or the caller broke the search off."""


@dataclass(slots=True)
class Steps:
    """The budget, shared by all searches of one call.

    Attributes:
        budget: Greatest number of steps.
        cancelled: Asked at every step.
        used: Steps taken.
        stopped: The caller broke it off.
    """

    budget: int
    cancelled: Callable[[], bool]
    used: int = 0
    stopped: bool = False

    def take(self) -> None:
        """Take one step.

        Raises:
            Exhausted: There is none left, or the caller wants no more.
        """
        self.stopped = self.stopped or self.cancelled()
        if self.stopped or self.used >= self.budget:
            raise Exhausted
        self.used += 1


@dataclass(frozen=True, slots=True)
class _Node:
    """What is known once some cells are taken to be wrong.

    Attributes:
        rows: The equations left, without these cells.
        pivots: Of the cells that have an equation to be calculated from, that equation.
        free: The cells that have none.
    """

    rows: tuple[Row, ...]
    pivots: tuple[tuple[Cell, Row], ...] = ()
    free: tuple[Cell, ...] = ()

    def adding(self, cell: Cell, chosen: Row | None = None) -> _Node:
        """Return what is known once a further cell is wrong.

        Args:
            cell: The cell; it is not yet among them.
            chosen: The equation to calculate it from; else one that does not hold, else any.
        """
        holding = [row for row in self.rows if cell in row[0]]
        if not holding:
            return _Node(self.rows, self.pivots, (*self.free, cell))
        pivot = chosen or next((row for row in holding if row[1]), holding[0])
        rows = (_without(cell, row, pivot) for row in self.rows if row is not pivot)
        pivots = ((known, _without(cell, row, pivot)) for known, row in self.pivots)
        return _Node(
            tuple(row for row in rows if row[0] or row[1]), (*pivots, (cell, pivot)), self.free
        )


def _without(cell: Cell, row: Row, pivot: Row) -> Row:
    """Eliminate a cell from an equation by means of another."""
    own = row[0].get(cell)
    if own is None:
        return row
    factor = divided(own, pivot[0][cell])
    result = dict(row[0])
    for other, coefficient in pivot[0].items():
        left = result.get(other, 0) - factor * coefficient
        if left:
            result[other] = left
        else:
            del result[other]
    return result, row[1] - factor * pivot[1]


@dataclass(slots=True)
class Search:
    """The search in equations that hang together.

    Attributes:
        rows: The equations; the residual is the sum of the figures as they stand.
        figures: The figures as they stand, by cell.
        limits: What may stand in each cell.
        locked: Cells that are not wrong.
        steps: The budget.
        fits: Tells whether the figures a set needs break nothing besides the equations.
        found: The sets found, with the figures they need.
    """

    rows: Sequence[Row]
    figures: Sequence[Number]
    limits: Sequence[Limits]
    locked: frozenset[Cell]
    steps: Steps
    fits: Callable[[Solved], bool]
    found: dict[tuple[Cell, ...], Solved] = field(default_factory=dict)

    def smallest(self, outside: Iterable[Cell], most: int) -> None:
        """Find all sets of the smallest size that there is, up to `most` cells.

        Args:
            outside: Cells whose figure is not allowed; they are in every set.
            most: Greatest number of cells.

        Raises:
            Exhausted: The search did not come to its end.
        """
        start = _Node(tuple(self.rows))
        forced = tuple(outside)
        if not self.locked.isdisjoint(forced):
            return
        for cell in forced:
            start = start.adding(cell)
        for size in range(max(1, len(forced)), most + 1):
            self._expand(start, size - len(forced), self.locked)
            if self.found:
                return

    def _expand(self, node: _Node, left: int, excluded: frozenset[Cell]) -> None:
        """Find the sets that have up to `left` further cells."""
        self.steps.take()
        failing = [row for row in node.rows if row[1]]
        if left == 0:
            if not failing:
                self._keep(node)
            return
        if failing:
            row = min(failing, key=lambda item: len(item[0].keys() - excluded))
            if left == 1:
                self._last(node, row, excluded)
            else:
                self._branch(node, row[0], row, left, excluded)
            return
        self._branch(node, self._sources(node), None, left, excluded)

    def _branch(
        self,
        node: _Node,
        cells: Iterable[Cell],
        row: Row | None,
        left: int,
        excluded: frozenset[Cell],
    ) -> None:
        for cell in sorted(cells):
            if cell not in excluded:
                self._expand(node.adding(cell, row), left - 1, excluded)
                excluded |= {cell}

    def _last(self, node: _Node, row: Row, excluded: frozenset[Cell]) -> None:
        """Find the single cells that satisfy all equations at once.

        Such a cell is in every equation that fails, each asks for the same change, and it is
        in none that holds.
        """
        for cell, coefficient in row[0].items():
            if cell in excluded:
                continue
            change = divided(-row[1], coefficient)
            if all(item[0].get(cell, 0) * change + item[1] == 0 for item in node.rows):
                self.steps.take()
                self._keep(node.adding(cell, row))

    def _sources(self, node: _Node) -> set[Cell]:
        """Return the cells of which one must be wrong, since a figure leaves its domain.

        Empty if none does: then a smaller set was found already.
        """
        if node.free:
            if self._solved(node) is not None:
                return set()
            return {cell for _, row in node.pivots for cell in row[0]} - self._chosen(node)
        for cell, row in node.pivots:
            if not self.limits[cell].allows(self.figures[cell] - divided(row[1], row[0][cell])):
                return row[0].keys() - {cell}
        return set()

    @staticmethod
    def _chosen(node: _Node) -> set[Cell]:
        return {*node.free, *(cell for cell, _ in node.pivots)}

    def _keep(self, node: _Node) -> None:
        solved = self._solved(node)
        if solved is None:
            return
        if any(value == self.figures[cell] for cell, value in solved.items()):
            return
        if not self.fits(solved):
            return
        self.found[tuple(sorted(solved))] = solved

    def _solved(self, node: _Node) -> Solved | None:
        """Return the figures the cells must have; None if none are allowed."""
        chosen = self._chosen(node)
        sums = {}
        for cell, (coefficients, residual) in node.pivots:
            own = coefficients[cell]
            weights = {
                other: divided(-factor, own)
                for other, factor in coefficients.items()
                if other in chosen and other != cell
            }
            constant = self.figures[cell] - divided(residual, own)
            # The ranges are those of figures, the equations those of changes.
            shift = sum(weight * self.figures[other] for other, weight in weights.items())
            sums[cell] = (weights, constant - shift)
        return ranges(node.free, sums, self.limits)
