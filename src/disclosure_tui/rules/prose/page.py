"""A prose section made ready for reading: one line a paragraph, its figures and sentences found.

Line breaks and spaces inside a sentence or a number mean nothing, so they are taken out; every
position knows where it stood in the text as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any

from disclosure_tui.rules.prose.numerals import Figure, figures_of

__all__ = ["BREAK", "LONGEST", "Page", "folded"]

LONGEST = 200_000
"""So many characters of a section are read."""

BREAK = "\n"
"""Between paragraphs; all other white space is gone."""

_FOLDED = str.maketrans("０１２３４５６７８９．％,;:!?()", "0123456789.%，；：！？（）")
_FULL_STOPS = "。！？" + BREAK
_CLAUSE_ENDS = _FULL_STOPS + "；，："
_HEADING = re.compile("(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、．.])")
_MARKER = re.compile(
    r"(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[0-9]+[.．、](?![0-9]))"
)
_LONGEST_HEADING = 30
_INNER_SPACE = re.compile(r"[ \t\u00a0\u3000\u200b\ufeff]+")
_FILL_IN = re.compile(
    r"(?<=[\u4e00-\u9fff：])(?:[ \u00a0]{2,}|[\t\u3000]+)"
    # A unit alone: the first sign of 条例 or 次数 behind stray spaces is none.
    r"(?=[件条次项期份个元%年月日](?:[\s，。；、（）,;.()]|$))"
)
_SENTENCE_END = re.compile(f"[{_FULL_STOPS}]")
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_YEAR = re.compile("((?:19|20)[0-9]{2})年")


def folded(text: str) -> str:
    """Return a text with full-width digits and ASCII punctuation made into the usual signs."""
    return text.translate(_FOLDED)


class Page:
    """One text, read once.

    Attributes:
        text: The text without white space; paragraphs end with `BREAK`.
        figures: Its figures by where they start.
        found: What templates found in it, by template and year.
    """

    def __init__(self, source: str) -> None:
        """Read a text; what lies behind `LONGEST` is left out."""
        self._source = source[:LONGEST]
        self.fill_ins: frozenset[int] = frozenset()
        """Where a number seems to have been left out: several spaces before a unit."""
        self.text, self._offsets = self._squeezed()
        found = tuple(figures_of(self.text))
        self.figures: dict[int, Figure] = {figure.start: figure for figure in found}
        self._inside = sorted((figure.start, figure.end) for figure in found)
        self.found: dict[tuple[str, int | None], Any] = {}
        self.mentions: dict[tuple[int, int, int | None, bool], tuple[Any, ...]] = {}
        """What `mention` has found here, so that after an edit elsewhere it need not look again."""
        self._known: dict[str, tuple[int, ...]] = {}

    @staticmethod
    @lru_cache(maxsize=64)
    def of(source: str) -> Page:
        """Return the page of a text; the same text is read once."""
        return Page(source)

    def _squeezed(self) -> tuple[str, list[int]]:
        """Take white space out, and note where each character that stays stood."""
        pieces: list[str] = []
        offsets: list[int] = []
        fill_ins: set[int] = set()
        at = 0
        before = ""
        for line in self._source.splitlines(keepends=True):
            stripped = line.strip()
            if stripped and offsets and not _wrapped(before, stripped):
                pieces.append(BREAK)
                offsets.append(at - 1)
            before = stripped
            blanks = {match.end() for match in _FILL_IN.finditer(line)}
            position = 0
            for part in _INNER_SPACE.split(line.rstrip("\r\n")):
                position = line.find(part, position)
                if position in blanks:
                    fill_ins.add(len(offsets))
                pieces.append(part)
                offsets.extend(range(at + position, at + position + len(part)))
                position += len(part)
            at += len(line)
        self.fill_ins = frozenset(fill_ins)
        return folded("".join(pieces)), offsets

    def positions(self, word: str) -> tuple[int, ...]:
        """Return where a word stands; asked for again and again by many templates."""
        known = self._known.get(word)
        if known is None:
            found = []
            at = self.text.find(word)
            while at >= 0:
                found.append(at)
                at = self.text.find(word, at + 1)
            known = self._known[word] = tuple(found)
        return known

    def years(self) -> tuple[tuple[int, int], ...]:
        """Return the years named, each with where it stands."""
        return tuple((match.start(), int(match[1])) for match in _YEAR.finditer(self.text))

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence around a position begins and ends."""
        start = max(self.text.rfind(sign, 0, at) for sign in _FULL_STOPS) + 1
        return start, self._first(_SENTENCE_END, at)

    def clauses(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the clauses that a span touches."""
        first = max(self.text.rfind(sign, 0, start) for sign in _CLAUSE_ENDS) + 1
        return first, self._first(_CLAUSE_END, end)

    def _first(self, signs: re.Pattern[str], at: int) -> int:
        found = signs.search(self.text, at)
        return found.start() if found else len(self.text)

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph that holds a position, from 1."""
        return self.text.count(BREAK, 0, at) + 1

    def paragraph_span(self, at: int) -> tuple[int, int]:
        """Return where the paragraph around a position begins and ends."""
        end = self.text.find(BREAK, at)
        return self.text.rfind(BREAK, 0, at) + 1, len(self.text) if end < 0 else end

    def topic(self, at: int) -> int:
        """Return where what may name the topic of a position begins.

        That is its paragraph, and the line before where that is a heading.
        """
        start, _ = self.paragraph_span(at)
        if start > 1:
            above, end = self.paragraph_span(start - 2)
            heading = self.text[above:end]
            if len(heading) <= _LONGEST_HEADING and not any(sign in heading for sign in "，。；："):
                return above
        return start

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """Return the figures that begin in a span, in order."""
        first = bisect_left(self._inside, (start, 0))
        last = bisect_right(self._inside, (end, 0))
        return [self.figures[begin] for begin, _ in self._inside[first:last]]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the text stands in the section as written."""
        if start >= end:
            return 0, 0
        return self._offsets[start], self._offsets[end - 1] + 1


def _wrapped(before: str, line: str) -> bool:
    """Tell whether a line goes on in the next: printed text is often broken at its width."""
    if not before or before[-1] in "。！？；" or _MARKER.match(line):
        return False
    heading = _HEADING.match(before) and len(before) <= _LONGEST_HEADING
    return not (heading and not any(sign in before for sign in "，。；："))
