"""The check of a report: conformance and rules together, as findings.

This is the door to the rules: what is behind it is loaded when somebody checks, so that the
editor can show a report before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.difference import Differences
from disclosure_tui.model.finding import Findings
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.context import CheckContext, PriorReport

if TYPE_CHECKING:
    from disclosure_tui.rules.basis import Basis
    from disclosure_tui.rules.carrying import Carried
    from disclosure_tui.rules.conformance import Conformance
    from disclosure_tui.rules.kind import Rule
    from disclosure_tui.rules.prepared import Prepared
    from disclosure_tui.rules.registry import DeclaredRule, Instance
    from disclosure_tui.rules.totals import Total

__all__ = ["CheckContext", "CheckResult", "Checker", "Counts", "PriorReport"]


MOST_PREPARED = 2
"""So many forms with entry rows are kept with their rules: what is edited, and its other side."""


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
        basis: What it rests on, for `Checker.recheck`.
    """

    findings: Findings
    counts: Counts
    blanks: Mapping[Pointer, tuple[Pointer, ...]]
    form: Form = field(repr=False)
    basis: Basis = field(repr=False, compare=False)

    @property
    def blank(self) -> int:
        """Number of blanks that count."""
        return sum(len(pointers) for pointers in self.blanks.values())


class Checker:
    """Checks reports of one form. It holds no report, so one serves many."""

    def __init__(self, form: Form, *, is_proved: bool = False) -> None:
        """Read the rules of the form.

        Args:
            form: The form.
            is_proved: The rules are known to be right, so they are read when they are needed.

        Raises:
            SchemaError: A rule cannot be read or names what the form does not have.
        """
        self.form = form
        self._prepared: tuple[Prepared, ...] = ()
        if not is_proved:
            self.prepared(form)

    @cached_property
    def declared(self) -> tuple[DeclaredRule, ...]:
        """The declared rules as their kinds have read them, in the order of the form."""
        from disclosure_tui.rules.registry import read_rules

        return read_rules(self.form)

    @cached_property
    def _conformance(self) -> Conformance:
        from disclosure_tui.rules.conformance import Conformance

        return Conformance(self.form)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The declared rules, in the order of the form."""
        return tuple(declared.rule for declared in self.declared)

    def prepared(self, form: Form) -> Prepared:
        """Return the rules at the places of a form with its entry rows."""
        from disclosure_tui.rules.prepared import prepare

        for known in self._prepared:
            if known.form is form or known.form == form:
                return known
        found = prepare(form, self.declared)
        self._prepared = (found, *self._prepared[: MOST_PREPARED - 1])
        return found

    def instances(self, form: Form) -> tuple[Instance, ...]:
        """Return the rules at the places of a form with its entry rows."""
        return self.prepared(form).instances

    def totals(self, form: Form) -> tuple[Total, ...]:
        """Return the cells that can be computed, with their parts."""
        return self.prepared(form).totals

    def carried(self, form: Form) -> tuple[Carried, ...]:
        """Return the cells that rules tie to last year's report."""
        return self.prepared(form).carried

    def check(self, report: Report, context: CheckContext = CheckContext()) -> CheckResult:
        """Check a report against its form and the rules."""
        from disclosure_tui.rules.basis import basis_of

        before = context.prior.report if context.prior is not None else None
        prepared = self.prepared(self.form.populated(report, before))
        return _result(basis_of(self._conformance, prepared, report, context))

    def recheck(
        self, last: CheckResult, report: Report, context: CheckContext = CheckContext()
    ) -> CheckResult:
        """Check a report again after a change; equal to `check`, only quicker.

        Args:
            last: What a check of this checker found in the report before the change.
            report: The report as it is now. What it shares with the report checked last is
                passed over at once.
            context: As for `check`.
        """
        from disclosure_tui.rules.basis import basis_after

        before = last.basis
        differences = Differences.between(before.report, report)
        if not context.is_like(before.context) or not last.form.stays_populated(differences):
            return self.check(report, context)
        if not differences:
            return last
        return _result(basis_after(before, self._conformance, report, differences))


def _result(basis: Basis) -> CheckResult:
    findings = Findings(finding for *_, finding in basis.ranked)
    return CheckResult(findings, Counts(**basis.counts), basis.blanks, basis.prepared.form, basis)
