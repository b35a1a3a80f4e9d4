"""One line a figure, for whoever must add them up: a long table of one report or of many."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.long_table import long_heads, long_row
from disclosure_tui.render.spreadsheet_text import inert

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write", "write_many"]

NAME = "csv"
SUFFIX = ".csv"
SUMMARY = Text("CSV 长表，一个数一行，便于汇总", "CSV, one figure a line, for adding up")


def write(copy: Copy) -> bytes:
    """Return the figures of one report."""
    return write_many([copy])


def write_many(copies: Sequence[Copy]) -> bytes:
    """Return the figures of several reports, one behind the other."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(long_heads(copies[0].language))
    for copy in copies:
        for figure in copy.figures:
            writer.writerow([inert(text) for text in long_row(copy, figure)])
    # Spreadsheet programs take a file without the mark for the local code page.
    return out.getvalue().encode("utf-8-sig")
