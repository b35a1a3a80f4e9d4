"""A form in which something could be typed nowhere, or printed nowhere or under a wrong header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Findings
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.report import Report
from disclosure_tui.render.grid import CellRole
from disclosure_tui.render.pages import pages_of
from disclosure_tui.render.tables import Figures, build_grid
from tiny import Data, figure, group, row, schema, table
from tiny import form as compiled

A = {"a": figure("甲"), "b": figure("乙")}
TEXT = {"title": "文", "type": ["string", "null"]}
LIST = {"title": "单", "type": ["array", "null"], "maxItems": 3, "items": {"type": "string"}}


def form(properties: Data) -> Form:
    return compiled(schema(properties))


def section(properties: Data) -> Data:
    return {**group("节", properties), "x-section": {"number": "一"}}


def refused(properties: Data) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        form(properties)
    assert caught.value.hint is not None
    return caught.value


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ({"one": row(A), "two": row({**A, "c": figure("丙")})}, "it has also c"),
        ({"one": row(A), "two": row({"a": figure("甲")})}, "it lacks b"),
        ({"one": row(A), "two": row({"b": figure("乙"), "c": figure("丙")})}, "c; it lacks a"),
        (
            {"one": row(A), "组": group("组", {"two": row(dict(reversed(A.items())))})},
            "their order",
        ),
        (
            {
                "one": row(A),
                "two": {**row(A), "x-row": {"columns": [{"title": "合", "columns": ["a", "b"]}]}},
            },
            "merged headers differ",
        ),
        ({"one": {**row(A), "x-row": {"columns": ["a", "b", "a"]}}}, "the column 'a' twice"),
    ],
)
def test_rows_under_one_header_have_the_same_columns(rows: Data, what: str) -> None:
    error = refused({"t": table("表", rows)})
    assert what in error.what.en
    assert error.where.startswith("tiny.schema.json#/properties/t/properties/")


def test_rows_of_other_shapes_have_a_header_of_their_own() -> None:
    other = {"c": figure("丙")}
    form({"t": table("表", {"one": row(A), "two": row(other)}, "across")})
    blocks = {"x": group("块", {"one": row(A)}), "y": group("块", {"two": row(other)})}
    form({"t": table("表", blocks, "stacked")})
    refused({"t": table("表", {"x": group("块", {"one": row(A), "two": row(other)})}, "stacked")})
    assert "no block" in refused({"t": table("表", {"one": row(A)}, "stacked")}).what.en


@pytest.mark.parametrize("rows", ["down", "across", "stacked"])
@pytest.mark.parametrize("stray", [figure("数"), TEXT, LIST])
def test_nothing_stands_in_a_table_beside_its_rows(rows: str, stray: Data) -> None:
    error = refused({"t": table("表", {"x": group("块", {"one": row(A)}), "n": stray}, rows)})
    assert error.where == "tiny.schema.json#/properties/t/properties/n"
    assert "no row" in error.what.en


def test_a_section_does_not_begin_inside_a_table() -> None:
    inner = table("里", {"one": row(A)})
    assert "section" in refused({"t": table("表", {"one": row(A), "t2": inner})}).what.en


def test_a_cell_is_one_figure_or_text() -> None:
    form({"t": table("表", {"one": row({"a": figure("甲"), "b": TEXT})})})
    assert "single" in refused({"t": table("表", {"one": row({**A, "l": LIST})})}).what.en


def test_a_row_stands_in_a_table() -> None:
    assert "no table" in refused({"s": section({"one": row(A)})}).what.en


@pytest.mark.parametrize("stray", [figure("数"), TEXT, LIST])
def test_among_sections_everything_is_a_table_or_prose(stray: Data) -> None:
    parts = {"t": table("表", {"one": row(A)}), "p": {**TEXT, "x-section": {"number": "二"}}}
    form({"s": section(parts), "n": stray})
    assert "sections" in refused({"s": section({**parts, "n": stray})}).what.en
    assert "sections" in refused({"s": group("外", {**parts, "n": stray})}).what.en


PIECES = st.recursive(
    st.sampled_from(["row", "other row", "figure", "text", "list", "entries"]),
    lambda inside: st.tuples(
        st.sampled_from(["group", "table", "across", "stacked", "section"]),
        st.lists(inside, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


def made(piece: Any) -> Data:
    if isinstance(piece, str):
        leaves: Mapping[str, Data] = {
            "row": row(A, title="行"),
            "other row": row({"a": figure("甲"), "c": figure("丙")}, title="行"),
            "figure": figure("数"),
            "text": {**TEXT, "x-section": {"number": "二"}},
            "list": LIST,
            "entries": {
                "type": ["object", "null"],
                "maxProperties": 3,
                "x-entries": {},
                "additionalProperties": row(A),
            },
        }
        return leaves[piece]
    kind, inside = piece
    properties = {f"k{number}": made(one) for number, one in enumerate(inside)}
    if kind == "group":
        return group("组", properties)
    if kind == "section":
        return section(properties)
    return table("表", properties, "down" if kind == "table" else kind)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_what_is_not_refused_can_be_typed_and_every_cell_is_printed_once(pieces: Any) -> None:
    try:
        found = form({f"p{number}": made(piece) for number, piece in enumerate(pieces)})
    except SchemaError:
        return
    report = Report({})
    found = found.populated(report)
    cells = [pointer for pointer, node in found.nodes.items() if node.role is Role.CELL]
    printed: list[Any] = []
    for grown in found.tables:
        grid = build_grid(grown, Figures(report, Findings(()), Language.CHINESE))
        assert sum(cell.rowspan * cell.colspan for cell in grid.cells) == (
            grid.row_count * grid.column_count
        )
        printed += [cell.pointer for cell in grid.cells if cell.role is CellRole.FIGURE]
    assert sorted(printed) == sorted(cells)
    pages = pages_of(found, Language.CHINESE)
    typed = {Role.CELL, Role.FIELD, Role.PROSE}
    for pointer, node in found.nodes.items():
        if node.role in typed and pointer[0] not in ("report_type", "schema"):
            assert sum(page.holds(pointer) for page in pages) == 1, pointer
