"""A table to fill in: headers stay in view, figures are typed in their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Region
from textual.strip import Strip

from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import Grid, Tone
from disclosure_tui.render.painter import paint
from disclosure_tui.render.painting import Box, Line, Painting, Piece
from disclosure_tui.render.painting import Style as PaintingStyle
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import Reply
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.geometry import Geometry
from disclosure_tui.tui.widgets.grid_typing import GridTyping
from disclosure_tui.tui.widgets.strips import TONE_STYLES, style_of
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from textual import events

__all__ = ["GridTable"]

_EMPTY = Painting((), 0, 0, 0, {})
_TYPED = Style(bold=True, underline=True)
_MORE_LEFT = Strip([Segment("<", Style(reverse=True))], 1)
_MORE_RIGHT = Strip([Segment(">", Style(reverse=True))], 1)


class GridTable(Surface):
    """One table, drawn line by line, with a cursor and a value being typed."""

    def __init__(self) -> None:
        super().__init__()
        self._grid: Grid | None = None
        self._notes: tuple[tuple[str, Tone], ...] = ()
        self._painting = _EMPTY
        self._lines: tuple[Line, ...] = ()
        self._view = Viewport()
        self.typing = GridTyping()

    def show_table(
        self,
        grid: Grid,
        types: Mapping[Pointer, CellType],
        notes: Sequence[tuple[str, Tone]],
        cursor: Pointer | None = None,
    ) -> None:
        """Show a table, or the same one with other figures.

        Args:
            grid: The table.
            types: What may stand in its cells.
            notes: Lines under it: the legend and what is wrong.
            cursor: Where the cursor goes; None leaves it where it is.
        """
        self._grid, self._notes = grid, tuple(notes)
        self.typing.types = types
        self.typing.texts = {
            cell.pointer: cell.text for cell in grid.cells if cell.pointer is not None
        }
        if cursor is not None:
            self.typing.cursor = cursor
        self._repaint()

    @property
    def cursor(self) -> Pointer | None:
        """The cell under the cursor."""
        return self.typing.cursor

    @property
    def is_typing(self) -> bool:
        """Tell whether a figure is being typed."""
        return self.typing.buffer is not None

    @property
    def caret(self) -> Offset | None:
        """The place where the next digit goes; without typing the last cell of the field."""
        box = self._box()
        if box is None:
            return None
        column = box.width - 1
        if self.typing.buffer is not None:
            text, before = self.typing.buffer.window(box.width - 1)
            column = box.width - 1 - MEASURE.width(text) + before
        place = self._view.place(box.line, box.column + column)
        return None if place is None else Offset(*place)

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        return self._drawn(lambda: self.typing.press(key, self._page()))

    def finish(self) -> Reply:
        """Commit the figure being typed; the cursor stays."""
        return self._drawn(self.typing.finish)

    def go_to(self, pointer: Pointer) -> None:
        """Put the cursor on a cell."""
        before = self._box()
        self.typing.go_to(pointer)
        self._redraw(before)

    def _drawn(self, act: Callable[[], Reply]) -> Reply:
        before = self._box()
        reply = act()
        if reply.handled or reply.messages:
            self._redraw(before)
        return reply

    def _page(self) -> int:
        return max(1, self.size.height - self._view.frozen_lines - 1)

    def _box(self) -> Box | None:
        cursor = self.typing.cursor
        return None if cursor is None else self._painting.boxes.get(cursor)

    def _redraw(self, before: Box | None) -> None:
        """Draw the fields anew that the cursor left and reached; all if the view moved."""
        box = self._box()
        if box is not None and self._view.follow(box):
            self.refresh()
            return
        for place in {before, box} - {None}:
            assert place is not None
            self._refresh_cells(place.line, place.column, place.width)

    def _refresh_cells(self, line: int, column: int, width: int) -> None:
        start = self._view.place(line, column) or self._view.place(line, column + width - 1)
        if start is not None:
            # A field that is cut by the edge of the view is rare: then the line is drawn whole.
            whole = self._view.place(line, column) is None
            x, size = (0, self.size.width) if whole else (start[0], width)
            self.refresh(Region(x, start[1], size, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Lay the table out for the new size."""
        del event
        self._repaint()

    def _repaint(self) -> None:
        """Paint the table and have drawn only what differs from before."""
        width, height = self.size
        if self._grid is None or not width:
            return
        old, shape = self._lines, (self._view.top, self._view.left, self._painting.boxes)
        self._painting = paint(self._grid, width, style=PaintingStyle.DENSE)[0]
        self._lines = (*self._painting.lines, *self._footer(width))
        self.typing.geometry = Geometry(self._painting.boxes)
        if self.typing.cursor not in self.typing.geometry:
            self.typing.cursor = self.typing.geometry.first
        self._view.fit(self._painting, len(self._lines), width, height)
        box = self._box()
        if box is not None:
            self._view.follow(box)
        if shape != (self._view.top, self._view.left, self._painting.boxes):
            self.refresh()
        else:
            self._refresh_differences(old)

    def _refresh_differences(self, old: tuple[Line, ...]) -> None:
        for index in range(max(len(old), len(self._lines))):
            before = old[index] if index < len(old) else ()
            now = self._lines[index] if index < len(self._lines) else ()
            if before == now:
                continue
            if index in range(len(self._painting.lines)) and len(before) == len(now):
                column = 0
                for piece, other in zip(now, before, strict=True):
                    if piece != other:
                        self._refresh_cells(index, column, piece.width)
                    column += piece.width
            else:
                place = self._view.place(index, 0)
                if place is not None:
                    self.refresh(Region(0, place[1], self.size.width, 1))

    def _footer(self, width: int) -> list[Line]:
        lines: list[Line] = [()]
        for text, tone in self._notes:
            lines += [
                (Piece(shown, MEASURE.width(shown), None, tone, None),)
                for shown in MEASURE.wrap(text, width)
            ]
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width, view = self.size.width, self._view
        index = view.line_at(y)
        if index >= len(self._lines):
            return Strip.blank(width)
        strip = self._strip(index)
        if strip.cell_length > width and index < len(self._painting.lines):
            fixed, left = view.frozen_cells, view.frozen_cells + view.left
            strip = Strip.join([strip.crop(0, fixed), strip.crop(left, left + width - fixed)])
        strip = strip.adjust_cell_length(width)
        return strip if y else self._signed(strip)

    def _signed(self, strip: Strip) -> Strip:
        """Put a sign into the first line where the table goes on beyond the edge."""
        fixed, width = self._view.frozen_cells, self.size.width
        if self._view.left:
            strip = Strip.join([strip.crop(0, fixed), _MORE_LEFT, strip.crop(fixed + 1, width)])
        if self._view.left + width < self._painting.width:
            strip = Strip.join([strip.crop(0, width - 1), _MORE_RIGHT])
        return strip

    def _strip(self, index: int) -> Strip:
        box = self._box()
        segments: list[Segment] = []
        column = 0
        for piece in self._lines[index]:
            if box is not None and box.line == index and box.column == column:
                segments += self._cursor_field(piece, box)
            else:
                segments.append(Segment(piece.text, style_of(piece)))
            column += piece.width
        return Strip(segments, column)

    def _cursor_field(self, piece: Piece, box: Box) -> list[Segment]:
        """Draw the field under the cursor: reversed, or the text being typed, caret reversed."""
        buffer: EditBuffer | None = self.typing.buffer
        if buffer is None:
            return [Segment(piece.text, style_of(piece) + Style(reverse=True))]
        text, before = buffer.window(box.width - 1)
        shown = text + " "
        mark = " " if self.typing.fault is None else "!"
        room = box.width - 1 - MEASURE.width(text) - 1
        lead = Segment(mark + " " * room, TONE_STYLES[Tone.ERROR] + _TYPED)
        cells = Strip([Segment(shown, _TYPED)], MEASURE.width(shown))
        caret = cells.crop(before, before + max(1, MEASURE.width(shown[before : before + 1])))
        return [
            lead,
            *cells.crop(0, before),
            *caret.apply_style(Style(reverse=True)),
            *cells.crop(before + caret.cell_length, cells.cell_length),
        ]
