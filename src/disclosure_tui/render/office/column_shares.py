"""How the width of a page is shared among the columns of a table: as on the screen.

The painter of the terminal already finds the widths that make a table low and calm. A half-width
character of the table's type takes the place of a cell of the terminal.
"""

from __future__ import annotations

from itertools import pairwise

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.columns import Columns, choose_columns, cut_words
from disclosure_tui.render.grid import Grid
from disclosure_tui.render.typesetting import Typesetting, header_cells, row_heights
from disclosure_tui.render.width import MEASURE

__all__ = ["PAGE_CELLS", "TableLayout", "is_long", "lay_out"]

PAGE_CELLS = 98
"""Half-width characters of 9 pt that stand on a line of 156 mm."""

_HALF_A_PAGE = 20
"""Rows of 9 pt."""
_WIDER = (1.0, 1.25, 1.6, 2.0, 3.0)
"""A table that is too wide is set in smaller type, down to a third."""
_LEGIBLE = 1.6
"""So much smaller the type may be only so that no word of a header is cut."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Widths and heights of a table in half-width characters and lines.

    Attributes:
        widths: Width of each column, a border included.
        lines: Lines of text in each row.
        scale: What the size of the type is multiplied by so that the table fits the page.
    """

    widths: tuple[int, ...]
    lines: tuple[int, ...]
    scale: float

    def shares(self, whole: int) -> list[int]:
        """Divide a width among the columns without a remainder."""
        edges = [0]
        for width in self.widths:
            edges.append(edges[-1] + width)
        places = [edge * whole // edges[-1] for edge in edges]
        return [right - left for left, right in pairwise(places)]


def lay_out(grid: Grid, cells: int = PAGE_CELLS) -> TableLayout:
    """Lay a table out on a page of so many half-width characters."""
    choices: list[tuple[int, float, Columns]] = []
    for factor in _WIDER:
        columns = choose_columns((grid,), round(cells * factor), MEASURE)
        if columns is None:
            continue
        cut = cut_words((grid,), columns, MEASURE)
        if not choices or factor <= _LEGIBLE:
            choices.append((cut, factor, columns))
        if not cut or factor >= _LEGIBLE:
            break
    if choices:
        _, factor, columns = min(choices, key=lambda choice: choice[:2])
        widths, typesetting = (*columns.labels, *columns.figures[0]), columns.typesetting
    else:
        factor, typesetting = _WIDER[-1], Typesetting(MEASURE)
        widths = (max(2, round(cells * factor) // grid.column_count),) * grid.column_count
    heights = row_heights(grid.row_count, header_cells(grid, MEASURE), widths, typesetting)
    return TableLayout(tuple(width + 1 for width in widths), tuple(heights), 1 / factor)


def is_long(grid: Grid) -> bool:
    """Tell whether a table fits a page only if it begins on it."""
    return grid.row_count > _HALF_A_PAGE
