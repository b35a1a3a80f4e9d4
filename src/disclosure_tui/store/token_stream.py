"""The tokens of a text one by one, and what is read without looking inside collections."""

from __future__ import annotations

import re

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.store.decoding import block_scalar, decode
from disclosure_tui.store.resolver import resolve_tagged
from disclosure_tui.store.scanner import Token, scan
from disclosure_tui.store.source import fault
from disclosure_tui.store.syntax_messages import ESCAPE, NO_COMMA, UNCLOSED, UNEXPECTED
from disclosure_tui.store.tree import AliasNode, Node, ScalarNode

__all__ = [
    "BLOCK_END",
    "CORE_TAGS",
    "DOCUMENT_EDGES",
    "STREAM_END",
    "Marks",
    "Placed",
    "TokenStream",
]

BLOCK_END = "<block end>"
STREAM_END = "<stream end>"
DOCUMENT_EDGES = frozenset({"<directive>", "<document start>", "<document end>", STREAM_END})
CORE_TAGS = {"!": "!", "!!": "tag:yaml.org,2002:"}
_BLANKS_TO_THE_END = re.compile(r"[ \r\n]*\Z")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and where it begins in the text."""

    at: int
    node: Node


@dataclass(frozen=True, slots=True)
class Marks:
    """The anchor and the tag in front of a value."""

    anchor: str = ""
    tag: str = ""
    present: bool = False


class TokenStream:
    """A place in the tokens of a text, which only moves on."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.tokens = scan(text, name)
        self.index = 1
        self.behind = 0  # the end of what was read last; an implied blank stands there
        self.tags = CORE_TAGS
        self.keys: dict[str, str] = {}

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.index].kind

    def take(self) -> Token:
        """Take the next token; what is not only a change of indentation moves `behind`."""
        token = self.tokens[self.index]
        self.index += 1
        if token.end > token.start:
            self.behind = token.end
        return token

    def unexpected(self) -> DocumentError:
        """Return the error for a token that cannot stand here."""
        token = self.tokens[self.index]
        return fault(self.text, token.start, self.name, *UNEXPECTED)

    def directive(self, token: Token) -> None:
        """Remember a `%TAG` line for the document that follows."""
        if token.value and isinstance(token.value[0], str):
            handle, prefix = token.value
            self.tags[handle] = prefix

    def marks(self) -> Marks:
        """Take the anchor and the tag in front of a value."""
        anchor = tag = ""
        present = False
        while (self.kind == "<anchor>" and not anchor) or (self.kind == "<tag>" and not tag):
            token = self.take()
            present = True
            if token.kind == "<anchor>":
                anchor = token.value
            else:
                tag = self.full_tag(token)
        return Marks(anchor, tag, present)

    def full_tag(self, token: Token) -> str:
        """Return a tag with its short prefix written out."""
        handle, suffix = token.value
        if handle is not None and handle not in self.tags:
            raise fault(self.text, token.start, self.name, *UNEXPECTED)
        return (self.tags[handle] if handle else "") + str(suffix)

    def scalar(self, token: Token, marks: Marks, indent: int) -> Placed:
        """Return the node of a scalar token."""
        start, end, style = token.start, token.end, token.style
        if style in ("|", ">"):
            # The scanner leaves out blanks that the file ends with.
            rest = _BLANKS_TO_THE_END.match(self.text, end)
            pieces, end = block_scalar(self.text, start, rest.end() if rest else end, indent)
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
        """Return an implied blank, which stands right behind what was read last."""
        return Placed(self.behind, ScalarNode(0, None))

    def comma(self, opened: Token) -> None:
        """Take the comma between entries in brackets."""
        if self.kind == ",":
            self.take()
            return
        token = self.tokens[self.index]
        between = self.text[opened.start : token.start]
        below = "\n" in between or "\r" in between
        if below or self.kind in DOCUMENT_EDGES or self.kind in (BLOCK_END, "]", "}"):
            raise fault(self.text, opened.start, self.name, *UNCLOSED)
        raise fault(self.text, token.start, self.name, *NO_COMMA)

    def key_text(self, key: Placed) -> str:
        """Return a key as text: plain keys as they are spelt, others as they are decoded."""
        node = key.node
        if isinstance(node, ScalarNode) and isinstance(node.value, str):
            return node.value
        if isinstance(node, AliasNode) and node.name in self.keys:
            return self.keys[node.name]
        return self.text[key.at : key.at + node.length]
