"""How wide the columns of a ruled table are: as low and as calm as the available width allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.figure_columns import FigureColumns
from disclosure_tui.render.grid import Grid
from disclosure_tui.render.label_columns import LabelColumns
from disclosure_tui.render.typesetting import (
    Header,
    Typesetting,
    header_cells,
    row_heights,
    span_width,
)
from disclosure_tui.render.width import Measure

__all__ = ["Columns", "bearable_labels", "choose_columns", "cut_words", "figure_limit"]

_UNEQUAL = 3
"""Lines that a table may be higher if its figure columns are then equally wide."""
_CUT_WORD = 4
"""Lines that a table may be higher to keep one word of a header whole."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths chosen for a table.

    Attributes:
        labels: Widths of the row header columns, the same in every band.
        figures: Widths of the figure columns of each band.
        typesetting: Padding inside the display cells.
    """

    labels: tuple[int, ...]
    figures: tuple[tuple[int, ...], ...]
    typesetting: Typesetting


def figure_limit(labels: LabelColumns, width: int) -> int:
    """Return the width of a figure column that stands alone beside the narrowest labels."""
    return max(1, width - 2 - len(labels.floor) - sum(labels.floor))


def bearable_labels(grid: Grid, width: int, typesetting: Typesetting) -> LabelColumns:
    """Return the row header columns, able to shrink to half of the available width."""
    labels = LabelColumns.of(grid, typesetting)
    return labels.shrunk(width // 2 - len(labels.floor))


@dataclass(frozen=True, slots=True)
class _Band:
    """A table or a band of it, with its headers measured."""

    grid: Grid
    headers: tuple[Header, ...]


def choose_columns(grids: Sequence[Grid], width: int, measure: Measure) -> Columns | None:
    """Choose the columns of a table given as bands; None if its figures do not fit.

    Every sensible width of the figure columns is tried with what it leaves for the labels; the
    lowest table wins, then the padded, then the narrowest.
    """
    bands = [_Band(grid, header_cells(grid, measure)) for grid in grids]
    for reserve_mark in (True, False):
        attempts = [
            (cost, -columns.typesetting.padding, number, columns)
            for padding in ((1, 0) if reserve_mark else (0,))
            for number, (cost, columns) in enumerate(
                _attempts(bands, width, Typesetting(measure, padding), reserve_mark=reserve_mark)
            )
        ]
        if attempts:
            return _tightened(bands, min(attempts, key=lambda attempt: attempt[:3])[3])
    return None


def _attempts(
    bands: Sequence[_Band], width: int, typesetting: Typesetting, *, reserve_mark: bool
) -> Iterator[tuple[int, Columns]]:
    """Yield every choice that fits, with its cost in lines, narrow figure columns first."""
    labels = bearable_labels(bands[0].grid, width, typesetting)
    count = len(labels.natural)
    limit = figure_limit(labels, width)
    figures = [
        FigureColumns.of(band.grid, typesetting, limit, reserve_mark=reserve_mark) for band in bands
    ]
    least = max(each.least(typesetting.padding) for each in figures)
    most = max(least, *(each.most for each in figures))
    tried: set[tuple[tuple[int, ...], ...]] = set()
    for finest_width in range(least, most + 1):
        equal = [each.equal(finest_width) for each in figures]
        is_equal = all(map(FigureColumns.suffices, figures, equal))
        widths = tuple(equal if is_equal else map(FigureColumns.widened, figures, equal))
        # Every column has a border to its left, and the last one to its right too.
        room = min(width - 1 - count - sum(each) - len(each) for each in widths)
        label_widths = labels.divide(room)
        if label_widths is None:
            break
        if widths not in tried:
            tried.add(widths)
            columns = Columns(label_widths, widths, typesetting)
            yield _cost(bands, columns) + _UNEQUAL * (not is_equal), columns


def _cost(bands: Sequence[_Band], columns: Columns) -> int:
    total = 0
    typesetting = columns.typesetting
    for band, figures in zip(bands, columns.figures, strict=True):
        widths = (*columns.labels, *figures)
        total += sum(row_heights(band.grid.row_count, band.headers, widths, typesetting))
        total += _CUT_WORD * _cut_words(band.headers, widths, typesetting)
    return total


def _cut_words(headers: Sequence[Header], widths: Sequence[int], typesetting: Typesetting) -> int:
    return sum(
        header.least > typesetting.room(span_width(widths, header.cell)) for header in headers
    )


def cut_words(grids: Sequence[Grid], columns: Columns, measure: Measure) -> int:
    """Return how many headers have a word that does not find its place in one line."""
    return sum(
        _cut_words(header_cells(grid, measure), (*columns.labels, *figures), columns.typesetting)
        for grid, figures in zip(grids, columns.figures, strict=True)
    )


def _tightened(bands: Sequence[_Band], columns: Columns) -> Columns:
    """Take from the innermost label column what does not save a line."""
    if not columns.labels:
        return columns
    cost = _cost(bands, columns)
    *outer, inner = columns.labels
    for narrower in range(inner - 1, 0, -1):
        candidate = Columns((*outer, narrower), columns.figures, columns.typesetting)
        if _cost(bands, candidate) > cost:
            break
        columns = candidate
    return columns
