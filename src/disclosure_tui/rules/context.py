"""What a check needs besides the report: last year's, and what is to be said of it."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.difference import Differences
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

__all__ = ["CheckContext", "PriorReport"]


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
    """What a check needs besides the report.

    Attributes:
        prior: Last year's report, or None.
        findings: What is to be said of it: it is named but cannot be read, for instance.
    """

    prior: PriorReport | None = None
    findings: tuple[Finding, ...] = ()

    def is_like(self, other: CheckContext) -> bool:
        """Tell whether a check finds the same with both."""
        if self is other:
            return True
        one, two = self.prior, other.prior
        same = one is two or (
            one is not None
            and two is not None
            and one.without == two.without
            and not Differences.between(one.report, two.report)
        )
        return same and self.findings == other.findings
