"""The text of a text area, and how it stands in lines of the screen.

Textual would break Chinese lines anywhere, numbers included; here they are laid as everywhere
else, by `render.line_breaking`.
"""

from __future__ import annotations

from bisect import bisect_left

from textual.document._document import Document, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset

from disclosure_tui.render.width import MEASURE, printable

__all__ = ["HIDDEN", "ProseDocument", "ProseLines", "ProseNavigator", "shown"]

HIDDEN = "\u2060"
"""Stands for what must not reach a terminal while a line is laid out: it is as narrow."""
_HANGING = 1
"""One blank may stand where the caret goes behind the last character of a line."""


def shown(line: str) -> str:
    """Return a line to be laid out, each character in its place.

    A tab is one blank; what must not reach a terminal is hidden, so is a mark with nothing before
    it to settle on.
    """
    if line.isprintable() and (line.isascii() or not line or printable(line[0]) == line[0]):
        return line
    first = line[:1] if printable(line[:1]) == line[:1] else _stand_in(line[:1])
    return first + "".join(map(_safe, line[1:]))


def _safe(character: str) -> str:
    """Return a character, or what stands for it; one that joins others needs one before it."""
    return character if printable("x" + character) == "x" + character else _stand_in(character)


def _stand_in(character: str) -> str:
    return " " if character == "\t" else HIDDEN


class ProseDocument(Document):
    """A text whose lines end where the file says so, and nowhere else.

    Textual would also end one at a form feed or at U+2028, and write a line feed there.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")

    def offset_of(self, location: Location) -> int:
        """Return how many characters stand before a place, line ends counted."""
        row, column = location
        return sum(len(line) + 1 for line in self._lines[:row]) + column

    def location_of(self, offset: int) -> Location:
        """Return the place behind so many characters."""
        for row, line in enumerate(self._lines):
            if offset <= len(line):
                return row, max(0, offset)
            offset -= len(line) + 1
        return len(self._lines) - 1, len(self._lines[-1])


class ProseLines(WrappedDocument):
    """The lines of a text on the screen.

    Attributes:
        leaning: A place between two lines of the screen at which the caret stands behind the
            first of them, as it does after End; elsewhere it stands before the second.
    """

    def __init__(self, document: ProseDocument) -> None:
        self.leaning: Location | None = None
        self._known: dict[str, list[int]] = {}
        self._known_width = 0
        super().__init__(document)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Lay the text into lines of so many cells; 0: each line of the text is one."""
        del tab_width
        self.leaning = None
        self._width = width
        known = self._known if width == self._known_width else {}
        # Of the lines of a text few change between two keys.
        self._known, self._known_width = {}, width
        self._wrap_offsets = []
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        self._tab_width_cache = [[] for _ in self.document.lines]
        for index, line in enumerate(self.document.lines):
            breaks = known.get(line)
            if breaks is None:
                breaks = list(
                    MEASURE.line_starts(shown(line), width, _HANGING)[1:] if width else ()
                )
            self._known[line] = breaks
            first = len(self._offset_to_line_info)
            self._wrap_offsets.append(breaks)
            self._line_index_to_offsets.append(list(range(first, first + len(breaks) + 1)))
            self._offset_to_line_info += [(index, section) for section in range(len(breaks) + 1)]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Lay the text into lines after an edit."""
        del start, old_end, new_end
        self.wrap(self._width)

    def get_sections(self, line_index: int) -> list[str]:
        """Return the lines of the screen that a line of the text takes, as they are laid out."""
        line = shown(self.document[line_index])
        starts = [0, *self._wrap_offsets[line_index]]
        return [line[a:b] for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]

    def line_at(self, y: int) -> tuple[int, int, int] | None:
        """Return what a line of the screen shows: a line of the text, from where up to where."""
        if y >= len(self._offset_to_line_info):
            return None
        row, section = self._offset_to_line_info[y]
        starts = [0, *self._wrap_offsets[row], len(self.document[row]) + 1]
        return row, starts[section], starts[section + 1]

    def location_to_offset(self, location: Location) -> Offset:
        """Return where a place is shown."""
        if location != self.leaning:
            return super().location_to_offset(location)
        row, column = location
        section = bisect_left(self._wrap_offsets[row], column)
        width = MEASURE.width(self.get_sections(row)[section].replace(HIDDEN, ""))
        return Offset(width, self._line_index_to_offsets[row][section])


class ProseNavigator(DocumentNavigator):
    """Moves the caret through the lines of the screen."""

    def __init__(self, lines: ProseLines) -> None:
        super().__init__(lines)
        self._prose_lines = lines

    def _within(self, location: Location) -> Location:
        """Return a place on the line of the screen on which the caret is shown."""
        row, column = location
        return (row, column - 1) if location == self._prose_lines.leaning else location

    def get_location_above(self, location: Location) -> Location:
        """Return the place a line further up."""
        return super().get_location_above(self._within(location))

    def get_location_below(self, location: Location) -> Location:
        """Return the place a line further down."""
        return super().get_location_below(self._within(location))

    def get_location_home(self, location: Location, smart_home: bool = False) -> Location:  # noqa: FBT001 - Textual's own signature
        """Return the start of the line of the screen; from there, that of the paragraph."""
        del smart_home
        home = super().get_location_home(self._within(location))
        return (location[0], 0) if home == location else home

    def get_location_end(self, location: Location) -> Location:
        """Return the end of the line of the screen; from there, that of the paragraph."""
        row, column = location
        end = len(self._document[row])
        if location == self._prose_lines.leaning:
            return row, end
        breaks = self._wrapped_document.get_offsets(row)
        return row, next((place for place in breaks if place > column), end)
