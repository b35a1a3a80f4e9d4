"""The lines of text inside one display cell, and the heights of rows that follow from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.width import Align, Measure

__all__ = ["Header", "Typesetting", "header_cells", "row_heights", "span_width"]


def span_width(widths: Sequence[int], cell: GridCell) -> int:
    """Return the cells between the borders of a display cell, given the widths of the columns."""
    return sum(widths[cell.column : cell.column + cell.colspan]) + cell.colspan - 1


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How texts stand in their display cells.

    Attributes:
        measure: The widths of the terminal.
        padding: Blank cells at both sides of a text (of a figure: at its right).
    """

    measure: Measure
    padding: int = 0

    def room(self, width: int) -> int:
        """Return the cells left for the text of a header in a display cell of that width."""
        return max(0, width - 2 * self.padding)

    def lines(self, cell: GridCell, width: int) -> Sequence[str]:
        """Return the text of a display cell of that width as lines; a figure is one line."""
        if cell.role is CellRole.FIGURE:
            return (self._marked(cell, width),)
        room = max(1, self.room(width))
        if cell.role is CellRole.ROW_HEADER:
            return self.measure.wrap(cell.text, room)
        return self.balanced(cell.text, room)

    def balanced(self, text: str, room: int) -> Sequence[str]:
        """Wrap a heading into lines of about equal length.

        Most Chinese words have two characters, so that 社会|公益|组织 reads better than
        社会公|益组织: where the heading has an even number, so have its lines.
        """
        lines = self.measure.wrap(text, room)
        if len(lines) == 1:
            return lines
        is_even = room >= 4 and len(text) % 2 == 0 and all(map(_is_ideograph, text))
        step = 4 if is_even else 1
        room -= room % step
        lines = self.measure.wrap(text, room)
        most = len(lines)
        # No narrower than an even distribution needs, or the longest word where it has room.
        word = self.measure.longest_part(text)
        lowest = max(-(-self.measure.width(text) // most), word if word <= room else 1)
        for narrower in range(room - step, lowest - 1, -step):
            shorter = self.measure.wrap(text, narrower)
            if len(shorter) > most:
                break
            lines = shorter
        return lines

    def natural(self, cell: GridCell) -> int:
        """Return the width at which the display cell needs one line."""
        if cell.role is CellRole.FIGURE:
            return self.figure_need(cell, reserve_mark=True)
        lines = cell.text.splitlines() or [""]
        return max(map(self.measure.width, lines)) + 2 * self.padding

    def figure_need(self, cell: GridCell, *, reserve_mark: bool) -> int:
        """Return the least width of a figure, with a cell for a mark even if it has none."""
        mark = max(self.measure.width(cell.mark), int(reserve_mark))
        return mark + self.measure.width(cell.text) + self.padding

    def least(self, cell: GridCell) -> int:
        """Return the width below which a word of the header would have to be cut."""
        return self.measure.longest_part(cell.text) + 2 * self.padding

    def _marked(self, cell: GridCell, width: int) -> str:
        """Return a figure with its mark; words without one stand as if they had one."""
        if cell.is_text and not cell.mark:
            room = width - self.padding - self.measure.width(cell.text)
            return " " * min(1, room) + cell.text
        return cell.mark + cell.text

    def fit(self, text: str, width: int, cell: GridCell) -> str:
        """Return one line of a display cell at its full width."""
        if cell.role is CellRole.FIGURE:
            align = Align.LEFT if cell.is_text else Align.RIGHT
            return self.measure.fit(text, width - self.padding, align) + " " * self.padding
        align = Align.LEFT if cell.role is CellRole.ROW_HEADER else Align.CENTRE
        side = " " * self.padding
        return self.measure.fit(side + text + side, width, align)


@dataclass(frozen=True, slots=True)
class Header:
    """A display cell whose text may take several lines, measured once for many trials.

    Attributes:
        cell: The display cell.
        natural: Width of its text in one line.
        least: Width below which a word of it would have to be cut.
    """

    cell: GridCell
    natural: int
    least: int


def header_cells(grid: Grid, measure: Measure) -> tuple[Header, ...]:
    """Return all display cells but the figures, those of one row first."""
    bare = Typesetting(measure)
    cells = [cell for cell in grid.cells if cell.role is not CellRole.FIGURE]
    cells.sort(key=lambda cell: cell.rowspan)
    return tuple(Header(cell, bare.natural(cell), bare.least(cell)) for cell in cells)


def row_heights(
    row_count: int, headers: Sequence[Header], widths: Sequence[int], typesetting: Typesetting
) -> list[int]:
    """Return the lines that each grid row needs, the rules between rows not counted.

    Args:
        row_count: Number of grid rows.
        headers: As `header_cells` gives them.
        widths: Cells of each grid column.
        typesetting: How texts stand in their cells.
    """
    heights = [1] * row_count
    for header in headers:
        cell = header.cell
        width = span_width(widths, cell)
        if header.natural <= typesetting.room(width) and "\n" not in cell.text:
            continue
        needed = len(typesetting.lines(cell, width))
        rows = range(cell.row, cell.row + cell.rowspan)
        # The rules between the rows it covers are lines of the cell as well.
        lack = needed - sum(heights[row] for row in rows) - (cell.rowspan - 1)
        for extra in range(lack):
            heights[rows[extra % cell.rowspan]] += 1
    return heights


def _is_ideograph(character: str) -> bool:
    return unicodedata.east_asian_width(character) == "W"
