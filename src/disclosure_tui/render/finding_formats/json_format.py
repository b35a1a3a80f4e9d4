"""Findings as JSON, `disclosure-findings/1`; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.render.finding_records import (
    FORMAT,
    TOOL,
    Summary,
    finding_records,
    report_record,
)
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedReport

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin"]

NAME = "json"
SUFFIX = ".json"
SUMMARY = Text("JSON，供程序读取，全部内容", "JSON for programs, with everything")
STREAMS = False


def begin(_occasion: Occasion) -> _Document:
    """Begin one JSON document."""
    return _Document()


class _Document:
    """Written report by report; put together it is what `json.dumps` makes of the whole."""

    def __init__(self) -> None:
        self._before = f'{{\n  "format": {_dumped(FORMAT)},\n  "tool": {_indented(TOOL, 1)},\n'
        self._before += '  "reports": ['
        self._has_reports = False
        self._summary = Summary()

    def add(self, report: LocatedReport) -> bytes:
        """Return the next item of `reports`."""
        self._summary.count(report)
        record = report_record(report)
        if report.form is not None:
            record["findings"] = finding_records(report)
        text = f"{self._before}\n    {_indented(record, 2)}"
        self._before, self._has_reports = ",", True
        return text.encode("utf-8", "backslashreplace")

    def end(self) -> bytes:
        """Return the end of the document."""
        begun = "" if self._has_reports else self._before
        closed = "\n  ]" if self._has_reports else "]"
        summary = _indented(self._summary.record(), 1)
        return f'{begun}{closed},\n  "summary": {summary}\n}}\n'.encode()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _indented(value: Any, level: int) -> str:
    """Return a value as it stands at a level of a document, its first line without blanks."""
    return textwrap.indent(_dumped(value), "  " * level, lambda _: True)[2 * level :]
