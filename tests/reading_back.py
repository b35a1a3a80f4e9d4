"""Reads copies back by means that are not ours, so that a test can compare every cell.

Each reader returns the tables of a copy as rows of texts: a merged cell stands in the first of
its places, the others are empty or repeat it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn

from disclosure_tui.render.copies import Copy

Matrix = list[list[str]]


class _Tables(HTMLParser):
    """The tables of a page, spans resolved as HTML resolves them."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[dict[tuple[int, int], str]] = []
        self._row = -1
        self._spot: tuple[int, int] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append({})
            self._row = -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            found = dict(attrs)
            cells = self.tables[-1]
            column = 0
            while (self._row, column) in cells:
                column += 1
            height, width = int(found.get("rowspan") or 1), int(found.get("colspan") or 1)
            for row in range(self._row, self._row + height):
                for place in range(column, column + width):
                    assert (row, place) not in cells
                    cells[row, place] = ""
            self._spot, self._text = (self._row, column), []

    def handle_data(self, data: str) -> None:
        if self._spot is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._spot is not None:
            self.tables[-1][self._spot] = "".join(self._text)
            self._spot = None


def _matrix(cells: dict[tuple[int, int], str]) -> Matrix:
    height = 1 + max(row for row, _ in cells)
    width = 1 + max(column for _, column in cells)
    return [[cells.get((row, column), "") for column in range(width)] for row in range(height)]


def _html(content: bytes, copy: Copy) -> list[Matrix]:
    parser = _Tables()
    parser.feed(content.decode())
    return [_matrix(cells) for cells in parser.tables]


def _markdown(content: bytes, copy: Copy) -> list[Matrix]:
    tables: list[Matrix] = []
    is_new = True
    for line in content.decode().split("\n"):
        if line.startswith("#"):
            is_new = True
        if not line.startswith("|") or re.fullmatch(r"\|(---\|)+", line):
            continue
        if is_new:
            tables.append([])
            is_new = False
        cells = re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1]
        tables[-1].append([re.sub(r"\\(.)", r"\1", cell.strip()) for cell in cells])
    return tables


def _csv_grid(content: bytes, copy: Copy) -> list[Matrix]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    tables = []
    for section in copy.view.sections:
        if section.grid is not None:
            start = rows.index([section.heading]) + 1
            tables.append(rows[start : start + section.grid.row_count])
    return tables


def _docx(content: bytes, copy: Copy) -> list[Matrix]:
    """Walk the elements: what python-docx calls a cell's text is not all of it."""
    body = docx.Document(io.BytesIO(content)).element.body
    return [_docx_table(table) for table in body.iter(qn("w:tbl"))]


def _docx_table(table: Any) -> Matrix:
    rows = []
    for row in table.iter(qn("w:tr")):
        texts: list[str] = []
        for cell in row.iter(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            text = "".join(
                "\n" if part.tag == qn("w:br") else part.text or ""
                for part in cell.iter(qn("w:t"), qn("w:br"))
            )
            assert not (continues and text)
            texts.append(text)
            texts.extend([""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0))
        rows.append(texts)
    return rows


def _xlsx(content: bytes, copy: Copy) -> list[Matrix]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    tables = []
    for section in copy.view.sections:
        if section.grid is not None:
            (sheet,) = [sheet for sheet in book if sheet["A2"].value == section.heading]
            tables.append(
                [
                    [sheet_text(cell) for cell in row[: section.grid.column_count]]
                    for row in sheet.iter_rows(min_row=4, max_row=3 + section.grid.row_count)
                ]
            )
    return tables


def sheet_text(cell: Any) -> str:
    """Return what a spreadsheet program shows in a cell."""
    if not isinstance(cell.value, int | float):
        return "" if cell.value is None else str(cell.value)
    shape = cell.number_format.split(";")[0]
    text = f"{cell.value:.{len(shape.partition('.')[2])}f}"
    return f"+{text}" if shape.startswith("+") and cell.value > 0 else text


READERS: dict[str, Callable[[bytes, Copy], list[Matrix]]] = {
    "html": _html,
    "html-fragment": _html,
    "markdown": _markdown,
    "csv-grid": _csv_grid,
    "docx": _docx,
    "xlsx": _xlsx,
}
