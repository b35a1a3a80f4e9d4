"""What a template found in a text: the words, the sentence around them, and how to name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, same
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place, Quote
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.outcome import Span
from disclosure_tui.rules.prose.numerals import Figure
from disclosure_tui.rules.prose.page import BREAK, Page
from disclosure_tui.rules.prose.template import Match, Template

__all__ = ["Filter", "Mention", "mentions_of"]

LONGEST_QUOTE = 60
"""A longer sentence is quoted from the words found."""

_DENIALS = ("未", "没有", "没", "无", "不", "未曾", "尚未", "从未")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text says what a rule asks for.

    Attributes:
        pointer: The section.
        page: Its text.
        start: First character of the words found.
        end: Behind the last one.
        figures: The figures in them.
    """

    pointer: Pointer
    page: Page
    start: int
    end: int
    figures: tuple[Figure, ...] = ()

    @property
    def words(self) -> str:
        """The words found."""
        return self.page.text[self.start : self.end]

    def shortened(self, most: int) -> str:
        """Return the words found, cut for a status line."""
        return self.words if len(self.words) <= most else f"{self.words[:most]}.."

    @property
    def value(self) -> int | Decimal:
        """The first figure; a mention without one says there was none."""
        return self.figures[0].value if self.figures else 0

    @property
    def unit(self) -> str:
        """The unit behind the first figure, if the words found go on so far."""
        if not self.figures:
            return ""
        behind = self.page.text[self.figures[0].end : self.end]
        return behind if len(behind) <= 2 else ""

    @property
    def name(self) -> str:
        """Name it so that the name stays as long as section, words and figures do."""
        digest = hashlib.sha256(self.words.encode()).hexdigest()[:8]
        return f"{self.pointer.key}.{digest}"

    @property
    def said(self) -> dict[str, str]:
        """The words by the pointer of their section, as explanations keep them."""
        return {str(self.pointer): self.words}

    @property
    def quote(self) -> Quote:
        """The clauses around the words, as a finding quotes them."""
        start, end = self.page.clauses(self.start, self.end)
        if end - start > LONGEST_QUOTE:
            start, end = self.start, self.end
        first, last = self.page.source_span(start, end)
        return Quote(self.pointer, first, last, self.page.text[start:end])

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its figures stand; the words, where there is no figure."""
        places = [(figure.start, figure.end) for figure in self.figures]
        return tuple(
            Span(self.pointer, *self.page.source_span(start, end))
            for start, end in places or [(self.start, self.end)]
        )

    @property
    def where(self) -> Message:
        """Say where it stands: 第一部分第 3 段写【...】; a text of one paragraph has no number."""
        arguments: dict[str, Argument] = {
            "section": LabelOf(self.pointer, Place.PATH),
            "number": self.page.paragraph(self.start),
            "quote": same(self.quote.text),
        }
        return Message(_WHERE if BREAK in self.page.text else _WHERE_ALONE, arguments)


_WHERE = Text("{section}第 {number} 段写【{quote}】", "{section}, paragraph {number}: 【{quote}】")
_WHERE_ALONE = Text("{section}写【{quote}】", "{section}: 【{quote}】")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which places of a template are left alone.

    Attributes:
        unless: Words that may not stand in the sentence, up to the end of the clause.
        without: Words that may not stand within the words found.
        about: One of these words must stand before, in the paragraph or the heading above it,
            and be the last named of them and of `not_about`.
        not_about: Words that turn to another matter.
    """

    unless: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()

    def admits(self, page: Page, match: Match, year: int | None) -> bool:
        """Tell whether the words found are about what the rule means."""
        start, _ = page.sentence(match.start)
        _, end = page.clauses(match.start, match.end)
        sentence = page.text[start:end]
        if any(word in sentence for word in self.unless):
            return False
        found = _without_figures(page, match)
        if any(word in found for word in self.without):
            return False
        before = page.text[start : match.start]
        if _another_year(before, year):
            return False
        return self._on_subject(page.text[page.topic(match.start) : match.end])

    def _on_subject(self, text: str) -> bool:
        if not self.about:
            return True
        here = max(text.rfind(word) for word in self.about)
        there = max((text.rfind(word) for word in self.not_about), default=-1)
        return here > there


def _without_figures(page: Page, match: Match) -> str:
    """Return the words found with a digit for each figure: a comma in 1,234 parts no sentence."""
    pieces, at = [], match.start
    for figure in page.figures_in(match.start, match.end - 1):
        pieces.append(page.text[at : figure.start])
        at = figure.end
    return "0".join([*pieces, page.text[at : match.end]])


def _another_year(before: str, year: int | None) -> bool:
    """Tell whether the last year named before is not the report year."""
    at = before.rfind("年")
    while at >= 0:
        digits = before[max(0, at - 4) : at]
        if len(digits) == 4 and digits.isdecimal() and digits[:2] in ("19", "20"):
            # A year within a title says nothing of the sentence: 《2024年工作要点》.
            inside = before.rfind("《", 0, at) > before.rfind("》", 0, at)
            if not inside:
                return year is not None and int(digits) != year
        at = before.rfind("年", 0, at)
    return False


def mentions_of(
    templates: Iterable[Template],
    pages: Iterable[tuple[Pointer, Page]],
    year: int | None,
    sieve: Filter,
    *,
    denied: bool = False,
) -> Iterator[Mention]:
    """Yield the places that templates find, none twice, in the order of the text.

    Args:
        templates: What is looked for; the first that fits a figure counts.
        pages: Where.
        year: The report year.
        sieve: What is left alone.
        denied: The templates themselves say that there was none; else places behind a
            negation are left alone.
    """
    known = templates if isinstance(templates, tuple) else tuple(templates)
    for pointer, page in pages:
        for match in _admitted(known, page, year, sieve, denied=denied):
            yield Mention(pointer, page, match.start, match.end, match.figures)


def _admitted(
    templates: tuple[Template, ...], page: Page, year: int | None, sieve: Filter, *, denied: bool
) -> tuple[Match, ...]:
    """Return the places in one text, in order; looked for once in the life of a page."""
    key = (id(templates), id(sieve), year, denied)
    kept = page.mentions.get(key)
    # What is kept holds templates and filter, so these identities are still theirs.
    if kept is not None and kept[0] is templates and kept[1] is sieve:
        places: tuple[Match, ...] = kept[2]
        return places
    found: dict[int, Match] = {}
    for template in templates:
        for match in template.matches(page, year):
            at = match.figures[0].start if match.figures else match.start
            negated = not denied and page.text.endswith(_DENIALS, 0, match.start)
            if at not in found and not negated and sieve.admits(page, match, year):
                found[at] = match
    places = tuple(match for _, match in sorted(found.items()))
    page.mentions[key] = (templates, sieve, places)
    return places
