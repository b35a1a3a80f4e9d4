"""Finds the sections of a form on a page by their headings, and what is wrong with the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import exact, key, likeness
from disclosure_tui.exchange.picture import Paragraph
from disclosure_tui.model.pointer import Pointer

__all__ = ["Heading", "HeadingFault", "Outline", "find_outline"]

LONGEST_HEADING = 160
"""Characters; a longer paragraph is no heading."""
_ALIKE = 0.6
_LEAST_CONTENTS = 3
"""So many headings under each other are a table of contents."""
_MOST_NUMBERS = 200
"""So many numbered paragraphs are looked at for numbers out of place."""
_CHINESE_DIGITS = "一二三四五六七八九十"
_SEPARATORS = "、.．,，:： \u3000\t"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the form has.

    Attributes:
        pointer: Its section.
        number: As printed.
        text: Without the number.
    """

    pointer: Pointer
    number: str
    text: str


class HeadingFault:
    """What can be wrong with a heading."""

    MISSING = "missing"
    TWICE = "twice"
    WORDING = "wording"
    ORDER = "order"
    NUMBER = "number"
    INSIDE = "inside"


@dataclass
class Outline:
    """Where the sections are.

    Attributes:
        places: Position of the heading among the paragraphs, by section.
        faults: Kind, section (of a number inside a section: where it stands) and text as printed.
    """

    places: dict[Pointer, int] = field(default_factory=dict)
    faults: list[tuple[str, Pointer, str]] = field(default_factory=list)

    def section_at(self, position: int) -> Pointer | None:
        """Return the section that a position lies in, or None before the first heading."""
        before = [(place, pointer) for pointer, place in self.places.items() if place <= position]
        return max(before)[1] if before else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    number: str
    text: str
    numbered: bool


def find_outline(headings: Sequence[Heading], paragraphs: Sequence[Paragraph]) -> Outline:
    """Find each heading.

    Args:
        headings: Of the form, in order.
        paragraphs: Of the page, in order; the place of a table holds an empty one.
    """
    numbers = sorted({heading.number for heading in headings if heading.number}, key=len)
    found = _without_contents(list(_candidates(paragraphs, numbers, headings)))
    outline = Outline()
    taken: set[int] = set()
    for heading in headings:
        same = [item for item in found if key(item.text) == key(heading.text)]
        if len(same) > 1:
            outline.faults.append((HeadingFault.TWICE, heading.pointer, same[0].text))
        elif same:
            _settle(outline, heading, same[0])
        taken.update(item.position for item in same)
    _altered(outline, headings, [item for item in found if item.position not in taken])
    _judge_order(outline, headings)
    _judge_numbers(outline, paragraphs, found)
    return outline


def _without_contents(found: list[_Candidate]) -> list[_Candidate]:
    """Leave out a table of contents: headings right under each other that all come once more."""
    kept: list[_Candidate] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end].position == found[end - 1].position + 1:
            end += 1
        run, others = found[at:end], {key(item.text) for item in [*found[:at], *found[end:]]}
        if len(run) < _LEAST_CONTENTS or not all(key(item.text) in others for item in run):
            kept += run
        at = end
    return kept


def _candidates(
    paragraphs: Sequence[Paragraph], numbers: Sequence[str], headings: Sequence[Heading]
) -> Iterator[_Candidate]:
    known = {key(heading.text) for heading in headings}
    for position, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if not text or len(text) > LONGEST_HEADING:
            continue
        number, rest = _split(text, numbers)
        if number or key(text) in known:
            yield _Candidate(position, number, rest, paragraph.numbered)


def _split(text: str, numbers: Sequence[str]) -> tuple[str, str]:
    """Part a heading into its number and the rest."""
    for number in sorted(numbers, key=len, reverse=True):
        rest = text[len(number) :]
        if text.startswith(number) and rest[:1] and rest[0] in _SEPARATORS:
            return number, rest.lstrip(_SEPARATORS)
    if any(number and set(number) <= set(_CHINESE_DIGITS) for number in numbers):
        match = re.match(rf"([{_CHINESE_DIGITS}]{{1,3}})[、.．,，]\s*", text)
        if match is not None:
            return match[1], text[match.end() :]
    return "", text


def _settle(outline: Outline, heading: Heading, item: _Candidate) -> None:
    outline.places[heading.pointer] = item.position
    if exact(item.text).rstrip(":") != exact(heading.text):
        outline.faults.append((HeadingFault.WORDING, heading.pointer, item.text))
    if item.number != heading.number and not (item.numbered and not item.number):
        outline.faults.append((HeadingFault.NUMBER, heading.pointer, item.number))


def _altered(outline: Outline, headings: Sequence[Heading], left: list[_Candidate]) -> None:
    """Find the headings in other words: by their number, or by likeness, between neighbours."""
    twice = {pointer for kind, pointer, _ in outline.faults if kind == HeadingFault.TWICE}
    for index, heading in enumerate(headings):
        if heading.pointer in outline.places or heading.pointer in twice:
            continue
        low = max((outline.places.get(h.pointer, -1) for h in headings[:index]), default=-1)
        after = [
            outline.places[h.pointer] for h in headings[index + 1 :] if h.pointer in outline.places
        ]
        high = min(after, default=1 << 60)
        inside = [item for item in left if low < item.position < high]
        numbered = [item for item in inside if heading.number and item.number == heading.number]
        fitting = [
            item
            for item in numbered or inside
            if likeness(key(item.text), key(heading.text)) >= _ALIKE
        ]
        chosen = fitting if len(fitting) == 1 else numbered
        if len(chosen) == 1:
            _settle(outline, heading, chosen[0])
            left.remove(chosen[0])
        else:
            outline.faults.append((HeadingFault.MISSING, heading.pointer, ""))


def _judge_order(outline: Outline, headings: Sequence[Heading]) -> None:
    furthest = -1
    for heading in headings:
        place = outline.places.get(heading.pointer)
        if place is not None and place < furthest:
            outline.faults.append((HeadingFault.ORDER, heading.pointer, ""))
        elif place is not None:
            furthest = place


def _judge_numbers(
    outline: Outline, paragraphs: Sequence[Paragraph], found: Sequence[_Candidate]
) -> None:
    """Name the paragraphs inside sections that carry a number of the first level."""
    headings = set(outline.places.values())
    for item in found[:_MOST_NUMBERS]:
        section = outline.section_at(item.position)
        if item.position not in headings and item.number and section is not None:
            text = paragraphs[item.position].text
            outline.faults.append((HeadingFault.INSIDE, section, text))
