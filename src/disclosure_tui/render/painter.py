"""The painter: from a grid to lines of text, for the editor and for `disclosure show` alike."""

from __future__ import annotations

from disclosure_tui.render.borders import ASCII, BOX
from disclosure_tui.render.dense import paint_dense
from disclosure_tui.render.grid import Grid
from disclosure_tui.render.painting import Box, Line, Painting, Piece, Style, plain
from disclosure_tui.render.ruled import paint_ruled
from disclosure_tui.render.width import MEASURE, Measure

__all__ = ["Box", "Line", "Painting", "Piece", "Style", "paint", "plain"]


def paint(
    grid: Grid,
    width: int,
    *,
    style: Style = Style.RULED,
    ascii_only: bool = False,
    measure: Measure = MEASURE,
) -> tuple[Painting, ...]:
    """Paint a table.

    Args:
        grid: The table.
        width: Cells of a line. A ruled table keeps within them (from 40 on) and is cut into
            bands of columns if it must; a dense one may be wider, to be scrolled.
        style: How it is drawn.
        ascii_only: Draw the rules with `+`, `-` and `|`.
        measure: The widths of the terminal. Where ambiguous characters are wide, so are the
            box characters, and the rules are ASCII in any case.

    Returns:
        The painting, or the bands in their order, each headed by `(1/2)`.
    """
    if not grid.cells:
        return (Painting((), 0, 0, 0, {}),)
    if style is Style.DENSE:
        return (paint_dense(grid, width, measure),)
    is_ascii = ascii_only or measure.ambiguous != 1
    return paint_ruled(grid, width, ASCII if is_ascii else BOX, measure)
