"""Cutting a table that is too wide into bands of whole columns, each with the row headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disclosure_tui.render.grid import CellRole, Grid, GridCell

__all__ = ["band_of", "divide_into_bands"]

_BAND = 2
_CUT_HEADER = 3
"""Against one more band: a cut through one merged header is worse, which makes
5 + 5 + 5 columns under three headers better than 8 + 7."""
_CUT_FIGURE = 20


def band_of(grid: Grid, labels: int, first: int, end: int) -> Grid:
    """Return the grid with only some of its figure columns; merged cells are cut to what is left.

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
    return replace(grid, cells=tuple(cells), column_count=len(kept))


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
    cuts = [_cost_of_cut(grid, labels, place) for place in range(count + 1)]
    best: list[tuple[float, int]] = [
        (0.0, 0)
    ]  # for each end: cost so far, first column of the band
    for end in range(1, count + 1):
        candidates: list[tuple[float, int]] = []
        used = 0
        for first in range(end - 1, -1, -1):
            used += needs[first] + 1
            if used > room and first < end - 1:
                break
            # Less than one for all bands together, so that it decides only between equals.
            unevenness = (used / max(1, room + used)) ** 2 / (count + 1)
            candidates.append((best[first][0] + _BAND + cuts[first] + unevenness, first))
        best.append(min(candidates))
    bands: list[tuple[int, int]] = []
    end = count
    while end:
        first = best[end][1]
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
