"""Excel workbooks: every sheet that is shown, with the values that were last calculated."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.archives import Archive, Element
from disclosure_tui.exchange.picture import (
    MOST_PLACES,
    Block,
    PageTable,
    Paragraph,
    Picture,
    TableBuilder,
    too_much,
)
from disclosure_tui.language import Text

__all__ = ["NAME", "SUFFIXES", "SUMMARY", "read"]

NAME = "xlsx"
SUFFIXES = (".xlsx", ".xlsm")
SUMMARY = Text("Excel 文件", "Excel workbook")

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HIDDEN = Text(
    "文件里有隐藏的工作表，没有读。", "The workbook has hidden sheets, which were not read."
)
_NOT_CALCULATED = Text(
    "这里是公式，文件里没有存它的结果；请用办公软件打开，保存后再核对",
    "a formula stands here without its result; open the file in an office program and save it",
)
_FAULT = Text("公式的结果是错误", "the result of the formula is an error")


def read(content: bytes) -> Picture:
    """Return what a workbook shows.

    Raises:
        PageUnreadable: It cannot be read.
    """
    archive = Archive(content)
    shared = _shared_texts(archive)
    blocks: list[Block] = []
    remarks: dict[Text, None] = {}
    for part, (name, is_hidden) in enumerate(_sheets(archive)):
        if is_hidden:
            remarks[_HIDDEN] = None
        else:
            blocks += _blocks(_Sheet.of(archive.xml(name), shared), part)
    return Picture(tuple(blocks), tuple(remarks))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(element: Element, name: str) -> Iterator[Element]:
    return (item for item in element.iter() if _local(item) == name)


def _sheets(archive: Archive) -> Iterator[tuple[str, bool]]:
    """Yield the part of each worksheet in order, and whether it is hidden."""
    targets = {
        item.get("Id"): posixpath.normpath(posixpath.join("xl", item.get("Target", "")))
        for item in _all(archive.xml("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in _all(archive.xml("xl/workbook.xml"), "sheet"):
        key = next((text for name, text in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(key, "").removeprefix("/")
        target = target if archive.has(target) else target.removeprefix("xl/")
        if archive.has(target) and "worksheets" in target:
            yield target, sheet.get("state", "visible") != "visible"


def _shared_texts(archive: Archive) -> list[str]:
    name = "xl/sharedStrings.xml"
    if not archive.has(name):
        return []
    return [_text(item) for item in archive.xml(name) if _local(item) == "si"]


def _text(element: Element) -> str:
    """Return a text that may have several runs; how it is pronounced is no part of it."""
    words = []
    for child in element:
        if _local(child) == "t":
            words.append(child.text or "")
        elif _local(child) == "r":
            words.append(_text(child))
    return "".join(words)


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    trouble: Text | None = None


def _value(cell: Element, shared: list[str]) -> _Value:
    """Return what a cell shows."""
    kind = cell.get("t", "n")
    parts = {_local(child): child for child in cell}
    if kind == "inlineStr":
        return _Value(_text(parts["is"]) if "is" in parts else "")
    stored = (parts["v"].text or "") if "v" in parts else ""
    if not stored:
        return _Value("", _NOT_CALCULATED if "f" in parts and kind != "str" else None)
    if kind == "s":
        known = stored.isascii() and stored.isdigit() and int(stored[:9]) < len(shared)
        return _Value(shared[int(stored[:9])] if known else "", None if known else _FAULT)
    if kind == "b":
        return _Value("TRUE" if stored == "1" else "FALSE")
    if kind == "e":
        return _Value(stored, _FAULT)
    return _Value(_figure(stored) if kind == "n" else stored)


def _figure(stored: str) -> str:
    """Return a number as it is meant: files hold it with up to 17 digits."""
    try:
        number = float(stored)
    except ValueError:
        return stored
    if not abs(number) < 1e300:
        return stored
    text = format(Decimal(repr(number)), "f")
    return text[:-2] if text.endswith(".0") else text


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet.

    Attributes:
        rows: Its cells by row and column, from 0.
        merged: Rows and columns that a cell covers, by its place.
    """

    rows: Mapping[int, Mapping[int, _Value]]
    merged: Mapping[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, root: Element, shared: list[str]) -> _Sheet:
        rows: dict[int, dict[int, _Value]] = {}
        next_row = 0
        for element in _all(root, "row"):
            number = element.get("r", "")
            row = int(number[:8]) - 1 if number.isdigit() else next_row
            next_row = row + 1
            column = 0
            for cell in element:
                place = _PLACE.fullmatch(cell.get("r", ""))
                column = _column(place[1]) if place else column
                rows.setdefault(row, {})[column] = _value(cell, shared)
                column += 1
        return cls(rows, dict(_merged(root)))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merged(root: Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for element in _all(root, "mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if start is not None and end is not None:
            top, left = int(start[2]) - 1, _column(start[1])
            yield (
                (top, left),
                (max(1, int(end[2]) - top), max(1, _column(end[1]) - left + 1)),
            )


def _blocks(sheet: _Sheet, part: int) -> Iterator[Block]:
    """Yield the tables of a sheet: rows without any cell part them; single cells are text."""
    group: list[int] = []
    for row in sorted(sheet.rows):
        if group and row != group[-1] + 1:
            yield from _group(sheet, group, part)
            group = []
        group.append(row)
    if group:
        yield from _group(sheet, group, part)


def _group(sheet: _Sheet, group: list[int], part: int) -> Iterator[Block]:
    columns = {column for row in group for column in sheet.rows[row]}
    if len(columns) == 1:
        for row in group:
            for value in sheet.rows[row].values():
                lines = value.text.split("\n")
                yield from (Paragraph(line.strip(), part=part) for line in lines if line.strip())
        return
    table = _table(sheet, group, min(columns), max(columns) + 1, part)
    if table is not None:
        yield table


def _table(sheet: _Sheet, group: list[int], left: int, right: int, part: int) -> PageTable | None:
    if len(group) * (right - left) > MOST_PLACES:
        raise too_much()
    builder = TableBuilder()
    covered: set[tuple[int, int]] = set()
    for row in group:
        builder.row()
        for column in range(left, right):
            if (row, column) in covered:
                continue
            high, wide = sheet.merged.get((row, column), (1, 1))
            high, wide = min(high, group[-1] + 1 - row), min(wide, right - column)
            if (high, wide) != (1, 1):
                covered.update(
                    (row + down, column + along) for down in range(high) for along in range(wide)
                )
            value = sheet.rows[row].get(column, _Value(""))
            builder.cell(value.text, high, wide, value.trouble)
    return builder.table(spans_known=bool(sheet.merged), part=part)
