"""A report as plain data, and what edits make of it."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

DATA: dict[str, Any] = {"a": {"x": 1, "y": None}, "l": [10, {"k": 20}], "s": "文"}


def after(*edits: Edit) -> Any:
    return Report(DATA).after(Transaction(edits)).data


def at(*keys: str) -> Pointer:
    return Pointer(keys)


def test_values() -> None:
    report = Report(DATA)
    assert report.value_at(()) is DATA
    assert report.value_at(at("a", "x")) == 1
    assert report.value_at(at("l", "1", "k")) == 20
    for nothing in (at("b"), at("a", "x", "z"), at("l", "2"), at("l", "-1"), at("s", "0")):
        assert report.value_at(nothing) is None
        assert not report.has(nothing)
    assert report.has(at("a", "y"))
    assert report.has(at("l", "1"))
    assert report.has(())


def test_leaves_in_file_order() -> None:
    leaves = [(str(pointer), value) for pointer, value in Report(DATA).leaves()]
    assert leaves == [("/a/x", 1), ("/a/y", None), ("/l/0", 10), ("/l/1/k", 20), ("/s", "文")]
    assert [str(pointer) for pointer, _ in Report(DATA).leaves(at("a"))] == ["/a/x", "/a/y"]


def test_set_insert_remove() -> None:
    assert after(SetValue(at("a", "x"), 2))["a"] == {"x": 2, "y": None}
    assert after(InsertValue(at("a", "z"), 3))["a"] == {"x": 1, "y": None, "z": 3}
    assert after(RemoveValue(at("a", "x")))["a"] == {"y": None}
    assert after(InsertValue(at("l", "0"), 5))["l"] == [5, 10, {"k": 20}]
    assert after(InsertValue(at("l", "2"), 5))["l"] == [10, {"k": 20}, 5]
    assert after(RemoveValue(at("l", "0")))["l"] == [{"k": 20}]
    assert after(SetValue(at("l", "1", "k"), 5))["l"] == [10, {"k": 5}]


def test_each_edit_sees_the_ones_before() -> None:
    data = after(InsertValue(at("n"), {}), InsertValue(at("n", "k"), 1), SetValue(at("n", "k"), 2))
    assert data["n"] == {"k": 2}


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(at("b"), 1),
        SetValue(at("a", "q", "r"), 1),
        SetValue(at("s", "x"), 1),
        InsertValue(at("a", "x"), 1),
        InsertValue(at("l", "5"), 1),
        RemoveValue(at("a", "q")),
    ],
    ids=str,
)
def test_what_cannot_be_done(edit: Edit) -> None:
    with pytest.raises(KeyError):
        after(edit)


def test_the_report_before_is_as_it_was_and_shares_the_rest() -> None:
    before = Report(DATA)
    changed = before.after(Transaction((SetValue(at("a", "x"), 2),)))
    assert before.data == {"a": {"x": 1, "y": None}, "l": [10, {"k": 20}], "s": "文"}
    assert changed.data["l"] is DATA["l"]


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ((), ["b", "d", "x", "c"]),
        (("a", "b", "c", "d"), ["b", "c", "d", "x"]),
        (("d", "c", "b"), ["b", "d", "c", "x"]),
        (("c", "b", "d"), ["c", "b", "d", "x"]),
        (("b", "d"), ["b", "d", "x", "c"]),
    ],
)
def test_an_inserted_key_stands_behind_the_nearest_before_it(
    order: tuple[str, ...], keys: list[str]
) -> None:
    report = Report({"b": 1, "d": 2, "x": 3})
    changed = report.after(Transaction((InsertValue(at("c"), 0, order),)))
    assert list(changed.data) == keys
