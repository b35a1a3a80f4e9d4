"""How many terminal cells a text takes, and fitting text into cells without losing any silently.

All lengths are in cells: a Chinese character takes two, a combining mark none. Text that cannot
be shown as it is (control characters, marks that turn the writing direction) is always measured
and returned in its visible form, see `printable`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.line_breaking import (
    BLANKS,
    Character,
    Segment,
    line_starts,
    segments,
)

__all__ = ["MEASURE", "Align", "Measure", "clip", "fit", "printable", "width", "wrap"]

# Nothing in here may reach a terminal: it would move the cursor, reorder or hide other text.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e00ff]"
)
_NARROW = re.compile("[\x20-\x7e\u2010-\u2027\u2500-\u257f]")
_WIDE = re.compile("[\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff60]")
"""Characters whose width nobody doubts: a Chinese report needs no table of all others."""
_LINE_END = re.compile("\r\n|\r|\n")
_JOINER = "\u200d"
_CACHED_LENGTH = 400
"""Longer texts are prose that changes with every key; keeping them would only cost memory."""


class Align(Enum):
    """Where a text stands in a wider field."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Measure:
    """The widths of one terminal.

    Attributes:
        ambiguous: Cells of a character that Unicode calls ambiguous (“ ” … ① ─): 1 on most
            terminals, 2 on those set to wide.
    """

    ambiguous: int = 1

    def width(self, text: str) -> int:
        """Return the number of cells the text takes on one line."""
        if text.isascii() and text.isprintable():
            return len(text)
        if len(text) > _CACHED_LENGTH:
            return _width(printable(text), self.ambiguous)
        return _cached_width(text, self.ambiguous)

    def characters(self, text: str) -> list[Character]:
        """Return the displayed characters of a printable text, each with its cells.

        A character comes with all that is shown in the same cells, a combining mark for instance.
        """
        return _characters(text, self.ambiguous)

    def clip(self, text: str, cells: int, sign: str = "~") -> str:
        """Return the text if it fits; otherwise as much as fits, with the sign in the last cell."""
        text = printable(text)
        if self.width(text) <= cells:
            return text
        room = cells - self.width(sign)
        if room < 0:
            return "~"[:cells] if cells > 0 else ""
        kept: list[str] = []
        used = 0
        for character, character_width in _characters(text, self.ambiguous):
            if used + character_width > room:
                break
            kept.append(character)
            used += character_width
        return "".join(kept) + " " * (room - used) + sign

    def fit(self, text: str, cells: int, align: Align = Align.LEFT) -> str:
        """Return the text clipped or padded with blanks to exactly so many cells."""
        shown = self.clip(text, cells)
        lack = max(0, cells - self.width(shown))
        if align is Align.LEFT:
            return shown + " " * lack
        before = lack if align is Align.RIGHT else lack // 2
        return " " * before + shown + " " * (lack - before)

    def wrap(self, text: str, cells: int) -> list[str]:
        """Return the text as lines of at most so many cells, by the Chinese rules of line breaking.

        A line end in the text ends a line. Blanks at the end of a line are dropped. A word longer
        than a line is cut; a character wider than a line is shown as `~`.

        Raises:
            ValueError: There is not a single cell.
        """
        if len(text) > _CACHED_LENGTH:
            return list(_wrap(text, cells, self.ambiguous))
        return list(_cached_wrap(text, cells, self.ambiguous))

    def line_starts(self, text: str, cells: int, hanging: int | None = None) -> tuple[int, ...]:
        """Return the positions in a text without line ends at which its wrapped lines start.

        Args:
            text: What is laid into lines, as it is shown.
            cells: Cells of a line.
            hanging: So many cells of blanks may stand behind the end of a line; None: any number.

        Raises:
            ValueError: There is not a single cell.
        """
        return tuple(line_starts(_segments(text, self.ambiguous), cells, hanging))

    def longest_part(self, text: str) -> int:
        """Return the width below which a word of the text would have to be cut."""
        return max(
            (segment.body for segment in _segments(printable(text), self.ambiguous)), default=0
        )


MEASURE = Measure()
"""The widths of most terminals."""


def width(text: str) -> int:
    """Return the number of cells the text takes on most terminals."""
    return MEASURE.width(text)


def clip(text: str, cells: int, sign: str = "~") -> str:
    """Return `Measure.clip` for most terminals."""
    return MEASURE.clip(text, cells, sign)


def fit(text: str, cells: int, align: Align = Align.LEFT) -> str:
    """Return `Measure.fit` for most terminals."""
    return MEASURE.fit(text, cells, align)


def wrap(text: str, cells: int) -> list[str]:
    """Return `Measure.wrap` for most terminals."""
    return MEASURE.wrap(text, cells)


def printable(text: str) -> str:
    """Return the text with everything that must not reach a terminal in visible form.

    A control character becomes `^G`, another invisible one `<U+202E>`; so does a combining mark
    that has no character before it and would settle on whatever stands to its left.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _UNPRINTABLE.sub(_escaped, text)
    if text and _code_point_width(text[0]) <= 0:
        text = f"<U+{ord(text[0]):04X}>{text[1:]}"
    return text


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return f"<U+{code:04X}>"


@lru_cache(maxsize=8192)
def _code_point_width(character: str) -> int:
    """Return the cells of one code point, below 0 where it has none of its own."""
    if _NARROW.match(character):
        return 1
    if _WIDE.match(character):
        return 2
    # Imported here: its tables take longer to load than the screen takes to draw.
    from wcwidth import wcwidth

    return wcwidth(character)


def _joined_width(characters: str) -> int:
    from wcwidth import wcswidth

    return wcswidth(characters)


@lru_cache(maxsize=8192)
def _character_width(character: str, ambiguous: int) -> int:
    """Return the cells of one code point or of one character with all that is joined to it."""
    cells = _joined_width(character) if len(character) > 1 else _code_point_width(character)
    if cells == 1 and unicodedata.east_asian_width(character[0]) == "A":
        return ambiguous
    return max(0, cells)


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) == "So"


def _belongs_to(before: str, character: str) -> bool:
    """Tell whether a code point is shown in the cells of the character before it."""
    if _code_point_width(character) == 0:
        return True
    if before.endswith(_JOINER):
        return _is_symbol(before[0]) and _is_symbol(character)
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return _is_symbol(before[0])
    is_flag_letter = "\U0001f1e6" <= character <= "\U0001f1ff"
    return is_flag_letter and len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"


def _characters(text: str, ambiguous: int) -> list[Character]:
    """Return the displayed characters of a printable text, each with its width."""
    if text.isascii():
        return [Character(character, 1) for character in text]
    found: list[str] = []
    for character in text:
        if found and character > "\u02ff" and _belongs_to(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return [Character(text, _character_width(text, ambiguous)) for text in found]


def _width(text: str, ambiguous: int) -> int:
    return sum(cells for _, cells in _characters(text, ambiguous))


@lru_cache(maxsize=8192)
def _cached_width(text: str, ambiguous: int) -> int:
    return _width(printable(text), ambiguous)


def _segments(text: str, ambiguous: int) -> Sequence[Segment]:
    """Cut a printable text everywhere a line may end."""
    if len(text) > _CACHED_LENGTH:
        return segments(_characters(text, ambiguous))
    return _cached_segments(text, ambiguous)


@lru_cache(maxsize=1024)
def _cached_segments(text: str, ambiguous: int) -> tuple[Segment, ...]:
    return tuple(segments(_characters(text, ambiguous)))


def _wrap(text: str, cells: int, ambiguous: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in _LINE_END.split(text):
        shown = printable(paragraph)
        starts = line_starts(_segments(shown, ambiguous), cells)
        for start, end in zip(starts, (*starts[1:], len(shown)), strict=True):
            line = shown[start:end].rstrip(BLANKS)
            lines.append(line if _width(line, ambiguous) <= cells else "~")
    return tuple(lines)


@lru_cache(maxsize=8192)
def _cached_wrap(text: str, cells: int, ambiguous: int) -> tuple[str, ...]:
    return _wrap(text, cells, ambiguous)
