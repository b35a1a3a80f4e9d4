"""What the search for wrong cells needs of a form: its equations, domains and neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    Coded,
    Meaning,
    Missing,
    Operand,
    Operator,
    Value,
    linear,
)
from disclosure_tui.rules.force import Condition
from disclosure_tui.rules.kind import Read
from disclosure_tui.rules.localise import (
    CHANGED,
    CONFIRMED,
    LOCKED,
    TYPED_TOTAL,
    Domain,
    Equation,
    Localisation,
    localise,
    never,
)
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.worked import Comparison

__all__ = ["Ground", "equations_of", "ground_of"]

MOST_DIGITS = 100
GREATEST = 10**MOST_DIGITS
"""Figures of more digits are left alone: they are no slip, and exact sums of them are slow."""

_NO_CELLS: frozenset[Pointer] = frozenset()


def equations_of(instances: Iterable[Instance]) -> tuple[Equation, ...]:
    """Return the rules that say what figures must add up to, in their order.

    Only rules whose failure is an error: a query may be explained, and then nothing is wrong.
    Left out is what compares with last year's report, and rules under a condition.
    """
    return tuple(
        equation
        for instance in instances
        if instance.condition is None and (equation := _equation(instance)) is not None
    )


def _equation(instance: Instance) -> Equation | None:
    rule, evaluator = instance.rule, instance.evaluator
    if rule.severity is not Severity.ERROR or any(item.prior for item in evaluator.operands):
        return None
    identity = (rule.identifier, rule.level, instance.name)
    if evaluator.total is not None:
        target, parts = evaluator.total
        coefficients = dict.fromkeys(parts, 1)
        if len(coefficients) < len(parts) or target in coefficients or not parts:
            return None
        return Equation({**coefficients, target: -1}, 0, identity, frozenset(parts))
    if not isinstance(evaluator, Comparison):
        return None
    form = linear(evaluator.bound)
    if form is None or form.operator is not Operator.EQUAL or not form.coefficients:
        return None
    terms = {operand.pointer: factor for operand, factor in form.coefficients.items()}
    return Equation(terms, form.constant, identity)


@dataclass(frozen=True, slots=True)
class Ground:
    """What stays the same while figures change. Build it once for each set of rules.

    Attributes:
        equations: The equations, each with the condition under which it is in force.
        cells: The cells they hold, in the order of the form.
        domains: What may stand in them.
        neighbours: The cells of the same equations beside them, in row and column.
        totals: Those that are the sum of others.
    """

    equations: Sequence[tuple[Equation, Condition | None]]
    cells: Sequence[Pointer]
    domains: Mapping[Pointer, Domain]
    neighbours: Mapping[Pointer, frozenset[Pointer]]
    totals: frozenset[Pointer]

    def localise(
        self,
        read: Read,
        *,
        changed: frozenset[Pointer] = _NO_CELLS,
        confirmed: frozenset[Pointer] = _NO_CELLS,
        locked: frozenset[Pointer] = _NO_CELLS,
        most_cells: int = 3,
        budget: int = 200_000,
        cancelled: Callable[[], bool] = never,
    ) -> Localisation:
        """Find the wrong cells of a report.

        Args:
            read: Gives the value of a cell, as the rules get it.
            changed: Cells changed since the report was opened.
            confirmed: Cells that a person confirmed or that come from last year's report.
            locked: Cells that cannot be wrong.
            most_cells: Greatest number of cells of an explanation.
            budget: Greatest number of steps of the search.
            cancelled: Asked at every step.
        """
        in_force = [
            equation
            for equation, condition in self.equations
            if condition is None or condition.truth(read) is True
        ]
        read_values = {pointer: read(Operand(pointer)) for pointer in self.cells}
        kept = {pointer: value for pointer, value in read_values.items() if _takes_part(value)}
        # A code says that there is no figure to look for.
        coded = frozenset(pointer for pointer, value in kept.items() if isinstance(value, Coded))
        weights = dict.fromkeys(self.totals, TYPED_TOTAL)
        weights.update(dict.fromkeys(changed, CHANGED))
        weights.update(dict.fromkeys(confirmed, CONFIRMED))
        weights.update(dict.fromkeys(locked | coded, LOCKED))
        return localise(
            in_force,
            {p: value if isinstance(value, int | Decimal) else None for p, value in kept.items()},
            domains=self.domains,
            weights=weights,
            neighbours=self.neighbours,
            most_cells=most_cells,
            budget=budget,
            cancelled=cancelled,
        )


def _takes_part(value: Value) -> bool:
    """Tell whether a cell applies, and if it holds a figure, one of a size to reckon with."""
    if isinstance(value, Coded):
        return value.meaning is not Meaning.NOT_APPLICABLE
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value.adjusted()) < MOST_DIGITS
    if isinstance(value, int):
        return bool(-GREATEST < value < GREATEST)
    return value is not Missing.NOT_APPLICABLE


def ground_of(form: Form, instances: Iterable[Instance]) -> Ground:
    """Collect what is needed of a form.

    Args:
        form: The form, with the report's entry rows.
        instances: Its rules at their places.
    """
    found = []
    totals = set()
    for instance in instances:
        equation = _equation(instance)
        if equation is not None:
            found.append((equation, instance.condition))
            if instance.evaluator.total is not None:
                totals.add(instance.evaluator.total[0])
    held = {pointer for equation, _ in found for pointer in equation.coefficients}
    cells = [node for node in form.nodes.values() if node.pointer in held]
    domains = {node.pointer: _domain(node.cell) for node in cells if node.cell is not None}
    return Ground(
        tuple(found),
        tuple(node.pointer for node in cells),
        domains,
        _neighbours(form, held),
        frozenset(totals),
    )


def _domain(cell: CellType) -> Domain:
    return Domain(cell.minimum, cell.maximum, 0 if cell.integral else cell.decimals)


def _neighbours(form: Form, held: set[Pointer]) -> Mapping[Pointer, frozenset[Pointer]]:
    """Return the cells beside each cell."""
    found: dict[Pointer, set[Pointer]] = {}
    for first, second in _adjacent(form):
        if first in held and second in held:
            found.setdefault(first, set()).add(second)
            found.setdefault(second, set()).add(first)
    return {pointer: frozenset(others) for pointer, others in found.items()}


def _adjacent(form: Form) -> Iterator[tuple[Pointer, Pointer]]:
    """Yield the pairs of cells that are printed side by side or one below the other."""
    for table in form.tables:
        rows = form.rows(table.pointer)
        for row in rows:
            yield from pairwise(row.pointer.joined(leaf.path) for leaf in row.leaf_columns())
        for above, below in pairwise(rows):
            for leaf in above.leaf_columns():
                yield above.pointer.joined(leaf.path), below.pointer.joined(leaf.path)
