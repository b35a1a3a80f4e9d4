"""Comparing values and joining verdicts (DIALECT 7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_tui.rules.expression.syntax import Operator
from disclosure_tui.rules.expression.truth import (
    INAPPLICABLE,
    Truth,
    Undecided,
    compare,
    compare_with_text,
    opposite,
    weaker,
)
from disclosure_tui.rules.expression.values import (
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
D = Decimal


def undecided(missing: Missing) -> Undecided:
    return Undecided(missing)


DOUBT = Undecided(Missing.DOUBTFUL)


MISTYPED = undecided(Missing.MISTYPED)


@pytest.mark.parametrize(
    ("left", "right", "truths"),
    [
        # in the order = != < <= > >=
        (1, 2, [False, True, True, True, False, False]),
        (2, 2, [True, False, False, True, False, True]),
        (2, D("2.0"), [True, False, False, True, False, True]),
        (D("1E+999999"), 10**30, [False, True, False, False, True, True]),
        ("a", "a", [True, False, MISTYPED, MISTYPED, MISTYPED, MISTYPED]),
        ("a", "A", [False, True, MISTYPED, MISTYPED, MISTYPED, MISTYPED]),
        ("a", 1, [MISTYPED] * 6),
        (Missing.BLANK, "a", [undecided(Missing.BLANK)] * 6),
        (Missing.NO_PRIOR, 1, [undecided(Missing.NO_PRIOR)] * 6),
        (Missing.NO_PRIOR, NOT_APPLICABLE, [INAPPLICABLE] * 6),
        (Missing.BLANK, NOT_APPLICABLE, [INAPPLICABLE] * 6),
        (UNKNOWN, 1, [undecided(Missing.UNKNOWN)] * 6),
        (UNKNOWN, UNKNOWN, [undecided(Missing.UNKNOWN)] * 6),
        (BELOW_ONE, BELOW_ONE, [True, False, False, True, False, True]),
        (BELOW_ONE, 1, [False, True, True, True, False, False]),
        (1, BELOW_ONE, [False, True, False, False, True, True]),
        (BELOW_ONE, 0, [DOUBT, DOUBT, False, DOUBT, DOUBT, True]),
        (BELOW_ONE, D("0.5"), [DOUBT] * 6),
        (BELOW_ONE, -1, [False, True, False, False, True, True]),
        (BELOW_ONE, BELOW_TEN, [DOUBT] * 6),
        (BELOW_TEN, FROM_TEN, [False, True, True, True, False, False]),
        (Interval(1, 1), 1, [True, False, False, True, False, True]),
        (BELOW_ONE, Interval(0, 1, high_open=True), [DOUBT] * 6),
    ],
)
def test_comparisons(left: Value, right: Value, truths: list[Truth]) -> None:
    assert [compare(operator, left, right) for operator in Operator] == truths


@pytest.mark.parametrize(
    ("left", "truths"),
    [
        (NOT_APPLICABLE, [True, False, INAPPLICABLE]),
        (UNKNOWN, [False, True, MISTYPED]),
        (BELOW_ONE, [False, True, MISTYPED]),
        ("N/A", [True, False, MISTYPED]),
        (5, [False, True, MISTYPED]),
        (Decimal("0.5"), [False, True, MISTYPED]),
        (Missing.BLANK, [undecided(Missing.BLANK)] * 3),
        (Missing.NOT_APPLICABLE, [INAPPLICABLE] * 3),
    ],
)
def test_a_code_and_a_text_literal(left: Value, truths: list[Truth]) -> None:
    operators = (Operator.EQUAL, Operator.UNEQUAL, Operator.LESS)
    assert [compare_with_text(operator, left, "N/A") for operator in operators] == truths
    assert [compare_with_text(operator, "N/A", left) for operator in operators] == truths


BLANK, NO_PRIOR = undecided(Missing.BLANK), undecided(Missing.NO_PRIOR)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (True, BLANK, BLANK),
        (False, INAPPLICABLE, INAPPLICABLE),
        (INAPPLICABLE, BLANK, BLANK),
        (NO_PRIOR, BLANK, BLANK),
        (NO_PRIOR, INAPPLICABLE, NO_PRIOR),
    ],
)
def test_what_is_joined_without_a_deciding_part(left: Truth, right: Truth, joined: Truth) -> None:
    assert weaker(left, right) == joined
    assert weaker(right, left) == joined


def test_not() -> None:
    assert [opposite(truth) for truth in (True, False, BLANK, INAPPLICABLE)] == [
        False,
        True,
        BLANK,
        INAPPLICABLE,
    ]


@pytest.mark.parametrize("truth", [BLANK, INAPPLICABLE])
def test_an_open_verdict_cannot_be_taken_for_yes_or_no(truth: Truth) -> None:
    with pytest.raises(TypeError):
        bool(truth)
