"""Totals that follow their parts (design, section 6.1).

Opening and saving recompute nothing. When an edit is committed, a total follows if it was
blank or equal to the sum of its parts just before; a total that disagreed was typed, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import Meaning
from disclosure_tui.model.edit import SetValue
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

if TYPE_CHECKING:
    from disclosure_tui.rules.registry import Instance

__all__ = ["Total", "following", "in_step", "renewed", "sum_of", "totals_of"]


MOST_SHOWN = 6
"""So many cells of a circle are named."""


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that can be computed.

    Attributes:
        target: The cell.
        sums: The parts, once for every direction in which it is a total.
        codes: By part, the codes that add nothing there.
    """

    target: Pointer
    sums: tuple[tuple[Pointer, ...], ...]
    codes: Mapping[Pointer, frozenset[str]] = field(default_factory=dict, compare=False)


def totals_of(form: Form, instances: Sequence[Instance]) -> tuple[Total, ...]:
    """Collect the totals of a form, each behind the totals it is made of.

    Without parts there is none: a table may have no entry rows.

    Raises:
        SchemaError: Totals are made of each other in a circle.
    """
    sums: dict[Pointer, list[tuple[Pointer, ...]]] = {}
    for instance in instances:
        if instance.evaluator.total is not None:
            target, parts = instance.evaluator.total
            if parts:
                sums.setdefault(target, []).append(parts)
    graph = {target: {p for parts in found for p in parts} for target, found in sums.items()}
    try:
        order = [cell for cell in TopologicalSorter(graph).static_order() if cell in sums]
    except CycleError as error:
        raise _circle(instances, error.args[1]) from error
    return tuple(_total(form, target, tuple(sums[target])) for target in order)


def _total(form: Form, target: Pointer, sums: tuple[tuple[Pointer, ...], ...]) -> Total:
    codes = {part: adding_nothing(form.node(part)) for parts in sums for part in parts}
    return Total(target, sums, {part: found for part, found in codes.items() if found})


def adding_nothing(node: Node | None) -> frozenset[str]:
    """Return the codes of a cell by which nothing is added to a sum."""
    cell = node.cell if node is not None else None
    codes = cell.codes.values() if cell is not None else ()
    return frozenset(code.text for code in codes if code.meaning == Meaning.NOT_APPLICABLE)


def _circle(instances: Iterable[Instance], cells: Sequence[Pointer]) -> SchemaError:
    """Name the cells of a circle and the rules that make it."""
    rules = {
        instance.rule.identifier: instance.rule.origin
        for instance in instances
        if instance.evaluator.total is not None and instance.evaluator.total[0] in cells
    }
    shown = [str(cell) for cell in cells[:MOST_SHOWN]]
    shown += ["..."] if len(cells) > MOST_SHOWN else []
    circle, names = " -> ".join(shown), "、".join(rules)
    return SchemaError(
        Text(
            f"规则【{names}】：总计互相包含：{circle}",
            f"rule {', '.join(rules)}: totals are made of each other: {circle}",
        ),
        hint=Text(
            "请在【of】里去掉其中一个，或逐项写明",
            "leave one of them out of its of, or list the parts",
        ),
        where=next(iter(rules.values()), ""),
    )


def following(
    totals: Sequence[Total], before: Report, after: Report, edited: frozenset[Pointer]
) -> tuple[SetValue, ...]:
    """Return the changes of totals that follow an edit.

    Args:
        totals: As `totals_of` orders them.
        before: The report before the edit.
        after: The report with the edit.
        edited: The cells of the edit itself: what a person types is never overwritten.
    """
    changed: dict[Pointer, int | Decimal | None] = {}
    touched = set(edited)
    for total in totals:
        if total.target in edited or touched.isdisjoint(p for parts in total.sums for p in parts):
            continue
        if not _followed(total, before):
            continue
        old = before.value_at(total.target)
        results = {_sum(parts, after, changed, total.codes) for parts in total.sums}
        new = results.pop() if len(results) == 1 else old
        if new != old:
            changed[total.target] = new
            touched.add(total.target)
    return tuple(SetValue(pointer, value) for pointer, value in changed.items())


def renewed(
    totals: Sequence[Total], before: Report, totals_after: Sequence[Total], after: Report
) -> tuple[SetValue, ...]:
    """Return the changes of totals that follow when rows come or go.

    A total that was in step is now the sum of other parts, or cannot be computed yet.

    Args:
        totals: The totals with the rows of before.
        before: The report before.
        totals_after: The totals with the rows of after, as `totals_of` orders them.
        after: The report with the rows added or deleted.
    """
    known = {total.target: total for total in totals}
    changed: dict[Pointer, int | Decimal | None] = {}
    for total in totals_after:
        last = known.get(total.target)
        if last is None or not _followed(last, before):
            continue
        parts = [pointer for parts in total.sums for pointer in parts]
        if last.sums == total.sums and changed.keys().isdisjoint(parts):
            continue
        old = after.value_at(total.target)
        results = {_sum(parts, after, changed, total.codes) for parts in total.sums}
        new = results.pop() if len(results) == 1 else old
        if new != old:
            changed[total.target] = new
    return tuple(SetValue(pointer, value) for pointer, value in changed.items())


def in_step(totals: Iterable[Total], report: Report) -> frozenset[Pointer]:
    """Return the totals that have a value and equal the sum of their parts, in every direction."""
    return frozenset(
        total.target
        for total in totals
        if report.value_at(total.target) is not None and _followed(total, report)
    )


def sum_of(total: Total, report: Report) -> int | Decimal | None:
    """Return what a total should be; None while a part is blank or its directions disagree."""
    results = {_sum(parts, report, {}, total.codes) for parts in total.sums}
    return results.pop() if len(results) == 1 else None


def _followed(total: Total, report: Report) -> bool:
    """Tell whether a total was blank or equal to every one of its sums."""
    value = report.value_at(total.target)
    return value is None or all(
        _sum(parts, report, {}, total.codes) == value for parts in total.sums
    )


def _sum(
    parts: Sequence[Pointer],
    report: Report,
    changed: Mapping[Pointer, int | Decimal | None],
    codes: Mapping[Pointer, frozenset[str]],
) -> int | Decimal | None:
    """Add up the parts; None while one of them is blank or no figure, or if none applies."""
    result: int | Decimal = 0
    applies = False
    for pointer in parts:
        value = changed[pointer] if pointer in changed else report.value_at(pointer)
        if isinstance(value, str) and value in codes.get(pointer, ()):
            continue
        applies = True
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        result += value
    return result if applies else None
