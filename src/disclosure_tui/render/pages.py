"""The pages of a report in the editor: its sections, and the fields before and after them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.render.view import heading

__all__ = ["Page", "PageKind", "page_of", "pages_of"]

_SETTLED = ("report_type", "schema")
"""What decides how the file is read; changing it is no matter of filling in."""


class PageKind(Enum):
    """How a page is filled in."""

    TABLE = "table"
    PROSE = "prose"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        kind: How it is filled in.
        pointer: The section; of a page of fields the root.
        short: Its number or short label, for the folded outline.
        heading: As printed.
        places: The fields of a page of fields.
    """

    kind: PageKind
    pointer: Pointer
    short: str
    heading: str
    places: tuple[Pointer, ...] = ()

    def holds(self, pointer: Pointer) -> bool:
        """Tell whether a place stands on this page."""
        if self.kind is PageKind.FIELDS:
            return any(pointer.starts_with(place) for place in self.places)
        return pointer.starts_with(self.pointer)


def pages_of(form: Form, language: Language) -> tuple[Page, ...]:
    """Return the pages in the order of the form."""
    pages: list[Page] = []
    fields: list[Node] = []
    for node in form.root.children:
        # A section of sections has a heading when printed, and nothing of its own to fill in.
        section = [item for item in node.walk() if item.section and item.role is not Role.MAP]
        if not section and node.entries is not None:
            pages += _fields_page(form, fields, language)
            fields = []
            pages.append(_entries_page(node, language))
            continue
        if not section:
            fields += [item for item in node.walk() if _is_field(item)]
            continue
        pages += _fields_page(form, fields, language)
        fields = []
        pages += [_section_page(item, language) for item in section]
    return (*pages, *_fields_page(form, fields, language))


def page_of(pages: tuple[Page, ...], pointer: Pointer) -> int | None:
    """Return the position of the page that holds a place, or None."""
    return next((index for index, page in enumerate(pages) if page.holds(pointer)), None)


def _is_field(node: Node) -> bool:
    return node.role is Role.FIELD and node.pointer[0] not in _SETTLED


def _section_page(node: Node, language: Language) -> Page:
    kind = PageKind.PROSE if node.role is Role.PROSE else PageKind.TABLE
    number = node.section.number if node.section is not None else ""
    short = number or node.label.short(language)
    return Page(kind, node.pointer, short, heading(node, language) or short)


def _entries_page(node: Node, language: Language) -> Page:
    """Return the page of a list that stands in no section: the names that tables use."""
    title, short = node.label.title(language), node.label.short(language)
    return Page(PageKind.TABLE, node.pointer, short or node.key, title or node.key)


def _fields_page(form: Form, fields: list[Node], language: Language) -> Iterator[Page]:
    if fields:
        names = list(dict.fromkeys(_group_name(form, node, language) for node in fields))
        title = Text("、", ", ").in_(language).join(names)
        places = tuple(node.pointer for node in fields)
        groups = [
            name
            for node in fields
            if len(node.pointer) > 1
            for name in [_group_name(form, node, language)]
        ]
        yield Page(PageKind.FIELDS, ROOT, (groups or names)[0], title, places)


def _group_name(form: Form, node: Node, language: Language) -> str:
    """Return the label of the map that holds a field, or of the field itself."""
    above = form.node(node.pointer[:1])
    return (above or node).label.short(language)
