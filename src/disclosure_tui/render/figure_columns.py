"""The columns of figures: equal within a table where possible, whatever the headers' lengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.label_columns import count_label_columns
from disclosure_tui.render.typesetting import Typesetting

__all__ = ["FigureColumns", "divisions", "finest_division"]

Span = tuple[int, int]
"""First figure column and the one after the last, counted from the first figure column."""

_TWO_CHARACTERS = 4


def _figure_rows(grid: Grid) -> list[list[GridCell]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.role is CellRole.FIGURE:
            rows.setdefault(cell.row, []).append(cell)
    return list(rows.values())


def finest_division(grid: Grid, labels: int) -> int:
    """Return the number of figures in the fullest row, or of columns where there is no figure."""
    fullest = max(map(len, _figure_rows(grid)), default=0)
    return fullest or grid.column_count - labels


def divisions(grid: Grid, labels: int) -> tuple[Fraction, ...]:
    """Return where each grid column of figures begins and the last ends, as parts of the whole.

    A block of 3 figures and one of 2 share a grid of 4 columns: each divides the same width into
    equal parts, so the grid columns are 1/3, 1/6, 1/6 and 1/3 of it.
    """
    count = grid.column_count - labels
    even = tuple(Fraction(column, max(1, count)) for column in range(count + 1))
    found: dict[int, Fraction] = {0: Fraction(0), count: Fraction(1)}
    # Most rows are divided alike.
    rows = {tuple(sorted(cell.column for cell in cells)) for cells in _figure_rows(grid)}
    for starts in sorted(rows):
        for number, column in enumerate(starts):
            place = Fraction(number, len(starts))
            if found.setdefault(column - labels, place) != place:
                return even
    places = tuple(found[column] for column in range(count + 1) if column in found)
    is_complete = len(places) == count + 1 and sorted(set(places)) == list(places)
    return places if is_complete else even


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """What the columns of figures of one band need.

    Attributes:
        divisions: See the function of this name.
        finest: Number of figures in the fullest row.
        needs: Least width of each span that holds a figure.
        most: Width of the finest column above which no header and no figure gains anything.
    """

    divisions: tuple[Fraction, ...]
    finest: int
    needs: Mapping[Span, int]
    most: int

    @classmethod
    def of(
        cls, grid: Grid, typesetting: Typesetting, limit: int, *, reserve_mark: bool
    ) -> FigureColumns:
        """Look at the figures of a grid and at the headers over them.

        Args:
            grid: The table or a band of it.
            typesetting: Padding and widths.
            limit: Cells that no figure may exceed; a longer one will be clipped.
            reserve_mark: Leave a cell for a mark also where there is none now.
        """
        labels = count_label_columns(grid)
        parts, finest = divisions(grid, labels), finest_division(grid, labels)
        needs: dict[Span, int] = {}
        wishes: dict[Span, int] = {}
        for cell in grid.cells:
            if cell.column < labels:
                continue
            span = (cell.column - labels, cell.column - labels + cell.colspan)
            if cell.role is CellRole.FIGURE:
                need = typesetting.figure_need(cell, reserve_mark=reserve_mark)
                needs[span] = max(needs.get(span, 1), min(need, limit))
            wishes[span] = max(wishes.get(span, 1), typesetting.natural(cell))
        most = max(
            (
                ceil((wish + 1) / (finest * (parts[end] - parts[start]))) - 1
                for (start, end), wish in wishes.items()
            ),
            default=1,
        )
        return cls(parts, finest, needs, most)

    def least(self, padding: int) -> int:
        """Return the width of the finest column from which to try: two Chinese characters."""
        return min(self.most, _TWO_CHARACTERS + 2 * padding)

    def equal(self, finest_width: int) -> tuple[int, ...]:
        """Return the widths of all columns if the finest ones are that wide."""
        whole = self.finest * (finest_width + 1)
        places = [round(part * whole) for part in self.divisions]
        return tuple(max(1, end - start - 1) for start, end in pairwise(places))

    def suffices(self, widths: Sequence[int]) -> bool:
        """Tell whether every figure finds its place."""
        return all(
            sum(widths[start:end]) + end - start - 1 >= need
            for (start, end), need in self.needs.items()
        )

    def widened(self, widths: Sequence[int]) -> tuple[int, ...]:
        """Return the widths with more for those columns whose figures do not find their place."""
        wider = list(widths)
        for (start, end), need in sorted(
            self.needs.items(), key=lambda item: item[0][1] - item[0][0]
        ):
            lack = need - sum(wider[start:end]) - (end - start - 1)
            for extra in range(lack):
                wider[start + extra % (end - start)] += 1
        return tuple(wider)
