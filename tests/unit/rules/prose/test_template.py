"""Templates: what fits, what does not, and what is refused."""

from __future__ import annotations

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.template import WIDEST_GAP
from disclosure_tui.rules.prose.template_parser import (
    LONGEST_TEMPLATE,
    MOST_GAPS,
    parse_template,
)


def found(template: str, text: str, year: int | None = 2023) -> list[str]:
    page = Page(text)
    matches = parse_template(template, "says").matches(page, year)
    return [page.text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("template", "text", "words"),
    [
        ("收到申请{n}件", "共收到申请12件。", ["收到申请12件"]),
        ("{收到|受理}申请{n}件", "受理申请1件，收到申请2件。", ["受理申请1件", "收到申请2件"]),
        ("收到{政府信息|}申请{n}件", "收到申请1件。收到政府信息申请2件", None),
        ("收到…{n}件", "收到公民的申请3件", ["收到公民的申请3件"]),
        ("其他处理{n}件", "其他处理（含撤回）4件", ["其他处理（含撤回）4件"]),
        ("{n}件，占{p}", "甲3件，占4.5%", ["3件，占4.5%"]),
        ("{year}年", "2022年和2023年", ["2023年"]),
        ("{year-1}年", "2022年和2023年", ["2022年"]),
        ("{other_year}年将", "2021年将、2023年将", ["2021年将"]),
        ("公开信息{_}条", "公开信息____条", ["公开信息____条"]),
        ("信息{_}条", "信息  条", ["信息条"]),
        ("｛收到｜受理｝{n}件", "受理３件", ["受理3件"]),
    ],
)
def test_it_fits(template: str, text: str, words: list[str] | None) -> None:
    assert found(template, text) == (words or ["收到申请1件", "收到政府信息申请2件"])


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("收到申请{n}件", "收到申请12余件"),
        ("收到申请{n}件", "收到申请50%"),
        ("收到…{n}件", "收到来信。申请3件"),
        ("收到…{n}件", "收到信2封申请3件"),
        ("收到…{n}件", "收到" + "很" * (WIDEST_GAP + 1) + "3件"),
        ("{p}", "12件"),
        ("{year}年", "2022年"),
        ("收到申请{n}件", ""),
    ],
)
def test_it_does_not_fit(template: str, text: str) -> None:
    assert found(template, text) == []


def test_years_need_the_report_year() -> None:
    assert found("{year}年", "2023年", year=None) == []
    assert found("{other_year}年", "2022年", year=None) == []


@pytest.mark.parametrize(
    "template",
    [
        "",
        "…收到",
        "收到…",
        "收到{n",
        "收到n}",
        "收到…{共|}{n}件",
        "{收到|}{n}件",
        "收" + "…到" * (MOST_GAPS + 1),
        "收" * (LONGEST_TEMPLATE + 1),
        "{" + "|".join(f"词{number}" for number in range(70)) + "}",
        "{n}件" * 11,
    ],
)
def test_what_has_no_hold_or_no_bounds_is_refused(template: str) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_template(template, "says")
    assert caught.value.what.zh.startswith("【says】")
    assert caught.value.what.en.startswith("says:")


def test_a_text_of_repetitions_is_tried_once_at_every_place() -> None:
    """Four gaps over 20 000 equal characters: tried again from every start it would take hours."""
    assert found("甲…甲…甲…甲…乙", "甲" * 20_000 + "。乙") == []
