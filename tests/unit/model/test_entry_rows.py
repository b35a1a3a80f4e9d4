"""Where entry rows are found: below a table, or right in one."""

from __future__ import annotations

import pytest

from disclosure_tui.model.entry_rows import entry_maps, holder_of, row_at
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from tiny import Data, figure, form, group, row, schema


def rows(title: str, **more: object) -> Data:
    """Return a map whose rows the filer names."""
    return {
        "title": title,
        "type": ["object", "null"],
        "maxProperties": 9,
        "x-entries": {},
        "additionalProperties": row({"a": figure("甲")}),
        **more,
    }


BELOW = {
    "title": "表",
    "type": ["object", "null"],
    "x-section": {},
    "x-table": {"corner": "行"},
    "properties": {
        "g": group("组", {"list": rows("名单")}),
        "total": row({"a": figure("甲")}, title="合计"),
    },
}
ITSELF = rows("表", **{"x-section": {}, "x-table": {"corner": "行"}})


@pytest.mark.parametrize(
    ("table", "holder"),
    [(BELOW, ("t", "g", "list")), (ITSELF, ("t",))],
    ids=["below a table", "a table itself"],
)
def test_a_cell_is_in_the_row_of_its_map(table: Data, holder: tuple[str, ...]) -> None:
    data: Data = (
        {"t": {"x": {"a": 1}}} if holder == ("t",) else {"t": {"g": {"list": {"x": {"a": 1}}}}}
    )
    found = form(schema({"t": table})).populated(Report(data))
    (kept,) = entry_maps(found)
    cell = Pointer.of(*holder, "x", "a")
    assert kept.pointer == holder
    assert holder_of(found, cell) is kept
    assert row_at(found, cell) == Pointer.of(*holder, "x")
    assert row_at(found, kept.pointer) is None
    assert holder_of(found, Pointer.of("t", "total", "a")) in (None, kept)
    # Also a row that the report does not have.
    assert row_at(found, Pointer.of(*holder, "y", "a")) == Pointer.of(*holder, "y")


def test_a_fixed_row_is_in_none() -> None:
    found = form(schema({"t": BELOW}))
    assert holder_of(found, Pointer.of("t", "total", "a")) is None
