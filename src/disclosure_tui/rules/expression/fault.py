"""What is wrong with an expression, and where in its text."""

from __future__ import annotations

import unicodedata

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text

__all__ = ["ExpressionError", "caret_under", "shown"]

CONTEXT_BEFORE, CONTEXT_AFTER = 60, 40
"""How much of a long line the caret display shows around the position, in characters."""

EXCERPT = 20
"""How much of the text a message quotes, in characters."""


class ExpressionError(SchemaError):
    """An expression or path cannot be read, or names what it must not.

    Attributes:
        position: Offset in the text, from 0; the message counts from 1.
        source: The text; empty where only the tree was at hand.
    """

    def __init__(
        self, message: Text, position: int, source: str = "", *, hint: Text | None = None
    ) -> None:
        place = Text(f"第 {position + 1} 个字：", f"character {position + 1}: ")
        super().__init__(place + message, hint=hint)
        self.position = position
        self.source = source

    @property
    def message(self) -> Text:
        """The position and what to write there."""
        return self.what

    def caret(self) -> str:
        """Return the line of the text and below it a caret under the character meant.

        A text that is not known gives an empty string.
        """
        return caret_under(self.source, self.position) if self.source else ""


def caret_under(source: str, position: int) -> str:
    """Return the line of a text and below it a caret under one of its characters.

    Full-width characters count two cells, combining marks none.
    """
    start = source.rfind("\n", 0, position) + 1
    end = source.find("\n", position)
    end = len(source) if end < 0 else end
    start = max(start, position - CONTEXT_BEFORE)
    end = min(end, position + CONTEXT_AFTER)
    before = _printable(source[start:position])
    line = before + _printable(source[position:end])
    return f"{line}\n{' ' * sum(map(_cells, before))}^"


def shown(text: str, limit: int = EXCERPT) -> str:
    """Return a piece of the text as a message can quote it: short, on one line, visible."""
    piece = text if len(text) <= limit else text[:limit] + "..."
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in piece)


def _printable(text: str) -> str:
    # Controls, separators and surrogates become a space each, so that the columns still fit.
    return "".join(c if c.isprintable() else " " for c in text)


def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me") else 1
