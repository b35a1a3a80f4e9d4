"""The tables of a form as a page prints them: which labels lead to which figure."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import Path, key
from disclosure_tui.language import Language
from disclosure_tui.model.form import ColumnHeader, Form, Node, Role, Rows, localized
from disclosure_tui.model.pointer import Pointer

__all__ = ["Line", "Panel", "panels_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its labels from the outermost to its own.

    Attributes:
        labels: As the form prints them.
        path: Their keys.
    """

    labels: tuple[str, ...]
    path: Path

    @classmethod
    def of(cls, labels: tuple[str, ...]) -> Line:
        """Make a line of its labels; untitled ones do not count."""
        kept = tuple(label for label in labels if key(label))
        return cls(kept, tuple(map(key, kept)))

    @property
    def own(self) -> str:
        """Its own label; empty where it has none."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a table with one set of columns: the table, or one block of it.

    Attributes:
        table: The table.
        pointer: The block, or the table.
        caption: The line that opens a block, or empty.
        corner: What stands over the row labels and beside the column labels.
        rows: Empty where all rows stand in one line; the row labels are then over the columns.
        columns: From left to right.
        figures: The pointer of each figure by row and column.
    """

    table: Pointer
    pointer: Pointer
    caption: str
    corner: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    figures: tuple[tuple[Pointer, ...], ...]

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """All figures."""
        return tuple(pointer for row in self.figures for pointer in row)


def panels_of(form: Form, language: Language) -> list[Panel]:
    """Return the panels of all tables of a form (with the entry rows of the report)."""
    return [panel for table in form.tables for panel in _panels(table, language)]


def _panels(table: Node, language: Language) -> Iterator[Panel]:
    if table.rows is Rows.STACKED:
        for block in table.children:
            if any(node.role is Role.ROW for node in block.walk()):
                yield _down(table, block, block.label.title(language), language)
    elif table.rows is Rows.ACROSS:
        yield _across(table, language)
    else:
        yield _down(table, table, "", language)


def _rows(node: Node) -> list[Node]:
    return [item for item in node.walk() if item.role is Role.ROW]


def _down(table: Node, top: Node, caption: str, language: Language) -> Panel:
    rows = _rows(top)
    columns = list(_columns(rows[0].columns, (), language)) if rows else []
    return Panel(
        table=table.pointer,
        pointer=top.pointer,
        caption=caption,
        corner=localized(top.corner or table.corner, language),
        rows=tuple(Line.of(_row_labels(top, row, language)) for row in rows),
        columns=tuple(Line.of(labels) for labels, _ in columns),
        figures=tuple(
            tuple(row.pointer.joined(path) for path in (leaf.path for leaf in row.leaf_columns()))
            for row in rows
        ),
    )


def _across(table: Node, language: Language) -> Panel:
    columns, figures = [], []
    for row in _rows(table):
        above = _row_labels(table, row, language)
        for labels, leaf in _columns(row.columns, above, language):
            columns.append(Line.of(labels))
            figures.append(row.pointer.joined(leaf.path))
    corner = localized(table.corner, language)
    return Panel(table.pointer, table.pointer, "", corner, (), tuple(columns), (tuple(figures),))


def _row_labels(top: Node, row: Node, language: Language) -> tuple[str, ...]:
    labels = []
    node: Node | None = top
    for name in row.pointer.below(top.pointer):
        node = next((child for child in node.children if child.key == name), None) if node else None
        if node is not None and node.label:
            labels.append(node.label.title(language))
    return tuple(labels)


def _columns(
    headers: tuple[ColumnHeader, ...], above: tuple[str, ...], language: Language
) -> Iterator[tuple[tuple[str, ...], ColumnHeader]]:
    for header in headers:
        labels = (*above, header.label.title(language)) if header.label else above
        if header.columns:
            yield from _columns(header.columns, labels, language)
        else:
            yield labels, header
