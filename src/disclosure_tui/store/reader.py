"""From the tokens of a text to its tree of places."""

from __future__ import annotations

from dataclasses import replace

from disclosure_tui.errors import DocumentError
from disclosure_tui.store.resolver import resolve_tagged
from disclosure_tui.store.source import fault
from disclosure_tui.store.syntax_messages import (
    EMPTY,
    NO_MAP,
    TOO_DEEP,
    TWO_DOCUMENTS,
    UNCLOSED,
)
from disclosure_tui.store.token_stream import (
    BLOCK_END,
    CORE_TAGS,
    DOCUMENT_EDGES,
    STREAM_END,
    Placed,
    TokenStream,
)
from disclosure_tui.store.tree import AliasNode, Collection, Entry, Layout, Node, ScalarNode

__all__ = ["Placed", "read_documents", "read_report"]

_BLOCK_MAP = "<block mapping start>"
_BLOCK_LIST = "<block sequence start>"


def read_documents(text: str, name: str) -> list[Placed]:
    """Return the root of every document in a text; an empty document has a blank root.

    Raises:
        DocumentError: The text is no YAML or nested too deep.
    """
    try:
        return _Reader(text, name).documents()
    except RecursionError:
        raise DocumentError(TOO_DEEP[0], hint=TOO_DEEP[1], where=name) from None


def read_report(text: str, name: str) -> Placed:
    """Return the root of the one document in a text that has content.

    Raises:
        DocumentError: The text is no YAML, there is no or more than one document, or it is no map.
    """
    roots = [
        root
        for root in read_documents(text, name)
        if not isinstance(root.node, ScalarNode) or root.node.length
    ]
    if not roots:
        raise fault(text, 0, name, *EMPTY)
    if len(roots) > 1:
        raise fault(text, roots[1].at, name, *TWO_DOCUMENTS)
    if not isinstance(roots[0].node, Collection) or not roots[0].node.is_map:
        raise fault(text, roots[0].at, name, *NO_MAP)
    return roots[0]


class _Reader(TokenStream):
    """One pass over the tokens, top down."""

    def documents(self) -> list[Placed]:
        found = []
        while self.kind != STREAM_END:
            self.tags = dict(CORE_TAGS)
            bare = True
            while self.kind == "<document end>":
                self.take()
            while self.kind == "<directive>":
                self.directive(self.take())
                bare = False
            if self.kind == "<document start>":
                self.behind = self.take().end
            elif self.kind == STREAM_END:
                break
            elif not bare:
                raise self.unexpected()
            if self.kind in DOCUMENT_EDGES:
                found.append(Placed(self.behind, ScalarNode(0, None)))
            else:
                found.append(self.node(-1, block=True))
            if self.kind not in DOCUMENT_EDGES:
                raise self.unexpected()
        return found

    def node(self, indent: int, *, block: bool, dash: bool = False) -> Placed:
        """Read a value.

        Args:
            indent: The indentation of the block collection around it; -1 at the root.
            block: A block collection may stand here.
            dash: A list may stand here at the indentation of its key.
        """
        if self.kind == "<alias>":
            token = self.take()
            return Placed(token.start, AliasNode(token.end - token.start, token.value))
        marks = self.marks()
        kind = self.kind
        if kind == "<scalar>":
            placed = self.scalar(self.take(), marks, indent)
        elif kind == "[":
            placed = self.flow_list(indent)
        elif kind == "{":
            placed = self.flow_map(indent)
        elif block and kind == _BLOCK_MAP:
            placed = self.block_map()
        elif block and kind == _BLOCK_LIST:
            placed = self.block_list(self.take().column, indentless=False)
        elif block and dash and kind == "-":
            placed = self.block_list(indent, indentless=True)
        elif marks.present:
            value = resolve_tagged("", marks.tag, plain=True)
            return Placed(self.behind, ScalarNode(0, value, "", marks.anchor, marks.tag))
        else:
            raise self.unexpected()
        if marks.present and not isinstance(placed.node, ScalarNode):
            node = replace(placed.node, anchor=marks.anchor, tag=marks.tag)
            return Placed(placed.at, node)
        return placed

    def block_map(self) -> Placed:
        start = self.take()
        entries: list[Entry] = []
        while self.kind != BLOCK_END:
            entries.append(self.map_entry(start.start, start.column, block=True))
        self.take()
        return self.finished(start.start, Layout.BLOCK, entries, is_map=True)

    def block_list(self, column: int, *, indentless: bool) -> Placed:
        start = self.tokens[self.index].start
        entries: list[Entry] = []
        ends = ("-", "?", ":", BLOCK_END) if indentless else ("-", BLOCK_END)
        while self.kind == "-":
            token = self.take()
            item = self.blank() if self.kind in ends else self.node(column, block=True)
            entries.append(_item(token.start - start, token.end - start, start, item))
        if not indentless:
            if self.kind != BLOCK_END:
                raise self.unexpected()
            self.take()
        return self.finished(start, Layout.BLOCK, entries, is_map=False)

    def flow_map(self, indent: int) -> Placed:
        opened = self.take()
        entries: list[Entry] = []
        while self.kind != "}":
            if entries:
                self.comma(opened)
                if self.kind == "}":
                    break
            entries.append(self.map_entry(opened.start, indent, block=False))
        end = self.take().end
        node = Collection(True, Layout.FLOW, tuple(entries), end - opened.start)
        return Placed(opened.start, node)

    def flow_list(self, indent: int) -> Placed:
        opened = self.take()
        entries: list[Entry] = []
        while self.kind != "]":
            if entries:
                self.comma(opened)
                if self.kind == "]":
                    break
            if self.kind in DOCUMENT_EDGES:
                raise fault(self.text, opened.start, self.name, *UNCLOSED)
            start = self.tokens[self.index].start
            if self.kind in ("?", ":"):
                entry = self.map_entry(start, indent, block=False)
                item = self.finished(start, Layout.PAIR, [entry], is_map=True)
            else:
                item = self.node(indent, block=False)
                start = min(start, item.at)
            entries.append(_item(start - opened.start, -1, opened.start, item))
        end = self.take().end
        node = Collection(False, Layout.FLOW, tuple(entries), end - opened.start)
        return Placed(opened.start, node)

    def map_entry(self, base: int, indent: int, *, block: bool) -> Entry:
        """Read a key with its value; places count from `base`."""
        ends = ("?", ":", BLOCK_END) if block else (",", "}", "]")
        token = self.tokens[self.index]
        at, explicit = token.start, False
        if token.kind == "?":
            explicit = self.take().end > at
            bare = self.kind == ":" or self.kind in ends
            key = self.blank() if bare else self.node(indent, block=block, dash=block)
        elif token.kind == ":":
            key = Placed(token.start, ScalarNode(0, None))
        elif block:
            raise self.unexpected()
        elif self.kind in DOCUMENT_EDGES:
            raise fault(self.text, base, self.name, *UNCLOSED)
        else:
            key = self.node(indent, block=False)
        value, mark = self.blank(), -1
        if self.kind == ":":
            mark = self.take().end - base
            bare = self.kind in ends
            value = self.blank() if bare else self.node(indent, block=block, dash=block)
        text = self.key_text(key)
        merge = text == "<<" and isinstance(key.node, ScalarNode) and not key.node.style
        return Entry(
            text,
            at - base,
            key.at - base,
            key.node.length,
            mark,
            value.at - base,
            value.node,
            explicit,
            merge and _can_merge(value.node),
            _key_mark(key.node),
        )

    def finished(self, start: int, layout: Layout, entries: list[Entry], *, is_map: bool) -> Placed:
        return Placed(start, Collection(is_map, layout, tuple(entries), entries[-1].end))


def _item(at: int, mark: int, base: int, item: Placed) -> Entry:
    return Entry("", at, at, 0, mark, item.at - base, item.node)


def _key_mark(node: Node) -> str:
    if isinstance(node, AliasNode):
        return "*" + node.name
    return "&" + node.anchor if node.anchor else ""


def _can_merge(node: Node) -> bool:
    """Tell whether the value of a `<<` can bring in keys; else it is a key like any other."""
    if isinstance(node, Collection) and not node.is_map:
        return all(_can_merge(entry.value) for entry in node.entries)
    return isinstance(node, AliasNode) or (isinstance(node, Collection) and node.is_map)
