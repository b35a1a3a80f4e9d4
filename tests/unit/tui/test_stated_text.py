"""What is known of a text while it is being changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.stated import StatedFigure
from disclosure_tui.tui.stated_text import StatedText

PART = Pointer.of("overview")
CELL = Pointer.of("requests", "new")


def stated(text: str, *spans: tuple[int, int]) -> StatedText:
    figures = tuple(
        StatedFigure(PART, start, end, (CELL,), "TX-NEW", truth=True, finding=None)
        for start, end in spans
    )
    return StatedText(text, figures)


TEXT = st.text("申请件5，。", max_size=12)


@given(TEXT, TEXT, TEXT, TEXT, st.data())
def test_figures_keep_their_words_or_go(
    before: str, old: str, new: str, behind: str, data: st.DataObject
) -> None:
    text, changed = before + old + behind, before + new + behind
    edges = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edges, edges).map(lambda two: (min(two), max(two)))))
    known = stated(text, *spans).after(changed)
    for figure in known.figures:
        assert 0 <= figure.start <= figure.end <= len(changed)
    words = {(text[a:b]) for a, b in spans}
    assert all(changed[item.start : item.end] in words for item in known.figures)
    assert len(known.figures) <= len(spans)


@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8), st.text("一二", min_size=1))
def test_figures_before_and_behind_a_change_stay(before: str, behind: str, new: str) -> None:
    text = f"{before}5{before}xy{behind}7{behind}"
    first, last = len(before), len(before) * 2 + 3 + len(behind)
    changed = text.replace("xy", f"x{new}y")
    known = stated(text, (first, first + 1), (last, last + 1)).after(changed)
    assert [changed[item.start : item.end] for item in known.figures] == ["5", "7"]


def test_a_figure_that_is_typed_at_is_known_no_more_and_others_move() -> None:
    known = stated("申请5件，公开7件", (2, 3), (7, 8))
    assert known.after("申请15件，公开7件").figures[0].start == 8
    assert [item.start for item in known.after("申请5件，公开70件").figures] == [2]
    assert known.after(known.text) is known


def test_a_caret_touches_a_figure_at_both_ends() -> None:
    known = stated("申请53件", (2, 4))
    assert [bool(known.figures_at(at)) for at in range(6)] == [False, False, *[True] * 3, False]
    assert known.figures_of(CELL) == known.figures
    assert known.figures_of(PART) == ()
