"""The equations of a report as the search sees them: numbered cells, exact figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Change, Figure, Slip
from disclosure_tui.rules.localisation.cause import Cause, Deduction, Explanation, Status
from disclosure_tui.rules.localisation.deductions import Unfilled, filled
from disclosure_tui.rules.localisation.equation import COUNT, Domain, Equation
from disclosure_tui.rules.localisation.groups import groups
from disclosure_tui.rules.localisation.ranges import Limits, Solved
from disclosure_tui.rules.localisation.search import Exhausted, Row, Search, Steps
from disclosure_tui.rules.localisation.slips import cost_of, slip_of, with_swaps

__all__ = ["Changed", "Group", "Problem"]

Number: TypeAlias = int | Fraction

Changed: TypeAlias = Mapping[Pointer, Figure]
"""Cells with the figures they would get."""


@dataclass(frozen=True, slots=True)
class Group:
    """Equations that hang together.

    Attributes:
        positions: Where they stand among all equations.
        rows: The equations, with what they add up to now.
        outside: Cells whose figure their type does not allow.
    """

    positions: Sequence[int]
    rows: Sequence[Row]
    outside: Sequence[int]

    @property
    def failing(self) -> tuple[int, ...]:
        """Positions of the equations that do not hold."""
        pairs = zip(self.positions, self.rows, strict=True)
        return tuple(at for at, row in pairs if row[1])


@dataclass(frozen=True, slots=True)
class Problem:
    """Equations over numbered cells.

    Attributes:
        equations: Those in force.
        rows: Their coefficients, by cell.
        cells: The cells in the order of the form.
        figures: Their figures; None: blank.
        limits: Their domains.
        domains: Their domains, as given.
        weights: How much they are to be believed.
        neighbours: What stands beside them.
    """

    equations: Sequence[Equation]
    rows: Sequence[Mapping[int, Number]]
    cells: Sequence[Pointer]
    figures: Sequence[Number | None]
    limits: Sequence[Limits]
    domains: Mapping[Pointer, Domain]
    weights: Mapping[Pointer, float]
    neighbours: Mapping[Pointer, Set[Pointer]]

    @classmethod
    def of(
        cls,
        equations: Sequence[Equation],
        values: Mapping[Pointer, Figure | None],
        domains: Mapping[Pointer, Domain],
        weights: Mapping[Pointer, float],
        neighbours: Mapping[Pointer, Set[Pointer]],
    ) -> Problem:
        """Number the cells; an equation with a cell that does not apply is left out."""
        numbers = {pointer: number for number, pointer in enumerate(values)}
        in_force = [
            item
            for item in equations
            if all(p in numbers or p in item.optional for p in item.coefficients)
        ]
        rows = [
            {numbers[p]: _exact(c) for p, c in item.coefficients.items() if p in numbers}
            for item in in_force
        ]
        return cls(
            in_force,
            rows,
            tuple(values),
            tuple(None if value is None else _exact(value) for value in values.values()),
            tuple(_limits(domains.get(pointer, COUNT)) for pointer in values),
            domains,
            weights,
            neighbours,
        )

    def failing(self) -> Iterator[Group]:
        """Yield the groups in which something is wrong, as far as nothing is blank."""
        judged = {
            at: row.keys()
            for at, row in enumerate(self.rows)
            if all(self.figures[cell] is not None for cell in row)
        }
        for positions in groups(judged):
            rows = tuple((self.rows[at], self._sum(at)) for at in positions)
            cells = sorted({cell for row in rows for cell in row[0]})
            outside = [cell for cell in cells if not self.limits[cell].allows(self._figure(cell))]
            if outside or any(row[1] for row in rows):
                yield Group(positions, rows, outside)

    def _sum(self, at: int) -> Number:
        """Return what the filled cells of an equation add up to, with its constant."""
        total = _exact(self.equations[at].constant)
        for cell, factor in self.rows[at].items():
            total += factor * (self.figures[cell] or 0)
        return total

    def _figure(self, cell: int) -> Number:
        figure = self.figures[cell]
        assert figure is not None
        return figure

    def _locked(self, cell: int) -> bool:
        return self.weights.get(self.cells[cell]) == float("inf")

    def cause(
        self, group: Group, most: int, steps: Steps, allowed: Callable[[Changed], bool]
    ) -> Cause:
        """Search for the explanations of one group."""

        def fits(solved: Solved) -> bool:
            # While a figure is open, nothing can be said against it.
            new = {
                self.cells[cell]: _plain(value)
                for cell, value in solved.items()
                if value is not None
            }
            return len(new) < len(solved) or allowed(new)

        figures = [figure or 0 for figure in self.figures]
        locked = frozenset(cell for row in group.rows for cell in row[0] if self._locked(cell))
        search = Search(group.rows, figures, self.limits, locked, steps, fits)
        status = Status.UNFINISHED
        try:
            search.smallest(group.outside, most)
            status = Status.FOUND if search.found else Status.NONE
        except Exhausted:
            # Some of several explanations would look like all of them.
            search.found.clear()
        ranked = sorted(
            ((self._explanation(solved), cells) for cells, solved in search.found.items()),
            key=lambda item: (item[0].cost, item[1]),
        )
        return Cause(
            status,
            tuple(explanation for explanation, _ in ranked),
            tuple(dict.fromkeys(self.equations[at].identity for at in group.failing)),
            tuple(self.cells[cell] for cell in group.outside),
        )

    def _explanation(self, solved: Solved) -> Explanation:
        changes = []
        for cell, value in sorted(solved.items()):
            pointer = self.cells[cell]
            old = _plain(self._figure(cell))
            new = None if value is None else _plain(value)
            domain = self.domains.get(pointer, COUNT)
            slip = Slip.OTHER if new is None else slip_of(old, new, domain)
            changes.append(Change(pointer, old, new, slip))
        marked = with_swaps(changes, self.neighbours)
        return Explanation(marked, cost_of(marked, self.weights))

    def suspects(self, group: Group, cause: Cause) -> frozenset[Pointer]:
        """Return the cells that may be wrong."""
        cells = {cell for one in cause.explanations for cell in one.cells}
        if cause.status is not Status.FOUND:
            cells.update(cause.outside)
            cells.update(self.cells[cell] for at in group.failing for cell in self.rows[at])
        return frozenset(cells)

    def deductions(self, suspects: Set[Pointer]) -> Iterator[Deduction]:
        """Yield the blanks that only one figure can fill, if no suspect is relied on."""
        unfilled: dict[int, Unfilled] = {}
        limits: dict[int, Limits] = {}
        for at, row in enumerate(self.rows):
            blanks = {cell: factor for cell, factor in row.items() if self.figures[cell] is None}
            locked = any(self._locked(cell) for cell in blanks)
            if blanks and not locked and suspects.isdisjoint(self.equations[at].coefficients):
                unfilled[at] = blanks, self._sum(at)
                limits.update((cell, self.limits[cell]) for cell in blanks)
        for item in filled(unfilled, limits):
            yield Deduction(
                self.cells[item.cell],
                _plain(item.value),
                item.because,
                self.equations[item.equation].identity,
                tuple(self.cells[cell] for cell in item.given),
            )


def _exact(figure: Figure) -> Number:
    """Return a figure for exact arithmetic; whole numbers stay `int`."""
    if isinstance(figure, int):
        return figure
    result = Fraction(figure)
    return result.numerator if result.denominator == 1 else result


def _plain(number: Number) -> Figure:
    """Return a figure of a domain as a report holds it."""
    if isinstance(number, int) or number.denominator == 1:
        return int(number)
    # A domain has decimals, so the denominator divides a power of ten.
    places = 1
    while 10**places % number.denominator:
        places += 1
    return Decimal(f"{int(number * 10**places)}E-{places}")  # not rounded, as scaleb would


def _limits(domain: Domain) -> Limits:
    return Limits(
        None if domain.lowest is None else _exact(domain.lowest),
        None if domain.highest is None else _exact(domain.highest),
        10**domain.decimals,
    )
