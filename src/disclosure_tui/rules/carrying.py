"""Cells whose figures come from last year's report, as far as the rules themselves say so.

A rule that sets one cell equal to something of last year ties that cell: it is no figure of this
year, so nothing but last year's report (or what is known of it) says what belongs there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.expression import Operator
from disclosure_tui.rules.expression.operand import Operand
from disclosure_tui.rules.expression.terms import TermShape
from disclosure_tui.rules.implied import comparison_of
from disclosure_tui.rules.reading import prior_value
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.totals import Total

__all__ = ["Carried", "carries", "kept_blank", "last_years_figures", "offered_figures"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A cell that an equation ties to last year's report.

    Attributes:
        target: The cell.
        terms: What it equals.
    """

    target: Pointer
    terms: tuple[TermShape, ...]

    @property
    def sources(self) -> tuple[Pointer, ...]:
        """The cells of last year's report."""
        operands = (term.operand for term in self.terms)
        return tuple(operand.pointer for operand in operands if operand and operand.prior)

    @property
    def is_settled(self) -> bool:
        """Tell whether last year's report alone says what it is."""
        return all(term.operand is None or term.operand.prior for term in self.terms)

    @property
    def handed_on(self) -> Pointer | None:
        """The cell whose figure becomes that of the target a year later, if it is one as it is."""
        match self.terms:
            case (TermShape(sign=1, coefficient=1, operand=Operand(pointer=pointer)),):
                return pointer
        return None


def carries(instances: Iterable[Instance]) -> tuple[Carried, ...]:
    """Collect the cells that are tied to last year's report, in the order of the rules.

    What an equation says under a condition only is left out: it ties nothing for certain.
    """
    return tuple(found for instance in instances for found in _carried(instance))


def _carried(instance: Instance) -> Iterator[Carried]:
    bound = comparison_of(instance)
    sides = bound.sides if bound is not None else None
    if bound is None or sides is None or bound.conditional or instance.condition is not None:
        return
    if sides.operator is not Operator.EQUAL or sides.left is None or sides.right is None:
        return
    for alone, other in ((sides.left, sides.right), (sides.right, sides.left)):
        target = _own_cell(alone)
        if target is not None and any(t.operand is not None and t.operand.prior for t in other):
            yield Carried(target, other)


def _own_cell(side: Sequence[TermShape]) -> Pointer | None:
    """Return the cell of this report that is all of a side, or None."""
    match tuple(side):
        case (TermShape(sign=1, coefficient=1, operand=Operand(pointer=pointer, prior=False)),):
            return pointer
    return None


def kept_blank(carried: Iterable[Carried]) -> frozenset[Pointer]:
    """Return the cells that no act on a whole table may fill.

    These are the cells that are tied to last year's report, and those whose figures next year's
    report will begin with: a balance is never computed nor assumed.
    """
    cells: set[Pointer] = set()
    for item in carried:
        cells.add(item.target)
        if item.handed_on is not None:
            cells.add(item.handed_on)
    return frozenset(cells)


def _value(form: Form, prior: PriorReport | None, item: Carried) -> int | Decimal | None:
    """Return what last year's report says of a cell; None where it does not, or not alone."""
    if not item.is_settled:
        return None
    total: int | Decimal = 0
    for term in item.terms:
        value = term.constant if term.operand is None else _figure(form, prior, term.operand)
        if value is None:
            return None
        total += term.sign * term.coefficient * value
    node = form.node(item.target)
    # A count stays one: what is no whole number does not belong into it.
    if node is None or node.cell is None or (node.cell.integral and not isinstance(total, int)):
        return None
    return total


def _figure(form: Form, prior: PriorReport | None, operand: Operand) -> int | Decimal | None:
    value = prior_value(form, prior, operand.pointer)
    return value if isinstance(value, int | Decimal) else None


def last_years_figures(
    form: Form, carried: Iterable[Carried], prior: PriorReport | None
) -> dict[Pointer, int | Decimal]:
    """Return what last year's report says of the cells that it settles.

    A cell that two rules settle differently is left to the person.
    """
    found: dict[Pointer, set[int | Decimal]] = {}
    for item in carried:
        value = _value(form, prior, item)
        if value is not None:
            found.setdefault(item.target, set()).add(value)
    return {target: values.pop() for target, values in found.items() if len(values) == 1}


def offered_figures(
    figures: Mapping[Pointer, int | Decimal], report: Report, totals: Iterable[Total]
) -> dict[Pointer, int | Decimal]:
    """Return the figures of last year's report that belong into blanks.

    Args:
        figures: As `last_years_figures` returns them.
        report: The report.
        totals: Those that follow their parts: what they come to is not written beside it.
    """
    blank = {p: value for p, value in figures.items() if report.value_at(p) is None}
    following = {
        total.target
        for total in totals
        if all(p in blank or report.value_at(p) is not None for sums in total.sums for p in sums)
    }
    return {pointer: value for pointer, value in blank.items() if pointer not in following}
