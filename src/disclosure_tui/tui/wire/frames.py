"""Reads what Textual writes: pictures for the terminal, and commands that go there as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from disclosure_tui.render.width import Measure
from disclosure_tui.tui.wire.attributes import PLAIN, Attributes, applied, on_blank
from disclosure_tui.tui.wire.picture import Picture

__all__ = ["Command", "Frames"]

_TOKEN = re.compile(
    r"\x1b\[(?P<attributes>[0-9;]*)m"
    r"|\x1b\[(?P<row>[0-9]*)(?:;(?P<column>[0-9]*))?H"
    r"|(?P<link>\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<command>\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[\]])"
    r"|(?P<move>[\r\n\b])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<other>[\x00-\x1f\x7f-\x9f])"
)
_CLEAR = re.compile(r"\x1b\[[23]?J")


class Command(Enum):
    """What the sequences mean that change the whole terminal."""

    ENTER = "\x1b[?1049h"
    LEAVE = "\x1b[?1049l"
    BEGIN = "\x1b[?2026h"
    END = "\x1b[?2026l"


class Frames:
    """The picture that Textual wants, and where it left its cursor.

    Attributes:
        picture: The cells as they are to look.
        cursor: Row and column, from 0, where the cursor is to stand.
        touched: The rows in which something was put since they were last taken.
    """

    def __init__(self, size: tuple[int, int], measure: Measure) -> None:
        self.picture = Picture()
        self.cursor = (0, 0)
        self.touched: set[int] = set()
        self.measure = measure
        self._width, self._height = size
        self._attributes: Attributes = PLAIN

    def feed(self, data: str) -> Iterator[str]:
        """Take what is written into the picture; yield the commands among it, in their order."""
        for token in _TOKEN.finditer(data):
            kind, value = token.lastgroup, token.group()
            if kind == "text":
                self._write(value)
            elif kind == "attributes":
                self._attributes = applied(self._attributes, token["attributes"])
            elif kind in ("row", "column"):
                self.cursor = int(token["row"] or 1) - 1, int(token["column"] or 1) - 1
            elif kind == "move":
                self._move(value)
            elif kind == "command":
                if value == Command.ENTER.value or _CLEAR.fullmatch(value):
                    self.picture.clear()
                    self.touched.clear()
                yield value

    def resize(self, width: int, height: int) -> None:
        """Begin an empty picture of another size; what is written beyond it is left out."""
        self._width, self._height = width, height
        self.picture.clear()
        self.touched.clear()

    def touch_all(self) -> None:
        """Have every row said again."""
        self.touched.update(range(len(self.picture.rows)))

    def take_touched(self) -> list[int]:
        """Return the rows that may have changed since this was last asked."""
        rows = sorted(row for row in self.touched if row < len(self.picture.rows))
        self.touched.clear()
        return rows

    def _move(self, control: str) -> None:
        row, column = self.cursor
        if control == "\n":
            # The terminal's line discipline makes a carriage return and a line feed of it.
            self.cursor = row + 1, 0
        elif control == "\r":
            self.cursor = row, 0
        else:
            self.cursor = row, max(0, column - 1)

    def _write(self, text: str) -> None:
        row, column = self.cursor
        if row >= self._height:
            return
        self.touched.add(row)
        attributes, blank = self._attributes, on_blank(self._attributes)
        put = self.picture.put
        for character, width in self.measure.characters(text):
            if column + width > self._width:
                break
            if width:
                put(row, column, character, width, blank if character == " " else attributes)
                column += width
            else:
                self.picture.join(row, column, character)
        self.cursor = row, column
