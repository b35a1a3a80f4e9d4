"""The places that are asked, in the order of the form, and the search for one of them."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.cell_type import fold_width
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind, pages_of
from disclosure_tui.render.wording import Wording

__all__ = ["Place", "found", "places_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place that can be filled in.

    Attributes:
        page: The page it stands on.
        pointer: Its address.
    """

    page: Page
    pointer: Pointer


def places_of(form: Form, language: Language) -> tuple[Place, ...]:
    """Return all places of a form, page by page."""
    return tuple(
        Place(page, pointer)
        for page in pages_of(form, language)
        for pointer in _pointers(form, page)
    )


def _pointers(form: Form, page: Page) -> Sequence[Pointer]:
    if page.kind is PageKind.FIELDS:
        return page.places
    if page.kind is PageKind.PROSE:
        return (page.pointer,)
    section = form.nodes[page.pointer]
    # A section inside this one has a page of its own.
    return [
        node.pointer
        for node in section.walk()
        if node.cell is not None and form.section_of(node.pointer) is section
    ]


def found(places: Sequence[Place], text: str, wording: Wording) -> tuple[Place, ...]:
    """Return the places whose labels, or whose keys, hold every word of a text."""
    words = fold_width(text).casefold().split()
    if not words:
        return ()
    exact = tuple(place for place in places if str(place.pointer) == "/" + text.strip("/ "))
    return exact or tuple(place for place in places if _holds(place, words, wording))


def _holds(place: Place, words: Sequence[str], wording: Wording) -> bool:
    label = fold_width(f"{place.page.heading} {wording.path(place.pointer)}").casefold()
    keys = ".".join(place.pointer).casefold()
    return all(word in label for word in words) or all(word in keys for word in words)
