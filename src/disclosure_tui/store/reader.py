"""From the tokens of a text to its tree of places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from disclosure_tui.errors import DocumentError
from disclosure_tui.store.decoding import block_scalar, decode
from disclosure_tui.store.resolver import resolve_tagged
from disclosure_tui.store.scanner import Token, scan
from disclosure_tui.store.source import fault
from disclosure_tui.store.syntax_messages import ESCAPE, NO_COMMA, TOO_DEEP, UNCLOSED, UNEXPECTED
from disclosure_tui.store.tree import AliasNode, Collection, Entry, Layout, Node, ScalarNode

__all__ = ["Placed", "read_documents"]

_BLOCK_MAP = "<block mapping start>"
_BLOCK_LIST = "<block sequence start>"
_BLOCK_END = "<block end>"
_STREAM_END = "<stream end>"
_DOCUMENT_EDGES = frozenset({"<directive>", "<document start>", "<document end>", _STREAM_END})
_HALF = re.compile("[\ud800-\udfff]")
_CORE_TAGS = {"!": "!", "!!": "tag:yaml.org,2002:"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and where it begins in the text."""

    at: int
    node: Node


@dataclass(frozen=True, slots=True)
class _Marks:
    """The anchor and the tag in front of a value."""

    anchor: str = ""
    tag: str = ""
    present: bool = False


def read_documents(text: str, name: str) -> list[Placed]:
    """Return the root of every document in a text; an empty document has a blank root.

    Raises:
        DocumentError: The text is no YAML or nested too deep.
    """
    try:
        return _Reader(text, name).documents()
    except RecursionError:
        raise DocumentError(TOO_DEEP[0], hint=TOO_DEEP[1], where=name) from None


class _Reader:
    """One pass over the tokens, top down."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.tokens = scan(text, name)
        self.index = 1
        self.behind = 0  # the end of what was read last; an implied blank stands there
        self.tags = _CORE_TAGS
        self.keys: dict[str, str] = {}

    @property
    def kind(self) -> str:
        return self.tokens[self.index].kind

    def take(self) -> Token:
        """Take the next token; what is not only a change of indentation moves `behind`."""
        token = self.tokens[self.index]
        self.index += 1
        if token.end > token.start:
            self.behind = token.end
        return token

    def unexpected(self) -> DocumentError:
        token = self.tokens[self.index]
        return fault(self.text, token.start, self.name, *UNEXPECTED)

    def documents(self) -> list[Placed]:
        found = []
        while self.kind != _STREAM_END:
            self.tags = dict(_CORE_TAGS)
            bare = True
            while self.kind == "<document end>":
                self.take()
            while self.kind == "<directive>":
                self.directive(self.take())
                bare = False
            if self.kind == "<document start>":
                self.behind = self.take().end
            elif self.kind == _STREAM_END:
                break
            elif not bare:
                raise self.unexpected()
            if self.kind in _DOCUMENT_EDGES:
                found.append(Placed(self.behind, ScalarNode(0, None)))
            else:
                found.append(self.node(-1, block=True))
            if self.kind not in _DOCUMENT_EDGES:
                raise self.unexpected()
        return found

    def directive(self, token: Token) -> None:
        if token.value and isinstance(token.value[0], str):
            handle, prefix = token.value
            self.tags[handle] = prefix

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

    def marks(self) -> _Marks:
        anchor = tag = ""
        present = False
        while (self.kind == "<anchor>" and not anchor) or (self.kind == "<tag>" and not tag):
            token = self.take()
            present = True
            if token.kind == "<anchor>":
                anchor = token.value
            else:
                tag = self.full_tag(token)
        return _Marks(anchor, tag, present)

    def full_tag(self, token: Token) -> str:
        handle, suffix = token.value
        if handle is not None and handle not in self.tags:
            raise fault(self.text, token.start, self.name, *UNEXPECTED)
        return (self.tags[handle] if handle else "") + str(suffix)

    def scalar(self, token: Token, marks: _Marks, indent: int) -> Placed:
        start, end, style = token.start, token.end, token.style
        if style in ("|", ">"):
            pieces, end = block_scalar(self.text, start, end, indent)
        else:
            pieces, indent = decode(self.text, start, end, style), -1
        word = "".join(piece.text for piece in pieces)
        if style == '"' and not word.isascii() and _HALF.search(word):
            raise fault(self.text, start, self.name, *ESCAPE)
        value = resolve_tagged(word, marks.tag, plain=not style)
        if marks.anchor:
            self.keys[marks.anchor] = word
        self.behind = end
        node = ScalarNode(end - start, value, style, marks.anchor, marks.tag, indent)
        return Placed(start, node)

    def blank(self) -> Placed:
        return Placed(self.behind, ScalarNode(0, None))

    def block_map(self) -> Placed:
        start = self.take()
        entries: list[Entry] = []
        while self.kind != _BLOCK_END:
            entries.append(self.map_entry(start.start, start.column, block=True))
        self.take()
        return self.finished(start.start, Layout.BLOCK, entries, is_map=True)

    def block_list(self, column: int, *, indentless: bool) -> Placed:
        start = self.tokens[self.index].start
        entries: list[Entry] = []
        ends = ("-", "?", ":", _BLOCK_END) if indentless else ("-", _BLOCK_END)
        while self.kind == "-":
            token = self.take()
            item = self.blank() if self.kind in ends else self.node(column, block=True)
            entries.append(_item(token.start - start, token.end - start, start, item))
        if not indentless:
            if self.kind != _BLOCK_END:
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

    def comma(self, opened: Token) -> None:
        if self.kind == ",":
            self.take()
            return
        token = self.tokens[self.index]
        between = self.text[opened.start : token.start]
        below = "\n" in between or "\r" in between
        if below or self.kind in _DOCUMENT_EDGES or self.kind in (_BLOCK_END, "]", "}"):
            raise fault(self.text, opened.start, self.name, *UNCLOSED)
        raise fault(self.text, token.start, self.name, *NO_COMMA)

    def map_entry(self, base: int, indent: int, *, block: bool) -> Entry:
        """Read a key with its value; places count from `base`."""
        ends = ("?", ":", _BLOCK_END) if block else (",", "}", "]")
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
        elif self.kind in _DOCUMENT_EDGES:
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

    def key_text(self, key: Placed) -> str:
        """Return a key as text: plain keys as they are spelt, others as they are decoded."""
        node = key.node
        if isinstance(node, ScalarNode) and isinstance(node.value, str):
            return node.value
        if isinstance(node, AliasNode) and node.name in self.keys:
            return self.keys[node.name]
        return self.text[key.at : key.at + node.length]

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
