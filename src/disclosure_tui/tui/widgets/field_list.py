"""Labelled values, one a line, each edited in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Offset, Region
from textual.strip import Strip

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.validator import fault
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import (
    NOT_MINE,
    ForeignTyped,
    Moved,
    Reply,
    Typing,
    TypingEnded,
    ValueCommitted,
    ValueListWanted,
    reply,
)
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.field_drawing import (
    MARK_WIDTH,
    FieldEntry,
    field_room,
    field_strip,
    typed_strip,
)
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual import events

__all__ = ["FieldList"]


class FieldList(Surface):
    """The fields outside tables."""

    def __init__(self, *, letters_are_text: bool = False) -> None:
        """Prepare the fields.

        Args:
            letters_are_text: A letter begins a value, as a digit does; else it is a command of
                the screen until Enter is pressed.
        """
        super().__init__()
        self._letters_are_text = letters_are_text
        self._entries: tuple[FieldEntry, ...] = ()
        self._line = 0
        self._top = 0
        self._buffer: EditBuffer | None = None
        self._fault: Text | None = None

    def show_fields(self, entries: Sequence[FieldEntry], cursor: Pointer | None = None) -> None:
        """Show fields, the cursor on the named one or where it was."""
        changed = tuple(entries) != self._entries
        self._entries = tuple(entries)
        if cursor is not None:
            self._buffer = None
            self._line = next((i for i, e in enumerate(entries) if e.pointer == cursor), 0)
        if self.cursor is None:
            self._line = next((i for i, e in enumerate(entries) if e.pointer is not None), 0)
        if changed or cursor is not None:
            self._follow()
            self.refresh()

    @property
    def cursor(self) -> Pointer | None:
        """The field under the cursor."""
        entry = self._entry
        return None if entry is None else entry.pointer

    @property
    def is_typing(self) -> bool:
        """Tell whether a value is being typed."""
        return self._buffer is not None

    @property
    def caret(self) -> Offset | None:
        """The place of editing."""
        before = self._buffer.window(self._room)[1] if self._buffer is not None else 0
        return Offset(self._indent + before, self._line - self._top)

    def go_to(self, pointer: Pointer) -> None:
        """Put the cursor on a field."""
        self.show_fields(self._entries, pointer)

    @property
    def _entry(self) -> FieldEntry | None:
        return self._entries[self._line] if self._line < len(self._entries) else None

    @property
    def _indent(self) -> int:
        widest = max((MEASURE.width(e.label) for e in self._entries if e.pointer), default=0)
        return min(widest + 2, self.size.width // 2) + MARK_WIDTH

    @property
    def _room(self) -> int:
        return field_room(self._indent, self.size.width)

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        entry = self._entry
        if entry is None or entry.pointer is None:
            return NOT_MINE
        before = self._line
        answer = self._edit(entry, key) if self._buffer is not None else self._walk(entry, key)
        if answer.handled or answer.messages:
            self._redraw(before)
        return answer

    def click(self, place: Offset) -> Reply:
        """Commit what is being typed, and go to the field of a line."""
        index = self._top + place.y
        if index >= len(self._entries) or self._entries[index].pointer is None:
            return NOT_MINE
        finished, before, self._line = self.finish(), self._line, index
        self._redraw(before)
        return reply(*finished.messages, Moved())

    def finish(self) -> Reply:
        """Commit the value being typed."""
        entry = self._entry
        if self._buffer is None or entry is None or entry.pointer is None:
            return NOT_MINE
        committed = ValueCommitted(entry.pointer, self._buffer.text)
        self._buffer = self._fault = None
        self._redraw(self._line)
        return Reply(False, (committed,))

    def give_up(self) -> None:
        """Forget the value being typed."""
        if self._buffer is not None:
            self._buffer = self._fault = None
            self._redraw(self._line)

    def resume(self, text: str) -> None:
        """Go on with a value that was typed before."""
        if self.cursor is not None:
            self._begin(EditBuffer.on(text))
            self._redraw(self._line)

    def paste(self, text: str) -> Reply:
        """Put the first pasted line at the caret; it replaces a value that is not being typed."""
        lines, entry = text.splitlines(), self._entry
        if not lines or entry is None or entry.pointer is None or entry.is_chosen:
            return NOT_MINE
        if self._buffer is None:
            answer = self._begin(EditBuffer.over(lines[0]))
            self._redraw(self._line)
            return answer
        self._buffer.type(lines[0])
        self._redraw(self._line)
        return self._typed(self._buffer)

    def _walk(self, entry: FieldEntry, key: KeyPress) -> Reply:
        assert entry.pointer is not None
        if key.name in ("up", "down", "tab", "shift+tab", "home", "end"):
            self._move(key.name)
            return reply(Moved())
        if key.name in ("enter", "f2"):
            if entry.is_chosen:
                return reply(ValueListWanted(entry.pointer))
            return self._begin(EditBuffer.on(entry.value))
        if key.name in ("delete", "backspace"):
            return reply(ValueCommitted(entry.pointer, ""))
        if key.name.isdecimal() and key.text and not entry.is_chosen:
            return self._begin(EditBuffer.over(key.name))
        begins = key.is_foreign or (self._letters_are_text and bool(key.text))
        if begins and entry.is_text:
            return self._begin(EditBuffer.over(key.text))
        return reply(ForeignTyped()) if key.is_foreign else NOT_MINE

    def _edit(self, entry: FieldEntry, key: KeyPress) -> Reply:
        assert self._buffer is not None
        assert entry.pointer is not None
        if key.name == "escape":
            self._buffer = self._fault = None
            return reply(TypingEnded(entry.pointer), Moved())
        if key.name in ("enter", "up", "down", "tab", "shift+tab"):
            committed = ValueCommitted(entry.pointer, self._buffer.text)
            self._buffer = self._fault = None
            self._move("down" if key.name == "enter" else key.name)
            return reply(committed, Moved())
        if key.text:
            self._buffer.type(key.text if entry.is_text else key.name)
            return self._typed(self._buffer)
        return self._typed(self._buffer) if self._buffer.press(key.name) else self.finish()

    def _begin(self, buffer: EditBuffer) -> Reply:
        self._buffer = buffer
        return self._typed(buffer)

    def _typed(self, buffer: EditBuffer) -> Reply:
        entry = self._entry
        assert entry is not None
        assert entry.pointer is not None
        self._fault = fault(entry.cell, buffer.text) if entry.cell is not None else None
        return reply(Typing(entry.pointer, buffer.text, self._fault))

    def _move(self, name: str) -> None:
        places = [i for i, entry in enumerate(self._entries) if entry.pointer is not None]
        index = places.index(self._line)
        targets = {"home": 0, "end": len(places) - 1, "up": index - 1, "shift+tab": index - 1}
        target = targets.get(name, index + 1)
        self._line = places[max(0, min(target, len(places) - 1))]

    def _follow(self) -> bool:
        height = max(1, self.size.height)
        before, last = self._top, max(0, len(self._entries) - height)
        # Where there is room for more, for instance after a list stood below, it is used.
        self._top = min(self._top, last)
        if not self._top <= self._line < self._top + height:
            self._top = max(0, min(self._line - height // 2, last))
        return self._top != before

    def _redraw(self, before: int) -> None:
        if self._follow():
            self.refresh()
            return
        for line in {before, self._line}:
            self.refresh(Region(0, line - self._top, self.size.width, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        del event
        self._follow()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one field."""
        index = self._top + y
        width = self.size.width
        if index >= len(self._entries):
            return Strip.blank(width)
        entry, here = self._entries[index], index == self._line
        if here and self._buffer is not None:
            faulty = self._fault is not None
            return typed_strip(entry, self._buffer, self._indent, width, faulty=faulty)
        return field_strip(entry, self._indent, width, here=here)
