"""A section made ready for reading: nothing is lost, and every position knows where it stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.rules.prose.page import BREAK, Page, folded

TEXTS = st.text(alphabet="收到申请3件，。；：（）一二、\n \t\u3000０１a%", max_size=80)


@given(TEXTS)
def test_every_character_knows_where_it_stood(text: str) -> None:
    page = Page(text)
    for at, sign in enumerate(page.text):
        if sign != BREAK:
            start, end = page.source_span(at, at + 1)
            assert end == start + 1
            assert folded(text[start:end]) == sign


@given(TEXTS)
def test_only_white_space_is_taken_out(text: str) -> None:
    assert page_signs(text) == [sign for sign in folded(text) if not sign.isspace()]


def page_signs(text: str) -> list[str]:
    return [sign for sign in Page(text).text if sign != BREAK]


def test_lines_broken_at_their_width_are_one() -> None:
    assert Page("全年收到申请1\n2件。\n（二）平台建设").text == "全年收到申请12件。\n（二）平台建设"
    assert Page("（一）主动公开\n全年公开12条。").text == "（一）主动公开\n全年公开12条。"


def test_sentences_clauses_and_paragraphs() -> None:
    page = Page("甲一，乙二；丙三。丁四\n戊五")
    at = page.text.index("丙")
    assert page.text[slice(*page.sentence(at))] == "甲一，乙二；丙三"
    assert page.text[slice(*page.clauses(at, at + 1))] == "丙三"
    assert page.paragraph(page.text.index("丁")) == 1


def test_a_heading_belongs_to_the_topic_below_it() -> None:
    page = Page("（二）依申请公开\n全年收到5件。\n办结4件。")
    assert page.topic(page.text.index("5")) == 0
    assert page.text[page.topic(page.text.index("4")) :].startswith("办结")


def test_a_place_left_to_be_filled_in() -> None:
    page = Page("公开信息  条，收到 12 条，2024年  月  日")
    assert sorted(page.text[at] for at in page.fill_ins) == ["日", "月", "条"]


def test_stray_spaces_are_no_place_to_be_filled_in() -> None:
    for text in ("政府信息公开  条例", "收到 12  条", "公开信息 条。", "网站  个性化服务"):
        assert not Page(text).fill_ins


def test_a_text_without_end_is_cut() -> None:
    assert len(Page("甲" * 300_000).text) == 200_000
