"""The columns of row headers in a ruled table, which give way first when space is short."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.typesetting import Typesetting

__all__ = ["LabelColumns", "count_label_columns"]

_TWO_CHARACTERS = 4
_LONG_CORNER = 16
"""A corner text longer than this is a remark to be wrapped, not a heading of the labels."""
_READABLE = 8
"""The innermost labels are the long ones; narrower than this they become a column of syllables."""


def count_label_columns(grid: Grid) -> int:
    """Return the number of leading grid columns that hold row headers."""
    roles = (CellRole.ROW_HEADER, CellRole.CORNER)
    ends = [cell.column + cell.colspan for cell in grid.cells if cell.role in roles]
    return max(ends, default=0)


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """What the columns of row headers would like and what they can bear.

    Attributes:
        natural: Widths at which every label takes one line.
        quiet: Narrower widths of the outer columns that cost no line: their merged cells are
            many rows high anyway.
        floor: Least widths.
    """

    natural: tuple[int, ...]
    quiet: tuple[int, ...]
    floor: tuple[int, ...]

    @classmethod
    def of(cls, grid: Grid, typesetting: Typesetting) -> LabelColumns:
        """Look at the row headers of a grid."""
        count = count_label_columns(grid)
        cells = [
            cell
            for cell in grid.cells
            if cell.column + cell.colspan <= count and cell.role is not CellRole.CAPTION
        ]
        natural = [1] * count
        quiet = [1] * count
        for cell in sorted(cells, key=lambda cell: cell.colspan):
            last = cell.column + cell.colspan - 1
            others = range(cell.column, last)
            wish = typesetting.natural(cell)
            if cell.role is CellRole.CORNER and wish > _LONG_CORNER:
                wish = _quiet(cell, typesetting)
            lack = wish - sum(natural[column] + 1 for column in others)
            natural[last] = max(natural[last], lack)
            if not others:
                quiet[last] = max(quiet[last], _quiet(cell, typesetting))
        padding = 2 * typesetting.padding
        floor = [min(width, _TWO_CHARACTERS + padding) for width in natural]
        if count:
            floor[-1] = min(natural[-1], _READABLE + padding)
        return cls(tuple(natural), tuple(map(min, quiet, natural)), tuple(floor))

    def divide(self, room: int) -> tuple[int, ...] | None:
        """Return the widths of the columns for so many cells in all; None if they are too few.

        First the outer columns become narrow where that costs no line, then the innermost
        column gets what is left, at last the outer ones shrink to their floor.
        """
        if not self.natural:
            return () if room >= 0 else None
        if sum(self.natural) <= room:
            return self.natural
        widths = [max(quiet, least) for quiet, least in zip(self.quiet, self.floor, strict=True)]
        widths[-1] = min(self.natural[-1], max(self.floor[-1], room - sum(widths[:-1])))
        for column in reversed(range(len(widths) - 1)):
            excess = sum(widths) - room
            widths[column] -= max(0, min(excess, widths[column] - self.floor[column]))
        left = room - sum(widths)
        if left < 0:
            return None
        # A column half way between narrow and natural would only look accidental.
        for column in range(len(widths) - 1):
            lack = self.natural[column] - widths[column]
            if lack <= left:
                widths[column] += lack
                left -= lack
        return tuple(widths)

    def shrunk(self, room: int) -> LabelColumns:
        """Return these columns with floors so low that they fit into so many cells."""
        if sum(self.floor) <= room:
            return self
        floor = list(self.floor)
        while sum(floor) > room and max(floor) > 1:
            floor[floor.index(max(floor))] -= 1
        return LabelColumns(self.natural, tuple(map(min, self.quiet, floor)), tuple(floor))


def _quiet(cell: GridCell, typesetting: Typesetting) -> int:
    """Return the least width at which a cell's text needs no more lines than the cell has."""
    allowed = max(2, 2 * cell.rowspan - 1)
    natural = typesetting.natural(cell)
    candidates: Iterable[int] = range(min(natural, typesetting.least(cell)), natural)
    for width in candidates:
        if len(typesetting.lines(cell, width)) <= allowed:
            return width
    return natural
