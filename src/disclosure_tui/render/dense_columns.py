"""Where the labels and the fields of a dense table stand, and which wording of a label fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.figure_columns import FigureColumns
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.label_columns import count_label_columns
from disclosure_tui.render.typesetting import Typesetting
from disclosure_tui.render.width import Measure

__all__ = [
    "INDENT",
    "DenseColumns",
    "HeaderBlock",
    "fitting",
    "header_blocks",
    "heading_lines",
    "leaf_height",
]

INDENT = 2
"""Cells by which each level of row headers stands to the right of the one above."""
_FIELD = 6
"""Room to type a figure of five digits and its mark."""
_LONGEST_FIELD = 24
"""A longer figure is a mistake of the file; it is clipped rather than widening all columns."""
_ROOM_FOR_WORDS = 48
"""A field of words grows up to this where a line has room."""
_LONGEST_WORD = 12
"""A header of letters is not broken inside a word of this length, where there is room."""
_LABELS = 20
_SHORTEST = 2
"""Lines that a header may take before its short wording is preferred."""
_MOST_LINES = 3


def fitting(texts: Sequence[str], room: int, measure: Measure) -> str:
    """Return the first of several wordings that fits; the last one clipped if none does."""
    known = [text for text in texts if text]
    for text in known:
        if measure.width(text) <= room:
            return text
    return measure.clip(known[-1], room) if known else ""


def heading_lines(cell: GridCell, room: int, measure: Measure) -> Sequence[str]:
    """Return a column header in few lines: in full, or its short wording, or clipped."""
    typesetting = Typesetting(measure)
    wordings = [text for text in (cell.text, cell.short) if text] or [""]
    whole: list[list[str]] = []
    broken: list[list[str]] = []
    for text in wordings:
        lines = list(typesetting.balanced(text, room))
        is_whole = measure.longest_part(text) <= room
        if len(lines) <= _SHORTEST and is_whole:
            return lines
        (whole if is_whole and len(lines) <= _MOST_LINES else broken).append(lines)
    shortest = min(whole or broken, key=len)
    if len(shortest) <= _MOST_LINES:
        return shortest
    rest = "".join(shortest[_MOST_LINES - 1 :])
    return [*shortest[: _MOST_LINES - 1], measure.clip(rest, room)]


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Neighbouring grid rows of column headers.

    Attributes:
        first: Its first grid row.
        end: The grid row after its last.
        corners: The cells beside the column headers.
        merged: For each grid row, the headers that end in it and have others below.
        leaves: The headers right over the figures.
    """

    first: int
    end: int
    corners: tuple[GridCell, ...]
    merged: tuple[tuple[GridCell, ...], ...]
    leaves: tuple[GridCell, ...]


def header_blocks(grid: Grid) -> tuple[HeaderBlock, ...]:
    """Find the rows of column headers: one block at the top, or one for each stacked block."""
    headers = [
        cell for cell in grid.cells if cell.role in (CellRole.COLUMN_HEADER, CellRole.CORNER)
    ]
    covered = {row for cell in headers for row in range(cell.row, cell.row + cell.rowspan)}
    starts = sorted(row for row in covered if row - 1 not in covered)
    blocks: list[HeaderBlock] = []
    for first in starts:
        end = next(row for row in range(first + 1, grid.row_count + 1) if row not in covered)
        inside = [cell for cell in headers if first <= cell.row < end]
        columns = [cell for cell in inside if cell.role is CellRole.COLUMN_HEADER]
        merged = tuple(
            tuple(cell for cell in columns if cell.row + cell.rowspan == row + 1)
            for row in range(first, end - 1)
        )
        leaves = tuple(cell for cell in columns if cell.row + cell.rowspan == end)
        corners = tuple(cell for cell in inside if cell.role is CellRole.CORNER)
        blocks.append(HeaderBlock(first, end, corners, merged, leaves))
    return tuple(blocks)


def _columns_of_words(grid: Grid) -> frozenset[int]:
    """Return the grid columns that have words in them and no figure."""
    values = [cell for cell in grid.cells if cell.role is CellRole.FIGURE]
    words = {cell.column for cell in values if cell.is_text}
    return frozenset(words - {cell.column for cell in values if not cell.is_text})


@dataclass(frozen=True, slots=True)
class DenseColumns:
    """One column of labels and the fields of the figures, each separated by a blank.

    Attributes:
        labels: Number of grid columns that the label column stands for.
        label_width: Its cells, 0 if there is none.
        fields: Cells of each grid column of figures.
        lefts: First cell of each grid column of figures, and of what would follow the last.
        words: The grid columns that have words in them and no figure.
    """

    labels: int
    label_width: int
    fields: tuple[int, ...]
    lefts: tuple[int, ...]
    words: frozenset[int] = frozenset()

    @classmethod
    def of(cls, grid: Grid, width: int, measure: Measure) -> DenseColumns:
        """Lay the columns out; the table may be wider than asked for, never cramped."""
        figures = FigureColumns.of(grid, Typesetting(measure), _LONGEST_FIELD, reserve_mark=True)
        labels = count_label_columns(grid)
        natural = _natural_label_width(grid, labels, measure)
        least = _FIELD
        while not figures.suffices(figures.equal(least)) and least < _LONGEST_FIELD:
            least += 1
        blocks = header_blocks(grid)
        words = _words(blocks, labels, grid.column_count, measure)
        room = width - min(natural, _LABELS) + (not labels)
        fields = _in_whole_words(figures.equal(least), words, room)
        left = width - sum(map(_with_gap, fields)) + (not labels)
        best = cls._laid_out(labels, min(natural, max(_LABELS, left - 1)), fields)
        rank = best.rank(blocks, measure)
        # With labels in full, what is left over serves the headers of the columns.
        for wider in range(least + 1, figures.most + 1):
            fields = _in_whole_words(figures.equal(wider), words, width - natural + (not labels))
            candidate = cls._laid_out(labels, natural, fields)
            if candidate.width > width:
                break
            if candidate.rank(blocks, measure) < rank:
                best, rank = candidate, candidate.rank(blocks, measure)
        return best.with_room_for_words(_columns_of_words(grid), width)

    def with_room_for_words(self, words: frozenset[int], width: int) -> DenseColumns:
        """Give what is left of the width to the columns in which words are typed."""
        fields = list(self.fields)
        for remaining, column in zip(range(len(words), 0, -1), sorted(words), strict=True):
            spare = max(0, width - self.width - sum(fields) + sum(self.fields))
            field = fields[column - self.labels]
            fields[column - self.labels] += min(max(0, _ROOM_FOR_WORDS - field), spare // remaining)
        return replace(self._laid_out(self.labels, self.label_width, tuple(fields)), words=words)

    @classmethod
    def _laid_out(cls, labels: int, label_width: int, fields: tuple[int, ...]) -> DenseColumns:
        first = label_width + 1 if labels else 0
        lefts = tuple(accumulate(map(_with_gap, fields), initial=first))
        return cls(labels, label_width if labels else 0, fields, lefts)

    @property
    def width(self) -> int:
        """Cells of a line."""
        return max(self.lefts[-1] - 1, self.label_width)

    def place(self, cell: GridCell) -> tuple[int, int]:
        """Return the first cell and the number of cells of a header or figure."""
        first = max(0, cell.column - self.labels)
        end = max(first, cell.column + cell.colspan - self.labels)
        return self.lefts[first], max(0, self.lefts[end] - self.lefts[first] - 1)

    def rank(self, blocks: Sequence[HeaderBlock], measure: Measure) -> tuple[int, int]:
        """Count the column headers that are not in full, and the lines of all."""
        shortened = lines = 0
        for block in blocks:
            for cell in block.leaves:
                shown = heading_lines(cell, self.place(cell)[1], measure)
                shortened += "".join(shown) != cell.text
            lines += leaf_height(block, self, measure)
        return shortened, lines


def leaf_height(block: HeaderBlock, columns: DenseColumns, measure: Measure) -> int:
    """Return the lines under the merged headers; a header beside those may begin higher up."""
    return max(
        (
            len(heading_lines(cell, columns.place(cell)[1], measure)) - (cell.rowspan - 1)
            for cell in block.leaves
        ),
        default=1,
    )


def _words(blocks: Sequence[HeaderBlock], labels: int, columns: int, measure: Measure) -> list[int]:
    """Return for each column of figures the width below which a word over it would be cut."""
    words = [1] * (columns - labels)
    for block in blocks:
        for cell in block.leaves:
            if cell.colspan == 1 and cell.column >= labels:
                wordings = [text for text in (cell.text, cell.short) if text]
                least = min(map(measure.longest_part, wordings), default=1)
                words[cell.column - labels] = max(words[cell.column - labels], least)
    return words


def _in_whole_words(fields: tuple[int, ...], words: Sequence[int], room: int) -> tuple[int, ...]:
    """Widen fields so that no word over them is cut; a table that has room for all keeps it."""

    def widened(longest: int) -> tuple[int, ...]:
        return tuple(
            max(field, min(word, longest)) for field, word in zip(fields, words, strict=True)
        )

    if sum(map(_with_gap, fields)) > room:
        return widened(_LONGEST_WORD)
    candidates = map(widened, range(_LONGEST_WORD, 0, -1))
    return next(wider for wider in candidates if sum(map(_with_gap, wider)) <= room)


def _with_gap(field: int) -> int:
    return field + 1


def _natural_label_width(grid: Grid, labels: int, measure: Measure) -> int:
    """Return the cells of the longest label with its indentation."""
    longest = 0
    for cell in grid.cells:
        if cell.role is CellRole.ROW_HEADER:
            longest = max(longest, INDENT * cell.column + measure.width(cell.text))
        elif cell.role is CellRole.CORNER:
            # A corner wraps over the lines of the headers beside it.
            longest = max(longest, min(_LABELS, measure.width(cell.text)))
    return longest if labels else 0
