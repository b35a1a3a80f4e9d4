"""Drawing a table as it is printed: all rules, cells merged in both directions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.bands import band_of, divide_into_bands
from disclosure_tui.render.borders import Borders
from disclosure_tui.render.columns import (
    Columns,
    bearable_labels,
    choose_columns,
    cut_words,
    figure_limit,
)
from disclosure_tui.render.figure_columns import FigureColumns
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.label_columns import count_label_columns
from disclosure_tui.render.painting import Box, Line, Painting, Piece, border
from disclosure_tui.render.typesetting import Typesetting, header_cells, row_heights, span_width
from disclosure_tui.render.width import Align, Measure

__all__ = ["paint_ruled"]

_NARROWEST = 40
"""Below this no table of figures is legible; it is painted that wide all the same."""
_BEARABLE = 1
"""Headers with a cut word that are better than one more band; and bands must spare half of them."""


def paint_ruled(grid: Grid, width: int, borders: Borders, measure: Measure) -> tuple[Painting, ...]:
    """Draw a table within so many cells, in several bands if its figures need more."""
    width = max(width, _NARROWEST)
    whole = choose_columns((grid,), width, measure)
    cut = whole is not None and cut_words((grid,), whole, measure)
    if whole is not None and not cut:
        return (_Drawing.of(grid, whole, 0, borders).painting(""),)
    bands, columns = _in_bands(grid, width, measure)
    spared = cut - cut_words(bands, columns, measure)
    if whole is not None and (cut <= len(bands) * _BEARABLE or 2 * spared <= cut):
        return (_Drawing.of(grid, whole, 0, borders).painting(""),)
    return tuple(
        _Drawing.of(band, columns, number, borders).painting(f"({number + 1}/{len(bands)})")
        for number, band in enumerate(bands)
    )


def _in_bands(grid: Grid, width: int, measure: Measure) -> tuple[Sequence[Grid], Columns]:
    count = count_label_columns(grid)
    typesetting = Typesetting(measure)
    labels = bearable_labels(grid, width, typesetting)
    limit = figure_limit(labels, width)
    figures = FigureColumns.of(grid, typesetting, limit, reserve_mark=True)
    needs = figures.widened(figures.equal(figures.least(typesetting.padding)))
    words = _longest_words(grid, count, Typesetting(measure))
    needs = tuple(max(need, min(words.get(n, 0), limit)) for n, need in enumerate(needs))
    room = width - 1 - count - sum(labels.floor)
    alone = [(place, place + 1) for place in range(len(needs))]
    for spans in (divide_into_bands(grid, count, needs, room), alone):
        bands = [band_of(grid, count, first, end) for first, end in spans]
        columns = choose_columns(bands, width, measure)
        if columns is not None:
            return bands, columns
    raise AssertionError("one column beside the narrowest labels always fits")


def _longest_words(grid: Grid, labels: int, typesetting: Typesetting) -> dict[int, int]:
    """Return the width of the longest word over each figure column that has a header alone."""
    return {
        cell.column - labels: typesetting.least(cell)
        for cell in grid.cells
        if cell.role is CellRole.COLUMN_HEADER and cell.colspan == 1
    }


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A table whose measures are settled.

    Attributes:
        grid: The table or a band of it.
        widths: Cells of each grid column between its borders.
        heights: Lines of each grid row between its rules.
        lefts: First cell of each grid column, and of what would follow the last.
        tops: First line of each grid row, and of what would follow the last.
        owners: The display cell at each grid row and column.
        typesetting: How texts stand in their cells.
        borders: Characters of the rules.
    """

    grid: Grid
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    lefts: tuple[int, ...]
    tops: tuple[int, ...]
    owners: tuple[tuple[GridCell, ...], ...]
    typesetting: Typesetting
    borders: Borders

    @classmethod
    def of(cls, grid: Grid, columns: Columns, band: int, borders: Borders) -> _Drawing:
        widths = (*columns.labels, *columns.figures[band])
        typesetting = columns.typesetting
        headers = header_cells(grid, typesetting.measure)
        heights = tuple(row_heights(grid.row_count, headers, widths, typesetting))
        lefts = tuple(accumulate((width + 1 for width in widths), initial=1))
        tops = tuple(accumulate((height + 1 for height in heights), initial=1))
        owners: list[list[GridCell]] = [[] for _ in range(grid.row_count)]
        for cell in sorted(grid.cells, key=lambda cell: cell.column):
            for row in range(cell.row, cell.row + cell.rowspan):
                owners[row].extend([cell] * cell.colspan)
        return cls(
            grid,
            widths,
            heights,
            lefts,
            tops,
            tuple(map(tuple, owners)),
            typesetting,
            borders,
        )

    def painting(self, heading: str) -> Painting:
        """Draw it, with a line over it that says which band it is."""
        pieces = {id(cell): self._pieces(cell) for cell in self.grid.cells}
        lines: list[Line] = []
        if heading:
            room = self.lefts[-1]
            lines.append((border(self.typesetting.measure.fit(heading, room, Align.RIGHT)),))
        above = len(lines)
        for row in range(self.grid.row_count + 1):
            lines.append(self._rule(row, pieces))
            if row < self.grid.row_count:
                lines.extend(
                    self._content(row, self.tops[row] + line, pieces)
                    for line in range(self.heights[row])
                )
        header_rows, labels = self.grid.header_rows, count_label_columns(self.grid)
        return Painting(
            tuple(lines),
            self.lefts[-1],
            above + self.tops[header_rows] if header_rows else 0,
            self.lefts[labels] if labels else 0,
            self._boxes(above),
        )

    def _pieces(self, cell: GridCell) -> list[Piece]:
        """Return one piece for each line of a display cell, its text in the middle."""
        width = span_width(self.widths, cell)
        height = self._height(cell)
        text = self.typesetting.lines(cell, width)
        before = (height - len(text)) // 2
        empty = Piece(" " * width, width, cell.role, cell.tone, cell.pointer)
        pieces = [empty] * height
        for number, line in enumerate(text, start=before):
            shown = self.typesetting.fit(line, width, cell)
            pieces[number] = Piece(shown, width, cell.role, cell.tone, cell.pointer)
        return pieces

    def _height(self, cell: GridCell) -> int:
        return self.tops[cell.row + cell.rowspan] - self.tops[cell.row] - 1

    def _content(self, row: int, line: int, pieces: Mapping[int, list[Piece]]) -> Line:
        """Draw a line within a grid row; `line` counts as `tops` does."""
        vertical = border(self.borders.vertical)
        drawn: list[Piece] = []
        column = 0
        while column < self.grid.column_count:
            cell = self.owners[row][column]
            drawn += (vertical, pieces[id(cell)][line - self.tops[cell.row]])
            column = cell.column + cell.colspan
        drawn.append(vertical)
        return tuple(drawn)

    def _rule(self, row: int, pieces: Mapping[int, list[Piece]]) -> Line:
        """Draw the rule over a grid row, with the cells that go through it."""
        drawn: list[Piece] = []
        run = ""
        column = 0
        while column < self.grid.column_count:
            run += self._junction(row, column)
            cell = self._through(row, column)
            if cell is None:
                run += self.borders.horizontal * self.widths[column]
                column += 1
                continue
            drawn += (border(run), pieces[id(cell)][self.tops[row] - 1 - self.tops[cell.row]])
            run = ""
            column = cell.column + cell.colspan
        drawn.append(border(run + self._junction(row, column)))
        return tuple(drawn)

    def _owner(self, row: int, column: int) -> GridCell | None:
        is_inside = 0 <= row < self.grid.row_count and 0 <= column < self.grid.column_count
        return self.owners[row][column] if is_inside else None

    def _through(self, row: int, column: int) -> GridCell | None:
        """Return the display cell that the rule over this grid row does not cut."""
        below = self._owner(row, column)
        return below if below is self._owner(row - 1, column) else None

    def _junction(self, row: int, column: int) -> str:
        """Return the character at the upper left corner of a grid row and column."""
        upper_left, upper_right = self._owner(row - 1, column - 1), self._owner(row - 1, column)
        lower_left, lower_right = self._owner(row, column - 1), self._owner(row, column)
        return self.borders.junction(
            up=upper_left is not upper_right,
            down=lower_left is not lower_right,
            left=upper_left is not lower_left,
            right=upper_right is not lower_right,
        )

    def _boxes(self, above: int) -> dict[Pointer, Box]:
        boxes: dict[Pointer, Box] = {}
        for cell in self.grid.cells:
            if cell.role is CellRole.FIGURE and cell.pointer is not None:
                line = above + self.tops[cell.row] + (self._height(cell) - 1) // 2
                width = span_width(self.widths, cell) - self.typesetting.padding
                boxes[cell.pointer] = Box(line, self.lefts[cell.column], width, 1, cell.is_text)
        return boxes
