"""Two texts sentence by sentence: what went, what came, and which words changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from disclosure_tui.data_class import dataclass

__all__ = ["SentenceChange", "marked", "sentence_changes", "sentences"]

_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_MARKS = re.compile(
    rf"[{re.escape(_OPENING + _CLOSING)}]|[。！？；][”』」]*|(?<=[.!?;])(?=\s+[A-Z0-9\"(])"
)
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_ALIKE = 0.5
"""From here on two sentences are one that was changed."""

_MOST_SENTENCES = 1_000
"""Texts of more are compared as a whole: nobody reads that, and it would take long."""

_MOST_PAIRS = 2_500
"""So many pairs of sentences are tried for likeness; beyond that they went and came."""

_MOST_WORK = 250_000
"""Lengths of two sentences, multiplied, up to which they are looked into word by word."""


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """One sentence that differs.

    Attributes:
        paragraph: Number of its paragraph, from 1, in the newer text; in the older one where
            it is gone.
        old: The sentence as it was; None where it is new.
        new: The sentence as it is; None where it is gone.
    """

    paragraph: int
    old: str | None
    new: str | None


def sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a text, each with the number of its paragraph from 1."""
    found: list[tuple[int, str]] = []
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    for number, paragraph in enumerate(paragraphs, 1):
        parts = (part.strip() for part in _parts(paragraph))
        found.extend((number, part) for part in parts if part)
    return found


def sentence_changes(old: str, new: str) -> tuple[SentenceChange, ...]:
    """Return the sentences in which two texts differ, in their order."""
    before, after = sentences(old), sentences(new)
    if len(before) + len(after) > _MOST_SENTENCES:
        return (SentenceChange(1, old, new),)
    matcher = SequenceMatcher(
        None, [text for _, text in before], [text for _, text in after], autojunk=False
    )
    found: list[SentenceChange] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            found.extend(_replaced(before[start:end], after[first:last]))
    return tuple(found)


def marked(old: str, new: str) -> tuple[str, str]:
    """Return a sentence before and after with what differs between `[` and `]`.

    Figures and words are taken whole; a Chinese character is a word of its own.
    """
    if len(old) * len(new) > _MOST_WORK:
        return old, new
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    shown: tuple[list[str], list[str]] = ([], [])
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        for side, part in zip(shown, (one[start:end], other[first:last]), strict=True):
            text = "".join(part)
            side.append(text if kind == "equal" or not text else f"[{text}]")
    return "".join(shown[0]), "".join(shown[1])


def _parts(paragraph: str) -> Iterator[str]:
    """Cut a paragraph; what stands in brackets is never cut."""
    start = depth = at = 0
    for match in _MARKS.finditer(paragraph):
        mark = match.group()
        if mark and mark in _OPENING + _CLOSING:
            depth = max(0, depth + (1 if mark in _OPENING else -1))
        elif depth == 0 and match.start() >= at:
            at = match.end()
            yield paragraph[start:at]
            start = at
    yield paragraph[start:]


def _replaced(
    before: list[tuple[int, str]], after: list[tuple[int, str]]
) -> Iterator[SentenceChange]:
    """Pair sentences that are alike, in order; between the pairs first what went, then what came.

    The pairs never cross: what changed places went and came.
    """
    here = there = 0
    if len(before) * len(after) > _MOST_PAIRS:
        yield from _unpaired(before, after)
        return
    for number, (paragraph, text) in enumerate(after):
        place = next(
            (index for index in range(here, len(before)) if _alike(before[index][1], text)), None
        )
        if place is not None:
            yield from _unpaired(before[here:place], after[there:number])
            yield SentenceChange(paragraph, before[place][1], text)
            here, there = place + 1, number + 1
    yield from _unpaired(before[here:], after[there:])


def _unpaired(gone: list[tuple[int, str]], come: list[tuple[int, str]]) -> Iterator[SentenceChange]:
    yield from (SentenceChange(number, text, None) for number, text in gone)
    yield from (SentenceChange(number, None, text) for number, text in come)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return False
    return len(one) * len(other) > _MOST_WORK or matcher.ratio() >= _ALIKE
