"""What typed text becomes in a cell, and how a value is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.cell_type import CellType, Code, Meaning
from disclosure_tui.model.report import Scalar
from disclosure_tui.model.validator import fault

COUNT = CellType(frozenset({"integer"}))
AMOUNT = CellType(frozenset({"number"}), decimals=6)
TEXT = CellType(frozenset({"string"}))
DATE = CellType(frozenset({"string"}), format="date")
CODED = CellType(
    frozenset({"number"}),
    codes={
        "N/A": Code("N/A", Meaning.NOT_APPLICABLE),
        "<1": Code("<1", Meaning.RANGE, lowest=0, below=1),
    },
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("0", 0),
        ("007", 7),
        ("-3", -3),
        ("+3", 3),
        ("１２３", 123),
        ("－３", -3),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("1 234", 1234),
        ("59237.2449", Decimal("59237.2449")),
        ("1,234.50", Decimal("1234.50")),
        ("３．５", Decimal("3.5")),
        ("3。5", Decimal("3.5")),
        ("", None),
        ("   ", None),
        ("\u3000", None),
        ("/", "/"),
        ("无", "无"),
        ("-", "-"),
        (".", "."),
        ("3件", "3件"),
        ("1,23", "1,23"),
        ("1,2345", "1,2345"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("１２月", "１２月"),
        ("٣", "٣"),
        ("²", "²"),
        ("3-2", "3-2"),
        ("1.2.3", "1.2.3"),
        ("nan", "nan"),
        ("Infinity", "Infinity"),
    ],
)
@pytest.mark.parametrize("cell", [COUNT, AMOUNT], ids=["count", "amount"])
def test_read_figures(cell: CellType, typed: str, value: Scalar) -> None:
    read = cell.read(typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("typed", "value"), [("n/a", "N/A"), ("Ｎ／Ａ", "N/A"), ("＜1", "<1"), ("2", 2), ("x", "x")]
)
def test_read_codes(typed: str, value: Scalar) -> None:
    assert CODED.read(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"), [("12", "12"), (" 甲 ", " 甲 "), ("", None), (" ", None)]
)
def test_read_text(typed: str, value: Scalar) -> None:
    assert TEXT.read(typed) == value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (Decimal("59237.2449"), "59237.2449"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.50"), "0.50"),
        ("无", "无"),
        (True, "true"),
    ],
)
def test_show(value: Scalar, printed: str) -> None:
    assert AMOUNT.show(value) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "2020-01-31",
        "2020年1月31日",
        "2020年01月31日",
        "2020/1/31",
        "2020.1.31",
        "２０２０年１月３１日",
        " 2020 年 1 月 31 日 ",
    ],
)
def test_a_date_is_read_as_it_is_printed(typed: str) -> None:
    assert DATE.read(typed) == "2020-01-31"
    assert fault(DATE, typed) is None


@pytest.mark.parametrize("typed", ["2020年13月1日", "2023-02-29", "1月31日", "2020年1月", "昨天"])
def test_what_is_no_date_stays_as_it_was_typed(typed: str) -> None:
    assert DATE.read(typed) == typed
    assert fault(DATE, typed) is not None


def test_show_signed() -> None:
    signed = CellType(frozenset({"integer"}), signed=True)
    assert [signed.show(value) for value in (2, 0, -1)] == ["+2", "0", "-1"]


def test_label() -> None:
    level = CellType(frozenset({"string"}), values={"county": {"zh": "县级政府", "en": "County"}})
    assert level.label("county", "zh") == "县级政府"
    assert level.label("county", "en") == "County"
    assert level.label("town", "zh") == "town"


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_what_is_shown_is_read_again(value: int | Decimal) -> None:
    assert AMOUNT.read(AMOUNT.show(value)) == value


@given(st.text())
def test_reading_never_fails(typed: str) -> None:
    for cell in (COUNT, AMOUNT, TEXT, CODED, DATE):
        cell.read(typed)
