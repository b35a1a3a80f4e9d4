"""Figures typed as a sum of their parts, or in another unit."""

from __future__ import annotations

from decimal import Decimal

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


def amount(unit: str, decimals: int = 6) -> CellType:
    return CellType(frozenset({"number"}), unit={"zh": unit}, decimals=decimals)


@pytest.mark.parametrize(
    ("unit", "typed", "working"),
    [
        ("万元", "12345元", "12345元 = 1.2345万元"),
        ("万元", "１２３４５元", "12345元 = 1.2345万元"),
        ("万元", "12,345.60 元", "12,345.60元 = 1.23456万元"),
        ("万元", "20000元", "20000元 = 2万元"),
        ("万元", "0元", "0元 = 0万元"),
        ("万元", "1.5亿元", "1.5亿元 = 15000万元"),
        ("万元", "5万元", "5万元 = 5万元"),
        ("元", "1.2345万元", "1.2345万元 = 12345元"),
        ("元", "2亿元", "2亿元 = 200000000元"),
        ("件", "3件", "3件 = 3件"),
        ("万元", "0.0001元", "0.0001元 = 0.00000001万元"),
    ],
)
def test_a_unit_behind_the_figure_is_converted(unit: str, typed: str, working: str) -> None:
    cell = amount(unit)
    figure = typed_figure(cell, typed)
    assert figure is not None
    assert figure.working == working
    assert figure.value == cell.read(working.partition(" = ")[2].removesuffix(unit))
    assert not figure.parts


@pytest.mark.parametrize("typed", ["12345", "元", "5件", "5美元", "无元", "5元5", "5元元", "-元"])
def test_what_is_no_figure_with_a_known_unit_stays_as_it_is(typed: str) -> None:
    assert typed_figure(amount("万元"), typed) is None


@pytest.mark.parametrize("unit", ["件", ""])
def test_money_is_converted_only_where_money_stands(unit: str) -> None:
    assert typed_figure(amount(unit), "5元") is None


@given(st.decimals(min_value=0, allow_nan=False, allow_infinity=False, places=9))
def test_there_and_back_is_exact_however_long(figure: Decimal) -> None:
    first = typed_figure(amount("万元"), f"{figure:f}元")
    assert first is not None
    back = typed_figure(amount("元"), f"{first.value:f}万元")
    assert back is not None
    assert back.value == figure


def test_the_beginning_of_a_unit_is_known() -> None:
    assert is_unfinished(amount("万元"), "5万")
    assert not is_unfinished(amount("万元"), "万")
    assert not is_unfinished(amount("件"), "5万")
