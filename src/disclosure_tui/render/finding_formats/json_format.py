"""Findings as JSON, `disclosure-findings/1`; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.suggestion import Change, Suggestion
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["NAME", "write"]

NAME = "json"
FORMAT = "disclosure-findings/1"

MOST_WAYS = 20
"""So many ways to settle a finding are written out; their number always is."""


def write(reports: Sequence[LocatedReport]) -> str:
    """Return the batch as one JSON document; figures are texts, so none is rounded."""
    document = {
        "format": FORMAT,
        "tool": {"name": "disclosure-tui", "version": __version__},
        "reports": [_report(report) for report in reports],
        "summary": _summary(reports),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _report(report: LocatedReport) -> dict[str, Any]:
    if report.form is None or report.rules is None:
        reason = report.reason.in_(report.language) if report.reason is not None else ""
        return {
            "file": report.file,
            "sha256": report.sha256 or None,
            "status": "unreadable",
            "reason": reason,
            "where": report.where or None,
        }
    wording = Wording(report.form, report.language, report.year)
    kind = report.form.report_type
    return {
        "file": report.file,
        "sha256": report.sha256,
        "report_type": kind.name,
        "year": report.year,
        "organ": report.organ,
        "status": "checked",
        "schema": {
            "id": report.form.identifier,
            "version": kind.version,
            "sha256": report.form.sha256,
            "origin": report.origin,
            "overlay": None,
        },
        "prior": report.prior,
        "rules": dict(report.rules),
        "blank": report.blank,
        "findings": [_finding(item, wording, report) for item in report.findings],
    }


def _finding(item: LocatedFinding, wording: Wording, report: LocatedReport) -> dict[str, Any]:
    finding = item.finding
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
        "authority": None if finding.authority is None else wording.text(finding.authority),
        "quote": None if finding.quote is None else finding.quote.text,
        "explanation": _explanation(finding, report),
        "suggestions": [
            _suggestion(suggestion, wording) for suggestion in report.suggestions_for(finding)
        ],
    }


def _suggestion(suggestion: Suggestion, wording: Wording) -> dict[str, Any]:
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


def _change(change: Change, wording: Wording) -> dict[str, Any]:
    return {
        "pointer": str(change.pointer),
        "label": wording.path(change.pointer),
        "old": None if change.old is None else number_text(change.old),
        "new": None if change.new is None else number_text(change.new),
        "slip": change.slip.value,
    }


def _explanation(finding: Finding, report: LocatedReport) -> dict[str, Any] | None:
    if finding.explanation is None:
        return None
    entry = report.explanations[finding.explanation]
    return {key: entry.get(key) for key in ("reason", "text", "by", "at")}


def _summary(reports: Sequence[LocatedReport]) -> dict[str, Any]:
    counts = Counter(
        item.finding.severity
        for report in reports
        for item in report.findings
        if item.finding.state in (State.OPEN, State.LAPSED)
    )
    return {
        "reports": len(reports),
        "unreadable": sum(report.form is None for report in reports),
        "blank": sum(report.blank for report in reports),
        "open": {severity.value: counts[severity] for severity in Severity},
    }
