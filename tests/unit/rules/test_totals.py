"""Which totals follow an edit, and which stay."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.totals import following
from tiny import Data, checker, figure, group, row, schema, table

CELLS = {key: figure(key) for key in ("a", "b", "total")}
RULES = [
    {"id": "ROW", "each": "row", "total": "total", "of": ["*"]},
    {"id": "COL", "each": "column", "total": "total", "of": ["one", "two"]},
]


def sheet(rules: list[Data] = RULES) -> Checker:
    rows = {key: row(CELLS, title=key) for key in ("one", "two", "total")}
    return checker(schema({"t": table("表", rows, **{"x-rules": rules})}))


def changes(before: dict[str, Any], **edits: Any) -> dict[str, Any]:
    """Return what follows: keys are row_column."""
    checking = sheet()
    cells = {Pointer.of("t", *key.split("_")): value for key, value in edits.items()}
    start = Report({"t": before})
    after = start.after(
        Transaction(tuple(SetValue(pointer, value) for pointer, value in cells.items()))
    )
    totals = checking.totals(checking.form)
    found = following(totals, start, after, frozenset(cells))
    return {"_".join(edit.pointer[1:]): edit.value for edit in found}


def grid(*rows: tuple[Any, Any, Any]) -> dict[str, Any]:
    keys = ("one", "two", "total")
    return {
        key: dict(zip(("a", "b", "total"), cells, strict=True))
        for key, cells in zip(keys, rows, strict=True)
    }


STEADY = grid((1, 2, 3), (4, 5, 9), (5, 7, 12))


def test_totals_in_step_follow_up_to_the_corner() -> None:
    assert changes(STEADY, one_a=2) == {"one_total": 4, "total_a": 6, "total_total": 13}


def test_a_typed_total_stays_and_only_what_is_in_step_follows() -> None:
    typed = grid((1, 2, 99), (4, 5, 9), (5, 7, 12))
    assert changes(typed, one_a=2) == {"total_a": 6}


def test_what_the_edit_itself_sets_is_not_overwritten() -> None:
    assert "one_total" not in changes(STEADY, one_a=2, one_total=50)


def test_a_blank_total_waits_for_all_parts() -> None:
    blank = grid((1, None, None), (4, 5, 9), (5, None, None))
    assert changes(blank, one_b=2) == {"one_total": 3, "total_b": 7, "total_total": 12}
    assert changes(grid((None, None, None), (4, 5, 9), (5, None, None)), one_b=2) == {"total_b": 7}


def test_a_cleared_part_clears_what_followed() -> None:
    assert changes(STEADY, one_a=None) == {"one_total": None, "total_a": None, "total_total": None}


def test_a_text_counts_as_no_figure() -> None:
    assert changes(STEADY, one_a="/") == {"one_total": None, "total_a": None, "total_total": None}


def test_the_corner_moves_only_where_both_sums_agree() -> None:
    """The corner is in step, but the row total is typed: its two sums part."""
    typed = grid((1, 2, 3), (4, 5, 9), (5, 7, 12))
    typed["one"]["total"] = 4
    typed["total"]["total"] = 13
    assert "total_total" not in changes(typed, one_a=2)


def test_nothing_follows_an_edit_elsewhere() -> None:
    assert changes(STEADY, total_total=13) == {}


def test_order_is_inner_totals_first() -> None:
    targets = [total.target[1:] for total in sheet().totals(sheet().form)]
    assert targets.index(("total", "total")) > targets.index(("one", "total"))
    assert targets.index(("total", "total")) > targets.index(("total", "a"))


def test_subtotals_in_groups() -> None:
    inner = {"x": row(CELLS, title="子"), "sub": row(CELLS, title="小计")}
    rows = {"g": group("组", inner), "total": row(CELLS, title="总计")}
    rules: list[Data] = [
        {"id": "SUB", "each": "column", "total": "g.sub", "of": ["g.x"]},
        {"id": "COL", "each": "column", "total": "total", "of": ["g.sub"]},
    ]
    checking = checker(schema({"t": table("表", rows, **{"x-rules": rules})}))
    start = Report({"t": {"g": {"x": {"a": 1}, "sub": {"a": 1}}, "total": {"a": 1}}})
    edited = Pointer.of("t", "g", "x", "a")
    after = start.after(Transaction((SetValue(edited, 5),)))
    found = following(checking.totals(checking.form), start, after, frozenset({edited}))
    assert [(edit.pointer[1:], edit.value) for edit in found] == [
        (("g", "sub", "a"), 5),
        (("total", "a"), 5),
    ]


def test_a_circle_is_refused() -> None:
    with pytest.raises(SchemaError) as caught:
        sheet(
            [
                {"id": "A", "each": "row", "total": "a", "of": ["b"]},
                {"id": "B", "each": "row", "total": "b", "of": ["a"]},
            ]
        )
    assert "互相包含" in caught.value.what.zh
