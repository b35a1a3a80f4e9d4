"""Tiny schemas for tests of the engine, and what a check of them found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from disclosure_tui.language import Language
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.form import Form
from disclosure_tui.model.report import Report
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.checker import CheckContext, Checker, CheckResult
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.loader import LoadedSchema, load_schema

Data = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ENVELOPE = {
    "report_type": {"title": "报告种类", "type": "string"},
    "year": {"title": "年度", "type": "integer"},
}


def figure(title: str, **more: Any) -> Data:
    """Return a cell that takes a count."""
    return {"title": title, "type": ["integer", "null"], **more}


def row(cells: Mapping[str, Data], **more: Any) -> Data:
    """Return a row of these cells."""
    return {
        "type": ["object", "null"],
        "unevaluatedProperties": False,
        "x-row": {},
        "properties": dict(cells),
        **more,
    }


def table(title: str, properties: Mapping[str, Data], rows: str = "down", **more: Any) -> Data:
    """Return a table of rows, groups or blocks."""
    return {
        "title": title,
        "type": ["object", "null"],
        "unevaluatedProperties": False,
        "x-section": {"number": "一"},
        "x-table": {"rows": rows},
        "properties": dict(properties),
        **more,
    }


def group(title: str, properties: Mapping[str, Data], **more: Any) -> Data:
    """Return a group of rows."""
    return {
        "title": title,
        "type": ["object", "null"],
        "unevaluatedProperties": False,
        "properties": dict(properties),
        **more,
    }


def schema(properties: Mapping[str, Data], report: Data | None = None, **more: Any) -> Data:
    """Return the schema of a report type with a section or two."""
    return {
        "$schema": DRAFT,
        "$id": "urn:disclosure-tui:tiny:1",
        "x-dialect": 1,
        "x-report": {
            "type": "tiny",
            "edition": "1",
            "version": "1",
            "language": "zh",
            "title": "{year}",
            **(report or {}),
        },
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {**ENVELOPE, **properties},
        **more,
    }


def load(contents: Data, name: str = "tiny.schema.json") -> LoadedSchema:
    """Load a schema as a file would be loaded."""
    return load_schema(json.dumps(contents).encode(), name, item_schemas)


def form(contents: Data) -> Form:
    """Compile a schema."""
    return compile_form(load(contents))


def field_of_anything(contents: Data) -> Form:
    """Return a form of which only the JSON Schema matters."""
    plain = form(schema({}))
    return replace(plain, identifier=contents["$id"], resources={contents["$id"]: contents})


def checker(contents: Data) -> Checker:
    """Return a checker of reports of a schema."""
    return Checker(form(contents))


def check(contents: Data, data: Data, context: CheckContext = CheckContext()) -> CheckResult:
    """Check data; the envelope is added."""
    return checker(contents).check(Report({"report_type": "tiny/1", "year": 2024, **data}), context)


def pairs(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return rule and instance of what fails, sorted; the undecided are left out."""
    return sorted((f.rule, f.instance) for f in findings if f.counts)


def words(result: CheckResult, finding: Finding, language: str = "zh", year: int = 2024) -> str:
    """Return the full text of a finding."""
    return Wording(result.form, Language(language), year).panel(finding)


def line(result: CheckResult, finding: Finding, language: str = "zh", year: int = 2024) -> str:
    """Return the status line of a finding."""
    return Wording(result.form, Language(language), year).line(finding)
