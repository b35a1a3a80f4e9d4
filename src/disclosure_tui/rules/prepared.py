"""A form with its rules at all their places, ready to check any report that has its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.blanks import asked
from disclosure_tui.rules.carets import hint_with_caret
from disclosure_tui.rules.carrying import Carried, carries
from disclosure_tui.rules.expression import Bound, Inapplicable, Truth, parse
from disclosure_tui.rules.kind import Read, bound_at
from disclosure_tui.rules.localisation.system import EquationSystem, system_of
from disclosure_tui.rules.outcome import Beside, ManyOutcomes
from disclosure_tui.rules.registry import DeclaredRule, Instance, bind_rules
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.totals import Total, totals_of

__all__ = ["Prepared", "Reader", "prepare"]

Reader = tuple[int, int]
"""The number of an instance and of one of its parts; -1 for the instance itself."""


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

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """The cells that are tied to last year's report."""
        return carries(self.instances)

    @cached_property
    def asked(self) -> Mapping[Pointer, Pointer]:
        """The places that must not stay blank, each with what its blank is counted under."""
        return asked(self.form)

    @cached_property
    def parts(self) -> tuple[tuple[ManyOutcomes, ...], ...]:
        """What judges each instance that may come to several verdicts; empty for the others."""
        return tuple(
            tuple(instance.evaluator.parts) if isinstance(instance.evaluator, ManyOutcomes) else ()
            for instance in self.instances
        )

    @cached_property
    def readers(self) -> Mapping[Pointer, tuple[Reader, ...]]:
        """Which instances read a place of this report, and which of their parts."""
        found: dict[Pointer, dict[Reader, None]] = {}
        for number, (instance, parts) in enumerate(zip(self.instances, self.parts, strict=True)):
            condition = instance.condition.operands if instance.condition is not None else ()
            evaluator = instance.evaluator
            own = evaluator.shared if isinstance(evaluator, ManyOutcomes) else evaluator.operands
            shared = (*condition, *own)
            for operand in shared:
                if not operand.prior:
                    found.setdefault(operand.pointer, {})[number, -1] = None
            for index, part in enumerate(parts):
                for operand in part.operands:
                    if not operand.prior:
                        found.setdefault(operand.pointer, {})[number, index] = None
        return {pointer: tuple(readers) for pointer, readers in found.items()}

    @cached_property
    def read_by_conditions(self) -> frozenset[Pointer]:
        """The places that decide whether rows and sections exist."""
        return frozenset(
            operand.pointer
            for _, condition in self.conditions
            for operand in condition.operands
            if not operand.prior
        )

    @cached_property
    def amounts(self) -> frozenset[Pointer]:
        """The cells that may have decimals."""
        return frozenset(node.pointer for node in self.form.amounts)

    def leaves(self, places: Iterable[Pointer]) -> Iterator[Pointer]:
        """Yield the places of the form at or below some places of a report.

        Below a value of the form nothing is known: the value itself is yielded then.
        """
        for place in places:
            node = self.form.node(place)
            length = len(place)
            while node is None:
                length -= 1
                node = self.form.node(place[:length])
            if length < len(place) and node.children:
                continue
            for inner in node.walk():
                yield inner.pointer


def prepare(form: Form, declared: tuple[DeclaredRule, ...]) -> Prepared:
    """Bring rules and conditions to their places.

    Raises:
        SchemaError: A path names nothing, totals are made of each other in a circle, or the
            rules repeat too often.
    """
    instances = bind_rules(form, declared)
    totals = totals_of(form, instances)
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
            try:
                condition = bound_at(parse(text), scope, text)
            except SchemaError as error:
                place = Text(f"{node.pointer} 的【when】：", f"when of {node.pointer}: ")
                hint = hint_with_caret(error, (text,))
                where = str(node.origins[0]) if node.origins else form.identifier
                raise SchemaError(place + error.what, hint=hint, where=where) from error
            yield node.pointer, condition
