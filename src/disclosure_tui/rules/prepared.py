"""A form with its rules at all their places, ready to check any report that has its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Inapplicable, Truth, bind
from disclosure_tui.rules.kind import Read, parsed_check
from disclosure_tui.rules.outcome import Beside, ManyOutcomes
from disclosure_tui.rules.registry import DeclaredRule, Instance, bind_rules
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.totals import Total, totals_of

__all__ = ["Prepared", "prepare"]

MOST_INSTANCES = 5_000
"""Rules that repeat more often than this are refused."""


@dataclass(frozen=True)
class Prepared:
    """What depends on the form and its entry rows alone.

    Attributes:
        form: The form with entry rows.
        instances: The rules at their places.
        conditions: Rows and sections that exist under a condition only.
        totals: The cells that can be computed, each behind those it is made of.
        order: Number of every place in printed order.
    """

    form: Form
    instances: tuple[Instance, ...]
    conditions: tuple[tuple[Pointer, Bound], ...]
    totals: tuple[Total, ...]
    order: Mapping[Pointer, int] = field(repr=False)


def prepare(form: Form, declared: tuple[DeclaredRule, ...]) -> Prepared:
    """Bring rules and conditions to their places.

    Raises:
        SchemaError: A path names nothing, totals are made of each other in a circle, or the
            rules repeat too often.
    """
    instances = bind_rules(form, declared)
    if len(instances) > MOST_INSTANCES:
        raise SchemaError(
            Text(
                f"校验规则展开后超过 {MOST_INSTANCES} 条",
                f"the rules repeat more than {MOST_INSTANCES} times",
            ),
            where=declared[0].rule.origin,
        )
    totals = totals_of(instances)
    return Prepared(
        form=form,
        instances=_knowing(instances, totals),
        conditions=tuple(_conditions(form)),
        totals=totals,
        order={pointer: index for index, pointer in enumerate(form.nodes)},
    )


def _knowing(instances: tuple[Instance, ...], totals: tuple[Total, ...]) -> tuple[Instance, ...]:
    """Tell rules about prose what the totals are made of, and a rule about rules the others."""
    others = tuple(_beside(instance) for instance in instances)
    return tuple(
        replace(item, evaluator=item.evaluator.knowing(totals).beside(others))
        if isinstance(item.evaluator, ManyOutcomes)
        else item
        for item in instances
    )


def _beside(instance: Instance) -> Beside:
    condition, evaluator = instance.condition, instance.evaluator

    def truth(read: Read) -> Truth | None:
        applies = True if condition is None else condition.truth(read)
        if applies is False or isinstance(applies, Inapplicable):
            return None
        return evaluator.evaluate(read).truth

    conditions = condition.operands if condition is not None else ()
    return Beside(instance.rule.identifier, (*evaluator.operands, *conditions), truth)


def _conditions(form: Form) -> Iterator[tuple[Pointer, Bound]]:
    for node in form.nodes.values():
        text = node.when or (node.section.when if node.section is not None else "")
        if text:
            scope = Scope(form, node.pointer, Direction.LEVEL, node.pointer)
            nothing = form.has_entries
            condition = parsed_check(text, "when")
            yield node.pointer, bind(condition, scope.operands, allow_nothing=nothing)
