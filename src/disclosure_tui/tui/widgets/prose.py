"""A prose section in a text area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text as RichText
from textual.document._document import Document
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets import TextArea

from disclosure_tui.render.width import printable

if TYPE_CHECKING:
    from textual import events

__all__ = ["Prose"]

_CHECKPOINTS = 100_000
"""Undo inside the area has no limit that a person could meet."""
_HIDDEN = "\u2060"
"""Stands for what must not reach a terminal while a line is laid out: it is as narrow."""


class _Lines(Document):
    """A text whose lines end where the file says so, and nowhere else.

    Textual would also end one at a form feed or at U+2028, and write a line feed there.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")


class Prose(TextArea, inherit_bindings=True):
    """The text area of Textual, without what blinks or decorates."""

    def __init__(self) -> None:
        super().__init__(
            "",
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            max_checkpoints=_CHECKPOINTS,
            compact=True,
        )
        self.cursor_blink = False
        self._shown = ""

    def show_text(self, text: str, typed: str | None = None) -> None:
        """Show a text; the caret stays where it was if the text is another state of the same.

        Args:
            text: The text of the report.
            typed: What was typed over it and is no value of the report yet.
        """
        if text != self.text or typed is not None:
            self.load_text(text)
        self._shown = text
        if typed is not None and typed != text:
            self.replace(typed, self.document.start, self.document.end)
            self.move_cursor(self.document.end)

    def _set_document(self, text: str, language: str | None) -> None:
        del language
        self.document = _Lines(text)
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def get_line(self, line_index: int) -> RichText:
        """Return a line to be laid out, each character in its place."""
        line = self.document.get_line(line_index)
        if not line.isprintable():
            line = "".join(_safe(character) for character in line)
        return RichText(line, end="", no_wrap=True)

    def _render_line(self, y: int) -> Strip:
        """Draw a line without what must not reach a terminal."""
        strip = super()._render_line(y)
        if not any(_HIDDEN in segment.text for segment in strip):
            return strip
        shown = [Segment(part.text.replace(_HIDDEN, ""), part.style) for part in strip]
        return Strip(shown, strip.cell_length)

    @property
    def is_changed(self) -> bool:
        """Tell whether the text is another one than was shown."""
        return self.text != self._shown

    async def take(self, event: events.Key) -> bool:
        """Type a character; tell whether it was one.

        Called by the screen itself rather than through the queue of messages, so that a
        command typed right behind a text finds all of it.
        """
        if not (event.is_printable or event.key == "enter"):
            return False
        await self._on_key(event)
        return True

    def take_paste(self, text: str) -> None:
        """Put pasted text at the caret."""
        if self.read_only:
            return
        start, end = self.selection
        self._replace_via_keyboard(text.replace("\r\n", "\n").replace("\r", "\n"), start, end)


def _safe(character: str) -> str:
    """Return a character, or what stands for it; one that joins others needs one before it."""
    is_safe = character == "\t" or printable("x" + character) == "x" + character
    return character if is_safe else _HIDDEN
