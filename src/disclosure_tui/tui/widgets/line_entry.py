"""One line to type a text into: the name of a file for instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset

from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Closed, Entered, Moved, Reply, reply
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.strips import UNDERLINE, text_strip
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual.strip import Strip

__all__ = ["LineEntry"]


class LineEntry(Surface):
    """A text being typed; Enter gives it, Esc gives it up."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._buffer = EditBuffer.on(text)

    @property
    def is_typing(self) -> bool:
        """Letters are always text here."""
        return True

    @property
    def text(self) -> str:
        """What is typed so far."""
        return self._buffer.text

    @property
    def caret(self) -> Offset | None:
        """Where the next character goes."""
        return Offset(self._buffer.window(self._room)[1], 0)

    @property
    def _room(self) -> int:
        return max(2, self.size.width or self.app.size.width)

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        if key.name == "enter":
            return reply(Entered(self._buffer.text))
        if key.name in ("escape", "ctrl+q"):
            return reply(Closed())
        if key.text:
            self._buffer.type(key.text)
        elif not self._buffer.press(key.name):
            return NOT_MINE
        self.refresh()
        return reply(Moved())

    def paste(self, text: str) -> Reply:
        """Put the first pasted line at the caret."""
        self._buffer.type("".join(text.splitlines()[:1]))
        self.refresh()
        return reply(Moved())

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        text, _ = self._buffer.window(self._room) if y == 0 else ("", 0)
        return text_strip(((text, UNDERLINE),), self.size.width, UNDERLINE)
