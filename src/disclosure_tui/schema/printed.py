"""Whatever a form lets a person fill in has its place in the editor and on the printed page.

What stands nowhere, or under the wrong header, would be a figure lost. Source: dialect, sections 1
and 8: a table is made of rows and groups of rows, a row of cells; `down` has one column tree, and
so has each block of `stacked`. Rows `across` have headers of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import ColumnHeader, Form, Node, Role, Rows

__all__ = ["check_printed", "printed_blocks"]

_OF_TABLES = frozenset({Role.ROW, Role.GROUP, Role.BLOCK, Role.ENTRIES})
_OF_ROWS = frozenset({Role.CELL, Role.COLUMN_GROUP})
_SCALARS = frozenset({"integer", "number", "string", "boolean"})


@dataclass(frozen=True, slots=True)
class _Part:
    """Where in the form a place stands.

    Attributes:
        has_sections: The part at the top of the form is filled in and printed by sections.
        in_table: A table is above it.
    """

    has_sections: bool
    in_table: bool = False


def check_printed(form: Form) -> None:
    """Make sure that every place of a form is printed, and where it belongs.

    Raises:
        SchemaError: A place has no row or no section, or rows of one block differ in columns.
    """
    for child in form.root.children:
        has_sections = any(node.section is not None for node in child.walk())
        _check_place(child, form.root, _Part(has_sections))
    for rows in printed_blocks(form):
        for row in rows:
            _check_columns(row, rows[0])


def printed_blocks(form: Form) -> Iterator[list[Node]]:
    """Yield the rows of each block that is printed under one header."""
    for table in form.root.walk():
        if table.role is not Role.TABLE or table.rows is Rows.ACROSS:
            continue
        for block in table.children if table.rows is Rows.STACKED else (table,):
            rows = [node for node in block.walk() if node.role is Role.ROW]
            if rows:
                yield rows


def _check_place(node: Node, parent: Node, part: _Part) -> None:
    """Check a place of a part of the form, and all below it."""
    if parent.role in _OF_ROWS | {Role.ROW}:
        if node.cell is not None and node.cell.types - _SCALARS:
            raise _misplaced(node, _NO_SCALAR, _CELLS_ONLY)
    elif part.in_table:
        if node.role not in _OF_TABLES:
            raise _misplaced(node, _NO_ROW, _IN_ROWS)
        if node.section is not None:
            raise _misplaced(node, _INNER_SECTION, _NO_INNER_SECTION)
        if node.role is Role.ROW and parent.rows is Rows.STACKED:
            raise _misplaced(node, _NO_BLOCK, _INTO_BLOCK)
    elif node.role is Role.ROW and parent.role is not Role.ENTRIES:
        raise _misplaced(node, _NO_TABLE, _INTO_TABLE)
    elif node.role is Role.ENTRIES and parent.role is not Role.REPORT:
        raise _misplaced(node, _INNER_LIST, _NO_INNER_LIST)
    elif part.has_sections and node.role in (Role.FIELD, Role.LIST, Role.OPEN_MAP):
        raise _misplaced(node, _NO_SECTION, _INTO_SECTION)
    inside = replace(part, in_table=part.in_table or node.role is Role.TABLE)
    for child in node.children:
        _check_place(child, node, inside)


def _check_columns(row: Node, first: Node) -> None:
    often = Counter(leaf.path for leaf in row.leaf_columns()).most_common(1)
    if often and often[0][1] > 1:
        name = ".".join(often[0][0])
        what = Text(f"的列里【{name}】写了两次", f" has the column {name!r} twice")
        raise _misplaced(row, what, Text("请删去一个", "leave one out"))
    if _shape(row.columns) != _shape(first.columns):
        raise _misplaced(row, _difference(row, first), _SAME_COLUMNS)


def _shape(headers: Sequence[ColumnHeader]) -> tuple[Any, ...]:
    """Return a column tree without its labels."""
    return tuple((header.path, _shape(header.columns)) for header in headers)


def _difference(row: Node, first: Node) -> Text:
    own, others = ([".".join(leaf.path) for leaf in one.leaf_columns()] for one in (row, first))
    more = [path for path in own if path not in others]
    less = [path for path in others if path not in own]
    parts = [
        Text(f"{zh}【{'、'.join(paths)}】", f"{en} {', '.join(paths)}")
        for zh, en, paths in (("多", "it has also", more), ("少", "it lacks", less))
        if paths
    ]
    if not parts:
        is_order = own != others
        parts.append(
            Text("次序不一样", "their order differs")
            if is_order
            else Text("合并的表头不一样", "merged headers differ")
        )
    return Text(
        f"的列与同一块第一行【{first.pointer}】的不同：{'；'.join(part.zh for part in parts)}",
        f" has other columns than {first.pointer}, the first row of its block: "
        + "; ".join(part.en for part in parts),
    )


def _misplaced(node: Node, what: Text, hint: Text) -> SchemaError:
    where = str(node.origins[0]) if node.origins else ""
    place = Text(f"【{node.pointer}】", str(node.pointer))
    return SchemaError(place + what, hint=hint, where=where)


_NO_ROW = Text(
    "在表里，却不在行里，不会印出来", " is in a table and in no row: it is never printed"
)
_IN_ROWS = Text(
    "表里只有行（x-row）和行的分组：请把它放进一行，或者移到表的外面",
    "a table holds rows (x-row) and groups of rows: put it into a row, or out of the table",
)
_INNER_SECTION = Text("在表里，不能另成一节", " is in a table and can be no section of its own")
_NO_INNER_SECTION = Text(
    "请删去它的 x-section，或者把它移到这张表的外面",
    "leave its x-section out, or move it out of the table",
)
_NO_BLOCK = Text("是一行，却不在任何一块里", " is a row in no block")
_INTO_BLOCK = Text(
    "rows: stacked 的表由几块组成，每块有自己的列：请把它放进一块",
    "a table of rows: stacked is made of blocks with columns of their own: put it into one",
)
_NO_SCALAR = Text("是行里的一格，却不是一个数或文字", " is a cell and no single figure or text")
_CELLS_ONLY = Text(
    "行里的每一格只填一个数或文字：请把清单和说明移到行的外面",
    "a cell holds one figure or text: lists and maps stand outside of rows",
)
_NO_TABLE = Text("是一行，却不在表里", " is a row in no table")
_INTO_TABLE = Text(
    "请在放这些行的一层写上 x-table", "give the object that holds the rows an x-table"
)
_INNER_LIST = Text(
    "是填报人增加的行，却不在表里，也不在最外层",
    " has rows that the filer adds, in no table and not at the top of the form",
)
_NO_INNER_LIST = Text(
    "请放进一张表；只给别的表用的名单，直接放在最外层",
    "put them into a table; a list of names for other tables stands at the top of the form",
)
_NO_SECTION = Text(
    "在分节的内容里，却不在任何表里，也不是一节文字：没有地方填，也不会印出来",
    " stands among sections and is in no table and no prose: it can be typed nowhere and is "
    "never printed",
)
_INTO_SECTION = Text(
    "数请放进表里的行；文字请写上 x-section；不印的内容请移到各节的外面，直接放在最外层",
    "put a figure into a row of a table, give a text an x-section; what is not printed stands "
    "outside of the sections, at the top of the form",
)
_SAME_COLUMNS = Text(
    "各行印在同一个表头下，列和次序要相同：请改成一样；列不同的，放进另一张表，"
    "或者用 rows: stacked 分成几块",
    "rows of one block stand under one header: give them the same columns in the same order; "
    "rows of another shape go into another table, or a block of rows: stacked",
)
