"""Lists of parts, and percentages as they are printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.rules.prose.listing import listing_of
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.percentages import Fit, fit, rounded
from disclosure_tui.rules.prose.similarity import share_taken_over


def parts(text: str) -> list[int | Decimal] | None:
    page = Page(text)
    listing = listing_of(page, next(iter(page.figures.values())))
    return None if listing is None else [part.value for part in listing.parts]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("发布78条，其中动态47条、政务31条。", [47, 31]),
        ("发布78条。其中：动态47条；政务31条。", [47, 31]),
        ("收办10件（甲5件、乙3件、丙2件），已办结。", [5, 3, 2]),
        ("收取740元，其中，甲1件，收取420元；乙1件，收取320元。", [420, 320]),
        ("收到5件，其中甲3件、乙2件；予以公开1件、不予公开4件。", [3, 2]),
        ("制作8期，其中市级5期（含重播2期）、县级3期。", [5, 3]),
        ("收到5件，其中甲3件，乙2件，另有来信4件。", [3, 2]),
        ("受理4件（其中：自然人3件、企业1件），上年结转7件，答复3件。", [3, 1]),
        ("受理4件（新收，其中甲3件、乙1件），上年结转7件。", [3, 1]),
    ],
)
def test_a_list_is_read(text: str, values: list[int]) -> None:
    assert parts(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "发布78条，其中动态47条、政务30条等。",
        "发布78条，转发5条，其中动态47条、政务31条。",
        "发布78条，其中动态40余条、政务31条。",
        "发布78条，其中动态47条。",
        "收办10件（其中含甲5件、乙3件）。",
        "发布78条，浏览5000次。",
    ],
)
def test_what_may_mean_something_else_is_no_list(text: str) -> None:
    assert parts(text) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_rounded_percentage_fits(part: int, whole: int, places: int) -> None:
    share = Fraction(part, whole)
    assert fit(rounded(share, places), places, share) is Fit.ROUNDED
    assert fit(rounded(share, places) + 1, places, share) is Fit.WRONG


def test_what_was_cut_off_is_told_from_what_is_wrong() -> None:
    assert fit(Decimal("4.34"), 2, Fraction(35, 805)) is Fit.TRUNCATED
    assert fit(Decimal("4.35"), 2, Fraction(35, 805)) is Fit.ROUNDED
    assert fit(Decimal("4.33"), 2, Fraction(35, 805)) is Fit.WRONG
    assert fit(Decimal("-12.3"), 1, Fraction(-123, 1000)) is Fit.ROUNDED


@given(st.text(alphabet="全年公开信息组织培训0123456789，。", min_size=8, max_size=60))
def test_a_text_is_all_taken_over_from_itself(text: str) -> None:
    assert share_taken_over(text, text) in (0, 100)
    assert share_taken_over(text, "") == 0
