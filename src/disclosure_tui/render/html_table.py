"""A table as HTML, with the header cells of every figure named for those who cannot see it.

Source: HTML Living Standard, 4.9 (`scope`, `headers`); WCAG 2.2, technique H43: where headers
stand on several levels, `scope` alone does not say which apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from disclosure_tui.render.copies import rows_of
from disclosure_tui.render.grid import CellRole, Grid, GridCell

__all__ = ["table_html"]

_HEADERS = (CellRole.COLUMN_HEADER, CellRole.ROW_HEADER, CellRole.CAPTION)
_BORDER = "border:1px solid #000;padding:3px 5px;"
_INLINE = {
    CellRole.FIGURE: f"{_BORDER}text-align:center;",
    CellRole.ROW_HEADER: f"{_BORDER}text-align:left;font-weight:normal;",
    CellRole.COLUMN_HEADER: f"{_BORDER}text-align:center;font-weight:normal;",
    CellRole.CAPTION: f"{_BORDER}text-align:center;font-weight:bold;",
    CellRole.CORNER: f"{_BORDER}text-align:center;",
}


def table_html(grid: Grid, identifier: str, *, inline: bool = False) -> Iterator[str]:
    """Yield the lines of a table.

    Args:
        grid: The table.
        identifier: What the names of its header cells begin with; unique on the page.
        inline: Style every cell in itself and use no class, name or reference: content management
            systems take those away.
    """
    style = ' style="border-collapse:collapse;width:100%;"' if inline else ""
    yield f"<table{style}>"
    unit = f"（{grid.unit}）" if grid.unit else ""
    yield f"<caption>{escape(grid.title + unit)}</caption>"
    parts = _Parts(grid, identifier, inline=inline)
    rows = list(rows_of(grid.cells, grid.row_count))
    for name, part in (("thead", rows[: grid.header_rows]), ("tbody", rows[grid.header_rows :])):
        if part:
            yield f"<{name}>"
            yield from (parts.row(row) for row in part)
            yield f"</{name}>"
    yield "</table>"


class _Parts:
    """The pieces of one table."""

    def __init__(self, grid: Grid, identifier: str, *, inline: bool) -> None:
        self._grid = grid
        self._identifier = identifier
        self._inline = inline
        self._headers = [cell for cell in grid.cells if cell.role in _HEADERS]

    def row(self, cells: list[GridCell]) -> str:
        return f"<tr>{''.join(self._cell(cell) for cell in cells)}</tr>"

    def _cell(self, cell: GridCell) -> str:
        tag = "th" if cell.role in _HEADERS else "td"
        words = [tag]
        if cell.rowspan > 1:
            words.append(f'rowspan="{cell.rowspan}"')
        if cell.colspan > 1:
            words.append(f'colspan="{cell.colspan}"')
        if tag == "th":
            words.append(f'scope="{_scope(cell)}"')
        if self._inline:
            words.append(f'style="{_INLINE[cell.role]}"')
        else:
            words += self._references(cell)
        return f"<{' '.join(words)}>{escape(cell.text)}</{tag}>"

    def _references(self, cell: GridCell) -> list[str]:
        if cell.role is CellRole.FIGURE:
            names = " ".join(self._name(header) for header in self._headers_of(cell))
            return [f'headers="{names}"'] if names else []
        if cell.role is CellRole.CORNER:
            return ['class="corner"']
        return [f'id="{self._name(cell)}"']

    def _name(self, cell: GridCell) -> str:
        return f"{self._identifier}-{cell.row}-{cell.column}"

    def _headers_of(self, figure: GridCell) -> Iterator[GridCell]:
        """Yield the headers over a figure, of its block only, and beside it."""
        start = max(
            (
                cell.row
                for cell in self._headers
                if cell.role is CellRole.CAPTION and cell.row <= figure.row
            ),
            default=0,
        )
        for cell in self._headers:
            if cell.role is CellRole.ROW_HEADER:
                if cell.row <= figure.row < cell.row + cell.rowspan:
                    yield cell
            elif start <= cell.row < figure.row and _overlap(cell, figure):
                yield cell


def _overlap(one: GridCell, other: GridCell) -> bool:
    return one.column < other.column + other.colspan and other.column < one.column + one.colspan


def _scope(cell: GridCell) -> str:
    if cell.role is CellRole.ROW_HEADER:
        return "rowgroup" if cell.rowspan > 1 else "row"
    return "colgroup" if cell.colspan > 1 else "col"
