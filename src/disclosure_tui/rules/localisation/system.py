"""What the search for wrong cells needs of a form: its equations, domains and neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from itertools import pairwise

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Identity, Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Figure
from disclosure_tui.rules.expression import (
    Coded,
    Meaning,
    Missing,
    Operand,
    Operator,
    Value,
    linear,
)
from disclosure_tui.rules.expression.arithmetic import add, multiply
from disclosure_tui.rules.kind import Read
from disclosure_tui.rules.localisation.cause import Localisation
from disclosure_tui.rules.localisation.equation import Domain, Equation
from disclosure_tui.rules.localisation.localising import (
    BUDGET,
    CHANGED,
    CONFIRMED,
    LOCKED,
    MOST_CELLS,
    TYPED_TOTAL,
    localise,
)
from disclosure_tui.rules.localisation.problem import Changed
from disclosure_tui.rules.outcome import ManyOutcomes
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.worked import Comparison

__all__ = ["EquationSystem", "PlacedEquation", "system_of"]

MOST_DIGITS = 100
GREATEST: int = 10**MOST_DIGITS
"""Figures of more digits are left alone: they are no slip, and exact sums of them are slow."""

_NO_CELLS: frozenset[Pointer] = frozenset()


@dataclass(frozen=True, slots=True)
class PlacedEquation:
    """A rule that says what figures must add up to.

    Attributes:
        equation: The cells of this report.
        prior: What the figures of last year's report, which stand as they are, are multiplied by.
        instance: The rule.
    """

    equation: Equation
    prior: Mapping[Operand, Figure]
    instance: Instance

    def in_force(self, read: Read) -> Equation | None:
        """Return the equation with last year's figures in it; None if it does not apply."""
        condition = self.instance.condition
        if condition is not None and condition.truth(read) is not True:
            return None
        constant = self.equation.constant
        for operand, factor in self.prior.items():
            value = read(operand)
            if not isinstance(value, int | Decimal):
                return None
            sum_of = add((constant, multiply(factor, value)))
            if not isinstance(sum_of, int | Decimal):
                return None
            constant = sum_of
        return replace(self.equation, constant=constant) if self.prior else self.equation


@dataclass(frozen=True)
class EquationSystem:
    """What stays the same while figures change. Build it once for each set of rules.

    Attributes:
        equations: Rules whose failure is an error: a query may be explained, and then nothing
            is wrong.
        carried: Rules of any weight by which a cell is to be the same as last year's.
        guards: The other rules whose failure is an error, by the cells they read.
        cells: The cells of the equations, in the order of the form.
        domains: What may stand in them.
        neighbours: The cells of the equations beside them, in row and column.
        totals: Those that are the sum of others.
    """

    equations: Sequence[PlacedEquation]
    carried: Sequence[PlacedEquation] = field(repr=False)
    guards: Mapping[Pointer, Sequence[Instance]] = field(repr=False)
    cells: Sequence[Pointer] = field(repr=False)
    domains: Mapping[Pointer, Domain] = field(repr=False)
    neighbours: Mapping[Pointer, frozenset[Pointer]] = field(repr=False)
    totals: frozenset[Pointer] = field(repr=False)

    @property
    def identities(self) -> frozenset[Identity]:
        """The findings that the equations are reported as when they fail."""
        return frozenset(placed.equation.identity for placed in self.equations)

    def localise(
        self,
        read: Read,
        *,
        changed: frozenset[Pointer] = _NO_CELLS,
        confirmed: frozenset[Pointer] = _NO_CELLS,
        locked: frozenset[Pointer] = _NO_CELLS,
        most_cells: int = MOST_CELLS,
        budget: int = BUDGET,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Localisation:
        """Find the wrong cells of a report.

        Args:
            read: Gives the value of a cell, as the rules get it.
            changed: Cells changed since the report was opened.
            confirmed: Cells that a person confirmed.
            locked: Cells that cannot be wrong.
            most_cells: Greatest number of cells of an explanation.
            budget: Greatest number of steps of the search.
            cancelled: Asked at every step.
        """
        read_values = {pointer: read(Operand(pointer)) for pointer in self.cells}
        kept = {pointer: value for pointer, value in read_values.items() if _applies(value)}
        # Their equations are not judged, as if the cell were blank; nor can it be filled.
        beyond = frozenset(pointer for pointer, value in kept.items() if _is_beyond(value))
        weights = dict.fromkeys(self.totals, TYPED_TOTAL)
        weights.update(dict.fromkeys(changed, CHANGED))
        weights.update(dict.fromkeys(confirmed | self._as_last_year(read), CONFIRMED))
        weights.update(dict.fromkeys(locked | beyond, LOCKED))
        in_force = (placed.in_force(read) for placed in self.equations)
        return localise(
            [equation for equation in in_force if equation is not None],
            {
                pointer: value
                if isinstance(value, int | Decimal) and pointer not in beyond
                else None
                for pointer, value in kept.items()
            },
            domains=self.domains,
            weights=weights,
            neighbours=self.neighbours,
            allowed=lambda new: self._breaks_nothing(new, read),
            most_cells=most_cells,
            budget=budget,
            cancelled=cancelled,
        )

    def _as_last_year(self, read: Read) -> frozenset[Pointer]:
        """Return the cells that agree with last year's report."""
        return frozenset(
            pointer
            for placed in self.carried
            if placed.in_force(read) is not None
            and placed.instance.evaluator.evaluate(read).truth is True
            for pointer in placed.equation.coefficients
        )

    def _breaks_nothing(self, new: Changed, read: Read) -> bool:
        """Tell whether no other rule would fail that does not fail now."""

        def after(operand: Operand) -> Value:
            value = None if operand.prior else new.get(operand.pointer)
            return read(operand) if value is None else value

        return not any(
            _fails(guard, after) and not _fails(guard, read)
            for pointer in new
            for guard in self.guards.get(pointer, ())
        )


def _fails(instance: Instance, read: Read) -> bool:
    condition = instance.condition
    if condition is not None and condition.truth(read) is not True:
        return False
    return instance.evaluator.evaluate(read).truth is False


def _applies(value: Value) -> bool:
    if isinstance(value, Coded):
        return value.meaning is not Meaning.NOT_APPLICABLE
    return value is not Missing.NOT_APPLICABLE


def _is_beyond(value: Value) -> bool:
    """Tell whether there is no figure to look for: a code, or one too great to reckon with."""
    if isinstance(value, Decimal):
        return not value.is_finite() or abs(value.adjusted()) >= MOST_DIGITS
    if isinstance(value, int):
        return not -GREATEST < value < GREATEST
    return isinstance(value, Coded)


def system_of(form: Form, instances: Iterable[Instance]) -> EquationSystem:
    """Collect what is needed of a form.

    Args:
        form: The form, with the report's entry rows.
        instances: Its rules at their places.
    """
    equations: list[PlacedEquation] = []
    carried: list[PlacedEquation] = []
    guards: dict[Pointer, list[Instance]] = {}
    for instance in instances:
        placed = _placed(instance)
        if placed is not None and instance.rule.severity is Severity.ERROR:
            equations.append(placed)
        elif placed is not None and placed.prior and len(placed.equation.coefficients) == 1:
            carried.append(placed)
        elif instance.rule.severity is Severity.ERROR:
            if isinstance(instance.evaluator, ManyOutcomes):
                continue
            for operand in instance.evaluator.operands:
                if not operand.prior:
                    guards.setdefault(operand.pointer, []).append(instance)
    held = {pointer for placed in equations for pointer in placed.equation.coefficients}
    cells = [node for node in form.nodes.values() if node.pointer in held]
    targets = (placed.instance.evaluator.total for placed in equations)
    return EquationSystem(
        tuple(equations),
        tuple(carried),
        {pointer: tuple(rules) for pointer, rules in guards.items() if pointer in held},
        tuple(node.pointer for node in cells),
        {node.pointer: _domain(node.cell) for node in cells if node.cell is not None},
        _neighbours(form, held),
        frozenset(target[0] for target in targets if target is not None),
    )


def _placed(instance: Instance) -> PlacedEquation | None:
    """Return the equation that a rule is; None for rules of another kind."""
    rule, evaluator = instance.rule, instance.evaluator
    if "tolerance" in rule.item:
        # Rounded figures need not add up exactly, so they do not tell what is wrong.
        return None
    identity = (rule.identifier, rule.level, instance.name)
    if evaluator.total is not None:
        target, parts = evaluator.total
        coefficients = dict.fromkeys(parts, 1)
        if len(coefficients) < len(parts) or target in coefficients or not parts:
            return None
        equation = Equation({**coefficients, target: -1}, 0, identity, frozenset(parts))
        return PlacedEquation(equation, {}, instance)
    if not isinstance(evaluator, Comparison):
        return None
    form = linear(evaluator.bound)
    if form is None or form.operator is not Operator.EQUAL:
        return None
    terms = {item.pointer: factor for item, factor in form.coefficients.items() if not item.prior}
    prior = {item: factor for item, factor in form.coefficients.items() if item.prior}
    if not terms:
        return None
    return PlacedEquation(Equation(terms, form.constant, identity), prior, instance)


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
