"""A page as sections: which paragraphs and tables stand under which heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import key
from disclosure_tui.exchange.outline import Heading, HeadingFault, Outline, find_outline
from disclosure_tui.exchange.picture import Block, PageTable, Paragraph
from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Node, localized
from disclosure_tui.model.pointer import Pointer

__all__ = ["Layout", "heading_text", "lay_out_page"]


@dataclass
class Layout:
    """A page in sections.

    Attributes:
        faults: What is wrong with headings: kind, section and text as printed.
        found: The sections whose heading is on the page.
        opening: Paragraphs before the first heading.
        texts: Paragraphs under each heading.
        last: The section that the page ends with, or None.
        tables: Positions of the page's tables under each heading; None: before all of them.
        beside: Paragraphs before the headings of further parts (sheets).
    """

    faults: list[tuple[str, Pointer, str]] = field(default_factory=list)
    found: set[Pointer] = field(default_factory=set)
    opening: list[str] = field(default_factory=list)
    texts: dict[Pointer, list[str]] = field(default_factory=dict)
    last: Pointer | None = None
    tables: dict[int, Pointer | None] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph, or with a number a table."""

    paragraph: Paragraph
    table: int = -1


def heading_text(section: Node, language: Language) -> str:
    """Return the heading of a section without its number; empty where none is printed."""
    mark = section.section
    if mark is None:
        return ""
    if mark.heading:
        return localized(mark.heading, language)
    return section.label.title(language)


def lay_out_page(
    form: Form,
    language: Language,
    blocks: Sequence[Block],
    labels: frozenset[str],
    used: Mapping[int, set[int]],
) -> Layout:
    """Divide a page into sections.

    Args:
        form: The form.
        language: The language that the page's labels are in.
        blocks: Of the page.
        labels: Keys of the labels of all tables, which are no paragraphs.
        used: Rows of the page's tables that are part of tables of the form.
    """
    headings = [
        Heading(section.pointer, section.section.number, text)
        for section in form.sections
        if section.section is not None and (text := heading_text(section, language))
    ]
    items = list(_items(blocks, labels, used))
    parts: dict[int, list[_Item]] = {0: []}
    for item in items:
        parts.setdefault(item.paragraph.part, []).append(item)
    outlines = {part: _outline(headings, own) for part, own in parts.items()}
    main = max(parts, key=lambda part: (len(outlines[part].places), -part))
    layout = Layout()
    for part in sorted(parts, key=lambda part: (part != main, part)):
        _fill(layout, outlines[part], parts[part], is_main=part == main)
    return layout


def _items(
    blocks: Sequence[Block], labels: frozenset[str], used: Mapping[int, set[int]]
) -> Iterator[_Item]:
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _Item(block)
            continue
        above, below = _loose_lines(block, labels, used.get(number, set()))
        yield from (_Item(Paragraph(text, part=block.part)) for text in above)
        yield _Item(Paragraph("", part=block.part), number)
        yield from (_Item(Paragraph(text, part=block.part)) for text in below)
        number += 1


def _loose_lines(
    table: PageTable, labels: frozenset[str], used: set[int]
) -> tuple[list[str], list[str]]:
    """Return the rows over and under a table of the form that hold one text and no more."""
    above: list[str] = []
    below: list[str] = []
    for row in range(table.row_count) if used else ():
        cells = [cell for cell in table.distinct(row) if cell.text.strip()]
        if row in used or len(cells) != 1 or key(cells[0].text) in labels:
            continue
        (below if row > min(used) else above).append(cells[0].text.strip())
    return above, below


def _outline(headings: list[Heading], items: list[_Item]) -> Outline:
    return find_outline(headings, [item.paragraph for item in items])


def _fill(layout: Layout, outline: Outline, items: list[_Item], *, is_main: bool) -> None:
    """Add a part of the page; headings that an earlier part has are not found again."""
    places = {p: at for p, at in outline.places.items() if p not in layout.found}
    missing = HeadingFault.MISSING
    if is_main:
        layout.faults = list(outline.faults)
    else:
        layout.faults = [
            fault for fault in layout.faults if not (fault[0] == missing and fault[1] in places)
        ]
        layout.faults += [
            fault for fault in outline.faults if fault[0] != missing and fault[1] in places
        ]
    layout.found |= set(places)
    if is_main and places:
        layout.last = max(places, key=lambda pointer: places[pointer])
    headings = set(outline.places.values())
    for at, item in enumerate(items):
        section = outline.section_at(at)
        if item.table >= 0:
            layout.tables[item.table] = section
        elif at in headings:
            continue
        elif section is None or section not in places:
            (layout.opening if is_main else layout.beside).append(item.paragraph.text)
        else:
            layout.texts.setdefault(section, []).append(item.paragraph.text)
