"""The way from the root of a document down to a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from disclosure_tui.data_class import dataclass
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.tree import (
    AliasNode,
    Collection,
    Entry,
    Layout,
    Node,
    ScalarNode,
    with_entries,
)

__all__ = [
    "Found",
    "Step",
    "find",
    "last_block_text",
    "merged_from",
    "nodes",
    "references",
    "referred",
    "regrown",
    "same_way",
    "way",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One collection on the way, where it begins in the text, and the entry to go on with."""

    node: Collection
    at: int
    index: int

    @property
    def entry(self) -> Entry:
        """The entry that leads on."""
        return self.node.entries[self.index]


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was looked for, or the nearest one above it that exists.

    Attributes:
        value: The value and where it begins.
        key_at: Where its key begins; -1 for the root and list items.
        complete: All keys were found.
    """

    value: Placed
    key_at: int
    complete: bool


def way(root: Placed, keys: Sequence[str]) -> list[Step]:
    """Return the collections from the root down to the one that holds the last key.

    It stops early where a key does not exist, or a reference or a scalar is met.
    """
    steps: list[Step] = []
    node: Node = root.node
    at = root.at
    for key in keys:
        if not isinstance(node, Collection):
            break
        index = node.index_of(key)
        if index < 0:
            break
        step = Step(node, at, index)
        steps.append(step)
        node, at = step.entry.value, at + step.entry.value_at
    return steps


def same_way(root: Placed, steps: list[Step]) -> list[Step]:
    """Return the way through the same entries in a document whose places have moved."""
    found: list[Step] = []
    node: Node = root.node
    at = root.at
    for step in steps:
        assert isinstance(node, Collection)
        found.append(Step(node, at, step.index))
        entry = node.entries[step.index]
        node, at = entry.value, at + entry.value_at
    return found


def find(root: Placed, keys: Sequence[str]) -> Found:
    """Find a value, through references and merged maps too, or the nearest one above it."""
    value, key_at = referred(root, root), -1
    for key in keys:
        found = _inner(root, value, key)
        if found is None:
            return Found(value, key_at, complete=False)
        owner, entry = found
        key_at = owner.at + entry.key_at if entry.key_length else -1
        value = Placed(owner.at + entry.value_at, entry.value)
        if key is not keys[-1]:
            value = referred(root, value)
    return Found(value, key_at, complete=True)


def _inner(root: Placed, owner: Placed, key: str, depth: int = 0) -> tuple[Placed, Entry] | None:
    """Return the entry for a key and the map that it stands in, be it a merged one."""
    owner = referred(root, owner)
    node = owner.node
    if not isinstance(node, Collection) or depth > 64:
        return None
    index = node.index_of(key)
    if index >= 0:
        return owner, node.entries[index]
    for part in _merged_maps(root, owner):
        found = _inner(root, part, key, depth + 1)
        if found is not None:
            return found
    return None


def merged_from(root: Placed, owner: Placed, key: str) -> tuple[int, str]:
    """Return where the merged map that brings in a key begins, and its name (may be empty)."""
    for part in _merged_maps(root, owner):
        if _inner(root, part, key) is not None:
            name = part.node.name if isinstance(part.node, AliasNode) else ""
            return referred(root, part).at, name
    return owner.at, ""


def _merged_maps(root: Placed, owner: Placed) -> Iterator[Placed]:
    """Yield what every `<<` of a map names, in order; references to maps stay references."""
    assert isinstance(owner.node, Collection)
    for merge in owner.node.entries:
        if not merge.merge:
            continue
        source = Placed(owner.at + merge.value_at, merge.value)
        target = referred(root, source)
        if isinstance(target.node, Collection) and not target.node.is_map:
            for entry in target.node.entries:
                yield Placed(target.at + entry.value_at, entry.value)
        else:
            yield source


def referred(root: Placed, placed: Placed) -> Placed:
    """Return what a reference refers to; other values are returned as they are."""
    if not isinstance(placed.node, AliasNode):
        return placed
    target = placed
    for candidate in nodes(root):
        if candidate.at >= placed.at:
            break
        node = candidate.node
        if not isinstance(node, AliasNode) and node.anchor == placed.node.name:
            target = candidate
    return target


def nodes(root: Placed) -> Iterator[Placed]:
    """Yield every value of a document in the order of the text; keys are not values."""
    stack = [root]
    while stack:
        placed = stack.pop()
        yield placed
        if isinstance(placed.node, Collection):
            stack.extend(
                Placed(placed.at + entry.value_at, entry.value)
                for entry in reversed(placed.node.entries)
            )


def last_block_text(owner: Step) -> Placed | None:
    """Return the `|` or `>` text that the entry of a step ends with, if it does."""
    placed = Placed(owner.at + owner.entry.value_at, owner.entry.value)
    while isinstance(placed.node, Collection) and placed.node.layout is Layout.BLOCK:
        last = placed.node.entries[-1]
        placed = Placed(placed.at + last.value_at, last.value)
    is_text = isinstance(placed.node, ScalarNode) and placed.node.style in ("|", ">")
    return placed if is_text else None


def references(root: Placed) -> frozenset[str]:
    """Return the names that some place of a document refers to."""
    names: set[str] = set()
    for found in nodes(root):
        if isinstance(found.node, AliasNode):
            names.add(found.node.name)
        elif isinstance(found.node, Collection):
            marks = (entry.key_mark for entry in found.node.entries)
            names.update(mark[1:] for mark in marks if mark.startswith("*"))
    return frozenset(names)


def regrown(root: Placed, steps: list[Step], entries: tuple[Entry, ...], grown: int) -> Placed:
    """Return the document after the last collection on the way got other entries.

    Args:
        root: The document before.
        steps: The way down; not empty.
        entries: The entries of the last collection, with their new places.
        grown: By how many characters the text became longer.
    """
    node = with_entries(steps[-1].node, entries, grown)
    for step in reversed(steps[:-1]):
        before = step.node.entries[: step.index]
        behind = step.node.entries[step.index + 1 :]
        changed = replace(step.entry, value=node)
        entries = (*before, changed, *(entry.moved(grown) for entry in behind))
        node = with_entries(step.node, entries, grown)
    return Placed(root.at, node)


def anchored(node: Node) -> set[str]:
    """Return the names that other places may use for this value or for values inside it."""
    names: set[str] = set()
    for found in nodes(Placed(0, node)):
        if not isinstance(found.node, AliasNode) and found.node.anchor:
            names.add(found.node.anchor)
        if isinstance(found.node, Collection):
            names.update(entry.key_mark[1:] for entry in found.node.entries)
    return names - {""}
