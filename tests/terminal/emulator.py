"""A terminal in this process that treats half a wide character as real ones do.

Where a character is written over one half of a wide one, xterm, VTE and tmux make a blank of the
other half. pyte leaves the wide character where it was, though only one cell is left of it: then
two ways of sending the same picture look different, and neither as on any terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyte
from pyte.screens import wcwidth

__all__ = ["Emulator"]


class Emulator(pyte.Screen):
    """The screen of pyte, without halves of characters."""

    @property
    def display(self) -> list[str]:
        """The lines as text; a half that was left over is a blank."""
        return ["".join(self._texts(number)) for number in range(self.lines)]

    def _texts(self, number: int) -> Iterator[str]:
        line, hidden = self.buffer[number], False
        for column in range(self.columns):
            text = line[column].data
            if not hidden:
                yield text or " "
            hidden = not hidden and text != "" and wcwidth(text[0]) == 2

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        """Change the look of text; what an editor asks of xterm in the same words is no look."""
        if not private:
            super().select_graphic_rendition(*attributes)

    def draw(self, data: str) -> None:
        """Show text, one character after the other: pyte leaves out all behind some joiners."""
        for character in data:
            self._make_room(wcwidth(character))
            super().draw(character)

    def _make_room(self, width: int) -> None:
        """Make blanks of the halves that a character of so many cells will leave."""
        first = self.cursor.x
        if width < 1 or first >= self.columns:
            return
        line = self.buffer[self.cursor.y]
        after = first + width
        if first and line[first].data == "":
            line[first - 1] = line[first - 1]._replace(data=" ")
        if after < self.columns and line[after].data == "":
            line[after] = line[after]._replace(data=" ")
