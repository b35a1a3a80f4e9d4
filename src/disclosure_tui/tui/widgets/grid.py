"""A table to fill in: headers stay in view, figures are typed in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.geometry import Offset

from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import Grid, Tone
from disclosure_tui.render.painting import Box
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Moved, Reply, reply
from disclosure_tui.tui.widgets.geometry import Geometry
from disclosure_tui.tui.widgets.grid_typing import GridTyping
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.table_picture import Chosen, TablePicture

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

__all__ = ["GridTable"]


class GridTable(Surface):
    """One table, drawn line by line, with a cursor and a value being typed."""

    def __init__(self) -> None:
        super().__init__()
        self._grid: Grid | None = None
        self._notes: tuple[tuple[str, Tone], ...] = ()
        self._picture = TablePicture()
        self.typing = GridTyping()
        self._related: frozenset[Pointer] = frozenset()

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
        left = self._box()
        if cursor is not None:
            self.typing.cursor = cursor
        self._repaint()
        # The painting knows no cursor: where one stood has to be drawn by itself.
        if left != self._box():
            self._refresh_boxes({left, self._box()})

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
        place = self._picture.view.place(box.line, box.column + column)
        return None if place is None else Offset(*place)

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        page = max(1, self.size.height - self._picture.view.frozen_lines - 1)
        return self._drawn(lambda: self.typing.press(key, page))

    def paste(self, text: str) -> Reply:
        """Deal with pasted text."""
        return self._drawn(lambda: self.typing.paste(text))

    def click(self, place: Offset) -> Reply:
        """Commit the figure being typed, and go to the cell at a place."""
        cell = self._picture.cell_at(place.x, place.y)
        if cell is None:
            return NOT_MINE
        finished = self.finish()
        self.go_to(cell)
        return reply(*finished.messages, Moved())

    @property
    def marked(self) -> tuple[tuple[str, ...], ...]:
        """The texts of the cells that are marked, in rows."""
        texts = self.typing.texts
        return tuple(tuple(texts.get(cell, "") for cell in row) for row in self.typing.marked)

    def column_in_view(self) -> dict[int, Pointer]:
        """Return the cells above and below the cursor by the line they are shown in."""
        here, picture = self._box(), self._picture
        found: dict[int, Pointer] = {}
        for pointer, box in picture.painting.boxes.items():
            region = picture.region(box.line, box.column, box.width)
            if here is not None and region is not None and _overlap(box, here):
                found[region.y] = pointer
        return found

    def _marked_boxes(self) -> frozenset[Box]:
        cells = (cell for row in self.typing.marked for cell in row)
        return frozenset(box for cell in cells if (box := self._picture.box(cell)) is not None)

    def finish(self) -> Reply:
        """Commit the figure being typed; the cursor stays."""
        return self._drawn(self.typing.finish)

    def give_up(self) -> None:
        """Forget the figure being typed."""
        before = self._box()
        self.typing.give_up()
        self._redraw(before)

    def resume(self, text: str) -> None:
        """Go on with a figure that was typed before."""
        self.typing.resume(text)
        self._redraw(self._box())

    def go_to(self, pointer: Pointer) -> None:
        """Put the cursor on a cell."""
        before = self._box()
        self.typing.go_to(pointer)
        self._redraw(before)

    def show_related(self, cells: frozenset[Pointer]) -> bool:
        """Mark the cells that the one under the cursor goes with.

        Returns:
            Whether they are others than before.
        """
        if cells == self._related:
            return False
        before, self._related = self._related, cells
        for pointer in before ^ cells:
            box = self._picture.box(pointer)
            region = box and self._picture.region(box.line, box.column, box.width)
            if region:
                self.refresh(region)
        return True

    def _drawn(self, act: Callable[[], Reply]) -> Reply:
        before, marked = self._box(), self._marked_boxes()
        reply = act()
        if reply.handled or reply.messages:
            self._redraw(before, marked)
        return reply

    def _box(self) -> Box | None:
        return self._picture.box(self.typing.cursor)

    def _redraw(self, before: Box | None, marked: frozenset[Box] = frozenset()) -> None:
        """Draw the fields anew that the cursor left and reached; all if the view moved."""
        box = self._box()
        if box is not None and self._picture.view.follow(box):
            self.refresh()
            return
        self._refresh_boxes({before, box} | (marked ^ self._marked_boxes()))

    def _refresh_boxes(self, boxes: Iterable[Box | None]) -> None:
        for place in boxes:
            if place is not None:
                region = self._picture.region(place.line, place.column, place.width)
                if region is not None:
                    self.refresh(region)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the table out for the new size."""
        del event
        self._repaint()

    def _repaint(self) -> None:
        """Paint the table and have drawn only what differs from before."""
        if self._grid is None:
            return
        # Keys may be typed ahead of the first layout: they move in a table of the likely size.
        width, height = self.size if self.size.width else self.app.size
        picture = self._picture
        shape = (picture.view.top, picture.view.left, picture.painting.boxes)
        old = picture.paint(self._grid, self._notes, width, height)
        self.typing.geometry = Geometry(picture.painting.boxes)
        if self.typing.cursor not in self.typing.geometry:
            self.typing.cursor = self.typing.geometry.first
        box = self._box()
        if box is not None:
            picture.view.follow(box)
        if shape != (picture.view.top, picture.view.left, picture.painting.boxes):
            self.refresh()
            return
        for region in picture.differences(old):
            self.refresh(region)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        typing = self.typing
        picture = self._picture
        boxes = (box for cell in self._related if (box := picture.box(cell)) is not None)
        chosen = Chosen(self._marked_boxes(), frozenset(boxes))
        return picture.strip(y, self._box(), typing.buffer, typing.fault is not None, chosen)


def _overlap(one: Box, other: Box) -> bool:
    return one.column < other.column + other.width and other.column < one.column + one.width
