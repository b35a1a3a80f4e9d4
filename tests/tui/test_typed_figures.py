"""Sums and units typed into a cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from tui.editing import editing
from tui.report_files import NEW, complete

CELL = NEW / "natural_person"
FEES = Pointer.parse("/proactive/article_20_8/fees/amount")
REMARK = Pointer.of("remarks", str(CELL))


@pytest.mark.parametrize("typed", ["3+2+1", "３＋２＋１"])
async def test_a_sum_is_shown_kept_as_a_remark_and_undone(tmp_path: Path, typed: str) -> None:
    async with editing(complete, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(CELL)
        await edit.type(typed[:2])
        assert not edit.message, "too early to object"
        await edit.type(typed[2:])
        assert edit.message == "3+2+1 = 6"
        await edit.press("enter")
        assert edit.value(CELL) == 6
        assert edit.value(NEW / "total") == 6
        assert edit.value(REMARK) == "3+2+1"
        assert edit.message.startswith("已填 6（备注 3+2+1）；总计 6")
        assert edit.status.endswith("未保存 1 处（断线不丢）")
        await edit.press("u")
        assert edit.session.document.text == original


async def test_the_parts_go_when_another_figure_is_typed(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.type("3+2")
        await edit.press("enter", "up")
        await edit.type("9")
        await edit.press("enter")
        assert edit.value(CELL) == 9
        assert edit.value(REMARK) is None
        await edit.press("u")
        assert (edit.value(CELL), edit.value(REMARK)) == (5, "3+2")


async def test_an_unfinished_sum_is_marked_after_enter(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.type("3+")
        await edit.press("enter", "up")
        assert edit.message.startswith("! ")
        assert edit.value(REMARK) is None


@pytest.mark.parametrize("typed", ["12345元", "１２３４５元"])
async def test_an_amount_in_another_unit_is_converted(tmp_path: Path, typed: str) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(FEES)
        await edit.type(typed)
        assert edit.message == "12345元 = 1.2345万元"
        await edit.press("enter")
        assert edit.value(FEES) == Decimal("1.2345")
        assert edit.session.report.value_at(("remarks",)) is None


async def test_too_many_decimals_are_said_and_not_rounded(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(FEES)
        await edit.type("0.001元")
        assert edit.message == "! 0.001元 = 0.0000001万元：小数最多 6 位"
        await edit.press("enter")
        await edit.go(FEES)
        assert edit.value(FEES) == Decimal("0.0000001")
        assert edit.message.startswith("! "), "the check says so too"


async def test_a_unit_of_money_is_foreign_in_a_count(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.type("5元")
        assert edit.message.startswith("输入法在中文状态")
        await edit.press("enter")
        assert edit.value(CELL) == 5
