"""The ledger of a reviewer: all findings, how offices and rules stand, what was not read."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.finding_table import (
    COLUMNS,
    Cell,
    FindingRow,
    cell_text,
    finding_rows,
    shown,
    shown_reason,
)
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.office.archives import EARLIEST
from disclosure_tui.render.office.sheet_table import Formats
from disclosure_tui.render.overview import Standing, standing_of
from disclosure_tui.render.width import MEASURE

__all__ = ["Ledger"]

_SHEETS = (
    Text("问题", "Findings"),
    Text("单位和规则", "Offices and rules"),
    Text("打不开的文件", "Files not read"),
)
_OFFICE_HEADS = (
    (Text("单位名称", "Office"), 28),
    (Text("年度", "Year"), 7),
    (Text("错误", "Errors"), 8),
    (Text("未填格数", "Blanks"), 10),
    (Text("待核实", "Queries"), 9),
    (Text("提示", "Warnings"), 9),
    (Text("联系人", "Contact"), 20),
    (Text("报告文件", "File"), 30),
)
_UNREAD_HEADS = ((Text("报告文件", "File"), 44), (Text("原因", "Reason"), 90))
_HEAD = {"bold": True, "border": 1, "bg_color": "#DDE6F0", "text_wrap": True}
_CELL = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
_FILLS = {Severity.ERROR: "#F8D7D4", Severity.QUERY: "#FCEFC7"}
_MOST = 32_000
"""Characters that a cell can hold, with some left over."""
_MOST_ROWS = 1_048_000
"""Rows that a sheet can hold; more go on another one."""
_DIGITS = 15
_MATRIX_WIDTH = 5
_SEVERITY = 2
_SENTENCE = next(at for at, column in enumerate(COLUMNS) if column.head.en == "Finding")
_LINE = 15.0
"""Points of a line of text."""
_HIGHEST = 409
"""Points that a row can be high; more text is in the cell all the same."""
_UPRIGHT = 7.0
"""Points that a letter of a head takes that stands upright."""
_SIGN = Text("（以下略，全文见 JSON）", " (cut here; the whole text is in the JSON)")


class Ledger:
    """The workbook in the making: findings go to the disk as they come, the rest is small."""

    def __init__(self, language: Language) -> None:
        import xlsxwriter

        self._language = language
        self._out = io.BytesIO()
        # The rows of a sheet have to come in their order, and leave the memory as they do.
        self._book: Any = xlsxwriter.Workbook(self._out, {"constant_memory": True})
        self._book.set_properties(
            {
                "title": Text("校验问题台账", "Ledger of findings").in_(language),
                "created": datetime.datetime(*EARLIEST),
            }
        )
        self._book.set_size(1800, 1000)
        self._formats = Formats(self._book)
        self._wrapped = self._formats.of(**_CELL, text_wrap=True)
        self._plain = self._formats.of(**_CELL)
        self._findings = self._finding_sheet(1)
        self._sheets = 1
        self._row = 0
        self._standings: list[tuple[Standing, Counter[str]]] = []
        self._unread: list[tuple[str, str]] = []

    def add(self, report: LocatedReport) -> None:
        """Take a report in."""
        if report.form is None:
            self._unread.append((shown(report.file), shown_reason(report, report.language)))
            return
        rules = Counter(item.finding.rule for item in report.findings if item.finding.counts)
        self._standings.append((standing_of(report), rules))
        for row in finding_rows(report):
            self._finding(row)

    def written(self) -> bytes:
        """Return the workbook."""
        self._close(self._findings, self._row, len(COLUMNS))
        self._offices()
        self._not_read()
        self._book.close()
        return self._out.getvalue()

    def _finding_sheet(self, number: int) -> Any:
        name = _SHEETS[0].in_(self._language) + (f" {number}" if number > 1 else "")
        sheet = self._sheet(name, [(column.head, column.width) for column in COLUMNS])
        # On paper what stands behind the sentence would make all of it too small to read.
        sheet.print_area(0, 0, _MOST_ROWS, _SENTENCE)
        return sheet

    def _sheet(
        self, name: str, heads: Sequence[tuple[Text, int]], head_height: float = _LINE + 3
    ) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_row(0, head_height)
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            self._text(sheet, 0, column, head.in_(self._language), self._formats.of(**_HEAD))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _finding(self, row: FindingRow) -> None:
        if self._row == _MOST_ROWS:
            self._close(self._findings, self._row, len(COLUMNS))
            self._sheets += 1
            self._findings, self._row = self._finding_sheet(self._sheets), 0
        self._row += 1
        self._findings.set_row(self._row, _height(row))
        fill = _FILLS.get(row.severity) if row.is_open else None
        for column, cell in enumerate(row.cells):
            shape = self._wrapped if COLUMNS[column].holds_sentences else self._plain
            if column == _SEVERITY and fill:
                shape = self._formats.of(**_CELL, bg_color=fill)
            self._cell(self._findings, column, cell, shape)

    def _cell(self, sheet: Any, column: int, cell: Cell, shape: Any) -> None:
        """Write a number as one where a sheet can hold it exactly, everything else as text."""
        if isinstance(cell, int | Decimal) and _is_exact(cell):
            number = float(cell) if isinstance(cell, Decimal) else cell
            sheet.write_number(self._row, column, number, shape)
        elif cell is not None and cell != "":
            self._text(sheet, self._row, column, cell_text(cell), shape)
        else:
            sheet.write_blank(self._row, column, None, shape)

    def _text(self, sheet: Any, row: int, column: int, text: str, shape: Any) -> None:
        # Never `write`: it would make a formula or a link of what looks like one.
        if len(text) > _MOST:
            text = text[:_MOST] + _SIGN.in_(self._language)
        sheet.write_string(row, column, text, shape)

    @staticmethod
    def _close(sheet: Any, rows: int, columns: int) -> None:
        sheet.autofilter(0, 0, rows, columns - 1)

    def _offices(self) -> None:
        """Write how many findings each office has of each rule; the worst office first."""
        rules = sorted({rule for _, counts in self._standings for rule in counts})
        width = len(_OFFICE_HEADS) + len(rules)
        longest = max(map(len, rules), default=0)
        sheet = self._sheet(
            _SHEETS[1].in_(self._language), _OFFICE_HEADS, max(_LINE + 3, longest * _UPRIGHT)
        )
        upright = self._formats.of(**{**_HEAD, "text_wrap": False}, rotation=90, align="center")
        for number, rule in enumerate(rules, len(_OFFICE_HEADS)):
            sheet.set_column(number, number, _MATRIX_WIDTH)
            self._text(sheet, 0, number, rule, upright)
        self._row = 0
        ordered = sorted(self._standings, key=lambda item: item[0].rank)
        for standing, counts in ordered:
            self._row += 1
            figures = (standing.errors, standing.blanks, standing.queries, standing.warnings)
            cells: list[Cell] = [shown(standing.organ), _year(standing), *figures]
            cells += [shown(standing.contact), shown(standing.file)]
            cells += [counts[rule] or None for rule in rules]
            for column, cell in enumerate(cells):
                self._cell(sheet, column, cell, self._plain)
        self._close(sheet, self._row, width)
        if ordered:
            self._sums(sheet, ordered, rules)

    def _sums(
        self, sheet: Any, ordered: Sequence[tuple[Standing, Counter[str]]], rules: Sequence[str]
    ) -> None:
        """Write the sums below: of the rows that a filter leaves."""
        from xlsxwriter.utility import xl_col_to_name

        standings = [standing for standing, _ in ordered]
        sums = {
            2: sum(item.errors for item in standings),
            3: sum(item.blanks for item in standings),
            4: sum(item.queries for item in standings),
            5: sum(item.warnings for item in standings),
        }
        for column, rule in enumerate(rules, len(_OFFICE_HEADS)):
            sums[column] = sum(counts[rule] for _, counts in ordered)
        last, shape = self._row + 1, self._formats.of(bold=True, top=1)
        self._text(sheet, last, 0, Text("合计", "Sum").in_(self._language), shape)
        for column, value in sums.items():
            name = xl_col_to_name(column)
            formula = f"=SUBTOTAL(109,{name}2:{name}{self._row + 1})"
            sheet.write_formula(last, column, formula, shape, value)

    def _not_read(self) -> None:
        sheet = self._sheet(_SHEETS[2].in_(self._language), _UNREAD_HEADS)
        for row, texts in enumerate(self._unread, 1):
            for column, text in enumerate(texts):
                self._text(sheet, row, column, text, self._wrapped)
        self._close(sheet, len(self._unread), len(_UNREAD_HEADS))


def _height(row: FindingRow) -> float:
    """Return how high a row has to be: sheets are shown as written, not all programs measure."""
    lines = [
        len(MEASURE.wrap(cell_text(cell), column.width))
        for column, cell in zip(COLUMNS, row.cells, strict=True)
        if column.holds_sentences
    ]
    return min(_HIGHEST, max(lines) * _LINE + 3)


def _year(standing: Standing) -> Cell:
    return int(standing.year) if standing.year.isdecimal() else standing.year


def _is_exact(value: int | Decimal) -> bool:
    digits = Decimal(value).as_tuple()
    return len(digits.digits) <= _DIGITS and abs(Decimal(value).adjusted()) <= _DIGITS
