"""The check of a report: conformance and rules together, as findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from disclosure_tui.model.finding import (
    Finding,
    Findings,
)
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.conformance import Conformance, blanks
from disclosure_tui.rules.expression import (
    Missing,
    Operand,
    Value,
    bind,
)
from disclosure_tui.rules.kind import Rule, parsed_check
from disclosure_tui.rules.reading import PriorReport, prior_value, value_of
from disclosure_tui.rules.registry import DeclaredRule, Instance, bind_rules, read_rules
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.totals import Total, totals_of
from disclosure_tui.rules.verdict import verdict_of

__all__ = ["CheckContext", "CheckResult", "Checker", "Counts", "PriorReport"]


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
            verdict, finding = verdict_of(form, instance, read)
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
                    value = prior_value(form, prior, operand.pointer)
                elif any(operand.pointer.starts_with(pointer) for pointer in absent):
                    value = Missing.NOT_APPLICABLE
                else:
                    value = value_of(form, operand.pointer, report.value_at(operand.pointer))
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
                return prior_value(form, context.prior, operand.pointer)
            return value_of(form, operand.pointer, report.value_at(operand.pointer))

        return tuple(
            pointer
            for pointer, condition in self._conditions(form)
            if condition.evaluate(read).truth is False  # type: ignore[attr-defined]
        )
