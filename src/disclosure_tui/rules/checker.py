"""The check of a report: conformance and rules together, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from disclosure_tui.model.finding import Finding, Findings, State
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.conformance import Conformance, blanks
from disclosure_tui.rules.explanations import explained, explanations_of
from disclosure_tui.rules.expression import Missing, Operand, Value
from disclosure_tui.rules.kind import Read, Rule
from disclosure_tui.rules.prepared import Prepared, prepare
from disclosure_tui.rules.reading import PriorReport, prior_value, value_of
from disclosure_tui.rules.registry import DeclaredRule, Instance, read_rules
from disclosure_tui.rules.totals import Total
from disclosure_tui.rules.verdict import verdicts_of

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
        self._prepared = prepare(form, self.declared)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The declared rules, in the order of the form."""
        return tuple(declared.rule for declared in self.declared)

    def prepared(self, form: Form) -> Prepared:
        """Return the rules at the places of a form with its entry rows."""
        if self._prepared.form is not form and self._prepared.form != form:
            self._prepared = prepare(form, self.declared)
        return self._prepared

    def instances(self, form: Form) -> tuple[Instance, ...]:
        """Return the rules at the places of a form with its entry rows."""
        return self.prepared(form).instances

    def totals(self, form: Form) -> tuple[Total, ...]:
        """Return the cells that can be computed, with their parts."""
        return self.prepared(form).totals

    def reader(self, report: Report, context: CheckContext = CheckContext()) -> Read:
        """Return how rules get the values of a report, each looked at once."""
        prepared = self.prepared(self.form.populated(report))
        absent = _absent(prepared, report, context)
        return _reader(prepared.form, report, context, absent)

    def check(self, report: Report, context: CheckContext = CheckContext()) -> CheckResult:
        """Check a report against its form and the rules."""
        form = self.form.populated(report)
        prepared = self.prepared(form)
        absent = _absent(prepared, report, context)
        waiting = blanks(form, report, absent)
        found = list(self._conformance.findings(form, report, waiting))
        read = _reader(form, report, context, absent)
        counts = dict.fromkeys(("held", "failed", "undecided", "no_prior", "inapplicable"), 0)
        for instance in prepared.instances:
            for verdict, finding in verdicts_of(form, instance, read):
                counts[verdict] += 1
                if finding is not None:
                    found.append(finding)
        found = list(explained(_with_values(found, report), explanations_of(report)))
        last = len(prepared.order)
        found.sort(key=lambda f: (f.severity.weight, prepared.order.get(f.primary, last)))
        return CheckResult(Findings(found), Counts(**counts), waiting, form)


def _with_values(findings: list[Finding], report: Report) -> Iterator[Finding]:
    """Note what the findings about values' types were decided on."""
    for finding in findings:
        if finding.values or finding.state is not State.OPEN:
            yield finding
        else:
            values = {str(pointer): report.value_at(pointer) for pointer in finding.pointers}
            yield replace(finding, values=values)


def _absent(prepared: Prepared, report: Report, context: CheckContext) -> tuple[Pointer, ...]:
    """Return the rows and sections whose condition does not hold."""
    read = _reader(prepared.form, report, context, ())
    return tuple(
        pointer for pointer, condition in prepared.conditions if condition.truth(read) is False
    )


def _reader(
    form: Form, report: Report, context: CheckContext, absent: tuple[Pointer, ...]
) -> Callable[[Operand], Value]:
    """Return how rules get values: each place is looked at once."""
    known: dict[Operand, Value] = {}

    def read(operand: Operand) -> Value:
        value = known.get(operand)
        if value is None:
            if operand.prior:
                value = prior_value(form, context.prior, operand.pointer)
            elif any(operand.pointer.starts_with(pointer) for pointer in absent):
                value = Missing.NOT_APPLICABLE
            else:
                value = value_of(form, operand.pointer, report.value_at(operand.pointer))
            known[operand] = value
        return value

    return read
