"""Which blanks of a table an act on the whole of it may fill with 0."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind
from disclosure_tui.rules.carrying import kept_blank
from disclosure_tui.tui.filling import Filling

__all__ = ["fillable", "left_open"]


def fillable(filling: Filling, page: Page) -> tuple[Pointer, ...]:
    """Return the blanks that may be filled with 0 at once.

    Totals that follow come by themselves; what comes from last year, and the balance that goes on
    to the next one, is no figure of this year.
    """
    following = {total.target for total in filling.session.following_totals}
    kept = _kept(filling)
    blanks = _figures(filling, page)
    return tuple(pointer for pointer in blanks if pointer not in following and pointer not in kept)


def left_open(filling: Filling, page: Page) -> tuple[Pointer, ...]:
    """Return the blanks of a table that are not filled with 0 at once with the others."""
    kept = _kept(filling)
    return tuple(pointer for pointer in _figures(filling, page) if pointer in kept)


def _figures(filling: Filling, page: Page) -> Iterator[Pointer]:
    """Yield the blanks of a table that want a figure."""
    if page.kind is PageKind.TABLE:
        types = filling.types(page)
        yield from (pointer for pointer in filling.blanks(page) if types[pointer].numeric)


def _kept(filling: Filling) -> frozenset[Pointer]:
    session = filling.session
    return kept_blank(session.report_type.checker.carried(session.form))
