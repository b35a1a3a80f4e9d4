"""Lines of Chinese and Latin text: what may stand at their ends, and what is never cut."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure_tui.render.line_breaking import may_break
from disclosure_tui.render.width import MEASURE

CLOSING = "。，、；：？！）》」』”’…—"
OPENING = "（《「『“‘"
ADDRESS = "https://www.gov.cn/zwgk/2023/01.html?a=1"
WORDS = (
    "12345",
    "1,234.5万元",
    "99.9%",
    "3.5个百分点",
    "30件",
    "１２件",
    "2023年",
    ADDRESS,
    "Word",
)

PROSE = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from([*CLOSING, *OPENING, " ", "\u3000"]),
        st.text(st.sampled_from("政府信息公开年度报告依申请办理结果"), max_size=6),
    ),
    max_size=40,
).map("".join)


def laid(text: str, cells: int, hanging: int | None = None) -> list[str]:
    """Return the lines of a text, blanks at their ends included."""
    starts = MEASURE.line_starts(text, cells, hanging)
    return [text[a:b] for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]


@settings(max_examples=300, deadline=None)
@given(PROSE, st.one_of(st.integers(2, 9), st.integers(2, 60)))
def test_every_character_is_kept_in_its_order_and_no_line_is_too_long(
    text: str, cells: int
) -> None:
    lines = laid(text, cells)
    assert "".join(lines) == text
    assert all(MEASURE.width(line.rstrip(" \u3000")) <= cells for line in lines)


@settings(max_examples=300, deadline=None)
@given(PROSE, st.integers(4, 60))
def test_where_the_caret_must_stand_blanks_go_on_in_the_next_line(text: str, cells: int) -> None:
    lines = laid(text, cells, hanging=1)
    assert "".join(lines) == text
    assert all(MEASURE.width(line) <= cells + 1 for line in lines)
    assert all(MEASURE.width(line.rstrip(" ")) <= cells + 1 for line in lines)


@settings(max_examples=500, deadline=None)
@given(PROSE, st.integers(4, 60))
@example("123451234512345123451234512345。。", 4)
def test_no_punctuation_stands_at_the_wrong_end_where_that_can_be_avoided(
    text: str, cells: int
) -> None:
    starts = MEASURE.line_starts(text, cells)
    for before, start in zip((0, *starts), starts, strict=False):
        if not start or _is_good(text, start):
            continue
        # What would be carried into the next line must find its place there.
        others = (place for place in range(before + 1, start) if _is_good(text, place))
        assert not any(MEASURE.width(text[place : start + 1]) <= cells for place in others)


def _is_good(text: str, place: int) -> bool:
    """Tell whether a line may begin there as far as punctuation is concerned."""
    return text[place] not in CLOSING and text[place - 1] not in OPENING


FILLING = st.tuples(
    st.text(st.sampled_from("政府信息公开依申请办理结果"), min_size=1, max_size=6),
    st.sampled_from(["", "，", "。", "（", "《"]),
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(FILLING, st.sampled_from(WORDS)), max_size=12), st.integers(46, 90))
def test_numbers_words_and_addresses_are_never_cut(
    pieces: list[tuple[str, str]], cells: int
) -> None:
    text = "".join(filling + word for filling, word in pieces)
    starts = set(MEASURE.line_starts(text, cells))
    position = 0
    for filling, word in pieces:
        position += len(filling)
        assert not starts & set(range(position + 1, position + len(word)))
        position += len(word)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("全年共收到申请12345件，其中", 20, ["全年共收到申请", "12345件，其中"]),
        ("收取费用1234.5万元整", 14, ["收取费用", "1234.5万元整"]),
        ("增长了3.5个百分点左右", 16, ["增长了", "3.5个百分点左右"]),
        ("按国办公开办函〔2021〕30号", 22, ["按国办公开办函", "〔2021〕30号"]),
        ("共有 12 余次会议", 10, ["共有", "12 余次会", "议"]),
        ("详见“政府信息公开”栏", 10, ["详见“政府", "信息公开”", "栏"]),
        ("他说“（一）公开”", 7, ["他说", "“（一）", "公开”"]),
        ("其他……说明", 7, ["其他……", "说明"]),
        ("主动公开——说明", 9, ["主动公", "开——说明"]),
        ("it’s public now", 8, ["it’s", "public", "now"]),
        ("naïve café au", 8, ["naïve", "café au"]),
        ("11.）", 3, ["11.", "）"]),
        ("abcdefghij。", 10, ["abcdefghi", "j。"]),
        ("公开１２．５件", 10, ["公开", "１２．５件"]),
    ],
)
def test_lines(text: str, cells: int, lines: list[str]) -> None:
    assert [line.rstrip(" ") for line in laid(text, cells)] == lines


def test_a_caret_may_stand_on_one_blank_behind_a_line() -> None:
    assert laid("政府 信息", 4, hanging=1) == ["政府 ", "信息"]
    assert laid("政府  信息", 4, hanging=1) == ["政府 ", " 信", "息"]
    assert laid("政府\u3000\u3000", 4, hanging=1) == ["政府", "\u3000\u3000"]


@given(st.characters(), st.characters())
def test_any_two_characters_are_decided(before: str, after: str) -> None:
    assert may_break(before, after) in (True, False)


def test_two_signs_of_one_dash_stay_together() -> None:
    assert not may_break("—", "—")
    assert may_break("—", "明")
