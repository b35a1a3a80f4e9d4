"""The impact of a new schema as JSON; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.amending.impact import FindingImpact, ImpactKind, ReportImpact, ReportStatus
from disclosure_tui.amending.json_format import schema_side
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Finding
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import LoadedReportType

__all__ = ["FORMAT", "write_impacts"]

FORMAT = "disclosure-schema-impact/1"


def write_impacts(
    impacts: Sequence[ReportImpact], new: LoadedReportType, language: Language
) -> str:
    """Return what a new schema would change as one JSON document, the worst report first."""
    ordered = sorted(impacts, key=lambda one: one.rank)
    status = Counter(impact.status for impact in impacts)
    kinds = Counter(change.kind for impact in impacts for change in impact.changes)
    document = {
        "format": FORMAT,
        "tool": {"name": "disclosure-tui", "version": __version__},
        "schema": schema_side(new),
        "reports": [_report(impact, language) for impact in ordered],
        "summary": {
            "reports": len(impacts),
            "changed": sum(impact.is_changed for impact in impacts),
            "other_type": status[ReportStatus.OTHER_TYPE],
            "unreadable": status[ReportStatus.UNREADABLE],
            "pinned": sum(bool(impact.pinned) for impact in impacts),
            **{kind.value: kinds[kind] for kind in ImpactKind},
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _report(impact: ReportImpact, language: Language) -> dict[str, Any]:
    before, after = impact.blanks
    return {
        "file": str(impact.path),
        "sha256": impact.sha256 or None,
        "report_type": impact.report_type or None,
        "year": impact.year,
        "organ": impact.organ,
        "status": impact.status.value,
        "reason": None if impact.reason is None else impact.reason.in_(language),
        "pinned": impact.pinned or None,
        "current": None if impact.current is None else schema_side(impact.current),
        "blank": {"old": before, "new": after},
        "changes": [_change(change, impact, language) for change in impact.changes],
    }


def _change(change: FindingImpact, impact: ReportImpact, language: Language) -> dict[str, Any]:
    finding = change.told
    result = impact.new if change.new is not None else impact.old
    assert result is not None
    wording = Wording(result.form, language, impact.year)
    position = change.position
    return {
        "kind": change.kind.value,
        "rule": finding.rule,
        "level": str(finding.level),
        "instance": finding.instance,
        "pointers": [str(pointer) for pointer in finding.pointers],
        "label": wording.path(finding.primary),
        "line": None if position is None else position.line,
        "column": None if position is None else position.column,
        "old": _finding(change.old),
        "new": _finding(change.new),
        "message": wording.message(finding.message),
    }


def _finding(finding: Finding | None) -> dict[str, str] | None:
    if finding is None:
        return None
    return {"severity": finding.severity.value, "state": finding.state.value}
