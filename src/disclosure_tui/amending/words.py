"""What the places of two forms are called: their labels, headings, and what holds them."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.amending.aspects import label_text
from disclosure_tui.amending.changes import PlaceChange, PlaceChangeKind, Spot, What
from disclosure_tui.amending.pairing import Pairing
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.entry_rows import holder_of
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.render.view import heading

__all__ = ["HOLDERS", "Words", "spot_of", "spots_of"]

HOLDERS = (Role.BLOCK, Role.GROUP)
"""What a place is said to lie in."""

_NOTHING = Text("", "")
_WHATS = {
    Role.BLOCK: What.BLOCK,
    Role.GROUP: What.GROUP,
    Role.ROW: What.ROW,
    Role.ENTRIES: What.ENTRIES,
}


def spot_of(form: Form, node: Node) -> Spot:
    """Return a place with its label; one that is printed without a label is named by what it is."""
    if node.section is not None:
        zh, en = heading(node, Language.CHINESE), heading(node, Language.ENGLISH)
        if zh or en:
            return Spot(node.pointer, Text(zh, en))
    label = label_text(node.label.titles)
    if label.zh or label.en:
        return Spot(node.pointer, label)
    if node.role is Role.ENTRIES:
        return Spot(node.pointer, Text("自填行", "rows added by the office"))
    if holder_of(form, node.pointer.parent) is not None:
        return Spot(node.pointer, Text("每个自填行", "each row added"))
    return Spot(node.pointer, same(node.key))


def spots_of(form: Form, nodes: Sequence[Node]) -> tuple[Spot, ...]:
    """Return places with their labels."""
    return tuple(spot_of(form, node) for node in nodes)


class Words:
    """Says where a change is, in the words of the newer form as far as it has the place."""

    def __init__(self, old: Form, new: Form, pairing: Pairing) -> None:
        self._old, self._new = old, new
        self._now = {before.pointer: after for before, after in pairing.pairs}

    def change(
        self,
        kind: PlaceChangeKind,
        form: Form,
        node: Node,
        *,
        old: tuple[Spot, ...] = (),
        new: tuple[Spot, ...] = (),
    ) -> PlaceChange:
        """Return a change of a place.

        Args:
            kind: What happened.
            form: The form that has the place.
            node: The place.
            old: The places in the older form.
            new: The places in the newer form.
        """
        whole = kind in (PlaceChangeKind.ADDED, PlaceChangeKind.REMOVED)
        return PlaceChange(
            kind=kind,
            what=_what(node),
            heading=self._heading(form, node),
            within=self.within(form, node),
            old=old,
            new=new,
            cells=sum(inner.role is Role.CELL for inner in node.walk()) if whole else 0,
        )

    def within(self, form: Form, node: Node) -> Text:
        """Return the block or group that holds a place; empty directly below the heading."""
        if form.section_of(node.pointer) is node:
            return _NOTHING
        holder = form.nearest(node.pointer.parent, *HOLDERS)
        if holder is None:
            return _NOTHING
        now = self._now.get(holder.pointer) if form is self._old else None
        return spot_of(form, holder).label if now is None else spot_of(self._new, now).label

    def _heading(self, form: Form, node: Node) -> Text:
        section = form.section_of(node.pointer)
        if section is None:
            return _NOTHING
        if form is self._old:
            section = self._now.get(section.pointer, section)
        return Text(heading(section, Language.CHINESE), heading(section, Language.ENGLISH))


def _what(node: Node) -> What:
    if node.section is not None or node.role is Role.TABLE:
        return What.SECTION
    return _WHATS.get(node.role, What.FIELD)
