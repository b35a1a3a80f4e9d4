"""A table in a Word document: merged as printed, its header rows repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.office.column_shares import lay_out
from disclosure_tui.render.office.word_elements import (
    attribute,
    character_spacing,
    child,
    free_of_grid,
    table_of,
    xml_text,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

__all__ = ["TYPE_POINTS", "add_grid", "add_plain_table", "fill"]

TYPE_POINTS = 9.0
_ON_ONE_PAGE = 40
"""Rows of a table that may stand on one page: more are not kept together."""


def add_grid(document: Document, grid: Grid, width: int) -> None:
    """Add a table of the form.

    Args:
        document: The document.
        grid: The table.
        width: Its width in twentieths of a point.
    """
    layout = lay_out(grid)
    spans = (
        (cell.row, cell.column, cell.rowspan, cell.colspan)
        for cell in grid.cells
        if cell.rowspan > 1 or cell.colspan > 1
    )
    table, cells = table_of(document, grid.row_count, layout.shares(width), spans)
    points = round(TYPE_POINTS * layout.scale * 2) / 2
    kept = grid.row_count <= _ON_ONE_PAGE
    for cell in grid.cells:
        last = cell.row + cell.rowspan >= grid.row_count
        fill(
            cells[cell.row][cell.column],
            cell.text,
            points,
            centred=cell.role is not CellRole.ROW_HEADER or _is_narrow(cell, layout.widths),
            kept=kept and not last,
        )
    for row in table.rows[: grid.header_rows]:
        child(row._tr.get_or_add_trPr(), "w:tblHeader")


def add_plain_table(document: Document, rows: Sequence[tuple[str, ...]], widths: list[int]) -> None:
    """Add a table with one row of heads."""
    table, cells = table_of(document, len(rows), widths, iter(()))
    for line, texts in zip(cells, rows, strict=True):
        for cell, text in zip(line, texts, strict=True):
            fill(cell, text, 12, centred=line is cells[0])
    child(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")


def fill(cell: _Cell, text: str, points: float, *, centred: bool, kept: bool = False) -> None:
    """Write the text of a cell in small type, free of the grid of the page's lines."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(round(points * 1.3))
    if kept:
        paragraph.paragraph_format.keep_with_next = True
    properties: Any = paragraph._p.get_or_add_pPr()
    attribute(properties.spacing, "lineRule", "atLeast")
    free_of_grid(properties)
    run = paragraph.add_run(xml_text(text))
    run.font.size = Pt(points)
    character_spacing(run, 0)


def _is_narrow(cell: GridCell, widths: tuple[int, ...]) -> bool:
    """Tell whether a label stands over several rows in a narrow column: （三）不予公开."""
    return cell.rowspan > 1 and sum(widths[cell.column : cell.column + cell.colspan]) <= 20
