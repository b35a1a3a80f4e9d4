"""The differences between two schemas as JSON; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.amending.changes import (
    Aspect,
    PlaceChange,
    PlaceChangeKind,
    RuleChange,
    RuleChangeKind,
    SchemaComparison,
    Spot,
)
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import LoadedReportType

__all__ = ["FORMAT", "schema_side", "write_schema_comparison"]

FORMAT = "disclosure-schema-differences/1"


def write_schema_comparison(comparison: SchemaComparison, language: Language) -> str:
    """Return the comparison as one JSON document; labels and sentences in one language."""
    places, rules = comparison.places, comparison.rules
    document = {
        "format": FORMAT,
        "tool": {"name": "disclosure-tui", "version": __version__},
        "old": schema_side(comparison.old),
        "new": schema_side(comparison.new),
        "same": comparison.is_same,
        "head": [_aspect(item, language) for item in comparison.head],
        "places": [_place(change, language) for change in places],
        "rules": [_rule(change, language) for change in rules],
        "summary": {
            "places": {
                kind.value: sum(change.kind is kind for change in places)
                for kind in PlaceChangeKind
            },
            "rules": {
                **{
                    kind.value: sum(change.kind is kind for change in rules)
                    for kind in RuleChangeKind
                },
                "regraded": sum(change.is_regraded for change in rules),
            },
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema_side(loaded: LoadedReportType) -> dict[str, Any]:
    """Return what names one of the two schemas."""
    kind, over = loaded.form.report_type, loaded.form.overlay
    return {
        "file": str(loaded.path),
        "id": loaded.form.identifier,
        "report_type": kind.name,
        "version": kind.version,
        "sha256": loaded.form.sha256,
        "overlay": None
        if over is None
        else {"id": over.identifier, "version": over.version, "sha256": over.sha256},
    }


def _place(change: PlaceChange, language: Language) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "what": change.what.value,
        "section": change.heading.in_(language) or None,
        "within": change.within.in_(language) or None,
        "old": [_spot(spot, language) for spot in change.old],
        "new": [_spot(spot, language) for spot in change.new],
        "rows": [_spot(spot, language) for spot in change.rows],
        "cells": change.cells,
        "aspects": [_aspect(item, language) for item in change.aspects],
    }


def _spot(spot: Spot, language: Language) -> dict[str, str]:
    return {"pointer": str(spot.pointer), "label": spot.label.in_(language)}


def _aspect(item: Aspect, language: Language) -> dict[str, str | None]:
    return {
        "aspect": item.key,
        "name": item.name.in_(language),
        "old": _said(item.old, language),
        "new": _said(item.new, language),
    }


def _said(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.in_(language)


def _rule(change: RuleChange, language: Language) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "rule": change.rule,
        "level": str(change.level),
        "place": change.where.in_(language) or None,
        "old_severity": _weight(change.old_severity),
        "new_severity": _weight(change.new_severity),
        "regraded": change.is_regraded,
        "lapses_explanations": change.lapses,
        "description": change.description.in_(language),
        "formula": change.formula.in_(language) or None,
        "authority": _said(change.authority, language),
        "aspects": [_aspect(item, language) for item in change.aspects],
    }


def _weight(severity: Severity | None) -> str | None:
    return None if severity is None else severity.value
