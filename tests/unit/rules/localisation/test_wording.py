"""Causes and deductions in words."""

from __future__ import annotations

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Suggestion
from disclosure_tui.render.width import Measure
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.localisation import (
    MOST_CELLS,
    Cause,
    Deduction,
    localise,
    suggestion_of,
    suggestion_of_blank,
)
from planted import ALL_RESULTS, CARRIED_FORWARD, FORM, NEW, SYSTEM, TOTAL, localised
from unit.rules.localisation.equations import (
    ALSO,
    GRANTED,
    PERSON,
    SUM,
    at,
    only,
    right,
    values,
)

WORDING = Wording(FORM, Language.CHINESE)
ENGLISH = Wording(FORM, Language.ENGLISH)


def suggested(cause: Cause) -> Suggestion:
    return suggestion_of(cause, FORM, cause.settles, MOST_CELLS)


def blank_of(deduction: Deduction) -> Suggestion:
    return suggestion_of_blank(deduction, FORM, (deduction.equation,))


def example() -> dict[Pointer, int | None]:
    """Return a table of 12 requests, all granted to natural persons, of which 21 were typed."""
    figures: dict[Pointer, int | None] = dict.fromkeys(right(), 0)
    for place in (NEW, GRANTED, ALL_RESULTS):
        figures[place / PERSON] = figures[place / TOTAL] = 12
    figures[ALL_RESULTS / PERSON] = 21
    return figures


def test_one_cell_in_words() -> None:
    cause = only(localised(example()))
    suggestion = suggested(cause)
    assert suggestion.fix == cause.fix
    assert WORDING.message(suggestion.line) == (
        "疑似错填：（七）总计【自然人】21 应为 12？改后 3 个问题消除"
    )
    assert WORDING.message(suggestion.message) == (
        "下面 3 个问题可能是同一处造成的。只把表三【（七）总计】行【自然人】由 21 改为 12"
        "（两个数字颠倒），3 个问题全部消除。请先对照原始登记。本程序不会自行改数。"
    )
    assert ENGLISH.message(suggestion.line) == (
        "Mistyped? (7) Total, Persons: 21 for 12? Settles 3 findings"
    )


def test_every_line_fits_the_status_line() -> None:
    for pointer in SYSTEM.cells:
        figures = right()
        figures[pointer] = 123456
        cause = only(localised(figures))
        assert cause.single is not None
        suggestion = suggested(cause)
        for language in Language:
            line = Wording(FORM, language).message(suggestion.line)
            assert Measure().width("! " + line) <= 78, line


def test_several_explanations_in_words() -> None:
    figures = right()
    for place in (GRANTED / PERSON, GRANTED / TOTAL):
        figures[place] = 2 + (figures[place] or 0)
    cause = only(localised(figures))
    suggestion = suggested(cause)
    assert suggestion.fix is None
    text = WORDING.message(suggestion.message)
    assert "下面 2 个问题最少要改 2 格，有 " in text
    assert "不能断定是哪一种：1. " in text
    assert f"；还有 {len(cause.explanations) - 5} 种" in text
    assert "应为" not in WORDING.message(suggestion.line)


def test_a_cell_that_is_certain_is_named() -> None:
    cause = only(localise([SUM, ALSO], values(a=-3, b=13, t=10, v=3)))
    suggestion = suggested(cause)
    assert suggestion.pointers[0] == at("a")
    assert "每种改法都要改的：【a】。请先对照" in WORDING.message(suggestion.message)


def test_a_blank_in_words() -> None:
    figures = example()
    figures[ALL_RESULTS / PERSON] = None
    (item,) = localised(figures).deductions
    suggestion = blank_of(item)
    ((change,),) = suggestion.ways
    assert (change.pointer, change.old, change.new) == (ALL_RESULTS / PERSON, None, 12)
    assert WORDING.message(suggestion.line) == "【表三 （七）总计 自然人】未填，按勾稽关系应为 12？"
    assert "T3-ROW 中其他各格已填，这一格只能是 12。" in WORDING.message(suggestion.message)


def test_the_carried_forward_row_is_a_part_like_any_other() -> None:
    figures = right()
    figures[CARRIED_FORWARD / PERSON] = 77 + (figures[CARRIED_FORWARD / PERSON] or 0)
    assert only(localised(figures)).certain == (CARRIED_FORWARD / PERSON,)
