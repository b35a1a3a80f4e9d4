"""What the parser refuses, at which character, and how it says so; hostile texts."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from disclosure_tui.errors import SchemaError
from disclosure_tui.rules.expression import ExpressionError, caret_under, parse, parse_path
from disclosure_tui.rules.expression.fault import CONTEXT_AFTER, CONTEXT_BEFORE
from disclosure_tui.rules.expression.figures import NESTING_LIMIT
from disclosure_tui.rules.expression.scanner import TEXT_LIMIT

REFUSED = {
    "": 0,
    "   ": 3,
    "a": 0,
    "1": 0,
    "'x'": 0,
    "a + b": 0,
    "(a)": 1,
    "sum(a)": 0,
    "a =": 3,
    "= a": 0,
    "a == b": 3,
    "a = b = c": 6,
    "a < b <= c": 6,
    "a <> b": 3,
    "a = 1 and b": 10,
    "a or b = 1": 0,
    "not a": 4,
    "not not a = 1": 4,
    "a = b c": 6,
    "a = 5c": 5,
    "a = 1e5": 5,
    "a = .5": 4,
    "a = 5.": 5,
    "a = 1.2.3": 7,
    "a + = b": 4,
    "--a = b": 1,
    "a / b = 1": 2,
    "(a = b": 6,
    "a = b)": 5,
    "if a = b": 8,
    "if a then b = 1": 3,
    "a = 1 then b = 1": 6,
    "a = 1 and if b = 1 then c = 1": 10,
    "(a = b) + 1 = 2": 1,
    "(a = b) = c": 1,
    "present(a) = present(b)": 0,
    "'x' + 1 = a": 0,
    "-'x' = a": 1,
    "a.*.b = 1": 0,
    "a = sum(b.* + 1)": 8,
    "present(a.*)": 8,
    "abs(a.*) = 1": 4,
    "(*) = 1": 1,
    "* = 1": 0,
    "a ** b = 1": 3,
    "a. = 1": 3,
    ".a = 1": 0,
    "a..b = 1": 2,
    "a.2020 = 1": 2,
    "a.if = 1": 2,
    "then = 1": 0,
    "prior = 1": 0,
    "prior.prior.a = 1": 6,
    "report.prior.a = 1": 7,
    "report.report.a = 1": 7,
    "report.this = 1": 7,
    "prior.report.this = 1": 13,
    "this.a = 1": 0,
    "a.this = 1": 2,
    "a.@12 = 1": 2,
    "foo(a) = 1": 0,
    "sum() = 1": 4,
    "sum(a,) = 1": 6,
    "sum('x') = 1": 4,
    "count(a = b) = 1": 6,
    "sum(a = 1": 9,
    "abs(a, b) = 1": 0,
    "round(a) = 1": 0,
    "round(a, b) = 1": 9,
    "round(a, 1.0) = 1": 9,
    "round(a, -1) = 1": 9,
    "round(a, 31) = 1": 9,
    "length(a + b) = 1": 7,
    "present(1)": 8,
    "contains(a)": 0,
    "contains(a, b)": 12,
    "contains('a', 'b')": 9,
    "a = 'x": 4,
    '"a = 1': 0,
    '"" = 1': 0,
    "a = “x”": 4,
    "a = 1; b": 5,
    "a = 1\x00": 5,
    "a\x00b = 1": 1,
    "a = \ud800": 4,
    "a!b": 1,
}


@pytest.mark.parametrize(("text", "position"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_refused_at_the_right_character(text: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    error = caught.value
    assert isinstance(error, SchemaError)
    assert error.position == position
    assert f"第 {position + 1} 个字" in error.message.zh
    assert f"character {position + 1}:" in error.message.en
    assert not set("“”…—·") & (set(error.message.zh) - set(text))
    assert not any(word in error.message.zh for word in ("非法", "无效", "失败"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a = ", 4),
        ("新收 ＝ “", 8),
        ("a = 1 and\n 新收 = 收 x", 11),
        ("'报告' + 1 = a", 0),
        ("e\u0301 = !", 4),
    ],
)
def test_the_caret_stands_under_the_character(text: str, column: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    line, caret = caught.value.caret().split("\n")
    assert line in text
    assert caret == " " * column + "^"


def test_the_caret_shows_a_window_of_a_long_line() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("收 + " * 5000 + "= 1" + " + a" * 5000)
    line, caret = caught.value.caret().split("\n")
    assert len(line) <= 100
    before = sum(
        2 if unicodedata.east_asian_width(c) == "W" else 1 for c in line[: line.index("=")]
    )
    assert caret.index("^") == before


@given(
    st.text("a收（＝＋é\u0301한ｱ。１ \t", max_size=200),
    st.sampled_from(["？", "!", "\u0301", ""]),
    st.text("b，甲\u3000", max_size=80),
)
def test_the_caret_stands_where_a_terminal_puts_the_character(
    before: str, wrong: str, after: str
) -> None:
    line, caret = caret_under(before + wrong + after, len(before)).split("\n")
    shown_before = line.replace("\t", " ")[: min(len(before), CONTEXT_BEFORE)]
    assert caret == " " * cell_len(shown_before) + "^"
    assert len(line) <= CONTEXT_BEFORE + CONTEXT_AFTER
    assert before.replace("\t", " ").endswith(shown_before)


@pytest.mark.parametrize("text", ["", "1", "a, b", "。。", "a.", "total b"])
def test_where_a_path_is_needed_nothing_else_is_offered(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_path(text)
    assert "文字" not in caught.value.message.zh
    assert "text" not in caught.value.message.en.replace("the text ends", "")


def test_an_error_without_its_text_has_no_caret() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("a" * (TEXT_LIMIT + 1))
    assert caught.value.caret() == ""


def nested(depth: int) -> str:
    return "(" * depth + "a" + ")" * depth + " = 1"


def test_nesting_is_limited() -> None:
    parse(nested(NESTING_LIMIT))
    parse("abs(" * NESTING_LIMIT + "a" + ")" * NESTING_LIMIT + " = 1")
    for text in (nested(NESTING_LIMIT + 1), "(" * 60_000, "sum(" * 10_000, "not (" * 10_000):
        with pytest.raises(ExpressionError) as caught:
            parse(text)
        assert str(NESTING_LIMIT) in caught.value.message.zh


def test_the_deepest_text_allowed_leaves_most_of_the_stack() -> None:
    text = "not (a = 1 and " * NESTING_LIMIT + "a = 1" + ")" * NESTING_LIMIT

    def deeper(frames: int) -> None:
        if frames:
            deeper(frames - 1)
        else:
            parse(text)

    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(1000)
        deeper(400)
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "(" * 1_000_000,
        "收" * 30_000,
        "a = " + "9" * 101,
        "a = 0." + "1" * 100,
        "\x00" * 1_000_000,
    ],
    ids=["name", "brackets", "bytes-not-characters", "digits", "decimals", "nulls"],
)
def test_what_is_too_large_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a / b <= 2", "a <= 2 * b"),
        ("a ÷ b <= 2", "a <= 2 * b"),
        ("a <= 90% * b", "0.9"),
        ("a <= 90％ * b", "0.9"),
        ("a <> b", "!="),
    ],
)
def test_signs_of_a_spreadsheet_are_told_with_what_to_write(text: str, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert says in caught.value.what.zh
    assert says in caught.value.what.en
