"""What changed as JSON, `disclosure-differences/1`; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.value import ABSENT, Side
from disclosure_tui.render.comparison import Change, ChangeKind, Comparison, place_label
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["FORMAT", "ComparedSide", "write_comparison"]

FORMAT = "disclosure-differences/1"


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two states compared.

    Attributes:
        file: The file, as it was named; None where there is none.
        revision: The version in version control, or None.
        sha256: Digest of its bytes, or None.
        report_type: What it is a report of, or None.
        year: Report year, or None.
        organ: Name of the office, or empty.
    """

    file: str | None
    revision: str | None = None
    sha256: str | None = None
    report_type: str | None = None
    year: int | None = None
    organ: str = ""


def write_comparison(
    comparison: Comparison, old: ComparedSide, new: ComparedSide, language: Language
) -> str:
    """Return the comparison as one JSON document; figures are texts, so none is rounded."""
    wording = Wording(comparison.form, language)
    document = {
        "format": FORMAT,
        "tool": {"name": "disclosure-tui", "version": __version__},
        "form": comparison.form.report_type.name,
        "schema": None if comparison.schema is None else comparison.schema.record(),
        "old": _side(old),
        "new": _side(new),
        "same": not comparison.changes,
        "changes": [_change(change, wording) for change in comparison.changes],
        "not_compared": [
            {"pointer": str(place), "label": wording.path(place)} for place in comparison.without
        ],
        "summary": {kind.value: comparison.count(kind) for kind in ChangeKind},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _side(side: ComparedSide) -> dict[str, Any]:
    return {
        "file": side.file,
        "revision": side.revision,
        "sha256": side.sha256,
        "report_type": side.report_type,
        "year": side.year,
        "organ": side.organ,
    }


def _change(change: Change, wording: Wording) -> dict[str, Any]:
    section = wording.form.section_of(change.pointer)
    by = change.difference
    return {
        "kind": change.kind.value,
        "pointer": str(change.pointer),
        "section": None if section is None else section.label.short(wording.language),
        "label": place_label(wording, change.pointer),
        "old": _value(change.old),
        "new": _value(change.new),
        "difference": None if by is None else number_text(by),
        "sentences": [
            {"paragraph": one.paragraph, "old": one.old, "new": one.new} for one in change.sentences
        ],
    }


def _value(side: Side) -> Any:
    """Return a value: figures as texts, blank as null; rows and entries as they are inside."""
    if side is ABSENT:
        return None
    if isinstance(side, Mapping):
        return {str(key): _value(value) for key, value in side.items()}
    if isinstance(side, list):
        return [_value(value) for value in side]
    if isinstance(side, int | Decimal) and not isinstance(side, bool):
        return number_text(side)
    return side
