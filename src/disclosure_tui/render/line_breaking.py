"""Where a line of Chinese and Latin text may end, and how a text is laid into lines.

The one place that knows: prose in the editor, prints, sentences of the screen all come here.
Widths are told by the caller, who knows the terminal.

Punctuation that ends something never begins a line, and punctuation that opens something never
ends one. A number keeps its sign, decimals, per cent and unit; a Latin word, a web address and the
number of a document (〔2021〕30号) stay whole. Only what is longer than a line is cut, and even
there punctuation stays where it belongs as long as there is another place to cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["BLANKS", "Character", "Segment", "line_starts", "may_break", "segments"]

BLANKS = " \u3000"
"""Blanks at which a line may end; the no-break space is not one of them."""

_NEVER_FIRST = frozenset("，。、；：！？）】》〉」』〕］｝〗”’％%‰℃°…‥—·・々～ー．｡､｣,.;:!?)]}>")
_NEVER_LAST = frozenset("（【《〈「『〔［｛〖“‘￥＄｢$([{<")
_INSEPARABLE = frozenset("—…‥")
_APOSTROPHE = "’"

_DIGIT = "[0-9０-９]"
_UNIT = (
    "个百分点|个工作日|平方米|立方米|平方公里|公里|公斤|公顷|小时|分钟|工作日|人次|"
    "[件宗条次起例期份篇元项个人天日月年号户家处名位部本册页张台套亩米吨届类种周岁时分秒季度]"
)
_KEPT = re.compile(
    # The number of a document: 国办公开办函〔2021〕30号.
    f"[〔\\[]{_DIGIT}{{4}}[〕\\]](?:第)?{_DIGIT}+号"
    # A quantity: 1,234.5万元, １２件, 30 余次, 12 月.
    f"|[+＋-]?{_DIGIT}(?:[,，.．]?{_DIGIT})*[ \u00a0]?(?:[%％‰]|[余多]?[万亿]*(?:{_UNIT})?)"
)


class Character(NamedTuple):
    """A displayed character.

    Attributes:
        text: The code points shown in its cells: combining marks come with their base.
        cells: How many it takes.
    """

    text: str
    cells: int


class Segment(NamedTuple):
    """A part of a text within which no line may end.

    Attributes:
        characters: What it is made of.
        body: Cells without the blanks at the end.
        full: Cells with them.
        length: Code points.
    """

    characters: tuple[Character, ...]
    body: int
    full: int
    length: int


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two neighbouring characters.

    Chinese characters part anywhere except from the punctuation that belongs to them; a number,
    a Latin word and a web address stay whole. What it takes more than two characters to see, the
    unit behind a number, is left to `segments`.

    Args:
        before: The last character of the line.
        after: The character that would start the next line.
    """
    if after in BLANKS or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before in BLANKS:
        return True
    if before in _INSEPARABLE and after == before:
        return False
    if before == _APOSTROPHE and after.isascii() and after.isalpha():
        return False
    return not (_is_part_of_word(before) and _is_part_of_word(after))


def segments(characters: Sequence[Character]) -> list[Segment]:
    """Cut a text everywhere a line may end."""
    text = "".join(character.text for character in characters)
    kept = _kept_whole(text)
    found: list[Segment] = []
    current: list[Character] = []
    position = 0
    for character in characters:
        if current and may_break(current[-1].text[0], character.text[0]) and (position not in kept):
            found.append(_segment(current))
            current = []
        current.append(character)
        position += len(character.text)
    if current:
        found.append(_segment(current))
    return found


def line_starts(parts: Iterable[Segment], cells: int, hanging: int | None = None) -> list[int]:
    """Return the positions at which the lines of a text start.

    Args:
        parts: The text.
        cells: Cells of a line.
        hanging: So many cells of blanks may stand behind the end of a line, where they are not
            seen; of more, the rest begins the next line. None: any number.

    Raises:
        ValueError: There is not a single cell.
    """
    if cells < 1:
        raise ValueError(cells)
    room = None if hanging is None else cells + hanging
    starts = [0]
    used = position = 0
    for segment in parts:
        if used and used + segment.body > cells:
            starts.append(position)
            used = 0
        if segment.body <= cells and (room is None or used + segment.full <= room):
            used += segment.full
            position += segment.length
            continue
        cut = _cut(segment.characters, cells, used, room)
        for character, begins in zip(segment.characters, cut.begins, strict=True):
            if begins:
                starts.append(position)
            position += len(character.text)
        used = cut.used
    return starts


def _kept_whole(text: str) -> frozenset[int]:
    """Return the positions within numbers and their units, where no line may end."""
    return frozenset(
        position
        for found in _KEPT.finditer(text)
        for position in range(found.start() + 1, found.end())
    )


def _segment(characters: list[Character]) -> Segment:
    full = sum(character.cells for character in characters)
    blanks = 0
    for character in reversed(characters):
        if character.text not in BLANKS:
            break
        blanks += character.cells
    length = sum(len(character.text) for character in characters)
    return Segment(tuple(characters), full - blanks, full, length)


class _Cut(NamedTuple):
    """How an over-long part was cut.

    Attributes:
        begins: For each of its characters whether it begins a line.
        used: Cells taken on the last line.
    """

    begins: list[bool]
    used: int


def _cut(characters: tuple[Character, ...], cells: int, used: int, room: int | None) -> _Cut:
    """Cut what is longer than a line, punctuation left where it belongs if that is possible."""
    begins = [False] * len(characters)
    first = 0
    for index, character in enumerate(characters):
        is_blank = character.text in BLANKS
        limit = cells if not is_blank else room
        if used and limit is not None and used + character.cells > limit:
            cut = index if is_blank else _kinder(characters, first, index, cells)
            begins[cut] = True
            first = cut
            used = sum(one.cells for one in characters[cut:index])
        used += character.cells
    return _Cut(begins, used)


def _kinder(characters: tuple[Character, ...], first: int, cut: int, cells: int) -> int:
    """Return the last place to cut a line at that leaves punctuation where it belongs."""
    carried = 0
    for index in range(cut, first, -1):
        before, after = characters[index - 1].text[0], characters[index].text[0]
        carried += characters[index].cells
        if carried > cells:
            break
        if after not in _NEVER_FIRST and before not in _NEVER_LAST:
            return index
    return cut


def _is_part_of_word(character: str) -> bool:
    if character.isascii() or character == "\u00a0":
        return True
    width_class = unicodedata.east_asian_width(character)
    if width_class == "F":
        return character.isalnum()  # digits and letters typed full-width: １２３
    return width_class != "W" and character.isalnum()
