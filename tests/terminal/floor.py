"""The bytes that the change of a picture needs at least: a yardstick, not a way to send it.

For every run of changed cells one address of the cursor (CUP), the characters in UTF-8, and an
attribute sequence (SGR) wherever the look changes. Up to four unchanged cells between two changed
ones belong to the run. A visible cursor that ends elsewhere is addressed as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyte.screens import Char

__all__ = ["Picture", "floor"]

Picture = Sequence[Sequence[Char]]
Place = tuple[int, int]
_GAP = 4
_FLAGS = ("bold", "italics", "underscore", "strikethrough", "reverse", "blink")


def floor(before: Picture, after: Picture, moved: tuple[Place, Place]) -> int:
    """Return the least bytes for a change.

    Args:
        before: The cells, row by row.
        after: The same cells afterwards.
        moved: Column and row of the cursor, before and after.
    """
    total = sum(
        len(_address(row, start)) + _written(cells[start : stop + 1])
        for row, (old, cells) in enumerate(zip(before, after, strict=True))
        for start, stop in _runs(old, cells)
    )
    was, column_row = moved
    return total + (len(_address(column_row[1], column_row[0])) if was != column_row else 0)


def _runs(before: Sequence[Char], after: Sequence[Char]) -> Iterator[tuple[int, int]]:
    changed = [at for at, cell in enumerate(after) if cell != before[at]]
    start = None
    for index, at in enumerate(changed):
        start = at if start is None else start
        if index + 1 == len(changed) or changed[index + 1] - at > _GAP:
            yield start, at
            start = None


def _written(cells: Sequence[Char]) -> int:
    count, look = 0, None
    for cell in cells:
        if not cell.data:
            continue  # the second half of a wide character
        if (now := _look(cell)) != look:
            count += len(now)
            look = now
        count += len(cell.data.encode())
    return count


def _address(row: int, column: int) -> str:
    return f"\x1b[{row + 1};{column + 1}H"


def _look(cell: Char) -> str:
    flags = ["1" for flag in _FLAGS if getattr(cell, flag)]
    colours = ["31" for colour in (cell.fg, cell.bg) if colour != "default"]
    return f"\x1b[{';'.join([*flags, *colours])}m"
