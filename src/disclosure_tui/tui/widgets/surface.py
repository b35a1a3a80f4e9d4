"""What all widgets that take keys have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Reply

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Offset

__all__ = ["Surface"]


class Surface(Widget):
    """A widget to which its screen hands the keys.

    Textual's own focus is left alone: it is settled by messages that arrive late, and keys typed
    ahead would go to the wrong place.
    """

    class Settled(Message):
        """Its size is known: only now the place of editing is the one on the screen."""

    def on_resize(self, event: events.Resize) -> None:
        """Tell the screen; Textual calls this besides what a widget does itself."""
        del event
        self.post_message(self.Settled())

    @property
    def is_typing(self) -> bool:
        """Tell whether a text is being typed, so that letters are no commands."""
        return False

    @property
    def caret(self) -> Offset | None:
        """The place of editing in the widget, where the terminal's cursor belongs."""
        return None

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        del key
        return NOT_MINE

    def paste(self, text: str) -> Reply:
        """Deal with pasted text."""
        del text
        return NOT_MINE

    def click(self, place: Offset) -> Reply:
        """Deal with a click at a place of the widget."""
        del place
        return NOT_MINE

    def finish(self) -> Reply:
        """End typing and keep what was typed."""
        return NOT_MINE

    def give_up(self) -> None:
        """End typing and forget what was typed."""

    def resume(self, text: str) -> None:
        """Begin typing at the cursor with a text that was typed before."""
