"""Where the cursor goes: the fields of a painted table as rows, from their boxes alone."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.painting import Box

__all__ = ["Geometry"]


class Geometry:
    """The fields of a table in the order in which they are filled in."""

    def __init__(self, boxes: Mapping[Pointer, Box]) -> None:
        lines: dict[int, list[Pointer]] = {}
        for pointer, box in sorted(boxes.items(), key=lambda item: (item[1].line, item[1].column)):
            lines.setdefault(box.line, []).append(pointer)
        self._boxes = boxes
        self._rows = tuple(tuple(row) for row in lines.values())
        self._row_of = {pointer: row for row, cells in enumerate(self._rows) for pointer in cells}

    @property
    def first(self) -> Pointer | None:
        """The first field, or None in a table without any."""
        return self._rows[0][0] if self._rows else None

    def __contains__(self, pointer: Pointer | None) -> bool:
        return pointer in self._row_of

    def moved(self, pointer: Pointer, key: str, page: int, goal: int | None = None) -> Pointer:
        """Return the field that a key leads to; the same one where there is no way on.

        Args:
            pointer: Where the cursor is.
            key: Name of the key.
            page: Lines of a screenful.
            goal: The line's cell that the cursor keeps to while moving up and down.
        """
        row = self._row_of[pointer]
        cells = self._rows[row]
        index = cells.index(pointer)
        match key:
            case "left":
                return cells[max(0, index - 1)]
            case "right":
                return cells[min(len(cells) - 1, index + 1)]
            case "home":
                return cells[0]
            case "end":
                return cells[-1]
            case "ctrl+home":
                return self._rows[0][0]
            case "ctrl+end":
                return self._rows[-1][-1]
            case "up" | "down":
                target = row + (1 if key == "down" else -1)
            case "pageup" | "pagedown":
                target = self._paged(row, page if key == "pagedown" else -page)
            case _:
                return pointer
        if not 0 <= target < len(self._rows):
            return pointer
        return self._nearest(target, self.middle(pointer) if goal is None else goal)

    def onward(self, pointer: Pointer, step: int) -> Pointer:
        """Return the next (or, with -1, the previous) field, over the end of the row."""
        order = [cell for cells in self._rows for cell in cells]
        return order[max(0, min(len(order) - 1, order.index(pointer) + step))]

    def in_row_of(self, pointer: Pointer, above: Pointer) -> Pointer:
        """Return the field in the row of one that stands in the column of another."""
        row = self._row_of[pointer]
        if above not in self or self._row_of[above] == row:
            return above
        return self._nearest(row, self.middle(above))

    def below(self, pointer: Pointer, origin: Pointer | None = None) -> Pointer:
        """Return where Enter leads: the field below; from the last row the next column's top.

        Args:
            pointer: Where the cursor is.
            origin: Where a run of Tab began: Enter then goes below that one, as in Excel.
        """
        start = origin if origin is not None and origin in self else pointer
        below = self.moved(start, "down", 1)
        if below != start:
            return below
        cells = self._rows[-1]
        following = cells[min(len(cells) - 1, cells.index(start) + 1)]
        return start if following == start else self._nearest(0, self.middle(following))

    def onwards(self, pointer: Pointer) -> tuple[tuple[Pointer, ...], ...]:
        """Return the fields to the right of and below one, itself the first, in rows."""
        row = self._row_of[pointer]
        index = self._rows[row].index(pointer)
        return tuple(cells[index:] for cells in self._rows[row:])

    def between(self, one: Pointer, other: Pointer) -> tuple[tuple[Pointer, ...], ...]:
        """Return the fields of the block that has two of them at its corners, in rows."""
        first, last = sorted((self._row_of[one], self._row_of[other]))
        left, right = sorted(self._rows[self._row_of[cell]].index(cell) for cell in (one, other))
        return tuple(cells[left : right + 1] for cells in self._rows[first : last + 1])

    def middle(self, pointer: Pointer) -> int:
        """Return the middle of a field on its line."""
        box = self._boxes[pointer]
        return box.column + box.width // 2

    def _paged(self, row: int, lines: int) -> int:
        wanted = self._line(row) + lines
        rows = range(len(self._rows))
        return min(rows, key=lambda other: abs(self._line(other) - wanted))

    def _line(self, row: int) -> int:
        return self._boxes[self._rows[row][0]].line

    def _nearest(self, row: int, goal: int) -> Pointer:
        def distance(pointer: Pointer) -> int:
            box = self._boxes[pointer]
            if box.column <= goal < box.column + box.width:
                return 0
            return min(abs(goal - box.column), abs(goal - box.column - box.width + 1))

        return min(self._rows[row], key=distance)
