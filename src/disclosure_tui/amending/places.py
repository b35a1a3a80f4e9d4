"""From paired places to what happened to them, in the order of the newer form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from disclosure_tui.amending.aspects import aspect, label_text, place_aspects
from disclosure_tui.amending.changes import PlaceChange, PlaceChangeKind, Spot, What
from disclosure_tui.amending.columns import Column, ColumnChange, column_changes
from disclosure_tui.amending.order import out_of_order
from disclosure_tui.amending.pairing import Mapped, Pairing, pair_forms
from disclosure_tui.amending.words import HOLDERS, Words, spot_of, spots_of
from disclosure_tui.language import Text, same
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import Pointer

__all__ = ["place_changes"]


def place_changes(old: Form, new: Form, mapping: tuple[Mapped, ...]) -> tuple[PlaceChange, ...]:
    """Return what happened to the places of a form.

    Args:
        old: The older form.
        new: The newer form.
        mapping: Places that are the same under another name, or parts of each other.
    """
    told = _Teller(old, new, mapping)
    return tuple(change for _, change in sorted(told.changes(), key=lambda item: item[0]))


_Rank = tuple[int, int, int]
"""Position in the newer form, position in the older one, and the order of telling."""


@dataclass
class _Teller:
    """Tells what happened, with the place in the order where it belongs."""

    old: Form
    new: Form
    mapping: tuple[Mapped, ...]

    def __post_init__(self) -> None:
        self._pairing: Pairing = pair_forms(self.old, self.new, self.mapping)
        self._words = Words(self.old, self.new, self._pairing)
        self._old_order = {pointer: at for at, pointer in enumerate(self.old.nodes)}
        self._new_order = {pointer: at for at, pointer in enumerate(self.new.nodes)}
        self._now = {before.pointer: after for before, after in self._pairing.pairs}

    def changes(self) -> Iterator[tuple[_Rank, PlaceChange]]:
        for number, (node, change) in enumerate(self._found()):
            yield (self._place_of(node), self._old_order.get(node.pointer, 0), number), change

    def _place_of(self, node: Node) -> int:
        """Return where a place stands now; one that went stands behind what was before it."""
        if self.new.node(node.pointer) is node:
            return self._new_order[node.pointer]
        before = self._old_order[node.pointer]
        above = [
            self._new_order[after.pointer]
            for pointer, after in self._now.items()
            if self._old_order[pointer] < before and after.role is not Role.REPORT
        ]
        # What stands last among those before it may have moved far away; its parent has not.
        parent = self._now.get(node.pointer.parent)
        inside = [
            self._new_order[after.pointer]
            for pointer, after in self._now.items()
            if self._old_order[pointer] < before
            and parent is not None
            and after.pointer.starts_with(parent.pointer)
        ]
        return max(inside or above or [0])

    def _found(self) -> Iterator[tuple[Node, PlaceChange]]:
        pairing = self._pairing
        for before, after in pairing.pairs:
            yield from self._paired(before, after)
        for node in pairing.removed:
            spot = (spot_of(self.old, node),)
            yield node, self._words.change(PlaceChangeKind.REMOVED, self.old, node, old=spot)
        for node in pairing.added:
            spot = (spot_of(self.new, node),)
            yield node, self._words.change(PlaceChangeKind.ADDED, self.new, node, new=spot)
        for whole, parts in pairing.splits:
            yield (
                parts[0],
                replace(
                    self._words.change(
                        PlaceChangeKind.SPLIT,
                        self.new,
                        parts[0],
                        old=(spot_of(self.old, whole),),
                        new=spots_of(self.new, parts),
                    ),
                    within=self._words.within(self.old, whole),
                ),
            )
        for parts, whole in pairing.merges:
            yield (
                whole,
                self._words.change(
                    PlaceChangeKind.MERGED,
                    self.new,
                    whole,
                    old=spots_of(self.old, parts),
                    new=(spot_of(self.new, whole),),
                ),
            )
        yield from self._moved()
        yield from self._columns()

    def _paired(self, before: Node, after: Node) -> Iterator[tuple[Node, PlaceChange]]:
        if after.role is Role.REPORT:
            return
        kind = PlaceChangeKind.CHANGED
        if label_text(before.label.titles) != label_text(after.label.titles):
            kind = PlaceChangeKind.RENAMED
        found = tuple(place_aspects((self.old, self.new), (before, after)))
        if found or kind is PlaceChangeKind.RENAMED:
            old, new = (spot_of(self.old, before),), (spot_of(self.new, after),)
            changed = self._words.change(kind, self.new, after, old=old, new=new)
            yield after, replace(changed, aspects=found)

    def _moved(self) -> Iterator[tuple[Node, PlaceChange]]:
        for before, after in self._pairing.moved:
            places = _told(before.pointer), _told(after.pointer)
            yield after, self._moved_to(before, after, "place", Text("位置", "place"), *places)
        for before, after in self._pairing.pairs:
            yield from self._reordered(before, after)

    def _reordered(self, before: Node, after: Node) -> Iterator[tuple[Node, PlaceChange]]:
        """Tell what stands before others than it did, below the same parent."""
        if Role.ROW in (before.role, after.role):
            return
        children = {child.pointer: child for child in after.children}
        was = [
            now.pointer
            for child in before.children
            if (now := self._now.get(child.pointer)) is not None and now.pointer in children
        ]
        kept = set(was)
        now_order = [pointer for pointer in children if pointer in kept]
        back = {after.pointer: before for before, after in self._pairing.pairs}
        for pointer in out_of_order(was, now_order):
            node = children[pointer]
            at = list(children).index(pointer)
            place = Text("最前", "first")
            if at:
                name = spot_of(self.new, children[list(children)[at - 1]]).label
                place = Text(f"在【{name.zh}】之后", f"behind {name.en}")
            order = Text("次序", "order")
            yield node, self._moved_to(back[pointer], node, "order", order, None, place)

    def _moved_to(
        self, before: Node, after: Node, key: str, name: Text, old: Text | None, new: Text
    ) -> PlaceChange:
        was, now = (spot_of(self.old, before),), (spot_of(self.new, after),)
        moved = self._words.change(PlaceChangeKind.MOVED, self.new, after, old=was, new=now)
        return replace(moved, aspects=tuple(aspect(key, name, old, new)))

    def _columns(self) -> Iterator[tuple[Node, PlaceChange]]:
        """Tell what happened to columns, once for all rows of a table or block that share it."""
        held: dict[Pointer, list[tuple[Node, Node]]] = {}
        for before, after in self._pairing.pairs:
            if before.role is Role.ROW and after.role is Role.ROW:
                holder = self.new.nearest(after.pointer, Role.BLOCK, Role.TABLE)
                held.setdefault(holder.pointer if holder else after.pointer, []).append(
                    (before, after)
                )
        for pointer, pairs in held.items():
            found: dict[ColumnChange, list[tuple[Node, Node]]] = {}
            for before, after in pairs:
                for change in column_changes(before, after, self.mapping):
                    found.setdefault(change, []).append((before, after))
            for change, concerned in found.items():
                yield self._column(self.new.nodes[pointer], change, concerned, len(pairs))

    def _column(
        self,
        holder: Node,
        change: ColumnChange,
        concerned: Sequence[tuple[Node, Node]],
        of: int,
    ) -> tuple[Node, PlaceChange]:
        before, after = concerned[0]
        told = self._words.change(
            change.kind,
            self.new,
            holder,
            old=tuple(_column_spot(before, column) for column in change.old),
            new=tuple(_column_spot(after, column) for column in change.new),
        )
        rows = () if len(concerned) == of else spots_of(self.new, [row for _, row in concerned])
        within = told.within
        if holder.role in HOLDERS:
            within = spot_of(self.new, holder).label
        return holder, replace(
            told, what=What.COLUMN, rows=rows, within=within, aspects=change.aspects, cells=0
        )


def _told(pointer: Pointer) -> Text:
    return same(".".join(pointer))


def _column_spot(row: Node, column: Column) -> Spot:
    return Spot(row.pointer.joined(column.path), column.label)
