"""What a document shows, whatever it is written in: paragraphs and tables in order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text

__all__ = [
    "MOST_PLACES",
    "Block",
    "PageCell",
    "PageTable",
    "PageUnreadable",
    "Paragraph",
    "Picture",
    "TableBuilder",
    "distinct",
    "too_much",
]

MOST_PLACES = 200_000
"""Places of a table, merged cells counted in full; a printed form has a few hundred."""
WIDEST_SPAN = 1000
"""So wide can a cell be: the limit of the HTML standard."""


class PageUnreadable(DisclosureError):  # noqa: N818 - it names what the page is
    """A document cannot be read at all, or holds more than any report."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or a heading.

    Attributes:
        text: As shown, line breaks within it included.
        numbered: A word processor numbers it by itself; the number is not in the text.
        part: Which part of the document: a sheet of a workbook, else 0.
    """

    text: str
    numbered: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table with the places that it covers.

    Attributes:
        row: First row, from 0.
        column: First column, from 0.
        rowspan: Rows that it covers.
        colspan: Columns that it covers.
        text: As shown.
        trouble: Why its text cannot be relied on, or None.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    trouble: Text | None = None


@dataclass(frozen=True)
class PageTable:
    """A table, spans resolved.

    Attributes:
        cells: From the upper left to the lower right.
        row_count: Number of rows.
        column_count: Number of places of the longest row.
        spans_known: The document says which cells are merged; a text file cannot.
        caption: What stands over it and belongs to it.
        part: Which part of the document.
    """

    cells: tuple[PageCell, ...]
    row_count: int
    column_count: int
    spans_known: bool = True
    caption: str = ""
    part: int = 0

    @cached_property
    def places(self) -> tuple[tuple[PageCell | None, ...], ...]:
        """Which cell covers each place; None where a row has no cell at all."""
        rows: list[list[PageCell | None]] = [
            [None] * self.column_count for _ in range(self.row_count)
        ]
        for cell in self.cells:
            for row in rows[cell.row : cell.row + cell.rowspan]:
                row[cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
        return tuple(map(tuple, rows))

    def distinct(self, row: int, start: int = 0, stop: int | None = None) -> list[PageCell]:
        """Return the cells in a row from left to right, merged ones once."""
        return distinct(self.places[row][start:stop])


Block: TypeAlias = Paragraph | PageTable


@dataclass(frozen=True, slots=True)
class Picture:
    """A document as it was read.

    Attributes:
        blocks: In order.
        remarks: What a reviewer has to know about the document itself.
        has_prose: The type of document holds running text; a table file does not.
    """

    blocks: tuple[Block, ...]
    remarks: tuple[Text, ...] = ()
    has_prose: bool = True

    @property
    def tables(self) -> list[PageTable]:
        """All tables in order."""
        return [block for block in self.blocks if isinstance(block, PageTable)]


def distinct(places: Iterable[PageCell | None]) -> list[PageCell]:
    """Return the cells among places in order, each once."""
    found: dict[int, PageCell] = {}
    for cell in places:
        if cell is not None:
            found.setdefault(id(cell), cell)
    return list(found.values())


class TableBuilder:
    """Lays cells on a grid as they come, row by row, and resolves their spans as HTML does."""

    def __init__(self) -> None:
        self._cells: list[PageCell] = []
        self._row = -1
        self._column = 0
        self._width = 0
        self._places = 0
        self._hanging: dict[int, int] = {}
        """Columns covered from above, with the row below the last one covered."""

    def row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0
        self._hanging = {
            column: below for column, below in self._hanging.items() if below > self._row
        }

    def skip(self, count: int) -> None:
        """Leave places at the start of a row without a cell."""
        self._column += max(0, min(count, WIDEST_SPAN))

    def cell(
        self, text: str, rowspan: int = 1, colspan: int = 1, trouble: Text | None = None
    ) -> None:
        """Add a cell; a rowspan of 0 reaches to the end of the table."""
        if self._row < 0:
            self.row()
        while self._column in self._hanging:
            self._column += 1
        width = max(1, min(colspan, WIDEST_SPAN))
        height = max(1, min(rowspan or MOST_PLACES, MOST_PLACES))
        self._count(width)
        self._cells.append(PageCell(self._row, self._column, height, width, text, trouble))
        if height > 1:
            for column in range(self._column, self._column + width):
                self._hanging[column] = self._row + height
        self._column += width
        self._width = max(self._width, self._column)

    def _count(self, places: int) -> None:
        self._places += places
        if self._places > MOST_PLACES:
            raise too_much()

    def table(
        self, *, spans_known: bool = True, caption: str = "", part: int = 0
    ) -> PageTable | None:
        """Return the table, or None if it has no cell."""
        if not self._cells:
            return None
        rows = self._row + 1
        if rows * self._width > MOST_PLACES:
            raise too_much()
        cells = tuple(_cut(cell, rows) for cell in self._cells)
        return PageTable(cells, rows, self._width, spans_known, caption, part)


def _cut(cell: PageCell, rows: int) -> PageCell:
    """Let a cell end with the table."""
    height = min(cell.rowspan, rows - cell.row)
    if height == cell.rowspan:
        return cell
    return PageCell(cell.row, cell.column, height, cell.colspan, cell.text, cell.trouble)


def too_much() -> PageUnreadable:
    """Return the refusal of a table that is too large."""
    return PageUnreadable(
        Text(
            f"里面有一张表超过 {MOST_PLACES} 格，不是报告的表，没有读。",
            f"it has a table of more than {MOST_PLACES} cells, which is no report; it was not "
            "read.",
        ),
        hint=Text(
            "请核对是不是公开的报告；如果是，请把报告单独另存后再核对。",
            "Is it the published report? If so, save the report by itself and try again.",
        ),
    )
