"""A block copied from a spreadsheet or a word processor, and what it would write where."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Scalar
from disclosure_tui.model.typed_figure import typed_figure
from disclosure_tui.model.validator import fault
from disclosure_tui.render.width import printable

__all__ = ["Block", "Pasting", "block_of", "pasting"]

Block = tuple[tuple[str, ...], ...]
"""Texts in rows of the same length."""

_SHOWN = 20
"""So many characters of a doubtful text are shown."""


@dataclass(frozen=True, slots=True)
class Pasting:
    """What a block would write.

    Attributes:
        texts: What is to be typed where.
        values: What these texts come to.
        doubts: Cells to look at first, each with what is the matter.
        blank: Number of blank cells of the block: these places stay as they are.
    """

    texts: Mapping[Pointer, str]
    values: Mapping[Pointer, Scalar]
    doubts: tuple[tuple[Pointer, Text], ...]
    blank: int


def block_of(text: str) -> Block:
    """Read what a spreadsheet puts on the clipboard: a line for each row, tabs between cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _quoted(text) if '"' in text else [line.split("\t") for line in text.split("\n")]
    while rows and rows[-1] in ([], [""]):
        rows.pop()
    columns = max(map(len, rows), default=0)
    return tuple(tuple(row) + ("",) * (columns - len(row)) for row in rows)


def _quoted(text: str) -> list[list[str]]:
    """Read rows some cells of which are quoted, as those with a line break in them are."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:  # a text too long for a cell: no table at all
        return [line.split("\t") for line in text.split("\n")]


def pasting(
    block: Block, places: Sequence[Sequence[Pointer]], types: Mapping[Pointer, CellType]
) -> Pasting:
    """Work out what a block would write.

    Args:
        block: The texts.
        places: Where they belong, in the same rows and columns.
        types: What may stand there.
    """
    texts: dict[Pointer, str] = {}
    doubts: list[tuple[Pointer, Text]] = []
    blank = 0
    for row, pointers in zip(block, places, strict=True):
        for typed, pointer in zip(row, pointers, strict=True):
            if not fold_width(typed).strip():
                blank += 1
                continue
            text, doubt = _understood(typed, types[pointer])
            if text is not None:
                texts[pointer] = text
            if doubt is not None:
                doubts.append((pointer, doubt))
    values = {pointer: _value(text, types[pointer]) for pointer, text in texts.items()}
    return Pasting(texts, values, tuple(doubts), blank)


def _value(text: str, cell: CellType) -> Scalar:
    figure = typed_figure(cell, text)
    return cell.read(text) if figure is None else figure.value


def _understood(typed: str, cell: CellType) -> tuple[str | None, Text | None]:
    """Return what is to be typed for a text, None for nothing, and what is doubtful about it."""
    shown = printable(" ".join(typed.split()))
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
    folded = fold_width(typed).strip()
    if cell.numeric and folded in ("O", "o"):
        return "0", Text(f"字母【{shown}】按 0 写入", f"the letter {shown} is written as 0")
    wrong = fault(cell, typed)
    if wrong is not None:
        left = Text(f"【{shown}】不写入：", f"{shown} is not written: ")
        return None, left + (wrong if len(folded) <= _SHOWN else _NO_FIGURE)
    figure = typed_figure(cell, typed)
    if figure is not None:
        return typed, Text(f"按 {figure.working} 写入", f"is written as {figure.working}")
    if cell.numeric and "," in folded:
        value = cell.show(cell.read(typed))
        return typed, Text(f"【{shown}】按 {value} 写入", f"{shown} is written as {value}")
    return typed, None


_NO_FIGURE = Text("不是数", "it is no figure")
