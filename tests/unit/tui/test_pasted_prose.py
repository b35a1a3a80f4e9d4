"""Text pasted into a prose section."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.tui.pasted_prose import kept_characters, pasted_prose

HEADINGS = ("一、总体情况", "总体情况", "Overall situation")


def cleaned(text: str, *, opens: bool = True, closes: bool = True) -> tuple[str, str | None]:
    found = pasted_prose(text, HEADINGS, opens_line=opens, closes_line=closes)
    return found.text, None if found.removed is None else found.removed.zh


def test_indents_blank_lines_and_the_heading_go_and_are_told() -> None:
    text = "一、总体情况\r\n\r\n　　（一）主动公开。\r\n　　\r\n　　（二）依申请公开。\r\n"
    assert cleaned(text) == (
        "（一）主动公开。\n（二）依申请公开。",
        "已粘贴，去掉了与标题相同的首行、段首空格 2 处、空行 2 行；要原样按撤销",
    )


@pytest.mark.parametrize(
    "heading",
    [
        "一、总体情况",
        "总体情况",
        "　　一、总体情况",
        "（一）总体情况",
        "1.总体情况",
        "１．总体情况：",
        "第一部分　总体情况",
        "一 、 总 体 情 况",
        "OVERALL SITUATION",
        "1. Overall situation",
    ],
)
def test_a_heading_is_known_in_all_its_ways(heading: str) -> None:
    assert cleaned(f"{heading}\n本年公开 5 件。")[0] == "本年公开 5 件。"


@pytest.mark.parametrize(
    "text", ["总体情况", "总体情况良好\n本年公开 5 件。", "二、总体安排\n本年", "", "\n", "　　"]
)
def test_what_is_no_heading_of_more_text_stays(text: str) -> None:
    assert cleaned(text) == (text, None)


def test_within_a_line_only_the_lines_below_lose_their_blanks() -> None:
    assert cleaned(" 公开", opens=False) == (" 公开", None)
    assert cleaned(" 公开\n　　其中", opens=False)[0] == " 公开\n其中"
    assert cleaned("甲\n", closes=False) == ("甲\n", None)
    assert cleaned("甲\n", closes=True) == ("甲", None)
    assert cleaned("甲\n\n", closes=False)[0] == "甲\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\x0b乙\x0c丙\u2028丁\u2029戊\x85己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("甲\t乙\u00a0丙\u2009丁", "甲 乙 丙 丁"),
        ("\ufeff甲\u200b乙\u2060丙\xad丁", "甲乙丙丁"),
        ("\uf0b7 甲\x13HYPERLINK\x14乙\x15\x07", " 甲HYPERLINK乙"),
        ("2021\x1e30 甲\x1f乙", "2021-30 甲乙"),
        ("100\u202e001 \x1b[2J", "100001 [2J"),
        ("㐂\ue000\U00020000é👩\u200d👧", "㐂\ue000\U00020000é👩\u200d👧"),
    ],
)
def test_what_may_not_be_kept_goes_without_a_word(text: str, kept: str) -> None:
    assert kept_characters(text) == kept


ANY = st.text(
    st.one_of(
        st.sampled_from("　 \t\r\n\x0b\x00\x1b\u200b\uf0b7总体情况一、12。"), st.characters()
    ),
    max_size=60,
)


@settings(max_examples=300)
@given(ANY, st.booleans(), st.booleans())
def test_no_written_character_is_lost_and_no_control_is_kept(
    text: str, opens: bool, closes: bool
) -> None:
    found = pasted_prose(text, ("二、无此标题",), opens_line=opens, closes_line=closes)
    assert "".join(found.text.split()) == "".join(found.raw.split())
    for character in found.raw:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
    again = pasted_prose(found.text, (), opens_line=opens, closes_line=closes)
    assert again.text == found.text
    assert kept_characters(found.raw) == found.raw
