"""Findings with the cause they may share: one wrong cell can make several sums fail."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Identity, State
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.render.located import LocatedFinding, LocatedReport, LocatedSuggestion

__all__ = ["Group", "by_cause", "left_undecided"]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that are told together.

    Attributes:
        cause: What may be behind them, or None.
        findings: One without a cause; all that share one.
    """

    cause: LocatedSuggestion | None
    findings: tuple[LocatedFinding, ...]


def by_cause(report: LocatedReport) -> Iterator[Group]:
    """Yield what is to do, in the order of the findings; those with one cause stand together."""
    causes = [item for item in report.suggestions if _folds(item.suggestion)]
    cause_of = {identity: item for item in causes for identity in item.suggestion.settles}
    open_items = [item for item in report.findings if item.finding.counts]
    told: set[Identity] = set()
    for item in open_items:
        if item.finding.identity in told:
            continue
        cause = cause_of.get(item.finding.identity)
        if cause is None:
            yield Group(None, (item,))
            continue
        told |= set(cause.suggestion.settles)
        together = [one for one in open_items if cause_of.get(one.finding.identity) is cause]
        yield Group(cause, tuple(together))


def _folds(suggestion: Suggestion) -> bool:
    """Tell whether a cause says more than its one finding does."""
    if suggestion.standing is Standing.BLANK:
        return False
    return len(suggestion.settles) > 1 or suggestion.fix is not None


def left_undecided(report: LocatedReport) -> Iterator[LocatedFinding]:
    """Yield the undecided that neither a counted blank nor a lack of last year's report explains.

    Those that wait for a blank are told once, with the blank.
    """
    blank = {
        pointer
        for item in report.findings
        if item.finding.state is State.OPEN
        for pointer in item.finding.pointers
    }
    for item in report.findings:
        finding = item.finding
        undecided = finding.state is State.UNDECIDED and finding.reason != "no_prior"
        if undecided and blank.isdisjoint(finding.pointers):
            yield item
