"""What is left: in filling order, and Enter goes there."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import page_of, pages_of
from disclosure_tui.render.what_is_left import LeftKind, left_title, what_is_left
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import Session
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.screens.what_is_left import left_in
from tui.editing import editing
from tui.report_files import complete, draft, opened

NATURAL = Pointer.of("requests", "new", "natural_person")
TOTAL = Pointer.of("requests", "new", "total")


def left(session: Session, language: Language = Language.CHINESE):  # type: ignore[no-untyped-def]
    wording = Wording(session.form, language, 2023)
    return what_is_left(session.result.findings, session.result.blanks, wording)


@pytest.mark.parametrize("language", list(Language))
def test_all_blanks_are_counted_page_by_page(tmp_path: Path, language: Language) -> None:
    session = opened(draft(tmp_path))
    items = left(session, language)
    assert sum(i.count for i in items if i.kind is LeftKind.BLANK) == session.result.blank > 100
    pages = pages_of(session.form, language)
    order = [page_of(pages, item.pointer) for item in items]
    known = [index for index in order if index is not None]
    assert known == sorted(known)
    assert order[: len(known)] == known


def test_errors_are_left_too(tmp_path: Path) -> None:
    session = opened(complete(tmp_path))
    assert left(session) == ()
    assert left_title(()).zh.endswith("可以送审")
    session.set_value(TOTAL, 9)
    items = left(session)
    assert {item.kind for item in items} == {LeftKind.ERROR}
    assert TOTAL in {item.pointer for item in items}
    assert left_title(items).zh.startswith("还差：错误 ")
    session.close(drop=True)


async def test_enter_goes_to_the_first_blank_of_a_table(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("w")
        assert isinstance(edit.app.screen, Dialog)
        assert edit.line_of("还差：未填")
        items = left_in(edit.report.filling)
        at = next(i for i, item in enumerate(items) if item.pointer.starts_with(NATURAL[:1]))
        await edit.press(*["down"] * at, "enter")
        assert edit.app.screen is edit.report
        assert edit.here == items[at].pointer


async def test_nothing_left_is_ready_for_review(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("w")
        assert edit.app.screen is edit.report
        assert "可以送审" in edit.message


async def test_leaving_says_what_is_left(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(TOTAL)
        await edit.press("9", "enter")
        await edit.press("ctrl+q")
        assert edit.line_of("还差：错误 ")
        await edit.press("escape")
