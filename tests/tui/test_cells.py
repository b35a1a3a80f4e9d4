"""What is shown and kept beside a figure: related cells, notes, remarks, the next query."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path

from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.entry_dialog import EntryDialog
from tui.editing import Editing, editing
from tui.entry_files import FILLED, rows_session
from tui.report_files import GRANTED, NEW, RESULTS_TOTAL, complete

CELL = NEW / "natural_person"
CARRIED_IN = Pointer.parse("/requests/carried_in")


async def rested(edit: Editing) -> None:
    """Wait until the cells that go together are marked."""
    deadline = asyncio.get_running_loop().time() + 30
    while edit.report._resting is not None:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.05)
    await edit.settled()


async def test_on_a_total_its_parts_are_marked_when_no_key_comes(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(GRANTED / "total")
        row = edit.line_of("（一）予以公开")
        assert row.count("+0") == 0
        await rested(edit)
        assert edit.line_of("（一）予以公开").count("+0") == 6
        await edit.go(NEW / "natural_person")
        await rested(edit)
        assert not any("+0" in line for line in edit.lines)


async def test_on_a_column_total_all_rows_are_marked(tmp_path: Path) -> None:
    async with editing(complete, tmp_path, size=(100, 50)) as edit:
        await edit.go(RESULTS_TOTAL / "enterprise")
        await rested(edit)
        assert sum("+0" in line for line in edit.lines) == 21
        assert edit.report.filling.related(edit.here) == {
            part for parts in edit.report.filling.totals[edit.here].sums for part in parts
        }


async def test_on_a_cell_with_a_finding_the_others_of_it_are_marked(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.press("3", "enter")
        await edit.go(CELL)
        await rested(edit)
        found = edit.session.result.findings.at(CELL)[0]
        assert found.rule == "T3-BAL"
        assert edit.report.filling.related(CELL) == set(found.pointers) - {CELL}
        assert re.search(r"\+!0", edit.line_of("二、上年结转")), "what is wrong stays to be seen"


async def test_a_note_is_written_seen_changed_and_deleted(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(CELL)
        await edit.type('"')
        assert isinstance(edit.app.screen, EntryDialog)
        assert edit.line_of("注释：表三 一、新收 自然人")
        await edit.type("含网上申请")
        await edit.press("enter")
        assert edit.value(Pointer.of("notes")) == {str(CELL): "含网上申请"}
        assert edit.message.startswith("已改：注释：含网上申请")
        assert '"0' in edit.line_of("一、新收")
        await edit.press("right", "left")
        assert edit.message == '" 注释：含网上申请'
        await edit.type("'")
        assert edit.line_of("备注：表三 一、新收 自然人")
        await edit.type("张某提供")
        await edit.press("enter")
        assert "\"'0" in edit.line_of("一、新收")
        assert edit.value(Pointer.of("remarks")) == {str(CELL): "张某提供"}
        lines = [text for text, _ in edit.report.filling.notes(edit.report.view.page)]
        assert '" 表三 一、新收 自然人 注释：含网上申请' in lines
        assert "' 表三 一、新收 自然人 备注：张某提供" in lines
        await edit.type("“")
        await edit.press(*["backspace"] * 5, "enter")
        assert edit.value(Pointer.of("notes")) is None
        assert edit.message.startswith("已改：删去注释")
        await edit.press("u", "u", "u")
        assert edit.session.document.text == original


async def test_escape_leaves_a_note_as_it_was_and_one_of_several_is_deleted(
    tmp_path: Path,
) -> None:
    async with editing(partial(rows_session, text=FILLED), tmp_path) as edit:
        await edit.go(Pointer.parse("/requests/rows/b/opened"))
        await edit.type('"')
        await edit.type("x")
        await edit.press("escape")
        assert edit.session.unsaved == 0
        await edit.type('"')
        await edit.press(*["backspace"] * 3, "enter")
        assert edit.value(Pointer.of("notes")) == {"/requests/rows/c": "丙"}


async def test_parts_typed_into_a_cell_are_seen_as_its_remark(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(GRANTED / "natural_person")
        await edit.type("3+2+1")
        await edit.press("enter")
        assert edit.value(GRANTED / "natural_person") == 6
        assert "'6" in edit.line_of("（一）予以公开")
        await edit.go(GRANTED / "natural_person")
        await edit.type("'")
        assert edit.line_of("3+2+1")


async def test_what_stands_there_in_another_shape_is_left_alone(tmp_path: Path) -> None:
    def odd(folder: Path) -> Path:
        path = complete(folder)
        with path.open("a", encoding="utf-8") as file:
            file.write("notes: [1, 2]\n")
        return path

    async with editing(odd, tmp_path) as edit:
        await edit.go(CELL)
        await edit.type('"')
        assert edit.app.screen is edit.report
        assert "这里不能写" in edit.message


async def test_the_next_query_passes_errors_over(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("h")
        assert edit.message == "没有待核实的问题"
        for pointer in (CELL, CARRIED_IN / "research"):
            await edit.go(pointer)
            await edit.press("9", "enter")
        await edit.go(CELL)
        seen = set()
        for _ in range(6):
            await edit.press("h")
            worst = [found.severity for found in edit.session.result.findings.at(edit.here)]
            assert Severity.QUERY in worst
            seen.add(edit.here)
        assert CARRIED_IN / "research" in seen
