"""Cells marked and copied."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.wire.line import Line
from tui.editing import editing
from tui.report_files import NEW, complete

CARRIED_IN = Pointer.parse("/requests/carried_in")
CELL = NEW / "natural_person"


async def test_a_marked_block_is_copied_as_a_spreadsheet_reads_it(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.press("1", "tab", "2", "enter", "8")
        await edit.go(CELL)
        await edit.press("shift+right", "shift+down")
        assert edit.here == CARRIED_IN / "enterprise"
        await edit.press("ctrl+c")
        assert edit.app.clipboard == "1\t2\n0\t0"
        assert edit.message == "已复制 2 行 2 列"


async def test_marking_backwards_and_leaving_the_mark(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CARRIED_IN / "enterprise")
        await edit.press("shift+left", "shift+up", "y")
        assert edit.app.clipboard == "0\t0\n0\t0"
        await edit.press("escape", "y")
        assert edit.app.clipboard == "0"
        await edit.press("shift+right", "right", "y")
        assert edit.app.clipboard == "0"


async def test_marked_cells_are_drawn_as_such_and_no_longer_when_left(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:

        def reversed_cells() -> int:
            strips = edit.app.screen._compositor.render_strips()
            return sum(
                segment.style is not None and bool(segment.style.reverse)
                for strip in strips[2:-3]
                for segment in strip
                if "0" in segment.text
            )

        await edit.go(CELL)
        assert reversed_cells() == 1
        await edit.press("shift+right", "shift+down")
        assert reversed_cells() == 4
        await edit.press("left")
        assert reversed_cells() == 1


async def test_what_was_copied_is_pasted_elsewhere_as_one_step(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("ctrl+v")
        assert edit.message == "还没有复制过内容"
        await edit.go(CELL)
        await edit.press("5", "tab", "6", "enter")
        await edit.go(CELL)
        await edit.press("shift+right", "y")
        await edit.go(CARRIED_IN / "natural_person")
        await edit.press("ctrl+v", "enter")
        assert edit.value(CARRIED_IN / "natural_person") == 5
        assert edit.value(CARRIED_IN / "enterprise") == 6
        await edit.press("u")
        assert edit.value(CARRIED_IN / "enterprise") == 0


def test_the_copy_reaches_the_terminal_through_the_driver_that_sends_differences() -> None:
    command = "\x1b]52;c;MQky\x07"
    assert command in Line(80, 24).translate(command)
