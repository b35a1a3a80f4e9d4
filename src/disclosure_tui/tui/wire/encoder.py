"""Says the difference between two pictures in few bytes.

Only sequences that every terminal in use understands: addresses (CUP, CUF, CUB, CUU, CUD, CHA),
attributes (SGR), erasing to the end of the line (EL) and in it (ECH), moving the rest of a line
(ICH, DCH); ECMA-48.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from disclosure_tui.tui.wire.attributes import PLAIN, Attributes, transition
from disclosure_tui.tui.wire.picture import BLANK, Cell, Picture

__all__ = ["Encoder"]

_ERASE_LINE = "\x1b[K"
_FEWEST_ERASED = 9
"""Blanks in the middle of a line that are worth erasing and stepping over."""
_FARTHEST_SHIFT = 4
"""Cells by which the rest of a line is moved: a character or two typed into a text."""
_SHORTEST_REST = 12
"""Cells behind a change that are worth moving rather than writing again."""


class Encoder:
    """What the terminal shows, where its cursor is, and how the next character would look.

    Attributes:
        width: The cells of a line.
        shown: What the terminal shows.
    """

    def __init__(self) -> None:
        self.width = 0
        self.shown = Picture()
        self._cursor: tuple[int, int] | None = None
        self._attributes: Attributes | None = None
        self._out: list[str] = []

    def clear(self) -> None:
        """Take note that the terminal is empty."""
        self.shown.clear()
        self.lose_place()

    def lose_place(self) -> None:
        """Know no more where the cursor is and how the next character would look."""
        self._cursor = self._attributes = None

    def update(self, wanted: Picture, rows: Iterable[int], cursor: tuple[int, int]) -> str:
        """Return what makes the terminal show some rows as wanted, and the cursor at its place."""
        self._out = []
        # The cursor's own row comes last: then it is there already.
        for row in sorted(rows, key=lambda row: (row == cursor[0], row)):
            self._update_row(row, wanted.rows[row])
        self._go(*cursor)
        return "".join(self._out)

    def _update_row(self, row: int, wanted: Sequence[Cell]) -> None:
        shown = self.shown.row(row, len(wanted))
        self._shift_rest(row, shown, wanted)
        end = len(wanted)
        while end and wanted[end - 1] == BLANK:
            end -= 1
        for start, stop in _runs(shown, wanted):
            if start >= end or (stop > end and len(wanted) - end > 3):
                self._write(row, start, wanted, shown, max(start, end))
                self._erase_rest(row, max(start, end))
                break
            self._write(row, start, wanted, shown, stop)
        shown[: len(wanted)] = wanted

    def _shift_rest(self, row: int, shown: list[Cell], wanted: Sequence[Cell]) -> None:
        """Move the rest of a line where that is nearly all there is to do."""
        found = _shift(shown, wanted) if len(wanted) == self.width else None
        if found is None:
            return
        column, by = found
        self._go(row, column)
        self._look(PLAIN)
        if by > 0:
            self._out.append(f"\x1b[{by}@")
            shown[column:] = [BLANK] * by + shown[column : len(shown) - by]
        else:
            self._out.append(f"\x1b[{-by}P")
            shown[column:] = shown[column - by :] + [BLANK] * -by

    def _write(
        self, row: int, column: int, wanted: Sequence[Cell], shown: Sequence[Cell], stop: int
    ) -> None:
        """Write the cells from one column to another, from where the cursor is."""
        while column < stop:
            blanks = sum(1 for _ in takewhile(BLANK.__eq__, wanted[column:stop]))
            if blanks >= _FEWEST_ERASED:
                self._approach(row, column, wanted, shown)
                self._look(PLAIN)
                self._out.append(f"\x1b[{blanks}X")
                column += blanks
                continue
            cell = wanted[column]
            self._approach(row, column, wanted, shown)
            column += self._put(cell, row, column, wanted)

    def _put(self, cell: Cell, row: int, column: int, wanted: Sequence[Cell]) -> int:
        """Write one character at the cursor; return its cells."""
        width = 1
        while column + width < len(wanted) and not wanted[column + width].text:
            width += 1
        self._look(cell.attributes)
        self._out.append(cell.text or " ")
        # In the last column terminals differ, and after a character of doubtful width too.
        is_certain = column + width < self.width and _is_certain(cell.text)
        self._cursor = (row, column + width) if is_certain else None
        return width

    def _erase_rest(self, row: int, column: int) -> None:
        self._go(row, column)
        self._look(PLAIN)
        self._out.append(_ERASE_LINE)

    def _look(self, attributes: Attributes) -> None:
        self._out.append(transition(self._attributes, attributes))
        self._attributes = attributes

    def _approach(
        self, row: int, column: int, wanted: Sequence[Cell], shown: Sequence[Cell]
    ) -> None:
        """Bring the cursor to a cell, by an address or by writing again what lies between."""
        if self._cursor == (row, column):
            return
        move = _motion(self._cursor, row, column)
        if self._cursor is not None and self._cursor[0] == row and self._cursor[1] < column:
            between = wanted[self._cursor[1] : column]
            if _is_cheaper(between, shown[self._cursor[1] : column], self._attributes, len(move)):
                move = "".join(cell.text for cell in between)
        self._out.append(move)
        self._cursor = (row, column)

    def _go(self, row: int, column: int) -> None:
        if self._cursor != (row, column):
            self._out.append(_motion(self._cursor, row, column))
            self._cursor = (row, column)


def _shift(shown: Sequence[Cell], wanted: Sequence[Cell]) -> tuple[int, int] | None:
    """Return from which column on, and by how many cells, a line moved; None if it did not.

    What would be pushed over the edge must be blank, and no character is cut.
    """
    length = len(wanted)
    start = next((at for at in range(length) if shown[at] != wanted[at]), length)
    end = length
    while end > start and wanted[end - 1] == BLANK == shown[end - 1]:
        end -= 1
    if end - start < _SHORTEST_REST:
        return None
    while start and not (wanted[start].text and shown[start].text):
        start -= 1
    for by in range(1, _FARTHEST_SHIFT + 1):
        # The last character before the edge of the text may have gone to the next line.
        rest = end - start - 2 * by
        if rest < _SHORTEST_REST:
            break
        if end + by <= length and _moved(shown, wanted, start, by, rest):
            return start, by
        if _moved(wanted, shown, start, by, rest) and shown[start + by].text:
            return start, -by
    return None


def _moved(before: Sequence[Cell], after: Sequence[Cell], start: int, by: int, rest: int) -> bool:
    return before[start : start + rest] == after[start + by : start + by + rest]


def _runs(shown: Sequence[Cell], wanted: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield where whole characters differ, as column and the one behind."""
    column, length = 0, len(wanted)
    while column < length:
        if shown[column] == wanted[column]:
            column += 1
            continue
        start = column
        while start and not wanted[start].text:
            start -= 1
        while column < length and (shown[column] != wanted[column] or not wanted[column].text):
            column += 1
        yield start, column


def _is_cheaper(
    between: Sequence[Cell], shown: Sequence[Cell], attributes: Attributes | None, limit: int
) -> bool:
    """Tell whether writing cells again takes no more bytes than a move over them."""
    if len(between) > limit or not between[0].text:
        return False
    return (
        all(
            cell.attributes == attributes and _is_certain(cell.text) and cell == old
            for cell, old in zip(between, shown, strict=True)
        )
        and sum(len(cell.text.encode()) for cell in between) <= limit
    )


@lru_cache(maxsize=4096)
def _is_certain(text: str) -> bool:
    """Tell whether all terminals agree on the width of a character."""
    if text.isascii():
        return True
    if len(text) != 1 or text > "\uffff":
        return False
    return unicodedata.east_asian_width(text) != "A" and unicodedata.category(text) != "So"


@lru_cache(maxsize=4096)
def _motion(start: tuple[int, int] | None, row: int, column: int) -> str:
    """Return the shortest way of the cursor to a cell."""
    absolute = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1 if row else ''}H"
    if start is None:
        return absolute
    vertical = _step(row - start[0], "B", "A")
    ways = [absolute, vertical + _step(column - start[1], "C", "D")]
    if column < start[1] and start[1] - column <= 3:
        ways.append(vertical + "\b" * (start[1] - column))
    ways.append(vertical + ("\r" if column == 0 else f"\x1b[{column + 1}G"))
    return min(ways, key=len)


def _step(distance: int, forward: str, back: str) -> str:
    if distance == 0:
        return ""
    count = abs(distance)
    return f"\x1b[{count if count > 1 else ''}{forward if distance > 0 else back}"
