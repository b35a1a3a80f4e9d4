"""The check of a report: conformance and rules together, as findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import (
    Argument,
    Finding,
    Findings,
    LabelOf,
    Message,
    Place,
    State,
)
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules.conformance import Conformance, blanks
from disclosure_tui.rules.expression import (
    Coded,
    Evaluation,
    Inapplicable,
    Meaning,
    Missing,
    Operand,
    Undecided,
    Value,
    bind,
)
from disclosure_tui.rules.kind import Rule, Worded, parsed_check
from disclosure_tui.rules.registry import DeclaredRule, Instance, bind_rules, read_rules
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.totals import Total, totals_of
from disclosure_tui.rules.worked import gap

__all__ = ["CheckContext", "CheckResult", "Checker", "Counts", "PriorReport"]


@dataclass(frozen=True, slots=True)
class PriorReport:
    """Last year's report, its values already at the places of this edition.

    Attributes:
        report: The values.
        without: Places that have no counterpart in last year's edition.
    """

    report: Report
    without: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check needs besides the report."""

    prior: PriorReport | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rule instances came to which verdict; those that only lack last year apart."""

    held: int = 0
    failed: int = 0
    undecided: int = 0
    no_prior: int = 0
    inapplicable: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that a check found.

    Attributes:
        findings: Worst first, then in the order of the form.
        counts: Verdicts of the rules.
        blanks: The blanks that count, by table, block or section.
        form: The form with the report's entry rows.
    """

    findings: Findings
    counts: Counts
    blanks: Mapping[Pointer, tuple[Pointer, ...]]
    form: Form = field(repr=False)

    @property
    def blank(self) -> int:
        """Number of blanks that count."""
        return sum(len(pointers) for pointers in self.blanks.values())


class Checker:
    """Checks reports of one form. It holds no report, so one serves many."""

    def __init__(self, form: Form) -> None:
        """Read the rules of the form.

        Raises:
            SchemaError: A rule cannot be read or names what the form does not have.
        """
        self.form = form
        self.declared: tuple[DeclaredRule, ...] = read_rules(form)
        self._conformance = Conformance(form)
        self._bound: tuple[Form, tuple[Instance, ...]] = (form, bind_rules(form, self.declared))
        self._conditions(form)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The declared rules, in the order of the form."""
        return tuple(declared.rule for declared in self.declared)

    def instances(self, form: Form) -> tuple[Instance, ...]:
        """Return the rules at the places of a form with its entry rows."""
        if self._bound[0] is not form and self._bound[0] != form:
            self._bound = (form, bind_rules(form, self.declared))
        return self._bound[1]

    def totals(self, form: Form) -> tuple[Total, ...]:
        """Return the cells that can be computed, with their parts."""
        return totals_of(self.instances(form))

    def check(self, report: Report, context: CheckContext = CheckContext()) -> CheckResult:
        """Check a report against its form and the rules."""
        form = self.form.populated(report)
        read = self._reader(form, report, context)
        found: list[Finding] = list(self._conformance.findings(form, report))
        counts = dict.fromkeys(("held", "failed", "undecided", "no_prior", "inapplicable"), 0)
        for instance in self.instances(form):
            verdict, finding = _verdict(form, instance, read)
            counts[verdict] += 1
            if finding is not None:
                found.append(finding)
        order = {pointer: index for index, pointer in enumerate(form.nodes)}
        last = len(order)
        found.sort(key=lambda f: (f.severity.weight, order.get(f.primary, last)))
        return CheckResult(Findings(found), Counts(**counts), blanks(form, report), form)

    def _reader(
        self, form: Form, report: Report, context: CheckContext
    ) -> Callable[[Operand], Value]:
        absent = self._absent(form, report, context)
        prior = context.prior
        known: dict[Operand, Value] = {}

        def read(operand: Operand) -> Value:
            value = known.get(operand)
            if value is None:
                if operand.prior:
                    value = _prior_value(form, prior, operand.pointer)
                elif any(operand.pointer.starts_with(pointer) for pointer in absent):
                    value = Missing.NOT_APPLICABLE
                else:
                    value = _value(form, operand.pointer, report.value_at(operand.pointer))
                known[operand] = value
            return value

        return read

    def _conditions(self, form: Form) -> list[tuple[Pointer, object]]:
        """Bind the conditions under which rows and sections exist.

        Raises:
            SchemaError: A condition cannot be read.
        """
        found: list[tuple[Pointer, object]] = []
        for node in form.nodes.values():
            text = node.when or (node.section.when if node.section is not None else "")
            if text:
                scope = Scope(form, node.pointer, Direction.LEVEL, node.pointer)
                found.append((node.pointer, bind(parsed_check(text, "when"), scope.operands)))
        return found

    def _absent(self, form: Form, report: Report, context: CheckContext) -> tuple[Pointer, ...]:
        """Return the rows and sections whose condition does not hold."""

        def read(operand: Operand) -> Value:
            if operand.prior:
                return _prior_value(form, context.prior, operand.pointer)
            return _value(form, operand.pointer, report.value_at(operand.pointer))

        return tuple(
            pointer
            for pointer, condition in self._conditions(form)
            if condition.evaluate(read).truth is False  # type: ignore[attr-defined]
        )


def _value(form: Form, pointer: Pointer, value: Plain) -> Value:
    """Return what a rule may calculate with at a place."""
    if value is None:
        return Missing.BLANK
    node = form.node(pointer)
    cell = node.cell if node is not None else None
    if cell is None:
        return Missing.MISTYPED
    if isinstance(value, bool):
        return Missing.MISTYPED
    if isinstance(value, int):
        return value if cell.numeric else Missing.MISTYPED
    if isinstance(value, Decimal):
        return value if cell.numeric and not cell.integral else Missing.MISTYPED
    if isinstance(value, str):
        return _text_value(cell, value)
    return Missing.MISTYPED


def _text_value(cell: CellType, value: str) -> Value:
    if not value.strip():
        return Missing.BLANK
    if not cell.numeric:
        return value
    code = cell.codes.get(value)
    if code is None:
        return Missing.MISTYPED
    return Coded(code.text, Meaning(code.meaning), code.lowest, code.below)


def _prior_value(form: Form, prior: PriorReport | None, pointer: Pointer) -> Value:
    if prior is None:
        return Missing.NO_PRIOR
    if any(pointer.starts_with(place) for place in prior.without):
        return Missing.NOT_APPLICABLE
    for length in range(len(pointer)):
        node = form.node(pointer[:length])
        if (
            node is not None
            and node.role is Role.ENTRIES
            and not prior.report.has(pointer[: length + 1])
        ):
            return Missing.NOT_APPLICABLE
    return _value(form, pointer, prior.report.value_at(pointer))


def _verdict(
    form: Form, instance: Instance, read: Callable[[Operand], Value]
) -> tuple[str, Finding | None]:
    """Decide one instance: the name of its count, and what there is to say."""
    if instance.condition is not None:
        condition = instance.condition.evaluate(read).truth
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
    return "failed", _failed(form, instance, evaluation)


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
    message = Message(text, arguments)
    finding = Finding(
        rule=instance.rule.identifier,
        level=instance.rule.level,
        instance=instance.name,
        severity=instance.rule.severity,
        state=State.UNDECIDED,
        pointers=pointers,
        line=message,
        message=message,
        authority=instance.rule.authority,
        reason="no_prior" if no_prior else "blank",
    )
    return "no_prior" if no_prior else "undecided", finding


def _keeps_open(value: Value) -> bool:
    return isinstance(value, Missing) and value is not Missing.NOT_APPLICABLE


_WAITING = Text(
    "{rule} 暂不判定：{place} 未填或不是数字",
    "{rule} is not decided: {place} is blank or no figure",
)
_NO_PRIOR = Text("{rule} 暂不判定：没有上年年报", "{rule} is not decided: no report of last year")


def _failed(form: Form, instance: Instance, evaluation: Evaluation) -> Finding:
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
        severity=rule.severity,
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
    )


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
    place = instance.rule.level.joined(instance.name.split(".")) if instance.name else primary
    known = form.node(place)
    return {
        "row": LabelOf(primary, Place.ROW),
        "column": LabelOf(primary, Place.COLUMN),
        "place": LabelOf(place if known is not None else primary, Place.PATH),
        "left": "" if left is None else left,
        "right": "" if right is None else right,
        "difference": gap(left, right),
        "year": LabelOf(ROOT, Place.YEAR),
        "prior_year": LabelOf(ROOT, Place.YEAR_BEFORE),
    }
