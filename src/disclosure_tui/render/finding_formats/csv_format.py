"""One row a finding, for a spreadsheet or a script; a file that was not read has a row as well."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.finding_table import (
    COLUMNS,
    SEVERITIES,
    Cell,
    cell_text,
    finding_rows,
    shown,
    shown_reason,
)
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.spreadsheet_text import inert

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin"]

NAME = "csv"
SUFFIX = ".csv"
SUMMARY = Text("CSV，每个问题一行", "CSV, one finding a line")
STREAMS = True

_UNREAD = Text("打不开", "not read")


def begin(occasion: Occasion) -> _Rows:
    """Begin the table."""
    return _Rows(occasion)


class _Rows:
    """Rows as files are done, below one line of heads."""

    def __init__(self, occasion: Occasion) -> None:
        self._heads: list[list[str]] = [[column.head.in_(occasion.language) for column in COLUMNS]]

    def add(self, report: LocatedReport) -> bytes:
        """Return the rows of a report."""
        if report.form is None:
            return self._head() + _encoded([_unread(report)])
        return self._head() + _encoded(row.cells for row in finding_rows(report))

    def end(self) -> bytes:
        """Return the heads, if there were no reports."""
        return self._head()

    def _head(self) -> bytes:
        # Spreadsheet programs take a file without the mark for the local code page.
        head = "\ufeff".encode() + _encoded(self._heads) if self._heads else b""
        self._heads = []
        return head


def _unread(report: LocatedReport) -> list[Cell]:
    row: list[Cell] = [None] * len(COLUMNS)
    row[2] = SEVERITIES[Severity.ERROR].in_(report.language)
    row[3] = _UNREAD.in_(report.language)
    row[11] = shown_reason(report, report.language)
    row[15] = shown(report.file)
    return row


def _encoded(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([inert(cell_text(cell)) for cell in row])
    return out.getvalue().encode()
