"""Reports and findings as plain records: what the JSON formats write out.

Described by `disclosure-findings-1.schema.json` beside the formats. Figures are texts, so that no
reader rounds them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.suggestion import Change, Suggestion
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["FORMAT", "TOOL", "Summary", "finding_records", "report_record"]

FORMAT = "disclosure-findings/1"
TOOL = {"name": "disclosure-tui", "version": __version__}

MOST_WAYS = 20
"""So many ways to settle a finding are written out; their number always is."""

Record = dict[str, Any]


def report_record(report: LocatedReport) -> Record:
    """Return what is said of a report, without its findings."""
    if report.form is None or report.rules is None:
        reason = report.reason.in_(report.language) if report.reason is not None else ""
        return {
            "file": report.file,
            "sha256": report.sha256 or None,
            "status": "unreadable",
            "reason": reason,
            "where": report.where or None,
        }
    kind = report.form.report_type
    return {
        "file": report.file,
        "sha256": report.sha256,
        "report_type": kind.name,
        "year": report.year,
        "organ": report.organ,
        "status": "checked",
        "schema": None if report.stamp is None else report.stamp.record(),
        "prior": report.prior,
        "rules": dict(report.rules),
        "blank": report.blank,
    }


def finding_records(report: LocatedReport) -> list[Record]:
    """Return the findings of a report, worst first."""
    if report.form is None:
        return []
    wording = Wording(report.form, report.language, report.year)
    return [_finding(item, wording, report) for item in report.findings]


def _finding(item: LocatedFinding, wording: Wording, report: LocatedReport) -> Record:
    finding = item.finding
    overlay = wording.form.overlay_of(finding)
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "instance": finding.instance,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "pointers": [str(pointer) for pointer in finding.pointers],
        "label": wording.path(finding.primary),
        "line": item.line,
        "column": item.column,
        "left": None if finding.left is None else number_text(finding.left),
        "right": None if finding.right is None else number_text(finding.right),
        "difference": None if finding.difference is None else number_text(finding.difference),
        "message": wording.panel(finding),
        "overlay": None if overlay is None else overlay.identifier,
        "authority": None if finding.authority is None else wording.text(finding.authority),
        "quote": None if finding.quote is None else finding.quote.text,
        "explanation": _explanation(finding, report),
        "suggestions": [
            _suggestion(suggestion, wording) for suggestion in report.suggestions_for(finding)
        ],
    }


def _suggestion(suggestion: Suggestion, wording: Wording) -> Record:
    return {
        "standing": suggestion.standing.value,
        "message": wording.message(suggestion.message),
        "settles": [
            {"rule": rule, "level": str(level), "instance": instance}
            for rule, level, instance in suggestion.settles
        ],
        "offered": suggestion.fix is not None,
        "count": len(suggestion.ways),
        "ways": [[_change(item, wording) for item in way] for way in suggestion.ways[:MOST_WAYS]],
    }


def _change(change: Change, wording: Wording) -> Record:
    return {
        "pointer": str(change.pointer),
        "label": wording.path(change.pointer),
        "old": None if change.old is None else number_text(change.old),
        "new": None if change.new is None else number_text(change.new),
        "slip": change.slip.value,
    }


def _explanation(finding: Finding, report: LocatedReport) -> Record | None:
    if finding.explanation is None:
        return None
    entry = report.explanations[finding.explanation]
    return {key: entry.get(key) for key in ("reason", "text", "by", "at")}


class Summary:
    """Counts over the reports of a batch."""

    def __init__(self) -> None:
        self._reports = 0
        self._unreadable = 0
        self._blank = 0
        self._open: Counter[Severity] = Counter()

    def count(self, report: LocatedReport) -> None:
        """Count a report in."""
        self._reports += 1
        self._unreadable += report.form is None
        self._blank += report.blank
        self._open.update(i.finding.severity for i in report.findings if i.finding.counts)

    def record(self) -> Record:
        """Return the counts."""
        return {
            "reports": self._reports,
            "unreadable": self._unreadable,
            "blank": self._blank,
            "open": {severity.value: self._open[severity] for severity in Severity},
        }
