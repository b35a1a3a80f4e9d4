"""Templates: which words, in which order, how far apart, and where the figure stands.

A template is text as it is printed, with

    {收到|受理}  one of these words; {共|} one of them or nothing
    …           at most 16 characters, none of them the end of a sentence or part of a figure; a
                remark in brackets without figures counts as one
    {n}         an exact number; {p} an exact percentage
    {year}      the report year; {year-1} {year+1} the years beside it; {other_year} any other
    {_}         a place left to be filled in: underscores, or spaces before a unit

White space means nothing. There are no repetitions and no regular expressions, so trying a
template takes time in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.prose.numerals import Figure, FigureKind
from disclosure_tui.rules.prose.page import Page

__all__ = [
    "WIDEST_GAP",
    "FillIn",
    "Gap",
    "Match",
    "Part",
    "Template",
    "Wanted",
    "Words",
    "Year",
]

WIDEST_GAP = 16
"""A gap spans at most so many characters."""
_LONGEST_REMARK = 40


@dataclass(frozen=True, slots=True)
class Words:
    """One of these words; an empty one: or nothing."""

    words: tuple[str, ...]

    @property
    def optional(self) -> bool:
        """Tell whether nothing will do."""
        return "" in self.words


@dataclass(frozen=True, slots=True)
class Gap:
    """A few characters of no matter what."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure of this kind."""

    kind: FigureKind


@dataclass(frozen=True, slots=True)
class Year:
    """The report year and so many more; None: any year but the report year."""

    later: int | None


@dataclass(frozen=True, slots=True)
class FillIn:
    """A place left to be filled in."""


Part: TypeAlias = Words | Gap | Wanted | Year | FillIn


@dataclass(frozen=True, slots=True)
class Match:
    """Where a template fits.

    Attributes:
        start: First character in the page's text.
        end: Behind the last one.
        figures: The figures met, in order.
    """

    start: int
    end: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Template:
    """A template, understood.

    Attributes:
        source: As written.
        parts: What it is made of.
    """

    source: str
    parts: tuple[Part, ...]
    _needed: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def kinds(self) -> tuple[FigureKind, ...]:
        """The kinds of its figures, in order."""
        return tuple(part.kind for part in self.parts if isinstance(part, Wanted))

    def matches(self, page: Page, year: int | None) -> tuple[Match, ...]:
        """Return every place where it fits, in order.

        Several rules look for the same words, and a cell beside an unchanged text changes often,
        so the page keeps what was found.
        """
        key = (self.source, year)
        known: tuple[Match, ...] | None = page.found.get(key)
        if known is None:
            known = page.found[key] = tuple(self._tried(page, year))
        return known

    def _tried(self, page: Page, year: int | None) -> Iterator[Match]:
        for words in self._needed:
            if not any(page.positions(word) for word in words):
                return
        attempt = _Attempt(page, self.parts, year)
        for start in self._starts(page, year):
            found = attempt.match(0, start)
            if found is not None:
                yield Match(start, found[0], found[1])

    def _starts(self, page: Page, year: int | None) -> Iterator[int]:
        first = self.parts[0]
        if isinstance(first, Words):
            yield from sorted(at for word in first.words for at in page.positions(word))
        elif isinstance(first, Wanted):
            yield from page.figures
        elif isinstance(first, Year):
            if first.later is None:
                yield from (at for at, _ in page.years())
            elif year is not None:
                yield from page.positions(str(year + first.later))
        else:
            lines = (at for at in page.positions("_") if not page.text.endswith("_", 0, at))
            yield from sorted({*lines, *page.fill_ins})


class _Attempt:
    """The tries of a template on a page.

    What follows a gap is tried at many places, and again from the next start: where it did not
    fit once it is not tried again, so the time grows with the text and not with its repetitions.
    """

    __slots__ = ("_failed", "_page", "_parts", "_year")

    def __init__(self, page: Page, parts: tuple[Part, ...], year: int | None) -> None:
        self._page = page
        self._parts = parts
        self._year = year
        self._failed: set[tuple[int, int]] = set()

    def match(self, index: int, at: int) -> tuple[int, tuple[Figure, ...]] | None:
        """Fit the parts from one on; return where they end, and the figures met."""
        if index == len(self._parts):
            return at, ()
        part = self._parts[index]
        if isinstance(part, Words):
            text = self._page.text
            for word in part.words if text.startswith(part.words, at) else ():
                if text.startswith(word, at):
                    found = self.match(index + 1, at + len(word))
                    if found is not None:
                        return found
            return None
        if isinstance(part, Gap):
            return self._over_gap(index, at)
        if isinstance(part, Wanted):
            return self._figure(part, index, at)
        end = self._year_end(part, at) if isinstance(part, Year) else self._fill_in_end(at)
        return None if end is None else self.match(index + 1, end)

    def _over_gap(self, index: int, at: int) -> tuple[int, tuple[Figure, ...]] | None:
        """Try what follows a gap at every place the gap can reach, the nearest first."""
        reach = _reach(self._page, at)
        following = self._parts[index + 1]
        if isinstance(following, Words):
            text = self._page.text
            starts = {
                place
                for word in following.words
                for place in _places(text, word, at, reach + len(word))
            }
            tried: Iterator[int] = iter(sorted(starts))
        elif isinstance(following, Wanted):
            # A gap stops at figures, so the next one can only stand where it ends.
            tried = iter((reach,))
        else:
            tried = iter(range(at, reach + 1))
        for place in tried:
            if (index, place) in self._failed:
                continue
            found = self.match(index + 1, place)
            if found is not None:
                return found
            self._failed.add((index, place))
        return None

    def _figure(self, part: Wanted, index: int, at: int) -> tuple[int, tuple[Figure, ...]] | None:
        figure = self._page.figures.get(at)
        if figure is None:
            # 其他处理（含主动撤回）469件: a remark before the figure is passed over.
            behind = _remark_end(self._page, at)
            figure = None if behind is None else self._page.figures.get(behind)
        if figure is None or figure.kind is not part.kind:
            return None
        found = self.match(index + 1, figure.end)
        return None if found is None else (found[0], (figure, *found[1]))

    def _year_end(self, part: Year, at: int) -> int | None:
        digits = self._page.text[at : at + 4]
        if len(digits) < 4 or not digits.isdecimal() or digits[:2] not in ("19", "20"):
            return None
        if self._year is None:
            return None
        if part.later is None:
            return at + 4 if int(digits) != self._year else None
        return at + 4 if int(digits) == self._year + part.later else None

    def _fill_in_end(self, at: int) -> int | None:
        text = self._page.text
        end = at
        while end < len(text) and text[end] == "_":
            end += 1
        return end if end > at or at in self._page.fill_ins else None


def _places(text: str, word: str, start: int, end: int) -> Iterator[int]:
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, end)


_STOPS = frozenset("。！？；\n")


def _reach(page: Page, at: int) -> int:
    """Return how far a gap that begins here can go."""
    text, figures = page.text, page.figures
    size = len(text)
    count = 0
    while count < WIDEST_GAP and at < size:
        sign = text[at]
        if sign in _STOPS or at in figures:
            break
        behind = _remark_end(page, at) if sign == "（" else None
        at = at + 1 if behind is None else behind
        count += 1
    return at


def _remark_end(page: Page, at: int) -> int | None:
    """Return where a remark in brackets ends, if one without figures begins here."""
    if not page.text.startswith("（", at):
        return None
    end = page.text.find("）", at, at + _LONGEST_REMARK)
    return None if end < 0 or page.figures_in(at, end) else end + 1
