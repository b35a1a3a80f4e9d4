"""The verdict on one rule at one place, and the finding it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from disclosure_tui.language import Text
from disclosure_tui.model.finding import (
    Argument,
    Finding,
    LabelOf,
    Message,
    Place,
    Severity,
    State,
)
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import ROOT
from disclosure_tui.rules.expression import (
    Coded,
    Evaluation,
    Inapplicable,
    Missing,
    Operand,
    Undecided,
    Value,
)
from disclosure_tui.rules.force import zeros_for_blanks
from disclosure_tui.rules.kind import Worded
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.worked import gap

__all__ = ["reader_for", "verdict_of", "verdicts_from"]

FEW_MARKED = 6
"""A finding in prose that names more values than this marks its section alone."""


def reader_for(
    form: Form, instance: Instance, read: Callable[[Operand], Value]
) -> Callable[[Operand], Value]:
    """Return how one rule gets values: it may count a blank as 0.

    Beside prose a blank total is the sum of its parts, and a table all blank says nothing yet:
    that is for the evaluator, which knows the totals.
    """
    zero = instance.rule.item.get("blank") == "zero"
    if zero and not isinstance(instance.evaluator, ManyOutcomes):
        return zeros_for_blanks(form, read)
    return read


def verdicts_from(
    form: Form,
    instance: Instance,
    outcomes: Sequence[Outcome],
    read: Callable[[Operand], Value],
) -> Iterator[tuple[str, Finding | None]]:
    """Turn the outcomes of a rule that may have several into its verdicts.

    Yields each of them, with what there is to say.
    """
    # The texts come first: a condition matters only where they say something.
    condition = True if instance.condition is None else instance.condition.truth(read)
    if not outcomes or condition is False or isinstance(condition, Inapplicable):
        yield "inapplicable", None
    elif isinstance(condition, Undecided) and any(item.truth is not True for item in outcomes):
        assert instance.condition is not None
        yield _undecided(instance, condition.reason, read, instance.condition.operands)
    else:
        for outcome in outcomes:
            yield _one_of_many(form, instance, outcome, read)


def _one_of_many(
    form: Form, instance: Instance, outcome: Outcome, read: Callable[[Operand], Value]
) -> tuple[str, Finding | None]:
    """Turn one outcome into a verdict; its name is part of the instance name."""
    if outcome.truth is True and outcome.worded is None:
        return "held", None
    if isinstance(outcome.truth, Inapplicable):
        return "inapplicable", None
    named = replace(instance, name=instance.named(outcome.name))
    if isinstance(outcome.truth, Undecided):
        verdict, finding = _undecided(named, outcome.truth.reason, read, outcome.operands)
        return verdict, replace(finding, quote=outcome.quote)
    assert outcome.worded is not None
    if outcome.truth:
        # Nothing is to be done, so there is nothing to advise either.
        named = replace(named, rule=replace(named.rule, advice=None))
    rule, left, right = instance.rule, outcome.left, outcome.right
    values = {_key(item): _plain(read(item)) for item in outcome.operands}
    return "held" if outcome.truth else "failed", Finding(
        rule=rule.identifier,
        level=rule.level,
        instance=named.name,
        severity=outcome.severity or _severity(instance, read),
        state=State.OPEN,
        pointers=outcome.pointers,
        line=outcome.worded.line,
        message=_panel(form, named, outcome.worded, left, right),
        left=left,
        right=right,
        difference=None if left is None or right is None else left - right,
        authority=rule.authority,
        marked=0 if len(outcome.pointers) <= FEW_MARKED else 1,
        quote=outcome.quote,
        values={**values, **outcome.said},
        digest=rule.digest,
    )


def verdict_of(
    form: Form, instance: Instance, read: Callable[[Operand], Value]
) -> tuple[str, Finding | None]:
    """Decide one instance: the name of its count, and what there is to say."""
    if instance.condition is not None:
        condition = instance.condition.truth(read)
        if isinstance(condition, Undecided):
            return _undecided(instance, condition.reason, read, instance.condition.operands)
        if condition is False or isinstance(condition, Inapplicable):
            return "inapplicable", None
    evaluation = instance.evaluator.evaluate(read)
    truth = evaluation.truth
    if isinstance(truth, Inapplicable):
        return "inapplicable", None
    if isinstance(truth, Undecided):
        return _undecided(instance, truth.reason, read, instance.evaluator.operands)
    if truth:
        return "held", None
    return "failed", _failed(form, instance, evaluation, read)


def _undecided(
    instance: Instance,
    reason: Missing,
    read: Callable[[Operand], Value],
    operands: tuple[Operand, ...],
) -> tuple[str, Finding]:
    no_prior = reason is Missing.NO_PRIOR
    waiting = [item.pointer for item in operands if not item.prior and _keeps_open(read(item))]
    pointers = tuple(dict.fromkeys((*waiting, *instance.evaluator.primary)))
    text = _NO_PRIOR if no_prior else _WAITING
    arguments: dict[str, Argument] = {
        "rule": instance.rule.identifier,
        "place": LabelOf(pointers[0] if pointers else ROOT, Place.PATH),
    }
    line = Message(_RULE + text, arguments)
    panel = Message(text + Text("。", "."), arguments)
    finding = Finding(
        rule=instance.rule.identifier,
        level=instance.rule.level,
        instance=instance.name,
        severity=_severity(instance, read),
        state=State.UNDECIDED,
        pointers=pointers,
        line=line,
        message=panel,
        authority=instance.rule.authority,
        reason="no_prior" if no_prior else "blank",
    )
    return "no_prior" if no_prior else "undecided", finding


def _severity(instance: Instance, read: Callable[[Operand], Value]) -> Severity:
    """Return what a rule weighs for this report: an overlay may weigh it anew for some time."""
    changed = None if instance.condition is None else instance.condition.severity(read)
    return changed or instance.rule.severity


def _keeps_open(value: Value) -> bool:
    return isinstance(value, Missing) and value is not Missing.NOT_APPLICABLE


_RULE = Text("{rule} ", "{rule} ")
_WAITING = Text("暂不判定：{place} 未填或不是数字", "not decided: {place} is blank or no figure")
_NO_PRIOR = Text("暂不判定：没有上年的数可比", "not decided: nothing of last year to compare with")


def _failed(
    form: Form, instance: Instance, evaluation: Evaluation, read: Callable[[Operand], Value]
) -> Finding:
    rule = instance.rule
    worded = instance.evaluator.worded(evaluation)
    left, right = _plain(evaluation.left), _plain(evaluation.right)
    figures = isinstance(left, int | Decimal) and isinstance(right, int | Decimal)
    difference = left - right if figures else None  # type: ignore[operator]
    panel = _panel(form, instance, worded, left, right)
    line = worded.line
    if rule.message is not None and evaluation.left is None:
        line = Message(rule.message, _slots(form, instance, left, right))
    return Finding(
        rule=rule.identifier,
        level=rule.level,
        instance=instance.name,
        severity=_severity(instance, read),
        state=State.OPEN,
        pointers=instance.evaluator.primary,
        line=line,
        message=panel,
        left=left,
        right=right,
        difference=difference,
        authority=rule.authority,
        fix=instance.evaluator.fix(evaluation),
        marked=1 if instance.evaluator.total is not None else 0,
        values={_key(item): _plain(read(item)) for item in instance.evaluator.operands},
        digest=rule.digest,
    )


@lru_cache(maxsize=4096)
def _key(operand: Operand) -> str:
    """Name an operand as explanations keep it."""
    return f"prior:{operand.pointer}" if operand.prior else str(operand.pointer)


def _plain(value: Value | None) -> int | Decimal | str | None:
    if isinstance(value, int | Decimal | str):
        return value
    return value.text if isinstance(value, Coded) else None


def _panel(
    form: Form,
    instance: Instance,
    worded: Worded,
    left: int | Decimal | str | None,
    right: int | Decimal | str | None,
) -> Message:
    """Headline, worked numbers, what to do, authority: each a sentence."""
    rule = instance.rule
    slots = _slots(form, instance, left, right)
    headline = worded.headline if rule.message is None else Message(rule.message, slots)
    parts: dict[str, Argument] = {"headline": headline, "body": worded.body}
    template = Text("{headline}", "{headline}")
    if worded.body.template.zh:
        template = template + Text("{body}。", " {body}.")
    if rule.advice is not None:
        parts["advice"] = rule.advice
        template = template + Text("{advice}", " {advice}")
    if rule.authority is not None:
        parts["authority"] = rule.authority
        template = template + Text("依据：{authority}。", " Authority: {authority}.")
    return Message(template, parts)


def _slots(
    form: Form,
    instance: Instance,
    left: int | Decimal | str | None,
    right: int | Decimal | str | None,
) -> dict[str, Argument]:
    """Fill the slots that a message of a schema may use (dialect, section 3)."""
    primary = instance.evaluator.primary[0] if instance.evaluator.primary else instance.rule.level
    place = instance.place
    if place is None or isinstance(instance.evaluator, ManyOutcomes) or form.place(place) is None:
        place = primary
    return {
        "row": LabelOf(primary, Place.ROW),
        "column": LabelOf(primary, Place.COLUMN),
        "place": LabelOf(place, Place.PATH),
        "left": "" if left is None else left,
        "right": "" if right is None else right,
        "difference": gap(left, right),
        "year": LabelOf(ROOT, Place.YEAR),
        "prior_year": LabelOf(ROOT, Place.YEAR_BEFORE),
    }
