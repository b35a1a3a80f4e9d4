"""Blocks pasted from a spreadsheet, with a preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.pasting import block_of
from tui.editing import editing
from tui.report_files import GRANTED, NEW, complete

CARRIED_IN = Pointer.parse("/requests/carried_in")
CELL = NEW / "natural_person"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
async def test_a_block_is_shown_and_written_as_one_transaction(tmp_path: Path, end: str) -> None:
    async with editing(complete, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(CELL)
        await edit.paste(f"1\t2\t3{end}４\t5\t6{end}")
        assert isinstance(edit.app.screen, Dialog)
        assert edit.line_of("将写入 2 行 3 列")
        assert edit.line_of("从 表三 一、新收 自然人 起；与表里不同的有 6 格。")
        assert edit.value(CELL) == 0, "the preview writes nothing"
        await edit.press("enter")
        assert edit.app.screen is edit.report
        row = ("natural_person", "enterprise", "research")
        assert [edit.value(NEW / key) for key in row] == [1, 2, 3]
        assert [edit.value(CARRIED_IN / key) for key in row] == [4, 5, 6]
        assert edit.value(NEW / "total") == 6
        assert edit.message.startswith("已改：粘贴 2 行 3 列")
        assert edit.session.unsaved == 1
        await edit.press("u")
        assert edit.session.document.text == original


async def test_the_same_figures_are_not_asked_about(tmp_path: Path) -> None:
    """An undo would otherwise take back what was done before."""
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.paste("0\t0\n0\t0\n")
        assert edit.app.screen is edit.report
        assert edit.message == "粘贴了 2 行 2 列，与表里的数相同，没有改动"


async def test_escape_leaves_the_table_as_it_was(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.paste("1\t2")
        await edit.press("escape")
        assert edit.app.screen is edit.report
        assert edit.session.unsaved == 0


async def test_doubtful_cells_are_listed_and_blank_ones_left(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "research")
        await edit.press("7", "enter")
        await edit.go(CELL)
        await edit.paste("O\t1,234\t\t无\t3.5\t2+1")
        assert edit.line_of("请先看这 5 格")
        for shown in (
            "表三 一、新收 自然人  字母【O】按 0 写入",
            "企业  【1,234】按 1234 写入",
            "公益  【无】不写入：这里只填数字",
            "法律  【3.5】不写入：只能填整数",
            "其他  按 2+1 = 3 写入",
            "空白的 1 格不写入",
        ):
            assert edit.line_of(shown)
        await edit.press("enter")
        keys = ("natural_person", "enterprise", "research", "welfare", "legal_service", "other")
        assert [edit.value(NEW / key) for key in keys] == [0, 1234, 7, 0, 0, 3]
        assert edit.value(Pointer.of("remarks", str(NEW / "other"))) == "2+1"


async def test_many_doubtful_cells_are_read_on_the_whole_screen(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.paste("\n".join(["1,000\t2,000\t3,000"] * 4))
        assert edit.line_of("请先看这 12 格")
        await edit.press("pagedown", "enter")
        assert edit.value(CELL) == 1000


async def test_a_block_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "other")
        await edit.paste("1\t2\t3")
        assert edit.app.screen is edit.report
        assert edit.message.startswith("! 粘贴了 1 行 3 列，从本格起只放得下 1 行 2 列，没有写入")
        await edit.go(Pointer.parse("/requests/carried_forward/natural_person"))
        await edit.paste("1\n2")
        assert edit.message.startswith("! 粘贴了 2 行 1 列，从本格起只放得下 1 行 1 列")
        assert edit.session.unsaved == 0


async def test_a_block_without_any_figure_is_refused(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.paste("自然人\t企业")
        assert edit.message == "! 粘贴的 1 行 2 列里没有可以写入的数"


async def test_one_value_goes_into_the_cell_being_typed(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.paste(" 12\r\n")
        assert edit.value(CELL) == 0
        await edit.paste("3")
        await edit.press("enter")
        assert edit.value(CELL) == 123
        await edit.go(GRANTED / "natural_person")
        await edit.press("9")
        await edit.paste("1\t2")
        await edit.press("escape")
        assert edit.value(GRANTED / "natural_person") == 9, "what was typed is kept"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", ()),
        ("\n", ()),
        ("1", (("1",),)),
        ("1\t2\n3\n", (("1", "2"), ("3", ""))),
        ('"a\nb"\t2\n', (("a\nb", "2"),)),
        ('"1"', (("1",),)),
        ("1\n\n2", (("1",), ("",), ("2",))),
    ],
)
def test_rows_and_cells_are_read(text: str, block: tuple[tuple[str, ...], ...]) -> None:
    assert block_of(text) == block


@given(st.text(alphabet='0123\t\n\r"中 \x00', max_size=60))
def test_any_text_becomes_rows_of_one_length(text: str) -> None:
    assert len({len(row) for row in block_of(text)}) <= 1


def test_a_text_too_long_for_a_cell_is_read_too() -> None:
    assert block_of('"' + "x" * 200_000) == (('"' + "x" * 200_000,),)
