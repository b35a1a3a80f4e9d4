"""A prose section in a text area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

if TYPE_CHECKING:
    from textual import events

__all__ = ["Prose"]

_CHECKPOINTS = 100_000
"""Undo inside the area has no limit that a person could meet."""


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

    def show_text(self, text: str) -> None:
        """Show a text; the caret stays where it was if the text is another state of the same."""
        if text == self.text:
            self._shown = text
            return
        self._shown = text
        self.load_text(text)

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
        start, end = self.selection
        self._replace_via_keyboard(text.replace("\r\n", "\n").replace("\r", "\n"), start, end)
