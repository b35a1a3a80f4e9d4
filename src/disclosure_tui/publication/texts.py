"""Compares title, prose, printed notes and signature of a report with a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosure_tui.exchange.labels import key, likeness
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.publication.layout import Layout
from disclosure_tui.publication.own_lines import OwnLines
from disclosure_tui.publication.proof import NotRead, TextDifference
from disclosure_tui.publication.sentences import TooDifferent, compare_sentences, plain
from disclosure_tui.render.paragraphs import paragraphs
from disclosure_tui.render.view import ReportView, SectionView

__all__ = ["TextComparison", "compare_texts"]

_SIGNATURE = Pointer.of("signature")
_TITLE_PARTS = 3
_MOST_BEFORE_TITLE = 500
"""Paragraphs among which the title is looked for."""
_ALIKE = 0.6
_NO_HEADING = Text(
    "页面上没有找到这一部分的标题，这一部分的文字没有核对",
    "the page has no heading of this part, so its text was not compared",
)
_TOO_MUCH = Text(
    "页面上这一部分的文字太多，没有核对", "the page has far too much text here; it was not compared"
)


@dataclass
class TextComparison:
    """The outcome for all texts.

    Attributes:
        differences: In printed order.
        unread: Sections that could not be compared.
        outside: Texts before and behind the report.
    """

    differences: list[TextDifference] = field(default_factory=list)
    unread: list[NotRead] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def compare_texts(view: ReportView, layout: Layout, own: OwnLines) -> TextComparison:
    """Compare every text.

    Args:
        view: The report as it is to be printed.
        layout: The page in sections.
        own: Knows lines that are no part of the report.
    """
    comparison = TextComparison()
    _cut_end(view, layout, own, comparison)
    signed = comparison.differences
    comparison.differences = []
    opening = _without_title(view, own.without(layout.opening), comparison)
    for section in view.sections:
        if section.grid is not None:
            _table_section(section, layout, own, comparison)
        elif section.heading:
            _prose_section(section, layout, own, comparison)
        else:
            _opening(section, opening, comparison)
            opening = []
    title = plain(view.title)
    beside = [text for text in own.without(layout.beside) if plain(text) != title]
    comparison.outside += [*opening, *beside]
    comparison.differences += signed
    return comparison


def _without_title(view: ReportView, opening: list[str], comparison: TextComparison) -> list[str]:
    """Find the title; what stands before it is no part of the report."""
    title = plain(view.title)
    for at in range(min(len(opening), _MOST_BEFORE_TITLE)):
        for count in range(1, _TITLE_PARTS + 1):
            parts = opening[at : at + count]
            # Lines of a title are broken between words, in Chinese anywhere.
            if title in (plain(" ".join(parts)), plain("".join(parts))):
                comparison.outside += opening[:at]
                return opening[at + count :]
    near = [
        text
        for text in opening[:_MOST_BEFORE_TITLE]
        if likeness(key(text), key(view.title)) >= _ALIKE
    ]
    found = near[0] if near else None
    comparison.differences.append(
        TextDifference(ROOT, Text("标题", "Title").in_(view.language), view.title, found)
    )
    preamble = "".join(section.prose or "" for section in view.sections if not section.heading)
    if found is not None and plain(found) not in plain(preamble):
        return opening[opening.index(found) + 1 :]
    return opening


def _opening(section: SectionView, opening: list[str], comparison: TextComparison) -> None:
    """Compare the text before the first heading; sites put lines of their own above it."""
    wanted = paragraphs(section.prose or "")
    if not wanted:
        comparison.outside += opening
        return
    try:
        pairs = compare_sentences(wanted, opening)
    except TooDifferent:
        comparison.unread.append(NotRead((section.pointer,), _name(section), _TOO_MUCH))
        return
    first = plain(wanted[0])[:8]
    start = next((at for at, text in enumerate(opening) if plain(text).startswith(first)), 0)
    if start:
        comparison.outside += opening[:start]
        pairs = compare_sentences(wanted, opening[start:])
    comparison.differences += _differences(section, pairs)


def _prose_section(
    section: SectionView, layout: Layout, own: OwnLines, comparison: TextComparison
) -> None:
    wanted = paragraphs(section.prose or "")
    if section.pointer not in layout.found:
        if wanted:
            comparison.unread.append(NotRead((section.pointer,), section.heading, _NO_HEADING))
        return
    found = own.without(layout.texts.get(section.pointer, []))
    try:
        comparison.differences += _differences(section, compare_sentences(wanted, found))
    except TooDifferent:
        comparison.unread.append(NotRead((section.pointer,), section.heading, _TOO_MUCH))


def _table_section(
    section: SectionView, layout: Layout, own: OwnLines, comparison: TextComparison
) -> None:
    """Compare the notes under a table; nothing else but the table belongs there."""
    found = own.without(layout.texts.get(section.pointer, []))
    if not section.notes and not found:
        return
    try:
        comparison.differences += _differences(section, compare_sentences(section.notes, found))
    except TooDifferent:
        comparison.unread.append(NotRead((section.pointer,), section.heading, _TOO_MUCH))


def _cut_end(view: ReportView, layout: Layout, own: OwnLines, comparison: TextComparison) -> None:
    """Part the signature, and what a site puts below it, from the last section."""
    last = layout.last
    if last is None:
        return
    texts = layout.texts.get(last, [])
    ends = [at for at, text in enumerate(texts) if own.is_end(text)]
    if ends:
        texts, behind = texts[: ends[0]], texts[ends[0] :]
        comparison.outside += own.without(behind)
    wanted = [plain(line) for line in view.signature]
    shown = [plain(text) for text in texts]
    found = [at for at in range(len(shown)) if wanted and shown[at : at + len(wanted)] == wanted]
    if found:
        comparison.outside += texts[found[-1] + len(wanted) :]
        texts = texts[: found[-1]]
    elif wanted:
        texts = _partly_signed(view, texts, comparison)
    layout.texts[last] = texts


def _partly_signed(view: ReportView, texts: list[str], comparison: TextComparison) -> list[str]:
    """Name the lines of a signature that differ; the page has them changed or not at all."""
    label = Text("落款", "Signature").in_(view.language)
    rest = list(texts)
    for line in reversed(view.signature):
        same = [at for at, text in enumerate(rest) if plain(text) == plain(line)]
        if same and same[-1] >= len(rest) - len(view.signature) - 1:
            del rest[same[-1]]
            continue
        near = [
            at
            for at in range(max(0, len(rest) - len(view.signature)), len(rest))
            if likeness(key(rest[at]), key(line)) >= _ALIKE
        ]
        found = rest.pop(near[-1]) if near else None
        comparison.differences.append(TextDifference(_SIGNATURE, label, line, found))
    comparison.differences.reverse()
    return rest


def _differences(
    section: SectionView, pairs: Sequence[tuple[str | None, str | None]]
) -> Iterator[TextDifference]:
    for ours, theirs in pairs:
        yield TextDifference(section.pointer, _name(section), ours, theirs)


def _name(section: SectionView) -> str:
    return section.heading or ".".join(section.pointer)
