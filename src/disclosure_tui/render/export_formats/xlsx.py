"""Excel: every table on its sheet with live totals, or all figures of many reports in one table."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.grid import CellRole, Grid
from disclosure_tui.render.long_table import VALUE_COLUMN, long_heads, long_row
from disclosure_tui.render.office.archives import EARLIEST
from disclosure_tui.render.office.sheet_formulas import Place, sum_formulas
from disclosure_tui.render.office.sheet_numbers import sheet_number
from disclosure_tui.render.office.sheet_table import (
    TOP,
    Figures,
    Formats,
    TableSheet,
    set_page,
)
from disclosure_tui.render.office.sign_off import sign_off
from disclosure_tui.render.paragraphs import paragraphs
from disclosure_tui.render.view import SectionView
from disclosure_tui.render.width import MEASURE

__all__ = ["EXTRA", "LIBRARIES", "NAME", "SUFFIX", "SUMMARY", "write", "write_many"]

NAME = "xlsx"
SUFFIX = ".xlsx"
SUMMARY = Text("Excel 文件，总计为公式", "An Excel workbook, totals as formulas")
EXTRA = "office"
LIBRARIES = ("xlsxwriter",)

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_PROPERTY = 255
_LONGEST_NAME = 31
_MOST = 32_000
"""Characters that a cell can hold, with some left over."""
_HIGHEST = 409
"""Points that a row can be high; more text is in the cell all the same."""
_TEXT_WIDTH = 72
"""A single column is never scaled to the page: so wide it fits A4 in any default face."""
_WIDTHS = (28, 7, 10, 24, 44, 24, 24, 14, 10, 44)
"""Of the columns of the long table."""


def write(copy: Copy) -> bytes:
    """Return the workbook of one report."""
    return _Workbook(copy).written()


def write_many(copies: Sequence[Copy]) -> bytes:
    """Return the figures of several reports, one a row, numbers as numbers."""
    out = io.BytesIO()
    first = copies[0]
    book = _new_book(out, first.say("汇总长表", "figures"), "", first)
    formats = Formats(book)
    sheet = book.add_worksheet(first.say("汇总长表", "figures"))
    for column, (head, width) in enumerate(zip(long_heads(first.language), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, formats.of(bold=True, border=1))
    row = 0
    for copy in copies:
        for figure in copy.figures:
            row += 1
            number = sheet_number(figure)
            for column, text in enumerate(long_row(copy, figure)):
                if column == VALUE_COLUMN and number is not None:
                    shape = formats.of(num_format=number.shape)
                    sheet.write_number(row, column, number.stored, shape)
                elif column == 1 and text.isascii() and text.isdigit():
                    sheet.write_number(row, column, int(text), formats.of(num_format="0"))
                elif text:
                    sheet.write_string(row, column, text, formats.of())
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, row, len(_WIDTHS) - 1)
    set_page(sheet, first, landscape=True)
    book.close()
    return out.getvalue()


def _new_book(out: io.BytesIO, title: str, comments: str, copy: Copy) -> Any:
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": title[:_LONGEST_PROPERTY],
            "author": copy.organ[:_LONGEST_PROPERTY],
            "comments": comments,
            "created": datetime.datetime(*EARLIEST),
        }
    )
    book.set_size(1600, 1000)
    return book


class _Workbook:
    """The workbook of one report."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._out = io.BytesIO()
        origin = copy.provenance.line(copy.language)
        self._book = _new_book(self._out, copy.view.title, origin, copy)
        self._formats = Formats(self._book)
        self._names: set[str] = set()

    def written(self) -> bytes:
        """Write everything."""
        prose = self._book.add_worksheet(self._name(self._copy.say("文字", "Text")))
        self._prose(prose)
        tables = [
            TableSheet(
                self._book.add_worksheet(name := self._name(self._short(section, section.grid))),
                name,
                self._copy,
                section,
                section.grid,
                self._formats,
            )
            for section in self._copy.view.sections
            if section.grid is not None
        ]
        figures = self._figures(tables)
        for table in tables:
            table.write(figures)
        self._sign_off()
        self._book.close()
        return self._out.getvalue()

    def _figures(self, tables: list[TableSheet]) -> Figures:
        places = {
            str(cell.pointer): Place(table.name, TOP + cell.row, cell.column)
            for table in tables
            for cell in table.grid.cells
            if cell.role is CellRole.FIGURE
        }
        found = ((figure.pointer, sheet_number(figure)) for figure in self._copy.figures)
        numbers = {pointer: number for pointer, number in found if number is not None}
        return Figures(numbers, sum_formulas(self._copy.sums, places, numbers), places)

    def _short(self, section: SectionView, grid: Grid) -> str:
        """Return what a table is called in short: 表三."""
        key = str(section.pointer)
        names = (figure.table for figure in self._copy.figures if figure.table_key == key)
        return next(names, "") or grid.title

    def _name(self, wanted: str) -> str:
        """Return a name that a sheet can have and none has yet."""
        clean = _NOT_IN_NAMES.sub(" ", wanted).strip()[:_LONGEST_NAME] or "-"
        name, number = clean, 1
        while name.casefold() in self._names:
            number += 1
            end = f" {number}"
            name = clean[: _LONGEST_NAME - len(end)] + end
        self._names.add(name.casefold())
        return name

    def _prose(self, sheet: Any) -> None:
        """Write title, prose and signature, a paragraph a row, in printed order."""
        copy, row = self._copy, 0
        lines: list[tuple[str, dict[str, Any]]] = []
        if copy.sign:
            lines.append((copy.sign, {"align": "center", "font_color": "#990000"}))
        lines.append((copy.view.title, {"align": "center", "bold": True, "font_size": 16}))
        for section in copy.view.sections:
            if section.grid is None and section.heading:
                lines.append((section.heading, {"bold": True}))
            for text in paragraphs(section.prose or ""):
                lines.extend((text[at : at + _MOST], {}) for at in range(0, len(text), _MOST))
        lines.extend((text, {"align": "right"}) for text in copy.view.signature)
        lines.append((copy.provenance.line(copy.language), {"font_size": 9}))
        sheet.set_column(0, 0, _TEXT_WIDTH)
        for row, (text, properties) in enumerate(lines):
            sheet.write_string(row, 0, text, self._formats.of(text_wrap=True, **properties))
            sheet.set_row(row, _height(text, _TEXT_WIDTH, properties.get("font_size", 10)))
        set_page(sheet, copy, landscape=False)

    def _sign_off(self) -> None:
        if self._copy.appendix is None:
            return
        last = sign_off(self._copy, self._copy.appendix)
        sheet = self._book.add_worksheet(self._name(last.heading))
        for column, width in enumerate((18, 40, 24, 18)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, last.heading, self._formats.of(bold=True, font_size=14))
        boxed = self._formats.of(border=1, text_wrap=True)
        rows = [last.heads, *((label, value, "", "") for label, value in last.people)]
        for row, texts in enumerate(rows, 1):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, boxed)
        row = len(rows) + 2
        wrapped = self._formats.of(text_wrap=True)
        for head, texts_below in last.lists:
            sheet.write_string(row, 0, head, self._formats.of(bold=True))
            for text in texts_below:
                row += 1
                sheet.merge_range(row, 0, row, 3, "", wrapped)
                sheet.write_string(row, 0, text, wrapped)
                sheet.set_row(row, _height(text, _TEXT_WIDTH))
            row += 2
        set_page(sheet, self._copy, landscape=False)


def _height(text: str, width: int, points: float = 10) -> float:
    """Return the height of a row so that a text has room in a column of so many halves."""
    room = max(1, round((width - 4) * 10 / max(10, points)))
    return min(_HIGHEST, len(MEASURE.wrap(text, room)) * points * 1.5 + 3)
