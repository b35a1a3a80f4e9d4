"""Rows that the filer adds, deletes and moves in the editor."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from disclosure_tui.model.finding import State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Session
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.entry_dialog import EntryDialog
from tui.editing import editing
from tui.entry_files import FILLED, TEXT, rows_session
from tui.report_files import complete

UNITS = Pointer.of("units")
ROWS = Pointer.parse("/requests/rows")
OVERALL = Pointer.parse("/requests/overall")
TOPICS = Pointer.parse("/topics/rows")

filled = partial(rows_session, text=FILLED)


def explanation(session: Session) -> State:
    return next(f.state for f in session.result.findings if f.instance == "rows.c")


async def test_rows_are_added_to_a_list_and_to_the_tables_it_completes(tmp_path: Path) -> None:
    async with editing(rows_session, tmp_path) as edit:
        await edit.go(UNITS)
        await edit.press("a")
        assert isinstance(edit.app.screen, EntryDialog)
        await edit.press("enter")
        assert edit.line_of("请写名称")
        await edit.type("甲局")
        await edit.press("enter")
        assert edit.app.screen is edit.report
        assert edit.message.startswith("已改：增加一行【甲局】")
        assert edit.here == UNITS / "jj" / "name"
        await edit.press("a")
        await edit.type("九江局")
        await edit.press("enter", "a")
        await edit.type("甲居")
        await edit.press("enter")
        assert [*edit.value(UNITS)] == [*edit.value(ROWS)] == ["jj", "jjj", "jj_2"]
        assert edit.session.document.text.count("opened: null") == 4, "one printed row is one line"
        await edit.press("u", "u", "u")
        assert edit.session.document.text == TEXT


async def test_a_name_is_typed_over(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(UNITS / "b" / "name")
        await edit.press("enter")
        await edit.type("（二）")
        assert edit.line_of("乙局").split() == ["乙局", "乙局（二）"], "all of it is in view"
        await edit.press("enter")
        assert edit.value(UNITS / "b" / "name") == "乙局（二）"
        await edit.go(ROWS / "b" / "opened")
        assert edit.line_of("乙局（二）")


async def test_the_most_rows_of_the_form_are_not_exceeded(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(UNITS)
        await edit.press("a")
        await edit.type("丁局")
        await edit.press("enter", "a")
        assert "最多 4 行" in edit.message


async def test_a_row_of_a_list_is_chosen_by_its_name(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(ROWS / "b" / "opened")
        await edit.press("a")
        assert "都已在表里" in edit.message
        await edit.press("d")
        assert isinstance(edit.app.screen, Dialog)
        await edit.press("1", "enter")
        assert edit.here == ROWS / "c" / "opened"
        await edit.press("a")
        assert edit.line_of("乙局")
        await edit.press("1", "enter")
        assert [*edit.value(ROWS)] == ["a", "c", "b"]
        assert edit.here == ROWS / "b" / "opened"
        assert edit.value(OVERALL / "opened") is None, "the new row has no figures yet"
        await edit.press("4", "enter")
        assert edit.value(OVERALL / "opened") == 11


async def test_a_row_without_a_name_is_called_by_its_key(tmp_path: Path) -> None:
    async with editing(rows_session, tmp_path) as edit:
        await edit.go(TOPICS)
        await edit.press("a")
        await edit.type("不动产/登记")
        await edit.press("enter")
        assert edit.line_of("名称里不能有")
        await edit.press(*["backspace"] * 3, "enter")
        assert [*edit.value(TOPICS)] == ["不动产"]
        await edit.press("a")
        await edit.type("不动产")
        await edit.press("enter")
        assert edit.line_of("已有这个名称")
        await edit.press("escape")
        assert edit.session.unsaved == 1
        await edit.press("d")
        assert edit.app.screen is edit.report, "a row without figures is not worth a question"
        assert edit.session.document.data["topics"]["rows"] == {}


async def test_with_a_row_go_its_notes_and_its_explanations_lapse(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        assert explanation(edit.session) is State.EXPLAINED
        await edit.go(ROWS / "c" / "closed")
        await edit.press("d")
        assert edit.line_of("删去【丙局】行？")
        assert edit.line_of("已填 3 个数")
        await edit.press("enter")
        assert edit.session.unsaved == 0, "Enter alone deletes nothing"
        await edit.press("d", "1", "enter")
        assert edit.value(OVERALL) == {"opened": 5, "closed": 7, "total": 12}
        assert edit.here == ROWS / "b" / "closed"
        assert edit.value(Pointer.of("notes")) == {"/requests/rows/b/opened": "含转办"}
        await edit.press("a", "1", "enter")
        for figure in ("6", "7"):
            await edit.press(figure, "tab")
        assert explanation(edit.session) is State.LAPSED
        await edit.press("u", "u", "u", "u")
        assert edit.session.document.text == FILLED


async def test_from_a_list_a_row_goes_everywhere(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(UNITS / "b" / "name")
        await edit.press("d")
        assert edit.line_of("另外 1 个表里的这一行一并删去")
        await edit.press("1", "enter")
        assert [*edit.value(UNITS)] == [*edit.value(ROWS)] == ["a", "c"]
        assert edit.value(OVERALL / "total") == 16
        assert edit.value(Pointer.of("remarks")) is None
        assert edit.session.unsaved == 1


async def test_rows_move_and_keep_what_is_known_of_them(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(ROWS / "a" / "closed")
        await edit.press("}")
        assert [*edit.value(ROWS)] == ["b", "a", "c"]
        assert edit.here == ROWS / "a" / "closed"
        rows = [line for line in edit.lines if "局" in line]
        assert ["乙" in rows[0], "甲" in rows[1]] == [True, True], rows
        await edit.press("}", "}")
        assert "已到头" in edit.message
        assert explanation(edit.session) is State.EXPLAINED
        await edit.press("{", "{")
        assert [*edit.value(ROWS)] == ["a", "b", "c"]
        assert "total: 3}  # 甲" in edit.session.document.text, "a row keeps its comment"


async def test_fixed_rows_stay(tmp_path: Path) -> None:
    async with editing(filled, tmp_path) as edit:
        await edit.go(OVERALL / "opened")
        await edit.press("d")
        assert "这一行是固定的" in edit.message
    async with editing(complete, tmp_path) as edit:
        await edit.go(Pointer.parse("/requests/new/total"))
        for key in ("a", "d", "{"):
            await edit.press(key)
            assert "行是固定的" in edit.message


async def test_a_list_without_rows_says_how_to_add_one(tmp_path: Path) -> None:
    async with editing(rows_session, tmp_path) as edit:
        await edit.go(UNITS)
        assert edit.line_of("还没有行，按 a 增加一行")
        await edit.press("a")
        await edit.type("甲局")
        await edit.press("enter")
        assert not any("还没有行" in line for line in edit.lines)
        await edit.go(ROWS / "jj" / "opened")
        assert not any("还没有行" in line for line in edit.lines)
        await edit.go(TOPICS)
        assert edit.line_of("还没有行，按 a 增加一行")
