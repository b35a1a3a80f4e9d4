"""From the tree of places to plain data, with references and merged keys worked in."""

from __future__ import annotations

from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.source import fault
from disclosure_tui.store.tree import AliasNode, Collection, Entry, Node, ScalarNode

__all__ = ["MOST_REPEATED", "Duplicate", "duplicate_keys", "plain_data"]

MOST_REPEATED = 50_000
"""How many values references may repeat in one file."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that its map has twice: where the pair stands that counts, and one that does not."""

    pointer: Pointer
    at: int
    unused_at: int


@dataclass(slots=True)
class _Anchored:
    value: Plain
    size: int
    open: bool


class _Builder:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.anchors: dict[str, _Anchored] = {}
        self.repeated = 0

    def value(self, node: Node, at: int) -> tuple[Plain, int]:
        """Return the data of a node and how many values it holds, repeated ones included."""
        if isinstance(node, AliasNode):
            return self.referred(node, at)
        anchored = _Anchored(None, 1, open=True)
        if node.anchor:
            self.anchors[node.anchor] = anchored
        size = 1
        value: Plain
        if isinstance(node, ScalarNode):
            value = node.value
        elif node.is_map:
            value, size = self.mapping(node, at)
        else:
            value = []
            for entry in node.entries:
                item, count = self.value(entry.value, at + entry.value_at)
                value.append(item)
                size += count
        anchored.value, anchored.size, anchored.open = value, size, False
        return value, size

    def referred(self, node: AliasNode, at: int) -> tuple[Plain, int]:
        target = self.anchors.get(node.name)
        if target is None:
            raise fault(self.text, at, self.name, *_UNKNOWN)
        if target.open:
            raise fault(self.text, at, self.name, *_CIRCULAR)
        self.repeated += target.size
        if self.repeated > MOST_REPEATED:
            raise fault(self.text, at, self.name, *_EXPLODING)
        return target.value, target.size

    def mapping(self, node: Collection, at: int) -> tuple[dict[str, Plain], int]:
        result: dict[str, Plain] = {}
        own: set[str] = set()
        size = 1
        for entry in node.entries:
            if entry.key_mark.startswith("&"):
                self.anchors[entry.key_mark[1:]] = _Anchored(entry.key, 1, open=False)
            value, count = self.value(entry.value, at + entry.value_at)
            size += count
            if entry.merge:
                for key, merged in _merged(value, self._must_be_map(at, entry)).items():
                    if key not in own:
                        result.setdefault(key, merged)
                continue
            if entry.key in result:
                del result[entry.key]
            result[entry.key] = value
            own.add(entry.key)
        return result, size

    def _must_be_map(self, at: int, entry: Entry) -> DocumentError:
        return fault(self.text, at + entry.value_at, self.name, *_NOT_MERGEABLE)


def plain_data(root: Placed, text: str, name: str) -> Plain:
    """Return the data of a document: maps with text keys, lists, texts, figures, in file order.

    Referenced values are shared, not copied; nothing may change them in place.

    Raises:
        DocumentError: A reference to nothing, to itself, or too many repeated values.
    """
    return _Builder(text, name).value(root.node, root.at)[0]


def duplicate_keys(root: Placed) -> list[Duplicate]:
    """Return every pair that does not count, as its key stands again below, in file order.

    What is inside such a pair is not looked at.
    """
    found: list[Duplicate] = []
    stack: list[tuple[Pointer, Node, int]] = [(ROOT, root.node, root.at)]
    while stack:
        pointer, node, at = stack.pop()
        if not isinstance(node, Collection):
            continue
        last = {entry.key: entry for entry in node.entries if not entry.merge}
        for index, entry in enumerate(node.entries):
            inner = pointer / (entry.key if node.is_map else str(index))
            counts = last.get(entry.key, entry)
            if node.is_map and not entry.merge and counts is not entry:
                found.append(Duplicate(inner, at + counts.key_at, at + entry.key_at))
            else:
                stack.append((inner, entry.value, at + entry.value_at))
    return sorted(found, key=lambda duplicate: duplicate.unused_at)


def _merged(value: Any, error: DocumentError) -> dict[str, Plain]:
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        raise error
    result: dict[str, Plain] = {}
    for source in value:
        if not isinstance(source, dict):
            raise error
        for key, inner in source.items():
            result.setdefault(key, inner)
    return result


_UNKNOWN = (
    Text("这里引用的名称前面没有定义。", "The name referred to here is not defined above."),
    Text("请核对星号后面的名称。", "Check the name behind the asterisk."),
)
_CIRCULAR = (
    Text("这里引用了它自己所在的内容。", "This reference is part of what it refers to."),
    Text("请直接写出内容，不用引用。", "Write the value out instead of the reference."),
)
_EXPLODING = (
    Text("引用层层展开后内容太多。", "The references repeat too many values."),
    Text("请直接写出内容，不用引用。", "Write the values out instead of the references."),
)
_NOT_MERGEABLE = (
    Text("并入的内容必须是一组键值。", "Only maps can be merged here."),
    Text("请核对星号后面的名称。", "Check the name behind the asterisk."),
)
