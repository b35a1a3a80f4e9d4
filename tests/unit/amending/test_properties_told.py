"""Whatever a form can say of a place is told when it changes: a new property needs a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.amending.aspects import cell_aspects, head_aspects, place_aspects
from disclosure_tui.language import Language, Text
from disclosure_tui.model.cell_type import CellType, Code
from disclosure_tui.model.form import (
    Entries,
    Form,
    Label,
    Node,
    PriorType,
    ReportType,
    Role,
    Rows,
    SectionMark,
)
from disclosure_tui.model.pointer import Pointer
from tiny import figure, form, row, schema, table

CELL = CellType(frozenset({"integer"}))
CELLS: dict[str, Any] = {
    "types": frozenset({"number"}),
    "minimum": 0,
    "maximum": Decimal("9.5"),
    "unit": {"zh": "件"},
    "decimals": 2,
    "signed": True,
    "codes": {"N/A": Code("N/A", "not_applicable")},
    "values": {"a": {"zh": "甲"}},
    "format": "date",
    "longest": 500,
    "shortest": 20,
}
SECTIONS: dict[str, Any] = {
    "number": "二",
    "heading": {"zh": "情况"},
    "when": "report.year > 2020",
}
ENTRIES: dict[str, Any] = {"label": "name", "source": ("offices",), "complete": True, "most": 9}
NODES: dict[str, Any] = {
    "role": Role.MAP,
    "label": Label({}, {"zh": "短"}),
    "cell": replace(CELL, minimum=0),
    "section": SectionMark("一"),
    "rows": Rows.ACROSS,
    "corner": {"zh": "角"},
    "unit": {"zh": "件"},
    "when": "report.year > 2020",
    "entries": Entries(most=9),
    "description": {"zh": "填写本年的数。"},
    "required": ("new",),
}
ELSEWHERE = {
    *("pointer", "children", "columns", "entry"),  # told as places and columns
    "former",  # of a report, not of a form
    *("findings", "declarations"),  # told as rules
    *("origins", "labelled", "extension"),  # which file says it, and where another may add
}
REPORT_TYPES: dict[str, Any] = {
    "first_year": 2026,
    "last_year": 2027,
    "language": Language.ENGLISH,
    "title": "{year}",
    "authority": Text("通知", "notice"),
    "period": {"start": "{year}-01-01", "end": "{year}-12-31"},
    "prior": (PriorType("tiny/0"),),
    "within_year": ("year",),
}
NAMED = {"kind", "edition", "version"}
"""They head the comparison."""
UNTOLD = {"readings"}
"""How labels are typed when they are looked for: nothing of the form."""


@pytest.fixture(scope="module")
def tiny() -> Form:
    return form(schema({"requests": table("申请", {"new": row({"people": figure("人")})})}))


def placed(tiny: Form, old: Node, new: Node) -> Iterator[Any]:
    return place_aspects((tiny, tiny), (old, new))


def names(kind: Any) -> set[str]:
    return {field.name for field in fields(kind)}


def test_every_property_is_looked_at() -> None:
    assert names(CellType) == set(CELLS)
    assert names(SectionMark) == set(SECTIONS)
    assert names(Entries) == set(ENTRIES)
    assert names(Node) - ELSEWHERE == set(NODES)
    assert names(ReportType) == set(REPORT_TYPES) | NAMED | UNTOLD


@pytest.mark.parametrize("name", CELLS)
def test_of_a_value(name: str) -> None:
    assert not list(cell_aspects(CELL, CELL))
    (told,) = cell_aspects(CELL, replace(CELL, **{name: CELLS[name]}))
    assert told.new is not None
    assert told.new.zh
    assert told.new.en


@pytest.mark.parametrize("name", NODES)
def test_of_a_place(tiny: Form, name: str) -> None:
    node = Node(Pointer.of("requests"), Role.FIELD, cell=CELL)
    assert not list(placed(tiny, node, node))
    assert list(placed(tiny, node, replace(node, **{name: NODES[name]})))


@pytest.mark.parametrize("name", SECTIONS)
def test_of_a_section(tiny: Form, name: str) -> None:
    node = Node(Pointer.of("requests"), Role.PROSE, section=SectionMark("一"))
    assert node.section is not None
    changed = replace(node, section=replace(node.section, **{name: SECTIONS[name]}))
    (told,) = placed(tiny, node, changed)
    assert told.key == name


@pytest.mark.parametrize("name", ENTRIES)
def test_of_entry_rows(tiny: Form, name: str) -> None:
    node = Node(Pointer.of("requests"), Role.ENTRIES, entries=Entries(most=5))
    assert node.entries is not None
    changed = replace(node, entries=replace(node.entries, **{name: ENTRIES[name]}))
    (told,) = placed(tiny, node, changed)
    assert told.key == name


@pytest.mark.parametrize("name", REPORT_TYPES)
def test_of_the_report_as_a_whole(tiny: Form, name: str) -> None:
    old = replace(tiny, report_type=replace(tiny.report_type, title="", first_year=2020))
    kind = replace(old.report_type, **{name: REPORT_TYPES[name]})
    assert not list(head_aspects(old, old))
    assert len(list(head_aspects(old, replace(old, report_type=kind)))) == 1


def test_how_short_a_text_may_be_comes_from_the_schema() -> None:
    field = schema({"problems": {"title": "问题", "type": "string", "minLength": 20}})
    node = form(field).nodes[Pointer.of("problems")]
    assert node.cell is not None
    assert node.cell.shortest == 20
