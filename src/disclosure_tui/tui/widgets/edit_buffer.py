"""The text being typed into one cell or field, with its caret."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure_tui.render.width import MEASURE, printable

__all__ = ["EditBuffer"]


@dataclass(slots=True)
class EditBuffer:
    """One line of text and the position of the caret in it, from 0.

    Attributes:
        text: What is typed so far.
        caret: Number of characters before the caret.
        replacing: It was begun by typing over the old value: arrows then leave the cell.
    """

    text: str = ""
    caret: int = 0
    replacing: bool = False

    @classmethod
    def over(cls, text: str) -> EditBuffer:
        """Begin with a first character that replaces the old value."""
        return cls(text, len(text), replacing=True)

    @classmethod
    def on(cls, text: str) -> EditBuffer:
        """Begin with the old value, the caret behind it."""
        return cls(text, len(text))

    def type(self, text: str) -> None:
        """Put text at the caret."""
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)

    def press(self, name: str) -> bool:
        """Deal with a key that moves the caret or takes characters away.

        Returns:
            Whether the key was one of those.
        """
        match name:
            case "backspace":
                if self.caret:
                    self.text = self.text[: self.caret - 1] + self.text[self.caret :]
                    self.caret -= 1
            case "delete":
                self.text = self.text[: self.caret] + self.text[self.caret + 1 :]
            case "left":
                self.caret = max(0, self.caret - 1)
            case "right":
                self.caret = min(len(self.text), self.caret + 1)
            case "home":
                self.caret = 0
            case "end":
                self.caret = len(self.text)
            case _:
                return False
        return True

    def window(self, room: int) -> tuple[str, int]:
        """Return the part around the caret that fits, and the cells before the caret in it.

        One cell stays free for a caret behind the text. What must not reach a terminal is shown
        in its visible form.
        """
        start = 0
        while MEASURE.width(self.text[start : self.caret]) > room - 1:
            start += 1
        end = len(self.text)
        while MEASURE.width(self.text[start:end]) > room - 1 and end > self.caret:
            end -= 1
        return printable(self.text[start:end]), MEASURE.width(self.text[start : self.caret])
