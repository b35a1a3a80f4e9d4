"""A painted table in its window: which lines and cells are to be drawn, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import Grid, Tone
from disclosure_tui.render.painter import paint
from disclosure_tui.render.painting import Box, Line, Painting, Piece
from disclosure_tui.render.painting import Style as PaintingStyle
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.strips import TONE_STYLES, style_of
from disclosure_tui.tui.widgets.viewport import Viewport

__all__ = ["Chosen", "TablePicture"]

_EMPTY = Painting((), 0, 0, 0, {})
_TYPED = Style(bold=True, underline=True)
_REVERSE = Style(reverse=True)
_UNDERLINE = Style(underline=True)
_RELATED = "+"
"""Stands before the figures that the one under the cursor goes with."""
_NARROWEST = 3
"""Cells of the cursor on a figure of one digit."""
_MORE_LEFT = Strip([Segment("<", _REVERSE)], 1)
_MORE_RIGHT = Strip([Segment(">", _REVERSE)], 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Fields that look other than usual.

    Attributes:
        marked: Those that the person marked.
        related: Those that the one under the cursor goes with.
    """

    marked: frozenset[Box]
    related: frozenset[Box]


class TablePicture:
    """What a table widget draws.

    Attributes:
        view: The window on it.
        painting: The table, without the notes under it.
    """

    def __init__(self) -> None:
        self.view = Viewport()
        self.painting = _EMPTY
        self._lines: tuple[Line, ...] = ()

    def box(self, pointer: Pointer | None) -> Box | None:
        """Return the field of a figure, or None."""
        return None if pointer is None else self.painting.boxes.get(pointer)

    def cell_at(self, x: int, y: int) -> Pointer | None:
        """Return the figure that is shown at a place of the window, or None."""
        for pointer, box in self.painting.boxes.items():
            start = self.view.place(box.line, box.column)
            if start is not None and start[1] == y and start[0] <= x < start[0] + box.width:
                return pointer
        return None

    def paint(
        self, grid: Grid, notes: Sequence[tuple[str, Tone]], width: int, height: int
    ) -> tuple[Line, ...]:
        """Paint a table for a size; return the lines that were shown before."""
        old = self._lines
        self.painting = paint(grid, width, style=PaintingStyle.DENSE)[0]
        self._lines = (*self.painting.lines, *_footer(notes, width))
        self.view.fit(self.painting, len(self._lines), width, height)
        return old

    def region(self, line: int, column: int, width: int) -> Region | None:
        """Return where some cells of a line stand in the window, or None if out of view."""
        start = self.view.place(line, column)
        if start is not None:
            return Region(*start, width, 1)
        # A field that is cut by the edge of the window is rare: then the line is drawn whole.
        end = self.view.place(line, column + width - 1)
        return None if end is None else Region(0, end[1], self.view.width, 1)

    def differences(self, old: tuple[Line, ...]) -> Iterator[Region]:
        """Yield what looks other than in the lines shown before."""
        for index in range(max(len(old), len(self._lines))):
            before = old[index] if index < len(old) else ()
            now = self._lines[index] if index < len(self._lines) else ()
            if before == now:
                continue
            if index >= len(self.painting.lines) or len(before) != len(now):
                place = self.view.place(index, 0)
                if place is not None:
                    yield Region(0, place[1], self.view.width, 1)
                continue
            column = 0
            for piece, other in zip(now, before, strict=True):
                region = self.region(index, column, piece.width) if piece != other else None
                if region is not None:
                    yield region
                column += piece.width

    def strip(
        self,
        y: int,
        cursor: Box | None,
        buffer: EditBuffer | None,
        faulty: bool,  # noqa: FBT001 - a state, not a choice
        chosen: Chosen,
    ) -> Strip:
        """Draw one line of the window.

        Args:
            y: The line of the window.
            cursor: The field under the cursor.
            buffer: The text being typed there, or None.
            faulty: Whether that text could not stand there.
            chosen: The fields that look other than usual.
        """
        width, view = self.view.width, self.view
        index = view.line_at(y)
        if index >= len(self._lines):
            return Strip.blank(width)
        strip = self._whole_line(index, cursor, buffer, faulty, chosen)
        if strip.cell_length > width and index < len(self.painting.lines):
            fixed, left = view.frozen_cells, view.frozen_cells + view.left
            strip = Strip.join([strip.crop(0, fixed), strip.crop(left, left + width - fixed)])
        strip = strip.adjust_cell_length(width)
        return strip if y else self._signed(strip)

    def _signed(self, strip: Strip) -> Strip:
        """Put a sign into the first line where the table goes on beyond the edge."""
        fixed, width = self.view.frozen_cells, self.view.width
        if self.view.left:
            strip = Strip.join([strip.crop(0, fixed), _MORE_LEFT, strip.crop(fixed + 1, width)])
        if self.view.left + width < self.painting.width:
            strip = Strip.join([strip.crop(0, width - 1), _MORE_RIGHT])
        return strip

    def _whole_line(
        self,
        index: int,
        cursor: Box | None,
        buffer: EditBuffer | None,
        faulty: bool,  # noqa: FBT001
        chosen: Chosen,
    ) -> Strip:
        segments: list[Segment] = []
        marked = {box.column: box for box in chosen.marked if box.line == index}
        related = {box.column: box for box in chosen.related if box.line == index}
        if cursor is not None and cursor.line == index:
            marked[cursor.column] = cursor
        column = 0
        for piece in self._lines[index]:
            if (box := marked.get(column)) is not None:
                if buffer is not None and box == cursor:
                    segments += _typed_field(buffer, box, faulty)
                else:
                    segments += _current_field(piece, box)
            elif (box := related.get(column)) is not None:
                segments += _related_field(piece, box)
            else:
                segments.append(Segment(piece.text, style_of(piece)))
            column += piece.width
        return Strip(segments, column)


def _current_field(piece: Piece, box: Box) -> list[Segment]:
    """Show the field under the cursor: the figure with a blank before it, words with one behind.

    Every reversed cell is sent when the cursor comes and when it goes.
    """
    shown = max(_NARROWEST, len(piece.text.strip()) + 1 + box.is_text)
    rest = max(0, len(piece.text) - shown) if piece.text.isascii() else 0
    style, field = style_of(piece), style_of(piece) + _REVERSE
    if box.is_text:
        pieces = [(piece.text[:shown], field), (piece.text[shown:] if rest else "", style)]
    else:
        pieces = [(piece.text[:rest], style), (piece.text[rest:], field)]
    return [Segment(text, style) for text, style in pieces if text]


def _related_field(piece: Piece, box: Box) -> list[Segment]:
    """Put a sign before the figure; a mark that only says where it comes from gives way."""
    figure = piece.text.strip(" ").lstrip("=^")
    shown = _RELATED + figure
    shown = shown if len(shown) <= len(piece.text) else _RELATED + figure[1:]
    style = style_of(piece)
    blanks = Segment(" " * (len(piece.text) - len(shown)), style)
    related = Segment(shown, style + _UNDERLINE)
    return [related, blanks] if box.is_text else [blanks, related]


def _typed_field(buffer: EditBuffer, box: Box, faulty: bool) -> list[Segment]:  # noqa: FBT001
    """Draw the text being typed at its end of the field, the caret reversed."""
    text, before = buffer.window(box.width - 1)
    shown = text + " "
    cells = Strip([Segment(shown, _TYPED)], MEASURE.width(shown))
    blanks = " " * (box.width - 1 - cells.cell_length)
    caret = cells.crop(before, before + 1).apply_style(_REVERSE)
    mark = ("!" if faulty else " ") + ("" if box.is_text else blanks)
    typed = [
        Segment(mark, TONE_STYLES[Tone.ERROR] + _TYPED),
        *cells.crop(0, before),
        *caret,
        *cells.crop(before + 1, cells.cell_length),
    ]
    return [*typed, Segment(blanks, _TYPED)] if box.is_text else typed


def _footer(notes: Sequence[tuple[str, Tone]], width: int) -> list[Line]:
    lines: list[Line] = [()]
    for text, tone in notes:
        lines += [
            (Piece(shown, MEASURE.width(shown), None, tone, None),)
            for shown in MEASURE.wrap(text, width)
        ]
    return lines
