"""Filling in a table: moving, typing, totals, marks, undo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from tui.editing import editing
from tui.report_files import GRANTED, NEW, RESULTS_TOTAL, complete, draft

REVIEW = Pointer.parse("/disputes/review")


async def test_the_cursor_moves_by_the_printed_form(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("right", "down")
        assert edit.here == Pointer.parse("/requests/carried_in/enterprise")
        await edit.press("down")
        assert edit.here == GRANTED / "enterprise"
        await edit.press("end")
        assert edit.here == GRANTED / "total"
        await edit.press("right", "home", "left")
        assert edit.here == GRANTED / "natural_person"
        await edit.press("ctrl+end")
        assert edit.here == Pointer.parse("/requests/carried_forward/total")
        assert any("结转下年度" in line for line in edit.lines)
        assert any("自然人" in line for line in edit.lines), "headers stay in view"
        await edit.press("ctrl+home")
        assert edit.here == NEW / "natural_person"


async def test_tab_runs_through_rows_and_enter_returns_below_its_start(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("1", "tab", "2", "tab", "3", "enter")
        assert edit.here == Pointer.parse("/requests/carried_in/natural_person")
        await edit.go(NEW / "total")
        await edit.press("tab")
        assert edit.here == Pointer.parse("/requests/carried_in/natural_person")
        await edit.press("shift+tab")
        assert edit.here == NEW / "total"
        assert edit.value(NEW / "research") == 3


async def test_enter_goes_below_the_row_that_a_run_of_tab_has_come_to(tmp_path: Path) -> None:
    """Who types row by row with Tab must not overwrite the row before with the next Enter."""
    proactive = Pointer.parse("/proactive")
    async with editing(draft, tmp_path) as edit:
        await edit.go(proactive)
        first = edit.here
        await edit.type("1")
        await edit.press("tab", "2", "tab", "3", "tab", "4", "tab", "5", "tab", "6")
        await edit.press("enter")
        second = edit.report.view.table.typing.geometry.below(first)
        assert edit.here == edit.report.view.table.typing.geometry.below(second)
        await edit.press("tab")
        await edit.go(first)
        await edit.press("enter", "enter")
        assert edit.here == second, "a jump ends the run"


async def test_a_jump_leaves_no_second_cursor_behind(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        await edit.go(NEW / "other")
        assert edit.reversed_in("一、新收") == 1
        await edit.press("down")
        await edit.press("ctrl+z")
        assert edit.here == NEW / "natural_person"
        assert edit.reversed_in("二、上年结转") == 0, "undo"
        await edit.go(GRANTED / "total")
        assert edit.reversed_in("一、新收") == 0, "jump"
        assert edit.reversed_in("（一）予以公开") == 1


async def test_stacked_blocks_and_a_table_wider_than_the_screen(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        rules = Pointer.parse("/proactive/article_20_1/administrative_rules")
        await edit.go(rules / "in_force")
        await edit.press("down", "down")
        assert edit.here == Pointer.parse("/proactive/article_20_5/licensing/decisions")
        await edit.press("up")
        assert edit.here[-2:] == ("normative_documents", "in_force")
        await edit.go(REVIEW / "upheld")
        assert edit.lines[2].endswith(">")
        await edit.press("end")
        assert edit.here[-1] == "total"
        assert edit.lines[2].startswith("<")


async def test_a_commit_makes_totals_follow_and_says_so(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(GRANTED / "natural_person")
        await edit.press("3")
        assert edit.value(GRANTED / "natural_person") == 0, "typing alone changes nothing"
        await edit.press("enter")
        for pointer in (
            GRANTED / "total",
            RESULTS_TOTAL / "natural_person",
            RESULTS_TOTAL / "total",
        ):
            assert edit.value(pointer) == 3
        assert edit.message.startswith("已填 3；总计 3、（七）总计 3")
        assert "新增问题 2 个" in edit.message, edit.message
        assert edit.status.endswith("未保存 1 处（断线不丢）")
        assert edit.line_of("（一）予以公开").rstrip().endswith("=3")
        await edit.go(NEW / "natural_person")
        assert edit.message.startswith("! 表三【自然人】列")
        assert "!0" in edit.line_of("一、新收")


async def test_a_typed_total_stays_until_it_is_computed(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "total")
        await edit.press("9", "enter", "up")
        assert "!9" in edit.line_of("一、新收")
        assert "= 自然人+企业+" in edit.status
        await edit.go(NEW / "natural_person")
        await edit.press("4", "enter")
        assert edit.value(NEW / "total") == 9
        await edit.go(NEW / "total")
        await edit.press("=")
        assert edit.value(NEW / "total") == 4
        await edit.press("=")
        assert "已等于" in edit.message
        await edit.go(NEW / "natural_person")
        await edit.press("=")
        assert "不是总计" in edit.message


async def test_what_cannot_stand_is_said_while_typing_and_marked_after(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        cell = NEW / "enterprise"
        await edit.go(cell)
        await edit.press("3", ".", "5")
        assert edit.message == "! 只能填整数，现在是 3.5"
        assert "! 3.5" in edit.line_of("一、新收")
        await edit.press("backspace", "backspace", "enter", "up")
        assert edit.value(cell) == 3
        await edit.press("-", "1", "enter", "up")
        assert edit.message.startswith("!")
        await edit.press("delete")
        assert edit.value(cell) is None
        assert "_" in edit.line_of("一、新收")


async def test_escape_and_editing_the_old_figure(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        cell = NEW / "natural_person"
        await edit.go(cell)
        await edit.press("7", "escape")
        assert edit.value(cell) == 0
        await edit.press("1", "2", "enter", "up", "f2", "home", "delete", "3", "enter")
        assert edit.value(cell) == 32


async def test_undo_and_redo_have_no_limit_and_show_the_place(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        original = edit.session.document.text
        cells = [NEW / key for key in ("natural_person", "enterprise", "research")]
        for number, cell in enumerate(cells, start=1):
            await edit.go(cell)
            await edit.press(str(number), "enter")
        await edit.go(REVIEW / "upheld")
        await edit.press("u")
        assert edit.here == cells[2]
        assert edit.message == "已撤销：表三 一、新收 科研"
        await edit.press("ctrl+z", "u")
        assert edit.session.document.text == original
        assert re.search(r"  已保存 \d\d:\d\d$", edit.status)
        await edit.press("u")
        assert "没有可以撤销" in edit.message
        await edit.press("r", "ctrl+y", "r")
        assert [edit.value(cell) for cell in cells] == [1, 2, 3]


async def test_blanks_are_filled_with_zero_after_a_question(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("5", "enter", "z")
        assert any("131 格填 0" in line for line in edit.lines)
        await edit.press("2", "enter")
        assert edit.value(NEW / "enterprise") is None
        await edit.press("z", "1", "enter")
        assert edit.value(NEW / "enterprise") == 0
        assert edit.value(NEW / "total") == 5, "a total is computed, not filled"
        await edit.press("u")
        assert edit.value(NEW / "enterprise") is None


@pytest.mark.parametrize("digit", ["６", "6"])
async def test_an_input_method_left_on_does_no_harm(tmp_path: Path, digit: str) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press(digit, "enter")
        assert edit.value(NEW / "natural_person") == 6
        await edit.press("中")
        assert edit.message.startswith("输入法在中文状态")
        await edit.press("１", "文", "enter")
        assert edit.value(Pointer.parse("/requests/carried_in/natural_person")) == 1
        await edit.type("？")
        assert any("帮助" in line for line in edit.lines[:1])
        await edit.press("escape")
        await edit.type("】")
        assert edit.report.view.page.short == "四"


async def test_keys_typed_ahead_arrive_in_their_order(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("8", "ctrl+s")
        assert edit.value(NEW / "natural_person") == 8
        assert re.search(r"  已保存 \d\d:\d\d$", edit.status)
        assert "new: {natural_person: 8," in edit.session.path.read_text(encoding="utf-8")
