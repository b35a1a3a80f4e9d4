"""Calculating: exact figures, missing values, codes and ranges (DIALECT 7)."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.rules.expression import arithmetic
from disclosure_tui.rules.expression.truth import (
    INAPPLICABLE,
    Truth,
    Undecided,
    contains,
    present,
)
from disclosure_tui.rules.expression.values import (
    INFINITY,
    Coded,
    Interval,
    Meaning,
    Missing,
    Value,
)

NOT_APPLICABLE = Coded("N/A", Meaning.NOT_APPLICABLE)
UNKNOWN = Coded("?", Meaning.UNKNOWN)
BELOW_ONE = Coded("<1", Meaning.RANGE, 0, 1)
BELOW_TEN = Coded("<10", Meaning.RANGE, 0, 10)
FROM_TEN = Coded(">=10", Meaning.RANGE, 10)
LOWEST = Coded("<0", Meaning.RANGE, None, 0)
D = Decimal


def undecided(missing: Missing) -> Undecided:
    return Undecided(missing)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ([1, 2, 3], 6),
        ([1, D("0.1"), D("0.2")], D("1.3")),
        ([10**40, D("1E-40")], D("1" + "0" * 40 + "." + "0" * 39 + "1")),
        ([1, NOT_APPLICABLE], Missing.NOT_APPLICABLE),
        ([NOT_APPLICABLE, Missing.BLANK], Missing.NOT_APPLICABLE),
        ([Missing.NO_PRIOR, Missing.BLANK], Missing.BLANK),
        ([Missing.NO_PRIOR, UNKNOWN], Missing.UNKNOWN),
        ([Missing.NO_PRIOR, "text"], Missing.MISTYPED),
        ([Missing.BLANK, "text"], Missing.BLANK),
        ([1, Missing.NO_PRIOR], Missing.NO_PRIOR),
        ([True, 1], Missing.MISTYPED),
        ([0.5, 1], Missing.MISTYPED),
        ([D("NaN"), 1], Missing.MISTYPED),
        ([D("Infinity"), 1], Missing.MISTYPED),
        ([D("1E+20000"), 1], Missing.MISTYPED),
        ([D("1E+999999999"), 1], Missing.MISTYPED),
        ([BELOW_ONE, 2], Interval(2, 3, high_open=True)),
        ([BELOW_ONE, BELOW_TEN], Interval(0, 11, high_open=True)),
        ([FROM_TEN, 1], Interval(11, INFINITY, high_open=True)),
    ],
)
def test_addition(values: list[Value], result: Value) -> None:
    assert arithmetic.add(values) == result


def test_whole_numbers_stay_whole_numbers() -> None:
    assert type(arithmetic.add([1, 2])) is int
    assert type(arithmetic.multiply(3, 2)) is int
    assert type(arithmetic.rounded(3, 2)) is int


def test_the_context_of_the_caller_changes_nothing() -> None:
    long = D("1." + "3" * 60)
    with localcontext() as context:
        context.prec = 3
        assert arithmetic.add([long, 0]) == long
        assert arithmetic.negate(long) == long.copy_negate()
        assert arithmetic.multiply(long, 2) == D("2." + "6" * 60)
        assert arithmetic.magnitude(long.copy_negate()) == long
    assert getcontext().prec == 28


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        (3, 4, 12),
        (D("0.5"), 4, 2),
        (2, BELOW_ONE, Interval(0, 2, high_open=True)),
        (BELOW_ONE, -2, Interval(-2, 0, low_open=True)),
        (0, FROM_TEN, 0),
        (1, BELOW_ONE, BELOW_ONE),
        (-1, FROM_TEN, Interval(-INFINITY, -10, low_open=True)),
        (2, Missing.BLANK, Missing.BLANK),
        (0, Missing.BLANK, Missing.BLANK),
        (2, NOT_APPLICABLE, Missing.NOT_APPLICABLE),
        (2, "x", Missing.MISTYPED),
        (D("1E+999999999999999999"), D("1E+999999999999999999"), Missing.MISTYPED),
    ],
)
def test_multiplication(left: Value, right: Value, result: Value) -> None:
    assert arithmetic.multiply(left, right) == result


def test_no_minus_zero() -> None:
    assert str(arithmetic.negate(D("0.00"))) == "0.00"


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (-3, 3),
        (D("-0.5"), D("0.5")),
        (BELOW_ONE, BELOW_ONE),
        (LOWEST, Interval(0, INFINITY, low_open=True)),
        (Interval(-3, 2, high_open=True), Interval(0, 3)),
        (Interval(-2, 2, low_open=True), Interval(0, 2)),
        (Interval(-1, 2, high_open=True), Interval(0, 2, high_open=True)),
        (Missing.BLANK, Missing.BLANK),
        (NOT_APPLICABLE, Missing.NOT_APPLICABLE),
    ],
)
def test_magnitude(value: Value, result: Value) -> None:
    assert arithmetic.magnitude(value) == result


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [
        (D("2.5"), 0, 3),
        (D("-2.5"), 0, -3),
        (D("0.125"), 2, D("0.13")),
        (D("0.1249"), 2, D("0.12")),
        (D("1E+5"), 2, 100000),
        (D("1E-5000"), 2, 0),
        (7, 2, 7),
        (BELOW_ONE, 0, Interval(0, 1)),
        (Interval(0, D("0.5"), high_open=True), 0, Interval(0, 0)),
        (Interval(D("-0.5"), 0, low_open=True), 0, Interval(0, 0)),
        (Interval(D("-1.5"), D("-0.5"), high_open=True), 0, Interval(-2, -1)),
        (FROM_TEN, 0, Interval(10, INFINITY)),
        (Missing.NO_PRIOR, 0, Missing.NO_PRIOR),
        ("x", 0, Missing.MISTYPED),
    ],
)
def test_rounding(value: Value, places: int, result: Value) -> None:
    assert arithmetic.rounded(value, places) == result


ABSENT = Missing.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("values", "total", "count", "least", "greatest"),
    [
        ([], ABSENT, 0, ABSENT, ABSENT),
        ([NOT_APPLICABLE], ABSENT, 0, ABSENT, ABSENT),
        ([Missing.NOT_APPLICABLE], ABSENT, 0, ABSENT, ABSENT),
        ([3, NOT_APPLICABLE, 1], 4, 2, 1, 3),
        ([3, Missing.BLANK, NOT_APPLICABLE], *[Missing.BLANK] * 4),
        ([3, Missing.MISTYPED, Missing.NO_PRIOR], *[Missing.MISTYPED] * 4),
        ([3, Missing.NO_PRIOR], *[Missing.NO_PRIOR] * 4),
        ([3, UNKNOWN], *[Missing.UNKNOWN] * 4),
        (["a", 3], Missing.MISTYPED, 2, Missing.MISTYPED, Missing.MISTYPED),
        ([BELOW_ONE], BELOW_ONE, 1, BELOW_ONE, BELOW_ONE),
        ([BELOW_ONE, NOT_APPLICABLE], BELOW_ONE, 1, BELOW_ONE, BELOW_ONE),
        ([BELOW_ONE, 5], Interval(5, 6, high_open=True), 2, BELOW_ONE, 5),
        ([BELOW_ONE, 1], Interval(1, 2, high_open=True), 2, BELOW_ONE, 1),
        ([BELOW_ONE, 0], Interval(0, 1, high_open=True), 2, 0, BELOW_ONE),
        ([BELOW_ONE, BELOW_ONE], Interval(0, 2, high_open=True), 2, BELOW_ONE, BELOW_ONE),
        (
            [BELOW_TEN, 5],
            Interval(5, 15, high_open=True),
            2,
            Interval(0, 5),
            Interval(5, 10, high_open=True),
        ),
        (
            [BELOW_ONE, BELOW_TEN, FROM_TEN],
            Interval(10, INFINITY, high_open=True),
            3,
            Interval(0, 1, high_open=True),
            FROM_TEN,
        ),
        ([FROM_TEN, 10], Interval(20, INFINITY, high_open=True), 2, 10, FROM_TEN),
    ],
)
def test_folds(
    values: list[Value], total: Value, count: Value, least: Value, greatest: Value
) -> None:
    assert arithmetic.total(values) == total
    assert arithmetic.count(values) == count
    assert arithmetic.least(values) == least
    assert arithmetic.greatest(values) == greatest


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("报告", 2),
        ("", 0),
        (5, Missing.MISTYPED),
        (BELOW_ONE, Missing.MISTYPED),
        (Missing.BLANK, Missing.BLANK),
        (NOT_APPLICABLE, Missing.NOT_APPLICABLE),
    ],
)
def test_length(value: Value, result: Value) -> None:
    assert arithmetic.length(value) == result


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        ("年度报告", True),
        ("年度总结", False),
        (5, undecided(Missing.MISTYPED)),
        (Missing.BLANK, undecided(Missing.BLANK)),
        (NOT_APPLICABLE, INAPPLICABLE),
    ],
)
def test_contains(value: Value, truth: Truth) -> None:
    assert contains(value, "报告") == truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (0, True),
        ("", True),
        (NOT_APPLICABLE, True),
        (UNKNOWN, True),
        (BELOW_ONE, True),
        (Missing.MISTYPED, True),
        (Missing.BLANK, False),
        (Missing.NO_PRIOR, False),
        (Missing.NOT_APPLICABLE, False),
    ],
)
def test_present_is_never_undecided(value: Value, truth: bool) -> None:
    assert present(value) is truth


@given(*[st.tuples(st.integers(-9, 9), st.integers(0, 9), st.integers(0, 9)) for _ in "ab"])
def test_of_two_ranges_every_product_lies_in_the_result(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    spans = [Interval(low, low + size + more) for low, size, more in (one, other)]
    points = [low + size for low, size, _ in (one, other)]
    found = arithmetic.multiply(*spans)
    assert isinstance(found, Interval)
    assert found.low <= points[0] * points[1] <= found.high


def test_a_range_without_an_end_times_nothing_is_nothing() -> None:
    endless = Interval(0, D("Infinity"))
    assert arithmetic.multiply(endless, Interval(0, 0)) == Interval(0, 0)
    assert arithmetic.multiply(endless, endless) == endless
