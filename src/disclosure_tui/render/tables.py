"""Builds the grid of a table: merged headers from the header trees, figures from the report.

Source: dialect, section 8. There are no coordinates in a schema; they are all found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from math import lcm

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Findings, Severity
from disclosure_tui.model.form import ColumnHeader, Label, Node, Role, Rows, localized
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.grid import CellRole, Grid, GridCell, Tone
from disclosure_tui.render.references import NO_REFERENCES, References

__all__ = ["TONES", "Figures", "build_grid"]

TONES = {
    Severity.ERROR: Tone.ERROR,
    Severity.QUERY: Tone.QUERY,
    Severity.WARNING: Tone.WARNING,
    Severity.NOTE: Tone.NOTE,
}


@dataclass(frozen=True)
class Figures:
    """What stands in the cells, and how it is marked.

    Attributes:
        report: The values.
        findings: What a check found.
        language: Language of the labels.
        computed: The cells that are computed and agree with their parts: marked `=`.
        references: The numbers of findings, put before the figures.
        carried: The cells whose figures come from last year's report: marked `^`.
        signs: Signs of what is kept beside a cell, shown behind its mark.
    """

    report: Report
    findings: Findings
    language: Language
    computed: frozenset[Pointer] = frozenset()
    references: References = NO_REFERENCES
    carried: frozenset[Pointer] = frozenset()
    signs: Mapping[Pointer, str] = field(default_factory=dict)

    def cell(self, node: Node, row: int, column: int, colspan: int = 1) -> GridCell:
        """Return the display cell of a figure."""
        value = self.report.value_at(node.pointer)
        text = node.cell.show(value) if node.cell is not None else str(value or "")
        severity = self.findings.mark(node.pointer)
        if value is None:
            mark, tone = "_", Tone.BLANK
        elif severity is not None:
            mark, tone = severity.mark, TONES[severity]
        elif node.pointer in self.carried:
            mark, tone = "^", Tone.CARRIED
        elif node.pointer in self.computed:
            mark, tone = "=", Tone.COMPUTED
        else:
            mark, tone = "", Tone.PLAIN
        number = self.references.mark(node.pointer) if value is not None else ""
        if number:
            # A number before a point or nothing would run into the figure.
            mark = number + (mark if mark not in ("", ".") else " ")
        mark += self.signs.get(node.pointer, "")
        is_text = node.cell is not None and not node.cell.numeric
        return GridCell(
            *(row, column, 1, colspan, text, CellRole.FIGURE, node.pointer, mark, tone),
            is_text=is_text,
        )

    def header(
        self, label: Label, place: _Place, pointer: Pointer | None, role: CellRole
    ) -> GridCell:
        """Return the display cell of a header."""
        return GridCell(
            place.row,
            place.column,
            place.rowspan,
            place.colspan,
            label.title(self.language),
            role,
            pointer,
            short=label.short(self.language),
        )


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    rowspan: int
    colspan: int


def build_grid(table: Node, figures: Figures) -> Grid:
    """Build the grid of a table as the form prints it.

    Args:
        table: The table, with the entry rows of the report.
        figures: What stands in its cells.
    """
    builders = {Rows.DOWN: _down, Rows.ACROSS: _across, Rows.STACKED: _stacked}
    cells, rows, columns, header_rows, header_columns = builders[table.rows or Rows.DOWN](
        table, figures
    )
    return Grid(
        title=table.label.title(figures.language),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=rows,
        column_count=columns,
        header_rows=header_rows,
        header_columns=header_columns,
        unit=localized(table.unit, figures.language),
    )


_Built = tuple[list[GridCell], int, int, int, int]


def _rows(node: Node) -> list[Node]:
    return [item for item in node.walk() if item.role is Role.ROW]


def _entry_columns(table: Node) -> tuple[ColumnHeader, ...]:
    """Return the columns of the rows that the filer may add to a table that has none yet."""
    entries = (item.entry for item in table.walk() if item.entry is not None)
    return next((entry.columns for entry in entries), ())


def _titled(node: Node) -> Iterator[Node]:
    """Yield the children; those of an untitled group take its place.

    A title over rows that the filer has not added yet stands over nothing and is left out.
    """
    for child in node.children:
        if child.role is not Role.ROW and not child.label:
            yield from _titled(child)
        elif _rows(child):
            yield child


def _height(node: Node) -> int:
    """Return the number of header levels below a node."""
    if node.role is Role.ROW:
        return 0
    return max((1 + _height(child) for child in _titled(node)), default=1)


def _row_headers(
    node: Node, figures: Figures, row: int, level: int, depth: int
) -> Iterator[tuple[GridCell, int]]:
    """Yield the row headers below a node, each with the number of rows it covers."""
    for child in _titled(node):
        count = len(_rows(child))
        leaf = child.role is Role.ROW
        place = _Place(row, level, count, depth - level if leaf else 1)
        yield figures.header(child.label, place, child.pointer, CellRole.ROW_HEADER), count
        if not leaf:
            yield from _row_headers(child, figures, row, level + 1, depth)
        row += count


def _column_headers(
    headers: tuple[ColumnHeader, ...], figures: Figures, at: _Place
) -> Iterator[GridCell]:
    """Yield the header cells of a column tree; `at` is the rectangle that it fills."""
    column = at.column
    for header in headers:
        width = sum(1 for _ in header.leaves())
        height = 1 if header.columns else at.rowspan
        place = _Place(at.row, column, height, width)
        yield figures.header(header.label, place, None, CellRole.COLUMN_HEADER)
        below = _Place(at.row + 1, column, at.rowspan - 1, width)
        yield from _column_headers(header.columns, figures, below)
        column += width


def _depth(headers: tuple[ColumnHeader, ...]) -> int:
    return max((header.depth for header in headers), default=1)


def _figure(row: Node, path: tuple[str, ...]) -> Node:
    node: Node | None = row
    for key in path:
        node = node.child(key) if node is not None else None
    assert node is not None
    return node


def _down(table: Node, figures: Figures) -> _Built:
    rows = _rows(table)
    headers = rows[0].columns if rows else _entry_columns(table)
    top, left = _depth(headers), max(1, _height(table))
    width = sum(1 for header in headers for _ in header.leaves())
    corner = localized(table.corner, figures.language)
    cells = [GridCell(0, 0, top, left, corner, CellRole.CORNER)]
    cells.extend(_column_headers(headers, figures, _Place(0, left, top, width)))
    cells.extend(cell for cell, _ in _row_headers(table, figures, top, 0, left))
    for index, row in enumerate(rows):
        for column, leaf in enumerate(row.leaf_columns()):
            cells.append(figures.cell(_figure(row, leaf.path), top + index, left + column))
    return cells, top + len(rows), left + width, top, left


def _across(table: Node, figures: Figures) -> _Built:
    """All rows in one printed line: the row tree, and below each row its columns."""
    rows = _rows(table)
    top = _height(table) + max((_depth(row.columns) for row in rows), default=1)
    cells = list(_across_headers(table, figures, _Place(0, 0, top, 0)))
    column = 0
    for row in rows:
        for leaf in row.leaf_columns():
            cells.append(figures.cell(_figure(row, leaf.path), top, column))
            column += 1
    return cells, top + 1, column, top, 0


def _across_headers(node: Node, figures: Figures, at: _Place) -> Iterator[GridCell]:
    column = at.column
    for child in _titled(node):
        width = sum(len(row.leaf_columns()) for row in _rows(child))
        if child.role is Role.ROW:
            own = at.rowspan - _depth(child.columns)
            place = _Place(at.row, column, own, width)
            yield figures.header(child.label, place, child.pointer, CellRole.COLUMN_HEADER)
            below = _Place(at.row + own, column, at.rowspan - own, width)
            yield from _column_headers(child.columns, figures, below)
        else:
            place = _Place(at.row, column, 1, width)
            yield figures.header(child.label, place, child.pointer, CellRole.COLUMN_HEADER)
            below = _Place(at.row + 1, column, at.rowspan - 1, width)
            yield from _across_headers(child, figures, below)
        column += width


def _stacked(table: Node, figures: Figures) -> _Built:
    """Blocks under each other, each with its caption and its own columns."""
    blocks = [child for child in table.children if _rows(child)]
    divisions = [len(_rows(block)[0].leaf_columns()) for block in blocks]
    edges = sorted({index * lcm(*divisions) // n for n in divisions for index in range(n + 1)})
    left = max((max(1, _height(block)) for block in blocks), default=1)
    width = left + len(edges) - 1
    cells: list[GridCell] = []
    row = 0
    for block, count in zip(blocks, divisions, strict=True):
        caption = figures.header(block.label, _Place(row, 0, 1, width), None, CellRole.CAPTION)
        cells.append(caption)
        columns = _Division(count, lcm(*divisions), edges, left)
        built = list(_block(table, block, figures, columns, row + 1))
        cells.extend(built)
        row = max(cell.row + cell.rowspan for cell in built)
    return cells, row, width, 0, left


@dataclass(frozen=True)
class _Division:
    """How the columns of one block lie on the grid that all blocks share."""

    count: int
    full: int
    edges: list[int]
    left: int

    def span(self, first: int, width: int) -> tuple[int, int]:
        """Return grid column and colspan of `width` columns of the block from the first."""
        start = self.edges.index(first * self.full // self.count)
        end = self.edges.index((first + width) * self.full // self.count)
        return self.left + start, end - start


def _block(
    table: Node, block: Node, figures: Figures, columns: _Division, row: int
) -> Iterator[GridCell]:
    rows = _rows(block)
    top = _depth(rows[0].columns)
    corner = localized(block.corner or table.corner, figures.language)
    yield GridCell(row, 0, top, columns.left, corner, CellRole.CORNER)
    for cell in _column_headers(rows[0].columns, figures, _Place(row, 0, top, columns.count)):
        column, span = columns.span(cell.column, cell.colspan)
        yield _moved(cell, column, span)
    yield from (cell for cell, _ in _row_headers(block, figures, row + top, 0, columns.left))
    for index, node in enumerate(rows):
        for position, leaf in enumerate(node.leaf_columns()):
            column, span = columns.span(position, 1)
            yield figures.cell(_figure(node, leaf.path), row + top + index, column, span)


def _moved(cell: GridCell, column: int, colspan: int) -> GridCell:
    return GridCell(
        cell.row,
        column,
        cell.rowspan,
        colspan,
        cell.text,
        cell.role,
        cell.pointer,
        short=cell.short,
    )
