"""One JSON object a line, written as files are done: a report, then each of its findings.

A line is described by `$defs/line` of the JSON Schema beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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

NAME = "jsonl"
SUFFIX = ".jsonl"
SUMMARY = Text("每行一个 JSON 对象，校验完一份写一份", "One JSON object a line, as files are done")
STREAMS = True


def begin(_occasion: Occasion) -> _Lines:
    """Begin the lines."""
    return _Lines()


class _Lines:
    """Lines of three kinds: `report`, `finding`, and one `summary` at the end."""

    def __init__(self) -> None:
        self._summary = Summary()

    def add(self, report: LocatedReport) -> bytes:
        """Return the lines of a report."""
        self._summary.count(report)
        return b"".join(_line(record) for record in _records(report))

    def end(self) -> bytes:
        """Return the line that tells a reader that nothing is missing."""
        return _line({"kind": "summary", "format": FORMAT, "tool": TOOL, **self._summary.record()})


def _records(report: LocatedReport) -> Iterator[dict[str, Any]]:
    yield {"kind": "report", **report_record(report)}
    # Each line can be understood without the one before it.
    whose = {"kind": "finding", "file": report.file, "organ": report.organ, "year": report.year}
    for record in finding_records(report):
        yield {**whose, **record}


def _line(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode(
        "utf-8", "backslashreplace"
    )
