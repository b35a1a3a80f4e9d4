"""CSV files: the tables as printed, or one figure a line. They hold no prose."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from disclosure_tui.exchange.decoding import decoded
from disclosure_tui.exchange.picture import (
    Block,
    PageTable,
    PageUnreadable,
    Paragraph,
    Picture,
    TableBuilder,
)
from disclosure_tui.language import Text

__all__ = ["NAME", "SUFFIXES", "SUMMARY", "read"]

NAME = "csv"
SUFFIXES = (".csv", ".tsv")
SUMMARY = Text("CSV 文件", "CSV file")


def read(content: bytes) -> Picture:
    """Return what a file holds.

    Raises:
        PageUnreadable: It cannot be read.
    """
    text, remarks = decoded(content)
    delimiter = "\t" if "\t" in text and "," not in text else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise PageUnreadable(
            Text("不是完整的 CSV 文件，读不了。", "it is no CSV file that can be read."),
            hint=Text("请重新生成或者另存。", "Write or save it once more."),
        ) from error
    return Picture(tuple(_blocks(rows)), remarks, has_prose=False)


def _blocks(rows: list[list[str]]) -> Iterator[Block]:
    """Yield the tables; an empty line parts them, and so does one of commas before a heading."""
    group: list[list[str]] = []
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else []
        # A spreadsheet program writes as many commas in every line; ours does not, so that a
        # line of blanks can be told from an empty one.
        is_padded = len(after) == len(row) and sum(map(bool, after)) == 1
        if not row or (is_padded and not any(row)):
            yield from _group(group)
            group = []
        else:
            group.append(row)
    yield from _group(group)


def _group(rows: list[list[str]]) -> Iterator[Block]:
    if all(len(row) == 1 for row in rows):
        yield from (Paragraph(row[0].strip()) for row in rows if row[0].strip())
        return
    builder = TableBuilder()
    for row in rows:
        builder.row()
        for text in row:
            builder.cell(text)
    table: PageTable | None = builder.table(spans_known=False)
    if table is not None:
        yield table
