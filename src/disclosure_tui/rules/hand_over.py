"""Finds what a report takes over from last year's: the rules that equate figures of both."""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.model.finding import Place, Term
from disclosure_tui.model.hand_over import HandedOver, HandOver
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.expression import Evaluation, Operator, Value
from disclosure_tui.rules.expression import Term as WorkedTerm
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.worked import Comparison, naming

__all__ = ["hand_overs"]

_ACROSS = {Place.COLUMN: Place.ROW, Place.ROW: Place.COLUMN, Place.PATH: Place.PATH}
"""What tells the places apart whose cells are named so."""


def hand_overs(result: CheckResult) -> tuple[HandOver, ...]:
    """Return the figures handed over, rule by rule; those simply taken over come first.

    Args:
        result: The check of the report, with what it knew of last year's.
    """
    found: dict[tuple[str, str], HandOver] = {}
    for instance in result.basis.prepared.instances:
        comparison = instance.evaluator
        if isinstance(comparison, Comparison) and _hands_over(comparison):
            one = _at(instance, comparison, result)
            key = (instance.rule.identifier, str(instance.rule.level))
            if one is not None and key in found:
                known = found[key]
                found[key] = HandOver(
                    known.rule,
                    known.here,
                    known.there,
                    known.named,
                    known.across,
                    (*known.places, *one.places),
                )
            elif one is not None:
                found[key] = one
    return tuple(sorted(found.values(), key=lambda one: len(one.here) + len(one.there)))


def _hands_over(comparison: Comparison) -> bool:
    """Tell whether one side of an equation is of this report alone, the other of last year's."""
    sides = comparison.bound.sides
    if sides is None or sides.operator is not Operator.EQUAL:
        return False
    return any(item.prior for item in comparison.operands)


def _at(instance: Instance, comparison: Comparison, result: CheckResult) -> HandOver | None:
    read = result.basis.read
    if instance.condition is not None and instance.condition.truth(read) is not True:
        return None
    evaluation = comparison.bound.evaluate(read)
    sides = _sides(evaluation)
    if sides is None or not comparison.primary:
        return None
    here, there, value, due = sides
    rule, named = instance.rule, naming(comparison.scope)
    identity = (rule.identifier, rule.level, instance.name)
    place = HandedOver(comparison.primary[0], identity, _figure(value), _figure(due))
    return HandOver(rule.identifier, here, there, named, _ACROSS[named], (place,))


def _sides(
    evaluation: Evaluation,
) -> tuple[tuple[Term, ...], tuple[Term, ...], Value | None, Value | None] | None:
    """Return the terms and the values of this report's side and of the other."""
    left, right = evaluation.left_terms, evaluation.right_terms
    if left is None or right is None:
        return None
    sides = [(_terms(left), evaluation.left), (_terms(right), evaluation.right)]
    prior = [any(term.prior for term in terms) for terms, _ in sides]
    if prior[0] == prior[1]:
        return None
    (here, value), (there, due) = sides if prior[1] else sides[::-1]
    return here, there, value, due


def _terms(terms: tuple[WorkedTerm, ...]) -> tuple[Term, ...]:
    return tuple(
        Term(
            term.sign * term.coefficient,
            term.operand.pointer if term.operand is not None else None,
            None,
            prior=term.operand is not None and term.operand.prior,
        )
        for term in terms
    )


def _figure(value: Value | None) -> int | Decimal | None:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
