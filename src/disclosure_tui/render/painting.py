"""A painted table: lines of pieces of text, and where each figure stands. All lengths in cells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import CellRole, Tone

__all__ = ["Box", "Line", "Painting", "Piece", "Style", "blank", "border", "plain"]


class Style(Enum):
    """How a table is drawn."""

    RULED = "ruled"
    """As printed on paper, with all rules and merged cells; never wider than asked for."""
    DENSE = "dense"
    """For the editor: one line per row, no rules, row headers in one indented column."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that looks the same throughout.

    Attributes:
        text: Printable text of exactly `width` cells, blanks included.
        width: Its cells.
        role: What the display cell is for; None for borders and gaps.
        tone: How it stands out.
        pointer: The value it shows or names, if any.
    """

    text: str
    width: int
    role: CellRole | None
    tone: Tone
    pointer: Pointer | None


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """The field of a figure: its mark and its text stand at the right end, blanks before them.

    Words stand at the left end, behind a cell for their mark.

    Attributes:
        line: First line, from 0.
        column: First cell of the line, from 0.
        width: Cells, the mark's one included.
        height: Lines.
        is_text: Words stand there, not a figure.
    """

    line: int
    column: int
    width: int
    height: int
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Painting:
    """One table, or one band of its columns, ready for a terminal.

    Attributes:
        lines: From top to bottom.
        width: Cells of the widest line.
        header_lines: Leading lines that stay in view while scrolling, 0 if none.
        header_width: Leading cells of each line that stay in view, 0 if none.
        boxes: The field of every figure.
    """

    lines: tuple[Line, ...]
    width: int
    header_lines: int
    header_width: int
    boxes: Mapping[Pointer, Box]


def border(text: str) -> Piece:
    """Return a piece of border or mere space; its characters take one cell each."""
    return Piece(text, len(text), None, Tone.PLAIN, None)


def blank(width: int) -> Piece:
    """Return so many empty cells."""
    return border(" " * width)


def plain(painting: Painting) -> str:
    """Return the painting as text, without blanks at the ends of lines."""
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in painting.lines)
