"""Sections, prose, fields, findings, dialogs, languages, sizes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events

from disclosure_tui.language import Language, Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.command import Command, Group, KeyPress, key_line, key_name
from disclosure_tui.tui.screen import screen_entries
from disclosure_tui.tui.screens.report import ReportScreen
from tui.editing import editing
from tui.report_files import NEW, complete, draft, opened
from tui.settling import settled

if TYPE_CHECKING:
    from textual.app import ComposeResult

OVERVIEW = Pointer.parse("/overview")


async def test_prose_is_committed_on_leaving_and_undone_in_the_area(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(OVERVIEW)
        await edit.press("全", "年", "q", "enter", "2")
        assert edit.status.endswith("未保存 1 处（断线不丢）")
        assert edit.value(OVERVIEW) is None
        await edit.press("ctrl+t")
        assert edit.value(OVERVIEW) == "全年q\n2"
        await edit.press("ctrl+g", "ctrl+end", "3", "ctrl+z", "ctrl+s")
        assert edit.value(OVERVIEW) == "全年q\n2"
        await edit.press("ctrl+z")
        assert edit.value(OVERVIEW) is None
        await edit.press(" ", "ctrl+t")
        assert edit.value(OVERVIEW) is None, "a text of blanks is no text"


async def test_a_text_field_takes_what_an_input_method_types(tmp_path: Path) -> None:
    organ, date = Pointer.parse("/signature/organ"), Pointer.parse("/signature/date")
    async with editing(complete, tmp_path) as edit:
        await edit.go(organ)
        await edit.type("某县统计局（")
        await edit.press("enter")
        assert edit.value(organ) == "某县统计局（"
        await edit.type("年")
        assert edit.value(date) == "2024-01-15"
        assert "输入法" in edit.message, "a date is not typed in Chinese"


async def test_a_field_takes_a_pasted_line(tmp_path: Path) -> None:
    organ, level = Pointer.parse("/signature/organ"), Pointer.parse("/organ/level")
    async with editing(complete, tmp_path) as edit:
        await edit.go(organ)
        await edit.paste("某县统计局\r\n")
        await edit.press("enter")
        assert edit.value(organ) == "某县统计局"
        await edit.go(level)
        await edit.paste("某县统计局")
        await edit.press("enter", "escape")
        assert edit.value(level) == "county_department", "chosen from a list only"


async def test_fields_are_edited_in_their_line_and_levels_chosen(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        name = Pointer.parse("/organ/name")
        await edit.go(name)
        await edit.press("enter", "end", "新", "a", "enter")
        assert edit.value(name) == "某县退役军人事务局新a"
        await edit.go(Pointer.parse("/organ/level"))
        await edit.press("enter", "1", "0", "enter")
        assert edit.value(Pointer.parse("/organ/level")) == "dispatched_office"
        assert "派出机构" in edit.line_of("单位层级")
        await edit.go(Pointer.parse("/year"))
        await edit.press("２", "x")
        assert edit.message.startswith("!")
        await edit.press("escape")
        assert edit.value(Pointer.parse("/year")) == 2023
        await edit.go(Pointer.parse("/signature/date"))
        await edit.press("2", "0", "2", "4")
        assert "日期请写成" in edit.message
        await edit.press(*"-01-31", "enter")
        assert edit.value(Pointer.parse("/signature/date")) == "2024-01-31"


async def test_a_page_of_fields_is_shown_from_its_first_line_where_all_have_room(
    tmp_path: Path,
) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("down", "down", "down", "ctrl+t", "ctrl+t")
        await edit.press("ctrl+g", "ctrl+g")
        assert edit.here == Pointer.parse("/organ/level")
        assert "年度 " in edit.lines[2]


async def test_findings_are_walked_listed_and_reached(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("n")
        assert edit.message == "没有问题"
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        await edit.press("ctrl+pageup", "ctrl+n")
        assert edit.here == NEW / "natural_person"
        await edit.press("ctrl+n")
        assert edit.here == NEW / "total"
        await edit.press("N")
        assert edit.here == NEW / "natural_person"
        # The line above the two says that one cause may be behind them.
        await edit.press("f", "3")
        assert any("勾稽关系不符" in line for line in edit.lines)
        await edit.press("enter")
        assert edit.here == NEW / "total"
        assert "三!" in edit.lines[0]


async def test_next_blank_and_the_outline_with_states(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        assert "三_175" in edit.lines[0]
        await edit.press("b")
        assert edit.here == OVERVIEW
        await edit.press("ctrl+t", "b")
        assert edit.here == Pointer.parse("/proactive/article_20_1/administrative_rules/repealed")
        await edit.go(Pointer.parse("/requests/carried_forward/natural_person"))
        await edit.press("end", "b")
        assert edit.message == "已转到【四】；【三】前面还有 175 格未填"
        await edit.press("o")
        assert "未填 175" in edit.line_of("三、收到和处理")
        await edit.press("5", "enter")
        assert edit.report.view.page.short == "三"


async def test_quitting_asks_only_with_changes(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter", "q")
        assert any("还有 1 处改动没有保存" in line for line in edit.lines)
        await edit.press("3", "enter")
        assert isinstance(edit.app.screen, ReportScreen)
        await edit.press("ctrl+q", "1", "enter")
        assert edit.app.return_value == 0
        assert "new: {natural_person: 3," in edit.session.path.read_text(encoding="utf-8")


async def test_leaving_without_saving_leaves_the_file(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        before = edit.session.path.read_bytes()
        await edit.go(NEW / "natural_person")
        await edit.press("3", "q", "backspace", "enter", "q", "2", "enter")
        assert edit.app.return_value == 0
        assert edit.session.path.read_bytes() == before


async def test_the_menu_does_what_the_keys_do(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter", "ctrl+p")
        number = next(word for word in edit.line_of("撤销").split() if word.isdecimal())
        await edit.press(*number, "enter")
        assert edit.value(NEW / "natural_person") == 0


async def test_another_persons_change_elsewhere_is_taken_along(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        edit.session.path.write_bytes(edit.session.path.read_bytes() + b"# x\n")
        await edit.press("ctrl+s")
        assert re.search(r"  已保存 \d\d:\d\d$", edit.status)
        assert edit.session.path.read_bytes().endswith(b"# x\n")


async def test_a_save_over_another_persons_change_is_refused(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        other = edit.session.document.apply(
            Transaction((SetValue(NEW / "natural_person", 7), SetValue(NEW / "total", 7)))
        )[0]
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        edit.session.path.write_bytes(other.encode())
        await edit.press("ctrl+s")
        assert edit.session.path.read_bytes() == other.encode()
        assert edit.message.startswith("!")
        assert edit.status.endswith("未保存 1 处（断线不丢）")


@pytest.mark.parametrize("language", list(Language))
async def test_resizing_keeps_every_line_whole(tmp_path: Path, language: Language) -> None:
    async with editing(draft, tmp_path, language=language) as edit:
        for size in ((120, 40), (40, 10), (80, 24)):
            await edit.resize(*size)
            for _ in edit.report.filling.pages:
                await edit.press("ctrl+t")
                assert all(MEASURE.width(line) == size[0] for line in edit.lines)
        await edit.press("f1")
        assert MEASURE.width(edit.lines[0]) == 80


async def test_data_is_never_markup(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        name = Pointer.parse("/organ/name")
        edit.report.commit(name, "[bold]某局[/bold] [@click=app.quit]x")
        await edit.go(OVERVIEW)
        await edit.go(name)
        assert "[bold]某局[/bold] [@click=app.quit]x" in edit.line_of("单位名称")


async def test_every_command_can_be_done_and_no_key_means_two_things(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        commands = edit.report.commands
        keys = [key for command in commands for key in command.keys]
        assert len(keys) == len(set(keys))
        assert not any(key.startswith("alt") for key in keys)
        assert {f"ctrl+{letter}" for letter in "abhijm"}.isdisjoint(keys)
        opened = {entry.command.identifier for entry in screen_entries("report")}
        for command in commands:
            assert command.identifier in opened or hasattr(edit.report, f"do_{command.identifier}")
        line = key_line(commands, Language.CHINESE)
        assert MEASURE.width(line) <= 80
        assert len(line.split("  ")) <= 6


def test_names_of_keys() -> None:
    assert key_name("ctrl+s", Language.CHINESE) == "Ctrl+S"
    assert key_name("ctrl+pagedown", Language.CHINESE) == "Ctrl+PgDn"
    assert key_name("f1", Language.ENGLISH) == "F1"
    assert key_name("enter", Language.CHINESE) == "回车"
    command = Command("x", Text("甲", "A"), ("N",), Group.FILE, short=Text("甲", "A"))
    assert key_line([command], Language.CHINESE) == "N 甲"
    assert KeyPress.of("question_mark", "？").name == "?"
    assert KeyPress.of("ctrl+s", "\x13").name == "ctrl+s"


async def test_a_finding_that_stands_on_no_page_is_not_forgotten(tmp_path: Path) -> None:
    def misspelt(folder: Path) -> Path:
        path = complete(folder)
        text = path.read_text(encoding="utf-8").replace("code: tyj", "coed: tyj")
        path.write_text(text, encoding="utf-8")
        return path

    async with editing(misspelt, tmp_path) as edit:
        await edit.press("n")
        assert "按 f 查看" in edit.message
        await edit.press("f", "enter")
        assert "coed" in edit.message


async def test_a_key_that_comes_before_the_screen_stands_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = ReportScreen.compose

    def compose(screen: ReportScreen) -> ComposeResult:
        screen.app.post_message(events.Key("q", "q"))
        yield from really(screen)

    monkeypatch.setattr(ReportScreen, "compose", compose)
    screen = ReportScreen(opened(complete(tmp_path)))
    app = DisclosureApp(screen, Language.CHINESE)
    async with app.run_test(size=(80, 24)):
        await settled(app)
    assert (app.fault, app.return_code, app.sessions) == (None, 0, [])
