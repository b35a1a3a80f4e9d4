"""Markdown: headings, paragraphs and pipe tables, as GitHub reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_tui.exchange.decoding import decoded
from disclosure_tui.exchange.picture import Block, Paragraph, Picture, TableBuilder
from disclosure_tui.language import Text

__all__ = ["NAME", "SUFFIXES", "SUMMARY", "read"]

NAME = "markdown"
SUFFIXES = (".md", ".markdown")
SUMMARY = Text("Markdown 文本", "Markdown text")

_RULE = re.compile(r"\s{0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_DELIMITER = re.compile(r"\|?\s*:?-{1,100}:?\s*(?:\|\s*:?-{1,100}:?\s*){0,1000}\|?")
_OPENING = re.compile(r"\s{0,3}(?:#{1,6}\s+|>\s?|[-+*]\s+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<!\\)\*{1,3}")


def read(content: bytes) -> Picture:
    """Return what a text shows.

    Raises:
        PageUnreadable: It cannot be read.
    """
    text, remarks = decoded(content)
    return Picture(tuple(_blocks(text.splitlines())), remarks)


def _blocks(lines: list[str]) -> Iterator[Block]:
    words: list[str] = []
    rows: list[str] = []
    for line in [*lines, ""]:
        is_row = line.lstrip().startswith("|")
        opens = _OPENING.match(line)
        ends = not line.strip() or is_row or opens is not None or _RULE.fullmatch(line)
        if ends and words:
            yield Paragraph(" ".join(words))
            words = []
        if rows and not is_row:
            yield from _table(rows)
            rows = []
        if is_row:
            rows.append(line.strip())
        elif opens is not None and not _RULE.fullmatch(line):
            shown = _shown(line[opens.end() :])
            if shown:
                yield Paragraph(shown)
        elif not ends:
            words.append(_shown(line))


def _table(rows: list[str]) -> Iterator[Block]:
    builder = TableBuilder()
    for row in rows:
        if _DELIMITER.fullmatch(row):
            continue
        builder.row()
        for cell in _cells(row):
            builder.cell(_shown(cell))
    table = builder.table(spans_known=False)
    if table is not None:
        yield table


def _cells(row: str) -> Iterator[str]:
    """Part a row at its bars; a bar behind a backslash is part of the text."""
    start, at = 1, 1
    while at < len(row):
        if row[at] == "\\":
            at += 2
        elif row[at] == "|":
            yield row[start:at]
            start = at = at + 1
        else:
            at += 1
    if row[start:].strip():
        yield row[start:]


def _shown(text: str) -> str:
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).strip()
