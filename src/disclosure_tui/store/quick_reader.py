"""Reads the plain way of writing a report in one pass over its lines.

Nearly every report is written with the same few means: keys and values on lines of their own, rows
in braces, texts behind `|-`, comments. For these this reader gives, many times quicker, the very
tree that `reader` makes of the tokens. Where a line has anything else it gives nothing, and the
file is read the exact way; so it may be as strict as it likes, but never wrong. That is proved by
reading everything twice (`tests/unit/store/test_quick_reader.py`, `tests/soak`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from disclosure_tui.model.report import Scalar
from disclosure_tui.store.decoding import block_scalar, decode
from disclosure_tui.store.resolver import resolve
from disclosure_tui.store.token_stream import Placed
from disclosure_tui.store.tree import Collection, Entry, Layout, Node, ScalarNode

__all__ = ["quick_root"]

# Read otherwise by YAML 1.1, or moving columns: for the exact way.
_UNUSUAL = re.compile("[\t\r\x85\u2028\u2029\ufeff]")
_DEEPEST = 24

_COMMENT = r"(?: +\#[^\n]*)?"
_LINE = re.compile(r"( *)(?:\#[^\n]*)?(\n|\Z)")
# One set of characters, not one for the first and another for the rest: the range takes a while.
_NAME = r"((?![.~-])[A-Za-z0-9_/.~\u4e00-\u9fff-]{1,201})"
_KEY = re.compile(rf"{_NAME}:(?= |\n|\Z)")
_DASH = re.compile(r"-( +)(?=[^ \n\#])")
_REST = re.compile(rf"{_COMMENT} *(?:\n|\Z)")
_HEADER = re.compile(rf"\|[+-]?(?={_COMMENT} *\n)")
_BLANKS = re.compile(" *")
# Longer words are for the exact way, or finding their end would take much memory.
# A word on a line of its own: no mark in front, no `: ` and no ` #` inside.
_WORD = re.compile(
    r"(?:[^-?:,\[\]{}\#&*!|>'\"%@`=<\s]|-(?=[0-9.]))(?:[^:\#\n]|:(?=[^ \n])|(?<! )\#){0,4000}"
)
# A word in brackets: besides that no brackets, commas, `#` and quotation marks at all.
_FLOW_WORD = re.compile(
    r"(?:[^-?:,\[\]{}\#&*!|>'\"%@`=<\s]|-(?=[0-9.])|<(?=[0-9]))"
    r"(?:[^:,\[\]{}\#'\"\n]|:(?=[A-Za-z0-9/])){0,4000}"
)
_FLOW_KEY = re.compile(rf" *{_NAME}:(?= )")
_FLOW_QUOTED_KEY = re.compile(r" *(\"[^\"\\\n]{0,400}\"|'[^'\n]{0,400}'):(?= )")
_QUOTED = re.compile(r"\"[^\"\\\n]*(?:\\[nt\"\\/][^\"\\\n]*)*\"|'[^'\n]*'(?!')")
_FLOW_END = re.compile(r" *([,}\]])")
# The usual pair of a row: a key, a whole number, and what ends it.
_FIGURE = re.compile(r" *([A-Za-z_][A-Za-z0-9_]{0,60}):( +)([1-9][0-9]{0,16}|0)([,}])")


class _Unusual(Exception):  # noqa: N818 - it never leaves this module
    """Something that is read the exact way."""


class _Line(NamedTuple):
    """A line with content: where it begins, and how far it is indented."""

    start: int
    indent: int


def quick_root(text: str) -> Placed | None:
    """Return the root of the one document in a text; None where that needs the exact reader."""
    if _UNUSUAL.search(text):
        return None
    reader = _QuickReader(text)
    try:
        line = reader.next_line(0)
        if line is None or line.indent:
            return None
        placed = reader.block_map(line, 0)
    except _Unusual:
        return None
    return placed if reader.line is None else None


class _QuickReader:
    """One pass over the lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line: _Line | None = None
        """The next line with content that is not read yet."""

    def next_line(self, at: int) -> _Line | None:
        """Find the next line with content, from the beginning of a line."""
        text = self.text
        found: _Line | None = None
        while at < len(text):
            match = _LINE.match(text, at)
            if match is None:
                blanks = _BLANKS.match(text, at)
                assert blanks is not None
                found = _Line(at, blanks.end() - at)
                break
            at = match.end()
        self.line = found
        return found

    def block_map(self, line: _Line, depth: int, column: int | None = None) -> Placed:
        """Read the map whose first key stands on a line.

        Args:
            line: The line.
            depth: How many collections are around it.
            column: Where the first key stands, if not at the indentation of the line.
        """
        text = self.text
        width = line.indent if column is None else column
        if depth > _DEEPEST:
            raise _Unusual
        base = line.start + width
        entries: list[Entry] = []
        at = base
        while True:
            match = _KEY.match(text, at)
            if match is None:
                raise _Unusual
            mark = match.end()
            value_at, value = self.block_value(mark, width, depth, in_map=True)
            key = match[1]
            entries.append(
                Entry(key, at - base, at - base, len(key), mark - base, value_at - base, value)
            )
            following = self.line
            if following is None or following.indent < width:
                break
            if following.indent > width:
                raise _Unusual
            at = following.start + width
        return Placed(base, Collection(True, Layout.BLOCK, tuple(entries), entries[-1].end))

    def block_list(self, line: _Line, depth: int) -> Placed:
        """Read the list whose first dash stands on a line."""
        text = self.text
        if depth > _DEEPEST:
            raise _Unusual
        width, base = line.indent, line.start + line.indent
        entries: list[Entry] = []
        following: _Line | None = line
        while following is not None and following.indent == width:
            at = following.start + width
            match = _DASH.match(text, at)
            if match is None:
                break
            inner = match.end()
            if _KEY.match(text, inner):
                placed = self.block_map(following, depth + 1, inner - following.start)
                value_at, value = placed.at, placed.node
            else:
                value_at, value = self.value(inner, width, depth + 1)
            entries.append(
                Entry("", at - base, at - base, 0, at + 1 - base, value_at - base, value)
            )
            following = self.line
        if not entries or (following is not None and following.indent > width):
            raise _Unusual
        return Placed(base, Collection(False, Layout.BLOCK, tuple(entries), entries[-1].end))

    def block_value(self, mark: int, width: int, depth: int, *, in_map: bool) -> tuple[int, Node]:
        """Read what stands behind a colon, on its line or below it."""
        rest = _REST.match(self.text, mark)
        if rest is None:
            blanks = _BLANKS.match(self.text, mark)
            assert blanks is not None
            return self.value(blanks.end(), width, depth)
        below = self.next_line(rest.end())
        if below is None or below.indent < width:
            return mark, ScalarNode(0, None)
        dash = _DASH.match(self.text, below.start + below.indent)
        if below.indent == width and not (dash and in_map):
            return mark, ScalarNode(0, None)
        placed = (self.block_list if dash else self.block_map)(below, depth + 1)
        return placed.at, placed.node

    def value(self, at: int, width: int, depth: int) -> tuple[int, Node]:
        """Read a value that begins on the line of its key, and go on to the next line."""
        text = self.text
        first = text[at : at + 1]
        node: Node
        if first == "{" or first == "[":
            node, end = self.flow(at, depth)
        elif first == "|":
            return at, self.text_below(at, width)
        elif first == '"' or first == "'":
            node, end = self.quoted(at)
        else:
            match = _WORD.match(text, at)
            if match is None:
                raise _Unusual
            word = match[0].rstrip(" ")
            if word[-1:] == ":" or word in ("<<", "..."):
                raise _Unusual
            end = at + len(word)
            node = ScalarNode(len(word), _resolved(word))
        rest = _REST.match(text, end)
        if rest is None:
            raise _Unusual
        self.next_line(rest.end())
        return at, node

    def text_below(self, at: int, width: int) -> ScalarNode:
        """Read a text behind `|`: the lines below that are indented as far as its first."""
        text = self.text
        header = _HEADER.match(text, at)
        if header is None:
            raise _Unusual
        start = text.index("\n", at) + 1
        blanks = _BLANKS.match(text, start)
        assert blanks is not None
        inner = blanks.end() - start
        if inner <= width or text[blanks.end() : blanks.end() + 1] in ("\n", ""):
            raise _Unusual
        # Up to the first line with content that is not indented so far.
        ending = re.compile(rf"^ {{0,{inner - 1}}}(?=[^ \n])", re.MULTILINE).search(text, start)
        limit = ending.start() if ending else len(text)
        if ending and ending.end() - limit > width:
            raise _Unusual
        pieces, end = block_scalar(text, at, limit, width)
        self.next_line(limit)
        return ScalarNode(end - at, "".join(piece.text for piece in pieces), "|", "", "", width)

    def quoted(self, at: int) -> tuple[ScalarNode, int]:
        """Read a text in quotation marks, with no escapes but the usual ones."""
        match = _QUOTED.match(self.text, at)
        if match is None:
            raise _Unusual
        written, end = match[0], match.end()
        value = written[1:-1]
        if "\\" in value and written[0] == '"':
            value = "".join(piece.text for piece in decode(self.text, at, end, '"'))
        return ScalarNode(len(written), value, written[0]), end

    def flow(self, at: int, depth: int) -> tuple[Collection, int]:
        """Read a map or list in brackets that ends on its line."""
        text = self.text
        if depth > _DEEPEST:
            raise _Unusual
        is_map = text[at] == "{"
        closing = "}" if is_map else "]"
        entries: list[Entry] = []
        position = at + 1
        end = _FLOW_END.match(text, position)
        if end is not None:
            if end[1] != closing:
                raise _Unusual
            return Collection(is_map, Layout.FLOW, (), end.end() - at), end.end()
        while True:
            figure = _FIGURE.match(text, position) if is_map else None
            if figure is not None:
                key_at, key, value_at = figure.start(1), figure[1], figure.start(3)
                key_length = len(key)
                node: Node = ScalarNode(len(figure[3]), int(figure[3]))
                mark, sign, position = figure.end(1) + 1 - at, figure[4], figure.end()
            else:
                key_at, key_length, key, mark, position = self.flow_key(position, at)
                value_at, node, position = self.flow_value(position, depth, is_map=is_map)
                key_at = key_at if is_map else value_at
                end = _FLOW_END.match(text, position)
                if end is None:
                    raise _Unusual
                sign, position = end[1], end.end()
            entries.append(
                Entry(key, key_at - at, key_at - at, key_length, mark, value_at - at, node)
            )
            if sign == closing:
                break
            if sign != ",":
                raise _Unusual
            end = _FLOW_END.match(text, position)
            if end is not None:
                raise _Unusual
        return Collection(is_map, Layout.FLOW, tuple(entries), position - at), position

    def flow_key(self, position: int, at: int) -> tuple[int, int, str, int, int]:
        """Read a key in braces: its place and length, what it says, its mark, where to go on."""
        if self.text[at] != "{":
            return -1, 0, "", -1, position
        match = _FLOW_KEY.match(self.text, position)
        if match is not None:
            key = match[1]
        else:
            match = _FLOW_QUOTED_KEY.match(self.text, position)
            if match is None:
                raise _Unusual
            key = match[1][1:-1]
        return match.start(1), len(match[1]), key, match.end() - at, match.end()

    def flow_value(self, position: int, depth: int, *, is_map: bool) -> tuple[int, Node, int]:
        """Read a value in brackets: its place, the value, its end."""
        text = self.text
        blanks = _BLANKS.match(text, position)
        assert blanks is not None
        at = blanks.end()
        first = text[at : at + 1]
        if first == "{" or first == "[":
            node, end = self.flow(at, depth + 1)
            return at, node, end
        if first == '"' or first == "'":
            quoted, end = self.quoted(at)
            return at, quoted, end
        if is_map and (first == "," or first == "}"):
            return position, ScalarNode(0, None), at
        match = _FLOW_WORD.match(text, at)
        if match is None:
            raise _Unusual
        word = match[0].rstrip(" ")
        return at, ScalarNode(len(word), _resolved(word)), at + len(word)


def _resolved(word: str) -> Scalar:
    return word if word[0] > "~" else resolve(word)
