"""What a scalar says, character by character, with the place of each in the source.

A value is decoded into pieces. A piece is either a run of characters that stand in the source as
they are, or one character that is written otherwise there (an escape, a fold, a line break).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Piece", "block_scalar", "decode", "place_of"]

_BREAK = re.compile(r"\r\n|\n|\r")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_HEADER = re.compile(r"[|>](?:([+-])?([1-9])?|([1-9])([+-]))(?=[ \t\r\n]|\Z)")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LETTERS = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


class Piece(NamedTuple):
    """A part of a value and where it begins in the source."""

    text: str
    at: int


class _Line(NamedTuple):
    start: int
    end: int
    next: int


def decode(text: str, start: int, end: int, style: str, indent: int = -1) -> list[Piece]:
    """Return the value of the scalar at `start` to `end` (quotes included) in pieces.

    Args:
        text: The whole source.
        start: Its first character.
        end: Behind its last character.
        style: Empty, a quotation mark, `|` or `>`.
        indent: For a block text, the indentation of the collection that holds it.
    """
    if style in ("|", ">"):
        return block_scalar(text, start, end, indent)[0]
    if style:
        start, end = start + 1, end - 1
    pieces = _unfolded(text, start, end, style)
    if style == "'":
        return [part for piece in pieces for part in _single(piece)]
    if style == '"':
        return [part for piece in pieces for part in _double(piece)]
    return pieces


def place_of(pieces: list[Piece], offset: int, end: int) -> int:
    """Return where the character number `offset` of the value stands in the source."""
    for piece in pieces:
        if offset < len(piece.text):
            return piece.at + offset
        offset -= len(piece.text)
    return end


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    for match in _BREAK.finditer(text, start, end):
        lines.append(_Line(start, match.start(), match.end()))
        start = match.end()
    lines.append(_Line(start, end, end))
    return lines


def _unfolded(text: str, start: int, end: int, style: str) -> list[Piece]:
    """Join the lines of a plain or quoted scalar; escapes stay as they are."""
    lines = _lines(text, start, end)
    if len(lines) == 1:
        return [Piece(text[start:end], start)] if start < end else []
    pieces: list[Piece] = []
    breaks: list[int] = []
    joined = False
    for number, line in enumerate(lines):
        first, last = line.start, line.end
        if number:
            first = _skip_blanks(text, first, last)
        if number < len(lines) - 1:
            last = _drop_blanks(text, first, last, style)
        if first == last and 0 < number < len(lines) - 1:
            breaks.append(line.end)
            continue
        if number and not joined:
            pieces += [Piece("\n", at) for at in breaks[1:]] or [Piece(" ", breaks[0])]
        elif number:
            pieces += [Piece("\n", at) for at in breaks[1:]]
        joined = style == '"' and number < len(lines) - 1 and _continued(text, first, last)
        if joined:
            last -= 1
        if first < last:
            pieces.append(Piece(text[first:last], first))
        breaks = [line.end]
    return pieces


def _skip_blanks(text: str, first: int, last: int) -> int:
    while first < last and text[first] in " \t":
        first += 1
    return first


def _drop_blanks(text: str, first: int, last: int, style: str) -> int:
    """Leave out trailing blanks, but not one that a backslash keeps."""
    end = last
    while end > first and text[end - 1] in " \t":
        end -= 1
    if style == '"' and end < last and _continued(text, first, end):
        end += 1
    return end


def _continued(text: str, first: int, last: int) -> bool:
    """Tell whether a line ends with a backslash that is not itself escaped."""
    count = last
    while count > first and text[count - 1] == "\\":
        count -= 1
    return (last - count) % 2 == 1


def _single(piece: Piece) -> list[Piece]:
    if "''" not in piece.text:
        return [piece]
    parts = piece.text.split("''")
    result, at = [], piece.at
    for number, part in enumerate(parts):
        if number:
            result.append(Piece("'", at))
            at += 2
        if part:
            result.append(Piece(part, at))
        at += len(part)
    return result


def _double(piece: Piece) -> list[Piece]:
    if "\\" not in piece.text:
        return [piece]
    result, at = [], 0
    for match in _ESCAPE.finditer(piece.text):
        if at < match.start():
            result.append(Piece(piece.text[at : match.start()], piece.at + at))
        code = match[1] or match[2] or match[3]
        letter = chr(int(code, 16)) if code else _LETTERS.get(match[4], match[4])
        result.append(Piece(letter, piece.at + match.start()))
        at = match.end()
    if at < len(piece.text):
        result.append(Piece(piece.text[at:], piece.at + at))
    return _paired(result)


def _paired(pieces: list[Piece]) -> list[Piece]:
    """Join two escaped halves of a character, as programs that write JSON put them."""
    for index, (one, two) in reversed(list(enumerate(pairwise(pieces)))):
        both = one.text + two.text
        if len(both) == 2 and _SURROGATES.fullmatch(both):
            whole = both.encode("utf-16", "surrogatepass").decode("utf-16")
            pieces[index : index + 2] = [Piece(whole, one.at)]
    return pieces


def block_scalar(text: str, start: int, limit: int, indent: int) -> tuple[list[Piece], int]:
    """Decode a `|` or `>` text; return its pieces and where it ends.

    It ends behind its last line, before the line break; blank lines that chomping drops are not
    part of it. With `+` they are. A last line that the file does not end with a line break counts
    as if it did, as the YAML test suite has it.

    Args:
        text: The whole source.
        start: The place of its `|` or `>`.
        limit: A place behind which it cannot reach.
        indent: The indentation of the collection that holds it; -1 at the root.
    """
    header = _HEADER.match(text, start)
    assert header is not None
    chomp = header[1] or header[4] or ""
    digit = header[2] or header[3]
    lines = _lines(text, start, limit)[1:]
    if lines and lines[-1].start == lines[-1].end == limit:
        lines.pop()
    width = max(indent, 0) + int(digit) if digit else _detected(text, lines)
    content = list(lines)
    while content and _is_blank(text, content[-1], width):
        content.pop()
    body = _literal(content, width) if text[start] == "|" else _folded(text, content, width)
    pieces = [Piece(text[at:to], at) if to > at else Piece(word, at) for at, to, word in body]
    dropped = lines[len(content) :]
    if content and chomp != "-":
        pieces.append(Piece("\n", content[-1].end))
    if chomp == "+":
        pieces += [Piece("\n", line.end) for line in dropped]
        content += dropped
    return pieces, content[-1].end if content else header.end()


def _detected(text: str, lines: list[_Line]) -> int:
    """Return the indentation of the first line that is not blank."""
    widest = 0
    for line in lines:
        width = _width(text, line)
        if line.start + width < line.end:
            return width
        widest = max(widest, width)
    return widest


def _width(text: str, line: _Line) -> int:
    at = line.start
    while at < line.end and text[at] == " ":
        at += 1
    return at - line.start


def _is_blank(text: str, line: _Line, width: int) -> bool:
    return line.end - line.start <= width and _width(text, line) == line.end - line.start


def _literal(lines: list[_Line], width: int) -> list[tuple[int, int, str]]:
    body = []
    for number, line in enumerate(lines):
        if number:
            body.append((lines[number - 1].end, -1, "\n"))
        if line.start + width < line.end:
            body.append((line.start + width, line.end, ""))
    return body


def _folded(text: str, lines: list[_Line], width: int) -> list[tuple[int, int, str]]:
    body: list[tuple[int, int, str]] = []
    breaks: list[int] = []
    was_spaced = True
    begun = False
    for line in lines:
        first = line.start + width
        if first >= line.end:
            breaks.append(line.end)
            continue
        spaced = text[first] in " \t"
        if not begun or spaced or was_spaced:
            body += [(at, -1, "\n") for at in breaks]
        elif len(breaks) == 1:
            body.append((breaks[0], -1, " "))
        else:
            body += [(at, -1, "\n") for at in breaks[1:]]
        body.append((first, line.end, ""))
        breaks, was_spaced, begun = [line.end], spaced, True
    return body
