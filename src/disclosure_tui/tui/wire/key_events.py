"""From what the keyboard said to Textual's events.

Textual's own parser knows the names of keys. It gets whole sequences only, one at a time: what it
does not know is dropped, while by itself it would type it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import XTermParser
from textual.messages import InBandWindowResize

if TYPE_CHECKING:
    from textual.message import Message

__all__ = ["KeyEvents"]

_ESCAPE = "\x1b"
_UNASKED = (events.Resize, events.CursorPosition, InBandWindowResize)


class KeyEvents:
    """Makes events of characters and sequences."""

    def __init__(self, *, mouse: bool = False) -> None:
        """Begin.

        Args:
            mouse: Whether the terminal was asked to tell of the mouse.
        """
        self._mouse = mouse
        self._parser = XTermParser()

    def typed(self, text: str) -> Iterator[Message]:
        """Yield the keys that characters stand for."""
        for character in text:
            if character == _ESCAPE:
                yield events.Key("escape", _ESCAPE)
            else:
                yield from self._parser.feed(character)

    def sequence(self, text: str) -> Iterator[Message]:
        """Yield what a whole sequence stands for, nothing if that is not known."""
        try:
            # A parser of its own: what it does not know it would go on waiting for.
            found = list(XTermParser().feed(text))
        except (ValueError, OverflowError):  # the number of no character
            return
        yield from (message for message in found if self._is_asked_for(message))

    def _is_asked_for(self, message: Message) -> bool:
        """Tell whether an event is a key, or an answer to what the terminal was asked.

        Whatever else comes is noise, a size of the window for instance that nobody has.
        """
        if isinstance(message, events.Key):
            return not any("\ud800" <= sign <= "\udfff" for sign in message.character or "")
        if isinstance(message, events.MouseEvent):
            return self._mouse
        return not isinstance(message, _UNASKED)
