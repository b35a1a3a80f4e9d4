"""A form with its rules at all their places, ready to check any report that has its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, bind
from disclosure_tui.rules.kind import parsed_check
from disclosure_tui.rules.localisation.system import EquationSystem, system_of
from disclosure_tui.rules.outcome import ManyOutcomes
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

    @cached_property
    def equations(self) -> EquationSystem:
        """The rules that say what figures must add up to, for finding wrong cells."""
        return system_of(self.form, self.instances)


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
        instances=tuple(_knowing(instance, totals) for instance in instances),
        conditions=tuple(_conditions(form)),
        totals=totals,
        order={pointer: index for index, pointer in enumerate(form.nodes)},
    )


def _knowing(instance: Instance, totals: tuple[Total, ...]) -> Instance:
    """Tell rules about prose what the totals are made of: a blank one may be summed up."""
    if not isinstance(instance.evaluator, ManyOutcomes):
        return instance
    return replace(instance, evaluator=instance.evaluator.knowing(totals))


def _conditions(form: Form) -> Iterator[tuple[Pointer, Bound]]:
    for node in form.nodes.values():
        text = node.when or (node.section.when if node.section is not None else "")
        if text:
            scope = Scope(form, node.pointer, Direction.LEVEL, node.pointer)
            nothing = form.has_entries
            condition = parsed_check(text, "when")
            yield node.pointer, bind(condition, scope.operands, allow_nothing=nothing)
