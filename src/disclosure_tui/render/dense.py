"""Painting a table for the editor: one line per row, no rules between rows or columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.dense_columns import (
    INDENT,
    DenseColumns,
    HeaderBlock,
    fitting,
    header_blocks,
    heading_lines,
    leaf_height,
)
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.painting import Box, Line, Painting, Piece, blank
from disclosure_tui.render.typesetting import Typesetting
from disclosure_tui.render.width import Align, Measure

__all__ = ["paint_dense"]

_MERGED_LINES = 2
"""Lines of a header that stands over others."""


def paint_dense(grid: Grid, width: int, measure: Measure) -> Painting:
    """Paint a table with one line for each row of figures.

    Args:
        grid: The table.
        width: Cells of a line to aim at; a field never gets too small to type in, so the
            painting may be wider.
        measure: The widths of the terminal.
    """
    return _Drawing(grid, DenseColumns.of(grid, width, measure), measure).painting()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A table whose columns are settled."""

    grid: Grid
    columns: DenseColumns
    measure: Measure

    def painting(self) -> Painting:
        """Draw header blocks, captions and rows in their order."""
        blocks = {block.first: block for block in header_blocks(self.grid)}
        inside = {row for block in blocks.values() for row in range(block.first, block.end)}
        starting: dict[int, list[GridCell]] = {}
        for cell in self.grid.cells:
            starting.setdefault(cell.row, []).append(cell)
        groups = [cell for cell in self.grid.cells if self._is_group(cell)]
        lines: list[Line] = []
        boxes: dict[Pointer, Box] = {}
        header_lines = 0
        for row in range(self.grid.row_count):
            if row in blocks:
                lines += self._headers(blocks[row])
            elif row not in inside:
                cells = starting.get(row, [])
                depth = sum(group.row < row < group.row + group.rowspan for group in groups)
                lines += self._row(cells, depth)
                boxes.update(self._boxes(cells, len(lines) - 1))
            if row < self.grid.header_rows:
                header_lines = len(lines)
        header_width = self.columns.lefts[0] if self.columns.labels else 0
        return Painting(tuple(lines), self.columns.width, header_lines, header_width, boxes)

    def _headers(self, block: HeaderBlock) -> list[Line]:
        """Draw merged headers between dashes over their columns, and under them the others."""
        rows: list[dict[int, Piece]] = []
        for merged in block.merged:
            texts = {cell.column: self._merged_lines(cell) for cell in merged}
            height = max(map(len, texts.values()), default=1)
            top = len(rows)
            rows += [{} for _ in range(height)]
            for cell in merged:
                self._put_above(rows, cell, texts[cell.column], top + height)
        rows += [{} for _ in range(leaf_height(block, self.columns, self.measure))]
        for cell in block.leaves:
            room = self.columns.place(cell)[1]
            lines = heading_lines(cell, room, self.measure)
            is_text = cell.column in self.columns.words
            if is_text:
                # Over the first letter: the cell before it is for marks.
                lines = [" " * (self.measure.width(line) < room) + line for line in lines]
            align = Align.LEFT if is_text else Align.RIGHT
            shown = [self.measure.fit(line, room, align) for line in lines]
            self._put_above(rows, cell, shown, len(rows))
        for cell in block.corners:
            self._put_corner(rows, cell)
        return [self._line(row) for row in rows]

    def _merged_lines(self, cell: GridCell) -> list[str]:
        room = self.columns.place(cell)[1]
        lines = list(Typesetting(self.measure).balanced(cell.text, room))
        if len(lines) > _MERGED_LINES:
            lines = [fitting((cell.text, cell.short), room, self.measure)]
        *above, last = lines
        shown = [self.measure.fit(line, room, Align.CENTRE) for line in above]
        dashes = room - self.measure.width(last) - 2
        if dashes < 2:
            return [*shown, self.measure.fit(last, room, Align.CENTRE)]
        before = dashes // 2
        return [*shown, f"{'-' * before} {last} {'-' * (dashes - before)}"]

    def _put_above(
        self, rows: list[dict[int, Piece]], cell: GridCell, lines: Sequence[str], end: int
    ) -> None:
        """Put the lines of a header so that the last one stands right above the line `end`."""
        left, room = self.columns.place(cell)
        for number, line in enumerate(reversed(lines), start=1):
            rows[end - number][left] = Piece(line, room, cell.role, cell.tone, cell.pointer)

    def _put_corner(self, rows: list[dict[int, Piece]], cell: GridCell) -> None:
        """Put the text beside the column headers at the foot of as many lines as it needs."""
        room = self.columns.label_width
        # A table that has no row yet may have no label at all.
        lines = self.measure.wrap(cell.text, room) if room else []
        if len(lines) > len(rows):
            rest = "".join(lines[len(rows) - 1 :])
            lines = [*lines[: len(rows) - 1], self.measure.clip(rest, room)]
        for row, line in zip(reversed(rows), reversed(lines), strict=False):
            text = self.measure.fit(line, room)
            row[0] = Piece(text, room, cell.role, cell.tone, cell.pointer)

    def _row(self, cells: Sequence[GridCell], depth: int) -> list[Line]:
        """Draw what starts in a grid row: captions, group headers, at last label and figures.

        Args:
            cells: The display cells that start in it.
            depth: Number of groups that cover it and started above.
        """
        lines: list[Line] = []
        last: dict[int, Piece] = {}
        figures = Typesetting(self.measure)
        for cell in sorted(cells, key=lambda cell: cell.column):
            if cell.role is CellRole.CAPTION:
                lines += self._caption(cell)
            elif cell.role is CellRole.ROW_HEADER:
                label = {0: self._label(cell, depth)}
                if self._is_group(cell):
                    lines.append(self._line(label))
                    depth += 1
                else:
                    last.update(label)
            else:
                left, room = self.columns.place(cell)
                text = figures.fit(figures.lines(cell, room)[0], room, cell)
                last[left] = Piece(text, room, cell.role, cell.tone, cell.pointer)
        if last:
            lines.append(self._line(last))
        return lines

    def _is_group(self, cell: GridCell) -> bool:
        is_row_header = cell.role is CellRole.ROW_HEADER
        return is_row_header and cell.column + cell.colspan < self.columns.labels

    def _label(self, cell: GridCell, depth: int) -> Piece:
        width = self.columns.label_width
        indent = min(INDENT * depth, width // 2)
        label = fitting((cell.text, cell.short), width - indent, self.measure)
        text = self.measure.fit(" " * indent + label, width)
        return Piece(text, width, cell.role, cell.tone, cell.pointer)

    def _caption(self, cell: GridCell) -> list[Line]:
        room = self.columns.width
        lines = [self.measure.fit(line, room) for line in self.measure.wrap(cell.text, room)]
        return [(Piece(line, room, cell.role, cell.tone, cell.pointer),) for line in lines]

    def _line(self, pieces: Mapping[int, Piece]) -> Line:
        """Join pieces, given by their first cell, to a line of the full width."""
        joined: list[Piece] = []
        end = 0
        for left, piece in sorted(pieces.items(), key=lambda item: item[0]):
            if left > end:
                joined.append(blank(left - end))
            joined.append(piece)
            end = left + piece.width
        if end < self.columns.width:
            joined.append(blank(self.columns.width - end))
        return tuple(joined)

    def _boxes(self, cells: Sequence[GridCell], line: int) -> dict[Pointer, Box]:
        boxes: dict[Pointer, Box] = {}
        for cell in cells:
            if cell.role is CellRole.FIGURE and cell.pointer is not None:
                left, room = self.columns.place(cell)
                boxes[cell.pointer] = Box(line, left, room, 1, cell.is_text)
        return boxes
