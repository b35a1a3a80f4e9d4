"""One line a figure, for whoever must add them up: a long table of one report or of many."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from disclosure_tui.language import Language, Text
from disclosure_tui.render.copies import Copy, Figure

__all__ = ["NAME", "SUFFIX", "SUMMARY", "long_heads", "long_row", "write", "write_many"]

NAME = "csv"
SUFFIX = ".csv"
SUMMARY = Text("CSV 长表，一个数一行，便于汇总", "CSV, one figure a line, for adding up")

_HEADS = (
    Text("单位名称", "Organ"),
    Text("年度", "Year"),
    Text("表", "Table"),
    Text("行代码", "Row key"),
    Text("行", "Row"),
    Text("列代码", "Column key"),
    Text("列", "Column"),
    Text("数值", "Value"),
    Text("计量单位", "Unit"),
    Text("地址", "Pointer"),
)
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


def long_heads(language: Language) -> list[str]:
    """Return the heads of the long table."""
    return [head.in_(language) for head in _HEADS]


def long_row(copy: Copy, figure: Figure) -> list[str]:
    """Return one line of the long table."""
    return [
        copy.organ,
        copy.year,
        figure.table,
        figure.row_key,
        figure.row,
        figure.column_key,
        figure.column,
        figure.value,
        figure.unit,
        figure.pointer,
    ]


def _safe(text: str) -> str:
    """Keep a text from being run as a formula; a number stays what it is."""
    if not text.startswith(_FORMULA_STARTS) or _is_number(text):
        return text
    return "'" + text


def _is_number(text: str) -> bool:
    digits = text[1:] if text[:1] in "+-" else text
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()
