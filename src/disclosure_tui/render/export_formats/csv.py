"""One line a figure, for whoever must add them up: a long table of one report or of many."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.long_table import long_heads, long_row

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write", "write_many"]

NAME = "csv"
SUFFIX = ".csv"
SUMMARY = Text("CSV 长表，一个数一行，便于汇总", "CSV, one figure a line, for adding up")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would take for a formula."""


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
            writer.writerow([_safe(text) for text in long_row(copy, figure)])
    # Spreadsheet programs take a file without the mark for the local code page.
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Keep a text from being run as a formula; a number stays what it is."""
    if not text.startswith(_FORMULA_STARTS) or _is_number(text):
        return text
    return "'" + text


def _is_number(text: str) -> bool:
    digits = text[1:] if text[:1] in "+-" else text
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()
