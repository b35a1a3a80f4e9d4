"""How a new value is spelt where a scalar stands: as the old one was, where that can carry it."""

from __future__ import annotations

import re

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.report import Scalar
from disclosure_tui.store import emit
from disclosure_tui.store.decoding import block_scalar
from disclosure_tui.store.resolver import allows_text, resolve_tagged
from disclosure_tui.store.tree import ScalarNode

__all__ = ["Place", "TagRefused", "Written", "block_text", "inline_node", "line_end", "write"]

_LINE_END = re.compile(r"[\r\n]|\Z")
_LINE = re.compile(r"(?:\r\n|\r|\n)( *)([^\r\n]*)")
_BREAK = re.compile(r"\r\n|\n|\r")
_HEADER = re.compile(r"[|>][-+0-9]*")
# What block texts cannot show, or what older readers take for a line break.
_NOT_IN_BLOCK = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


class TagRefused(EditRefused):
    """A tag in the file says that the value is of another kind."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "文件在这里规定了值的类型，不能写成别的类型。",
                "A tag in the file fixes the kind of this value.",
            ),
            hint=Text("请先在文本编辑器里删去类型标记。", "Delete the tag in a text editor first."),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to stand.

    Attributes:
        text: The whole source.
        at: Where the old value begins.
        in_flow: It stands inside brackets.
        indent: The indentation of the block collection around it.
        line_break: How lines end in the file.
    """

    text: str
    at: int
    in_flow: bool
    indent: int
    line_break: str


@dataclass(frozen=True, slots=True)
class Written:
    """The new spelling: it replaces the source up to `end`, and `node` describes it."""

    text: str
    end: int
    node: ScalarNode


def line_end(text: str, at: int) -> int:
    """Return the place of the line break (or end of text) that ends the line."""
    match = _LINE_END.search(text, at)
    assert match is not None
    return match.start()


def write(value: Scalar, old: ScalarNode, place: Place) -> Written:
    """Spell a value in the place of an old one.

    Raises:
        EditRefused: The value cannot be written.
        TagRefused: A tag in the file forbids it.
    """
    end = place.at + old.length
    tail, tail_end = _tail(old, place)
    was_block = old.style in ("|", ">")
    if isinstance(value, str) and not place.in_flow and (was_block or "\n" in value):
        for style in dict.fromkeys((old.style if was_block else "|", "|")):
            width = _old_width(old, place) if was_block else 0
            written = block_text(value, place, style, tail, tail_end, width)
            if written is not None:
                return _tagged(written, old, value)
    text = _inline(value, old, in_flow=place.in_flow)
    if place.text[end : end + 1] == "#" and text[0] not in "'\"":
        raise EditRefused(
            Text("后面的注释和值连在一起。", "The comment behind the value touches it."),
            hint=Text("请先在井号前面加一个空格。", "Put a blank before the # first."),
        )
    node = inline_node(text, value)
    kept = tail if was_block and tail_end == end else ""
    return _tagged(Written(text + kept, end, node), old, value)


def inline_node(text: str, value: Scalar) -> ScalarNode:
    """Return the node for a value that is spelt on one line."""
    style = text[0] if text[0] in "'\"" else ""
    return ScalarNode(len(text), value if style else resolve_tagged(text, "", plain=True), style)


def block_text(
    value: str, place: Place, style: str, tail: str, end: int, width: int = 0
) -> Written | None:
    """Spell a text on lines of its own below a `|` or `>`; None where that cannot carry it.

    Args:
        value: The text.
        place: Where the `|` is to stand.
        style: `|` or `>`.
        tail: What stands behind the `|` on its line, a comment.
        end: Where in the source the replaced part ends: before a line break.
        width: The indentation of the lines; 0 for two more than the surroundings.
    """
    if _NOT_IN_BLOCK.search(value) or (value and not value.strip("\n")):
        return None
    if tail[:1] not in ("", " ", "\t"):
        return None
    base = max(place.indent, 0)
    width = width if width > place.indent else base + 2
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    chomp = "-" if ends == 0 else "" if ends == 1 else "+"
    if style == ">":
        body = _folding(body)
    digit = str(width - base) if body.lstrip("\n")[:1] == " " else ""
    line_break = _BREAK.match(place.text, end)
    if (digit and width - base > 9) or (ends and line_break is None):
        # Readers disagree on the line break behind a text that the file ends with.
        return None
    lines = body.split("\n") if value else []
    lines += [""] * (ends - 1)
    margin = " " * width
    shown = "".join(place.line_break + (margin + line if line else "") for line in lines)
    head = f"{style}{digit}{chomp}"
    candidate = head + tail + shown
    whole = candidate + (line_break.group() if line_break else "")
    pieces, length = block_scalar(whole, 0, len(whole), place.indent)
    if "".join(piece.text for piece in pieces) != value:
        return None
    if length != (len(candidate) if value else len(head)):
        return None
    if not _safe_behind(place, end, width if value else place.indent + 1, keep=chomp == "+"):
        return None
    return Written(candidate, end, ScalarNode(length, value, style, indent=place.indent))


def _tail(old: ScalarNode, place: Place) -> tuple[str, int]:
    """Return what stands behind the value on its first line, and where a block text may end."""
    end = place.at + old.length
    if old.style in ("|", ">"):
        header = _HEADER.match(place.text, place.at)
        assert header is not None
        stop = line_end(place.text, header.end())
        return place.text[header.end() : stop], max(end, stop)
    stop = line_end(place.text, end)
    return place.text[end:stop], stop


def _old_width(old: ScalarNode, place: Place) -> int:
    """Return the indentation of the lines of an old block text."""
    for match in _LINE.finditer(place.text, place.at, place.at + old.length):
        if match[2]:
            header = _HEADER.match(place.text, place.at)
            digits = [sign for sign in header.group() if sign.isdigit()] if header else []
            return max(place.indent, 0) + int(digits[0]) if digits else len(match[1])
    return 0


def _folding(body: str) -> str:
    """Double the line breaks inside, as folding takes one of them away."""
    start = len(body) - len(body.lstrip("\n"))
    return body[:start] + re.sub(r"\n+", lambda breaks: breaks.group() + "\n", body[start:])


def _safe_behind(place: Place, end: int, width: int, *, keep: bool) -> bool:
    """Tell whether the lines behind stay outside of a block text that ends here."""
    for match in _LINE.finditer(place.text, end):
        if match[2]:
            # Readers disagree on a line of tabs, whether it belongs to the text.
            return len(match[1]) < width and match[2].strip("\t ") != ""
        if len(match[1]) > width or (keep and match.end() < len(place.text)):
            return False
    return True


def _inline(value: Scalar, old: ScalarNode, *, in_flow: bool) -> str:
    if isinstance(value, str) and old.style == "'":
        single = emit.single_quoted(value)
        if single is not None:
            return single
    if isinstance(value, str) and (old.style in ("'", '"') or "\n" in value):
        return emit.double_quoted(value)
    return emit.flow(value) if in_flow else emit.scalar(value)


def _tagged(written: Written, old: ScalarNode, value: Scalar) -> Written:
    """Carry the anchor and the tag over, if the value is still what it should be under the tag."""
    if not old.tag and not old.anchor:
        return written
    node = written.node
    text = value if isinstance(value, str) else written.text[: node.length]
    read = resolve_tagged(text, old.tag, plain=not node.style) if old.tag else node.value
    misfit = isinstance(value, str) and not allows_text(old.tag)
    if misfit or type(read) is not type(node.value) or read != node.value:
        raise TagRefused
    return Written(
        written.text,
        written.end,
        ScalarNode(node.length, node.value, node.style, old.anchor, old.tag, node.indent),
    )
