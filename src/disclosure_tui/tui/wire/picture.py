"""The cells of a terminal, as they are to look or as they look."""

from __future__ import annotations

from typing import NamedTuple

from disclosure_tui.tui.wire.attributes import PLAIN, Attributes

__all__ = ["BLANK", "Cell", "Picture"]


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: What is in it: a character with all that is joined to it; nothing for the second
            cell of a wide one.
        attributes: How it looks.
    """

    text: str
    attributes: Attributes


BLANK = Cell(" ", PLAIN)


class Picture:
    """The cells of a terminal, row by row; it grows to where something is put."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []

    def clear(self) -> None:
        """Be empty, as a terminal is after it was cleared."""
        self.rows = []

    def row(self, number: int, length: int) -> list[Cell]:
        """Return a row, made so long at least."""
        while len(self.rows) <= number:
            self.rows.append([])
        row = self.rows[number]
        if len(row) < length:
            row += [BLANK] * (length - len(row))
        return row

    def put(self, row: int, column: int, text: str, width: int, attributes: Attributes) -> None:
        """Put a character into its cells; half a wide one that it leaves becomes a blank."""
        after = column + width
        cells = self.row(row, after)
        if not cells[column].text:
            _halve(cells, _head(cells, column), column)
        if after < len(cells) and not cells[after].text:
            _halve(cells, after, after + 1)
        cells[column] = Cell(text, attributes)
        for index in range(column + 1, after):
            cells[index] = Cell("", attributes)

    def join(self, row: int, column: int, text: str) -> None:
        """Join a mark without width to the character left of a column."""
        cells = self.row(row, column)
        if column:
            head = _head(cells, column - 1)
            cells[head] = Cell(cells[head].text + text, cells[head].attributes)


def _head(cells: list[Cell], column: int) -> int:
    """Return the first cell of the character that a cell belongs to."""
    while column and not cells[column].text:
        column -= 1
    return column


def _halve(cells: list[Cell], start: int, stop: int) -> None:
    for index in range(start, stop):
        cells[index] = Cell(" ", cells[index].attributes)
