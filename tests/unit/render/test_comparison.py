"""What changed between two states of a report."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import tiny
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.value import ABSENT
from disclosure_tui.render.comparison import Change, ChangeKind, Comparison, compared
from disclosure_tui.render.comparison_text import ComparisonPage, set_comparison, summary
from disclosure_tui.render.sentences import marked, sentence_changes, sentences
from disclosure_tui.render.width import width

ROW = tiny.row({"a": tiny.figure("甲"), "b": tiny.figure("乙")})
FORM = tiny.form(
    tiny.schema(
        {
            "text": {
                "title": "总体情况",
                "type": ["string", "null"],
                "x-section": {"number": "一"},
            },
            "t": tiny.table(
                "情况表",
                {
                    "one": {**ROW, "title": "第一行"},
                    "more": {
                        "type": ["object", "null"],
                        "maxProperties": 9,
                        "x-entries": {},
                        "additionalProperties": ROW,
                    },
                },
            ),
            "notes": {
                "title": "表内注释",
                "type": ["object", "null"],
                "additionalProperties": {"type": "string"},
            },
            "explanations": {"title": "情况说明", "type": ["array", "null"], "items": {}},
        }
    )
)


def between(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    return compared(FORM, old, new)


def kinds(comparison: Comparison) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, str(change.pointer)) for change in comparison.changes]


def printed(comparison: Comparison, cells: int | None = None) -> list[str]:
    page = ComparisonPage(Language.CHINESE, cells)
    lines = set_comparison(comparison, ("旧", "新"), page)
    return ["".join(piece.text for piece in line) for line in lines]


def test_figures_come_in_the_order_of_the_form_and_say_by_how_much() -> None:
    comparison = between(
        {"t": {"one": {"b": 5, "a": 3}}, "text": "甲。"},
        {"t": {"one": {"b": None, "a": 7}}, "text": "乙。"},
    )
    assert kinds(comparison) == [
        (ChangeKind.TEXT, "/text"),
        (ChangeKind.CELL, "/t/one/a"),
        (ChangeKind.CELL, "/t/one/b"),
    ]
    assert [change.difference for change in comparison.changes[1:]] == [4, None]
    assert "  第一行 甲  3 ->    7  +4" in printed(comparison)
    assert "  第一行 乙  5 -> 未填" in printed(comparison)


def test_a_blank_and_a_key_that_is_not_there_are_the_same() -> None:
    comparison = between({"t": {"one": {"a": None}}, "text": None}, {"t": None})
    assert not comparison.changes
    assert summary(comparison, Language.CHINESE) == "没有不同"


def test_rows_that_came_and_went_are_told_once_with_their_figures() -> None:
    comparison = between(
        {"t": {"more": {"x": {"a": 1, "b": 2}, "y": {"a": 3}}}},
        {"t": {"more": {"y": {"a": 3}, "z": {"a": 4, "b": None}}}},
    )
    assert kinds(comparison) == [
        (ChangeKind.ROW, "/t/more/z"),
        (ChangeKind.ROW, "/t/more/x"),
    ]
    assert "  - 删去一行【x】：甲 1，乙 2" in printed(comparison)
    assert "  + 增加一行【z】：甲 4" in printed(comparison)


def test_rows_in_another_order_are_a_change_of_their_own() -> None:
    one, other = {"x": {"a": 1}, "y": {"a": 2}}, {"y": {"a": 2}, "x": {"a": 5}}
    comparison = between({"t": {"more": one}}, {"t": {"more": other}})
    assert kinds(comparison) == [
        (ChangeKind.ORDER, "/t/more"),
        (ChangeKind.CELL, "/t/more/x/a"),
    ]
    assert "  + 次序：y、x" in printed(comparison)


def test_a_note_is_named_by_the_place_it_stands_on() -> None:
    comparison = between({}, {"notes": {"/t/one/a": "其中修订 2 件"}})
    assert [change.kind for change in comparison.changes] == [ChangeKind.NOTE]
    lines = printed(comparison)
    assert any(line.endswith("第一行 甲") for line in lines)
    assert "  + 其中修订 2 件" in lines
    assert comparison.below([Pointer.of("t")]).changes == comparison.changes
    assert not comparison.below([Pointer.of("text")]).changes


def test_explanations_are_matched_by_their_query_not_by_their_place() -> None:
    one = {"rule": "A", "level": "", "instance": "x", "text": "原因甲"}
    other = {"rule": "B", "level": "", "instance": "", "text": "原因乙"}
    comparison = between({"explanations": [one, other]}, {"explanations": [other]})
    assert [(change.old, change.new) for change in comparison.changes] == [(one, ABSENT)]
    assert "  - A x：原因甲" in printed(comparison)


def test_what_the_form_does_not_know_is_compared_too() -> None:
    comparison = between({"year": 2023}, {"year": 2023, "extra": {"k": 1}})
    assert kinds(comparison) == [(ChangeKind.FIELD, "/extra/k")]


def test_amounts_differ_exactly() -> None:
    change = Change(ChangeKind.CELL, Pointer.of("a"), Decimal("0.1"), Decimal("0.3"))
    assert change.difference == Decimal("0.2")


def test_no_line_is_wider_than_asked_for() -> None:
    comparison = between(
        {"text": "很长的一句话" * 40 + "。", "t": {"more": {"很长的行名" * 12: {"a": 1}}}},
        {"text": "很长的一句话" * 39 + "。", "t": {"more": {"很长的行名" * 12: {"a": 2}}}},
    )
    for cells in (40, 60, 80):
        assert max(width(line) for line in printed(comparison, cells)) <= cells


def test_sentences_end_outside_of_brackets_only() -> None:
    text = "收到 3 件（当面 1 件；网上 2 件。）都已办结。\n\n第二段；还有。"
    assert sentences(text) == [
        (1, "收到 3 件（当面 1 件；网上 2 件。）都已办结。"),
        (2, "第二段；"),
        (2, "还有。"),
    ]
    assert [text for _, text in sentences("It took 1.5 days. It was 3 p.m. then.")] == [
        "It took 1.5 days.",
        "It was 3 p.m. then.",
    ]


def test_a_changed_sentence_is_one_change_with_the_figure_marked_whole() -> None:
    (change,) = sentence_changes("甲。收到申请 125 件。", "甲。收到申请 126 件。")
    assert (change.old, change.new) == ("收到申请 125 件。", "收到申请 126 件。")
    assert marked(change.old, change.new) == ("收到申请 [125] 件。", "收到申请 [126] 件。")


SENTENCES = st.lists(st.sampled_from(["甲乙丙丁。", "甲乙丙戊。", "子丑寅卯！", "收到 3 件；"]))


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_changes_account_for_every_sentence(old: list[str], new: list[str]) -> None:
    changes = sentence_changes("".join(old), "\n".join(new))
    gone = Counter(change.old for change in changes if change.old is not None)
    come = Counter(change.new for change in changes if change.new is not None)
    assert Counter(old) - gone == Counter(new) - come
    assert not gone - Counter(old)
    assert not come - Counter(new)


@settings(deadline=None)
@given(SENTENCES)
def test_a_text_does_not_differ_from_itself_however_it_is_broken(text: list[str]) -> None:
    assert sentence_changes("".join(text), "\n\n".join(text)) == ()


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_changes_no_word(old: str, new: str) -> None:
    one, other = marked(old.replace("[", "").replace("]", ""), new.replace("[", ""))
    assert one.replace("[", "").replace("]", "") == old.replace("[", "").replace("]", "")
    assert other.count("[") >= 0


FIGURES = st.fixed_dictionaries(
    {}, optional={key: st.none() | st.integers(0, 3) for key in ("a", "b")}
)


@settings(deadline=None)
@given(FIGURES, FIGURES)
def test_every_cell_that_differs_is_told_and_no_other(
    one: dict[str, int | None], other: dict[str, int | None]
) -> None:
    comparison = between({"t": {"one": one}}, {"t": {"one": other}})
    assert {change.pointer.key for change in comparison.changes} == {
        key for key in ("a", "b") if one.get(key) != other.get(key)
    }
