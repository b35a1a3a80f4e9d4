"""The shape of a YAML text: where every key and value stands in it.

Places are counted in characters from the start of the surrounding collection, so a node knows
nothing of what stands before it. A change of one value therefore leaves all other nodes as they
are, and only the places along the way up to the root have to be counted anew.
"""

from __future__ import annotations

from dataclasses import field, replace
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.report import Scalar

__all__ = [
    "AliasNode",
    "Collection",
    "Entry",
    "Layout",
    "Node",
    "ScalarNode",
    "same_node",
    "with_entries",
]


class Layout(Enum):
    """How a collection is written."""

    BLOCK = "block"
    """One entry a line, nested by indentation."""
    FLOW = "flow"
    """In brackets."""
    PAIR = "pair"
    """A single `key: value` without braces as an item of a list in brackets."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value. `length` covers the value itself, not its anchor or tag; 0 is an implied blank.

    Attributes:
        style: Empty for a plain value, else the character it starts with.
        indent: The indentation of the collection that holds it; only kept for block texts.
    """

    length: int
    value: Scalar
    style: str = ""
    anchor: str = ""
    tag: str = ""
    indent: int = -1


@dataclass(frozen=True, slots=True)
class AliasNode:
    """A reference (`*name`) to a value that stands elsewhere."""

    length: int
    name: str
    anchor: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or a list item; all places count from the collection's start.

    Attributes:
        key: The key as text; empty for a list item.
        at: Where the entry begins: its `?`, its key with anchor and tag, or its `-`.
        key_at: Where the key itself stands.
        mark: Just behind the `:` or `-`; -1 where there is none (`{a, b}`, items in brackets).
        explicit: The key is written with `?`.
        merge: A `<<` that brings in the keys of other maps.
        key_mark: What stands before the key: `&name` to be referred to, or `*name` in its place.
    """

    key: str
    at: int
    key_at: int
    key_length: int
    mark: int
    value_at: int
    value: Node
    explicit: bool = False
    merge: bool = False
    key_mark: str = ""

    @property
    def end(self) -> int:
        """Where the entry ends, without the comment behind it."""
        return self.value_at + self.value.length

    def moved(self, by: int) -> Entry:
        """Return the entry as it is after text was put in before it."""
        mark = self.mark + by if self.mark >= 0 else -1
        return Entry(
            self.key,
            self.at + by,
            self.key_at + by,
            self.key_length,
            mark,
            self.value_at + by,
            self.value,
            self.explicit,
            self.merge,
            self.key_mark,
        )


@dataclass(frozen=True, slots=True)
class Collection:
    """A map or a list."""

    is_map: bool
    layout: Layout
    entries: tuple[Entry, ...]
    length: int
    anchor: str = ""
    tag: str = ""
    _indexes: dict[str, int] | None = field(default=None, init=False, repr=False, compare=False)

    def index_of(self, key: str) -> int:
        """Return the position of the entry that counts for a key; -1 where there is none.

        The last of duplicate keys counts.
        """
        if not self.is_map:
            index = int(key) if key.isdecimal() and key.isascii() and len(key) < 10 else -1
            return index if index < len(self.entries) else -1
        if len(self.entries) > _FEW:
            return self._index_by_key().get(key, -1)
        for index in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[index]
            if entry.key == key and not entry.merge:
                return index
        return -1

    def _index_by_key(self) -> dict[str, int]:
        """Return the positions of all keys, made once: else finding every key takes for ever."""
        if self._indexes is None:
            found = {entry.key: at for at, entry in enumerate(self.entries) if not entry.merge}
            object.__setattr__(self, "_indexes", found)
            return found
        return self._indexes


_FEW = 16
"""In so few entries a key is found as fast by looking at each."""

Node: TypeAlias = ScalarNode | AliasNode | Collection


def with_entries(node: Collection, entries: tuple[Entry, ...], grown: int) -> Collection:
    """Return the collection with other entries, after its text became longer by `grown`.

    A block collection ends where its last entry ends, whatever comments follow.
    """
    if node.layout is Layout.FLOW or not entries:
        return replace(node, entries=entries, length=node.length + grown)
    return replace(node, entries=entries, length=entries[-1].end)


def same_node(one: Node, other: Node) -> bool:
    """Tell whether two trees agree in every place, style and value (of the same kind)."""
    if one is other:
        return True
    if isinstance(one, Collection) and isinstance(other, Collection):
        if replace(one, entries=()) != replace(other, entries=()):
            return False
        if len(one.entries) != len(other.entries):
            return False
        return all(_same_entry(*pair) for pair in zip(one.entries, other.entries, strict=True))
    if isinstance(one, ScalarNode) and isinstance(other, ScalarNode):
        return one == other and _same_spelling(one.value, other.value)
    return one == other


def _same_entry(one: Entry, other: Entry) -> bool:
    blank = ScalarNode(0, None)
    return replace(one, value=blank) == replace(other, value=blank) and same_node(
        one.value, other.value
    )


def _same_spelling(one: Scalar, other: Scalar) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return str(one) == str(other)
    return type(one) is type(other)
