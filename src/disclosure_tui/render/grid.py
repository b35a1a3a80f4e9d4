"""One table as rectangular display cells, as neutral data for every format and screen."""

from __future__ import annotations

from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer

__all__ = ["CHANGED", "CellRole", "Grid", "GridCell", "Tone"]

CHANGED = "~"
"""Before a figure that differs from last year's and has no other mark."""


class CellRole(Enum):
    """What a display cell is for."""

    CAPTION = "caption"
    """A line over the full width that opens a block: 第二十条第（一）项."""
    CORNER = "corner"
    """The cell over the row headers and beside the column headers."""
    COLUMN_HEADER = "column header"
    ROW_HEADER = "row header"
    FIGURE = "figure"
    """A value of the report."""


class Tone(Enum):
    """How a cell stands out. Colour follows it, but the mark alone must be enough."""

    PLAIN = "plain"
    ERROR = "error"
    QUERY = "query"
    WARNING = "warning"
    NOTE = "note"
    COMPUTED = "computed"
    CARRIED = "carried"
    BLANK = "blank"
    REMOVED = "removed"
    """What stood there before."""
    ADDED = "added"
    """What stands there now."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rectangle of the grid with its text.

    Attributes:
        row: First grid row, from 0.
        column: First grid column, from 0.
        rowspan: Number of grid rows it covers.
        colspan: Number of grid columns it covers.
        text: What is printed; empty for a blank.
        role: What the cell is for.
        pointer: The value of a figure, or the row that a row header names.
        mark: What is printed right before a figure: `!` `?` `*` `.` `=` `^` `_` `~`, the numbers
            of findings `[1,3]!`, or nothing, and signs of what is kept beside it. ASCII only.
        tone: How the cell stands out.
        short: A shorter label for a header, where space is short.
        is_text: Of a figure: words stand there, a name for instance, set from the left.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    role: CellRole
    pointer: Pointer | None = None
    mark: str = ""
    tone: Tone = Tone.PLAIN
    short: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be drawn: its cells tile `row_count` x `column_count` exactly.

    Attributes:
        title: The table's label.
        cells: In reading order.
        row_count: Number of grid rows.
        column_count: Number of grid columns.
        header_rows: Leading rows that stay in view while scrolling (0 where blocks stack).
        header_columns: Leading columns that stay in view.
        unit: Unit of measure printed over the table, or empty.
    """

    title: str
    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    header_rows: int
    header_columns: int
    unit: str = ""
