"""Cutting a table that is too wide into bands of whole columns, each with the row headers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from disclosure_tui.render.grid import CellRole, Grid, GridCell

__all__ = ["band_of", "divide_into_bands"]

_BAND = 2
_CUT_HEADER = 3
"""More than one more band, so that 5 + 5 + 5 columns under three headers are better than 8 + 7."""
_CUT_FIGURE = 20
_UNEVEN = 15
"""So much that 3 + 4 columns are better than 1 + 6 although that cuts a header: the widest band
decides how much is left for the labels."""
_MORE_BANDS = 2
"""Bands beyond the fewest possible that may be worth it."""


def band_of(grid: Grid, labels: int, first: int, end: int) -> Grid:
    """Return the grid with only some of its figure columns; merged cells are cut to what is left.

    Header rows that only told apart the columns left out disappear.

    Args:
        grid: The whole table.
        labels: Number of row header columns, which every band keeps.
        first: First figure column, counted from the first figure column.
        end: The figure column after the last.
    """
    kept = [*range(labels), *range(labels + first, labels + end)]
    cells: list[GridCell] = []
    for cell in grid.cells:
        covered = [
            place
            for place, column in enumerate(kept)
            if cell.column <= column < cell.column + cell.colspan
        ]
        if covered:
            cells.append(replace(cell, column=covered[0], colspan=len(covered)))
    starts = sorted({cell.row for cell in cells})
    return replace(
        grid,
        cells=tuple(
            replace(
                cell,
                row=bisect_left(starts, cell.row),
                rowspan=bisect_left(starts, cell.row + cell.rowspan)
                - bisect_left(starts, cell.row),
            )
            for cell in cells
        ),
        row_count=len(starts),
        column_count=len(kept),
        header_rows=bisect_left(starts, grid.header_rows),
    )


def divide_into_bands(
    grid: Grid, labels: int, needs: Sequence[int], room: int
) -> list[tuple[int, int]]:
    """Return the bands as first figure column and the one after the last.

    As few bands as possible, cut where merged headers end, and about equally wide.

    Args:
        grid: The whole table.
        labels: Number of row header columns.
        needs: Least width of each figure column.
        room: Cells of a band for figure columns, each with one border.
    """
    count = len(needs)
    total = sum(needs) + count
    cuts = [_cost_of_cut(grid, labels, place) for place in range(count)]
    # For each end of a number of bands: their cost so far and the first column of the last band.
    layers: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    solutions: dict[int, float] = {}
    while len(layers) <= count and len(solutions) <= _MORE_BANDS:
        layer: dict[int, tuple[float, int]] = {}
        for first, (cost, _) in layers[-1].items():
            used = 0
            for end in range(first + 1, count + 1):
                used += needs[end - 1] + 1
                if used > room and end > first + 1:
                    break
                candidate = (cost + cuts[first] + _UNEVEN * (used / total) ** 2, first)
                layer[end] = min(layer.get(end, candidate), candidate)
        layers.append(layer)
        number = len(layers) - 1
        if count in layer:
            solutions[number] = layer[count][0] + _BAND * number - _UNEVEN / number
    end = count
    bands: list[tuple[int, int]] = []
    for number in range(min(solutions, key=solutions.__getitem__), 0, -1):
        first = layers[number][end][1]
        bands.append((first, end))
        end = first
    return bands[::-1]


def _cost_of_cut(grid: Grid, labels: int, place: int) -> int:
    """Weigh what a cut before a figure column goes through; headers over all do not count."""
    if place == 0:
        return 0
    column = labels + place
    cost = 0
    for cell in grid.cells:
        covers_all = cell.column <= labels and cell.column + cell.colspan == grid.column_count
        if cell.column < column < cell.column + cell.colspan:
            if cell.role is CellRole.FIGURE:
                cost += _CUT_FIGURE
            elif cell.role is CellRole.COLUMN_HEADER and not covers_all:
                cost += _CUT_HEADER
    return cost
