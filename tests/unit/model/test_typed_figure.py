"""Figures typed as a sum of their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.typed_figure import is_unfinished, remark_with, typed_figure

COUNT = CellType(frozenset({"integer"}))
AMOUNT = CellType(frozenset({"number"}), decimals=6)
TEXT = CellType(frozenset({"string"}))


@pytest.mark.parametrize(
    ("typed", "value", "working"),
    [
        ("3+2+1", 6, "3+2+1 = 6"),
        ("３＋２＋１", 6, "3+2+1 = 6"),
        (" 3 + 2 ", 5, "3+2 = 5"),
        ("1,200+3", 1203, "1200+3 = 1203"),
        ("0+0", 0, "0+0 = 0"),
    ],
)
def test_a_sum_is_added_up(typed: str, value: int, working: str) -> None:
    figure = typed_figure(COUNT, typed)
    assert figure is not None
    assert (figure.value, figure.working) == (value, working)
    assert figure.parts == working.partition(" = ")[0]


@pytest.mark.parametrize(
    "typed", ["", "6", "+3", "-3", "3+", "+3+2", "3++2", "3+-2", "3+2.5", "3+无", "3+2件", "²+1"]
)
def test_anything_else_is_no_sum(typed: str) -> None:
    assert typed_figure(COUNT, typed) is None


@pytest.mark.parametrize("cell", [AMOUNT, TEXT])
def test_only_counts_are_added_up(cell: CellType) -> None:
    assert typed_figure(cell, "3+2") is None


@given(st.lists(st.integers(0, 10**12), min_size=2, max_size=9))
def test_any_parts_are_added_up(parts: list[int]) -> None:
    figure = typed_figure(COUNT, "+".join(map(str, parts)))
    assert figure is not None
    assert figure.value == sum(parts)


@pytest.mark.parametrize(
    ("typed", "unfinished"),
    [("3+", True), ("3+2＋", True), ("+", False), ("无+", False), ("3", False)],
)
def test_the_beginning_of_a_sum_is_known(typed: str, unfinished: bool) -> None:
    assert is_unfinished(COUNT, typed) is unfinished
    assert not is_unfinished(AMOUNT, typed)


@pytest.mark.parametrize(
    ("before", "parts", "after"),
    [
        (None, "3+2", "3+2"),
        ("3+2", "4+1", "4+1"),
        ("信访科提供", "3+2", "信访科提供；3+2"),
        ("信访科提供；3+2", "4+1", "信访科提供；4+1"),
        ("信访科提供；3+2", "", "信访科提供"),
        ("3+2", "", None),
        (None, "", None),
    ],
)
def test_parts_replace_the_parts_before_them(
    before: str | None, parts: str, after: str | None
) -> None:
    assert remark_with(COUNT, before, parts) == after
