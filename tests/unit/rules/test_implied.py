"""Which rules follow from others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.rules.implied import Implied, _Span, implied_rules
from tiny import Data, checker, figure, row, schema, table

CELLS = {name: figure(name) for name in "abc"}


def found(rules: list[Data], names: str = "xy") -> list[Implied]:
    rows = {name: row(CELLS, title=name) for name in names}
    checking = checker(schema({"t": table("表", rows, **{"x-rules": rules})}))
    return list(implied_rules(checking.instances(checking.form)))


def rule(identifier: str, check: str, **more: Any) -> Data:
    return {"id": identifier, "check": check, **more}


@pytest.mark.parametrize(
    ("rules", "implied"),
    [
        ([rule("A", "x.a = x.b"), rule("B", "2 * x.b = 2 * x.a")], [("A", ("B",))]),
        (
            [
                rule("A", "x.a = x.b"),
                rule("B", "x.b = x.c"),
                rule("C", "x.a - x.c = 0"),
                rule("D", "y.a = x.c"),
            ],
            [("A", ("B", "C"))],
        ),
        ([rule("R", "a + b = c", each="row"), rule("A", "y.c - y.b = y.a")], [("A", ("R",))]),
        ([rule("A", "x.a = 3"), rule("B", "x.b = 3"), rule("C", "x.a = x.b")], [("A", ("B", "C"))]),
        # The parts of a total and a balance over it.
        (
            [
                {"id": "T", "total": "x.c", "of": ["x.a", "x.b"]},
                rule("A", "x.a + x.b = y.c"),
                rule("B", "x.c = y.c"),
            ],
            [("T", ("A", "B"))],
        ),
        ([rule("A", "x.a = x.b"), rule("B", "x.a = x.c")], []),
        ([rule("A", "x.a = x.b"), rule("B", "x.a = x.b + 1")], []),
        # At some places only, or at times only, is not enough.
        ([rule("R", "a = b", each="row"), rule("A", "x.a = x.b")], [("A", ("R",))]),
        ([rule("A", "x.a = x.b", when="x.c = 1"), rule("B", "x.a = x.b", when="x.c = 2")], []),
        ([rule("A", "x.a = x.b"), rule("B", "x.a = x.b", tolerance="printed")], [("B", ("A",))]),
        # Last year's figures are others.
        ([rule("A", "x.a = x.b"), rule("B", "x.a = prior.x.b", severity="query")], []),
        ([rule("A", "x.a <= x.b"), rule("B", "x.a <= x.b")], []),
    ],
)
def test_what_follows(rules: list[Data], implied: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(each.rule, each.by) for each in found(rules)] == implied


vectors = st.lists(st.integers(-2, 2), min_size=4, max_size=4)


@settings(max_examples=200)
@given(st.lists(vectors, max_size=4), st.lists(st.integers(-2, 2), max_size=4), vectors)
def test_sums_of_multiples_follow_and_others_do_not(
    rows: list[list[int]], factors: list[int], other: list[int]
) -> None:
    span = _Span()
    for number, each in enumerate(rows):
        span.add(sparse(each), number)
    combined = [
        sum(factor * each[i] for factor, each in zip(factors, rows, strict=False)) for i in range(4)
    ]
    reasons = span.reasons(sparse(combined))
    assert reasons is not None
    assert reasons <= set(range(len(rows)))
    assert (span.reasons(sparse(other)) is not None) is (rank(rows) == rank([*rows, other]))


def sparse(row: list[int]) -> dict[Any, Fraction]:
    return {index: Fraction(value) for index, value in enumerate(row) if value}


def rank(rows: list[list[int]]) -> int:
    """The rank of a small matrix: the size of its greatest minor that is not zero."""
    from itertools import combinations

    def determinant(matrix: list[list[int]]) -> int:
        if not matrix:
            return 1
        first, *rest = matrix
        return sum(
            (-1) ** i * value * determinant([row[:i] + row[i + 1 :] for row in rest])
            for i, value in enumerate(first)
        )

    for size in range(min(len(rows), 4), 0, -1):
        for chosen in combinations(rows, size):
            for columns in combinations(range(4), size):
                if determinant([[row[c] for c in columns] for row in chosen]):
                    return size
    return 0
