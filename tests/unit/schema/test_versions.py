"""Which of two versions is the newer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.schema.versions import version_key

NUMBERS = st.lists(st.integers(0, 10**30), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2026.9", "2026.10"),
        ("2025.12", "2026.1"),
        ("2026.1", "2026.1.1"),
        ("2026.1-draft", "2026.1"),
        ("2026.1-draft", "2026.1-draft2"),
        ("2026.1a", "2026.1b"),
        ("9" * 5000, "1" + "0" * 5000),
    ],
)
def test_numbers_are_compared_as_numbers(older: str, newer: str) -> None:
    assert version_key(older) < version_key(newer)


def test_leading_zeros_make_no_other_version() -> None:
    assert version_key("2026.01") == version_key("2026.1")
    assert version_key("2026.10") != version_key("2026.1")
    assert version_key("0.0") == version_key("00.000") != version_key("0")


@given(NUMBERS, NUMBERS)
def test_versions_of_numbers_are_ordered_as_lists_of_numbers_are(
    one: list[int], other: list[int]
) -> None:
    first, second = (version_key(".".join(map(str, numbers))) for numbers in (one, other))
    assert (first < second) is (one < other)
    assert (first == second) is (one == other)
