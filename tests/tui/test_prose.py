"""The text area: lines, marks, counting, pasting, moving, undoing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.width import MEASURE
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.report import ReportScreen
from tui.editing import Editing, editing
from tui.report_files import NEW, complete

SCHEMAS = Path(__file__).parents[2] / "schemas"
OVERVIEW = Pointer.parse("/overview")
LONG = (
    "全年共收到政府信息公开申请0件，其中自然人申请0件；（一）主动公开方面，通过门户网站"
    "https://www.gov.cn/zwgk/2023/01.html?a=1发布信息1234.5万条，办结率为100.00%。\n"
    "（二）依申请公开方面，按“先审后公开”的原则办理——见《条例》第三十六条。"
)


def saying(text: str) -> Callable[[Path], Path]:
    """Return what makes a complete report whose first part is this text."""

    def make(folder: Path) -> Path:
        path = complete(folder)
        session = Session.open(path, ReportTypes(Catalog.of(())))
        session.set_value(OVERVIEW, text)
        path.write_bytes(session.document.encode())
        session.close(drop=True)
        return path

    return make


@asynccontextmanager
async def writing(
    folder: Path,
    text: str = LONG,
    size: tuple[int, int] = (80, 24),
    language: Language = Language.CHINESE,
) -> AsyncIterator[Editing]:
    async with editing(saying(text), folder, size, language) as edit:
        await edit.go(OVERVIEW)
        yield edit


def text_of(edit: Editing) -> str:
    return edit.report.view.prose.text


def caret(edit: Editing) -> int:
    return edit.report.view.prose.offset_in_text


def underlined(edit: Editing) -> list[str]:
    """Return what is underlined on the screen."""
    return [
        segment.text
        for strip in edit.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None and segment.style.underline
    ]


@pytest.mark.parametrize("size", [(80, 24), (60, 24), (120, 40)])
async def test_lines_end_by_the_rules_of_chinese(tmp_path: Path, size: tuple[int, int]) -> None:
    async with writing(tmp_path, LONG * 3, size) as edit:
        prose = edit.report.view.prose
        lines = [
            section
            for row in range(prose.document.line_count)
            for section in prose.wrapped_document.get_sections(row)
        ]
        assert "".join(lines) == prose.text.replace("\n", "")
        assert all(MEASURE.width(line) <= prose.wrap_width + 1 for line in lines)
        assert not any(line[0] in "，。；）”》、：" for line in lines)
        assert not any(line[-1] in "（“《" for line in lines)
        for whole in ("https://www.gov.cn/zwgk/2023/01.html?a=1", "1234.5万条", "100.00%", "0件"):
            assert any(whole in line for line in lines)
        shown = [line.rstrip() for line in edit.lines]
        for line in lines[:5]:
            assert any(line.rstrip() in row for row in shown), line


async def test_home_and_end_go_to_the_line_then_to_the_paragraph(tmp_path: Path) -> None:
    async with writing(tmp_path) as edit:
        prose = edit.report.view.prose
        second = prose.wrapped_document.get_offsets(0)[0]
        y = prose.cursor_screen_offset.y
        await edit.press("end")
        assert caret(edit) == second
        assert prose.cursor_screen_offset.y == y, "the caret is shown behind the first line"
        assert prose.cursor_screen_offset.x > 70
        await edit.press("home")
        assert caret(edit) == 0
        await edit.press("end", "down")
        assert prose.cursor_screen_offset.y == y + 1
        await edit.press("up", "end", "end")
        assert caret(edit) == len(LONG.split("\n")[0])
        await edit.press("home", "home")
        assert caret(edit) == 0
        await edit.press("end", "2", "5")
        assert text_of(edit)[second : second + 2] == "25", "typed where the caret is shown"
        await edit.press("ctrl+end")
        assert caret(edit) == len(text_of(edit))
        await edit.press("ctrl+home")
        assert caret(edit) == 0


async def test_words_are_runs(tmp_path: Path) -> None:
    async with writing(tmp_path, "本年收到12.5万件，office-1 office） 公开\n下段") as edit:
        stops = []
        for _ in range(8):
            await edit.press("ctrl+right")
            stops.append(caret(edit))
        text = text_of(edit)
        assert [text[stop : stop + 2] for stop in stops] == [
            "12", "万件", "of", "of", "公开", "\n下", "下段", "",
        ]  # fmt: skip
        for stop in reversed([0, *stops[:-1]]):
            await edit.press("ctrl+left")
            assert caret(edit) == stop
        await edit.press("ctrl+delete")
        assert text_of(edit).startswith("12.5万件")
        await edit.press("ctrl+z", "ctrl+end", "ctrl+backspace")
        assert text_of(edit).endswith("公开\n")


async def test_text_is_selected_copied_replaced_and_put_back(tmp_path: Path) -> None:
    async with writing(tmp_path, "主动公开情况。依申请公开。") as edit:
        await edit.press("shift+right", "shift+right", "shift+right", "shift+right", "ctrl+c")
        assert edit.app.clipboard == "主动公开"
        assert edit.message == "已复制 4 字"
        await edit.press("好")
        assert text_of(edit) == "好情况。依申请公开。"
        await edit.press("ctrl+z")
        assert text_of(edit) == "主动公开情况。依申请公开。"
        await edit.press("ctrl+end", "ctrl+v")
        assert text_of(edit).endswith("主动公开")
        await edit.press("ctrl+shift+left", "ctrl+x")
        assert text_of(edit) == "主动公开情况。依申请公开。"
        await edit.press("ctrl+c")
        assert edit.message.startswith("先按住 Shift")
        await edit.press("ctrl+a", "delete")
        assert text_of(edit) == ""


async def test_pages_are_turned_and_selected(tmp_path: Path) -> None:
    async with writing(tmp_path, "\n".join(f"第 {n} 段。" for n in range(60))) as edit:
        await edit.press("pagedown")
        first = caret(edit)
        assert first > 80
        assert any("第 25 段" in line for line in edit.lines)
        await edit.press("pageup")
        assert caret(edit) == 0
        await edit.press("shift+pagedown")
        assert len(edit.report.view.prose.selected_text) == first


async def test_undo_takes_back_a_phrase_not_a_character_and_not_everything(
    tmp_path: Path,
) -> None:
    async with writing(tmp_path, "公开。") as edit:
        await edit.press("ctrl+end", "新", "增", "enter", "其", "中", "left", "right", "五", "项")
        for expected in ("公开。新增\n其中", "公开。新增\n", "公开。新增", "公开。"):
            await edit.press("ctrl+z")
            assert text_of(edit) == expected
        await edit.press("ctrl+y", "ctrl+y")
        assert text_of(edit) == "公开。新增\n"


async def test_a_paste_is_cleaned_told_and_undone_in_two_steps(tmp_path: Path) -> None:
    async with writing(tmp_path, "") as edit:
        text = "一、总体情况\r\n\r\n　　（一）主动公开。\x07\r\n　　（二）依申请公开。\r\n"
        await edit.paste(text)
        assert text_of(edit) == "（一）主动公开。\n（二）依申请公开。"
        assert edit.message == (
            "已粘贴，去掉了与标题相同的首行、段首空格 2 处、空行 1 行；要原样按撤销"
        )
        assert MEASURE.width(edit.message) <= 78
        await edit.press("ctrl+z")
        assert text_of(edit) == "一、总体情况\n\n　　（一）主动公开。\n　　（二）依申请公开。\n"
        await edit.press("ctrl+z")
        assert text_of(edit) == ""
        await edit.press("ctrl+y", "ctrl+y")
        assert text_of(edit) == "（一）主动公开。\n（二）依申请公开。"


async def test_what_was_copied_here_is_pasted_as_it_is(tmp_path: Path) -> None:
    async with writing(tmp_path, "甲\n\n　　乙") as edit:
        await edit.press("ctrl+a", "ctrl+x", "ctrl+v")
        assert text_of(edit) == "甲\n\n　　乙"


async def test_figures_tied_to_cells_are_underlined_and_told(tmp_path: Path) -> None:
    async with writing(tmp_path, "本年收到政府信息公开申请0件，其中当面申请7件。") as edit:
        assert underlined(edit) == ["0"]
        offset = text_of(edit).index("0件")
        edit.report.view.prose.go_to_offset(offset)
        await edit.press("left", "right")
        assert edit.message == "与表相符：表三 一、新收 总计 0 等 2 格（Ctrl+D 到这一格）"
        assert MEASURE.width(edit.message) <= 78


async def test_a_half_typed_figure_is_no_mistake(tmp_path: Path) -> None:
    async with writing(tmp_path, "本年收到政府信息公开申请0件，其中当面申请7件。") as edit:
        prose = edit.report.view.prose
        prose.go_to_offset(text_of(edit).index("0件"))
        await edit.press("1", "2")
        assert not edit.message.startswith(("?", "!"))
        assert not any(line.startswith("? ") for line in edit.lines[2:-3])
        await edit.press("left")
        assert edit.message.startswith("? 第一部分"), edit.message
        assert "120" in edit.message
        assert underlined(edit) == ["120"]
        assert any(line.startswith("? 本年收到") for line in edit.lines), "the line is marked"
        await edit.press("ctrl+z")
        assert underlined(edit) == ["0"]
        assert not edit.message.startswith("?")


async def test_a_sentence_that_ends_is_looked_at(tmp_path: Path) -> None:
    async with writing(tmp_path, "无。") as edit:
        await edit.press("ctrl+end")
        await edit.type("本年收到政府信息公开申请3件")
        assert underlined(edit) == []
        await edit.type("。")
        assert underlined(edit) == ["3"]


async def test_what_is_known_moves_along_with_the_words(tmp_path: Path) -> None:
    async with writing(tmp_path, "本年收到政府信息公开申请0件，其中当面申请7件。") as edit:
        await edit.type("据统计，")
        assert underlined(edit) == ["0"]


async def test_from_a_figure_to_its_cell_and_back(tmp_path: Path) -> None:
    async with writing(tmp_path, "本年收到政府信息公开申请0件。收到申请0件。") as edit:
        prose = edit.report.view.prose
        prose.go_to_offset(text_of(edit).index("0件") + 1)
        there = caret(edit)
        await edit.press("ctrl+d")
        assert edit.here == NEW / "total"
        assert edit.message == "第一部分写的是 0（Ctrl+D 回去）"
        await edit.press("ctrl+d")
        assert edit.here == OVERVIEW
        assert caret(edit) == there
        await edit.press("ctrl+home", "ctrl+d")
        assert edit.message == "光标处没有与表对应的数（有下划线的数才有）"
        await edit.go(NEW / "total")
        await edit.press("j")
        assert edit.here == OVERVIEW
        assert caret(edit) == there - 1
        await edit.press("ctrl+d")
        assert edit.here == NEW / "total"
        await edit.go(NEW / "research")
        await edit.press("j")
        assert edit.message == "文字部分没有写到本格的数"


async def test_a_read_only_text_is_not_pasted_into(tmp_path: Path) -> None:
    async with writing(tmp_path, "甲") as edit:
        edit.session.look_only()
        edit.report.settle()
        await edit.paste("乙")
        assert text_of(edit) == "甲"
        assert edit.message == "只读，不能改文字"


@asynccontextmanager
async def limited(folder: Path, most: int, language: Language) -> AsyncIterator[Editing]:
    """Open a report of a type whose first part may have so many characters."""
    schema = json.loads((SCHEMAS / "gov-info-annual-2021.schema.json").read_text("utf-8"))
    schema["$id"] = "urn:disclosure-tui:short:2021"
    schema["x-report"]["type"] = "short"
    schema["properties"]["overview"]["maxLength"] = most
    (folder / "short-2021.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    path = saying("一二三\n四五")(folder)
    text = path.read_text(encoding="utf-8").replace("gov-info-annual/2021", "short/2021")
    path.write_text(text, encoding="utf-8")
    screen = ReportScreen(Session.open(path, ReportTypes(Catalog.of((folder,)))))
    app = DisclosureApp(screen, language)
    async with app.run_test(size=(80, 24)) as pilot:
        edit = Editing(pilot, screen)
        await edit.settled()
        await edit.go(OVERVIEW)
        yield edit
        screen.session.hang_up()


@pytest.mark.parametrize(
    ("language", "within", "over"),
    [
        (Language.CHINESE, "6/8 字  第一部分", "! 9/8 字，多 1 字  第一部分"),
        (Language.ENGLISH, "6/8 characters  Part 1", "! 9/8 characters, 1 over  Part 1"),
    ],
)
async def test_characters_are_counted_against_the_limit(
    tmp_path: Path, language: Language, within: str, over: str
) -> None:
    async with limited(tmp_path, 8, language) as edit:
        assert edit.status.startswith(within), edit.status
        await edit.press("ctrl+end")
        await edit.type("\U00020000七八")
        assert edit.status.startswith(over), edit.status
        assert not any("maxLength" in str(item.rule) for item in edit.report.filling.findings)
        await edit.press("ctrl+t", "ctrl+g")
        assert any("maxLength" in str(item.rule) for item in edit.report.filling.findings)


async def test_findings_in_one_text_are_walked_one_by_one_and_listed_at_their_words(
    tmp_path: Path,
) -> None:
    text = "本年收到政府信息公开申请3件。\n因政府信息公开引起的行政复议2件。"
    async with writing(tmp_path, text) as edit:
        edit.report.show_page(0)
        await edit.press("ctrl+n")
        assert edit.here == OVERVIEW
        first = caret(edit)
        assert "3" in edit.message
        await edit.press("ctrl+n")
        assert edit.here == OVERVIEW
        assert caret(edit) > first
        assert "2 件" in edit.message or "2件" in edit.message
        await edit.press("ctrl+r")
        assert caret(edit) == first
        await edit.press("ctrl+f", "end", "enter")
        assert edit.here == OVERVIEW
        assert caret(edit) >= first


async def test_a_query_is_explained_where_the_caret_stands(tmp_path: Path) -> None:
    text = "本年收到政府信息公开申请3件。\n因政府信息公开引起的行政复议2件。"
    async with writing(tmp_path, text) as edit:
        edit.report.view.prose.go_to_offset(text.index("2件"))
        await edit.press("left", "right", "ctrl+e")
        assert any("行政复议2件" in line or "复议" in line for line in edit.lines)
        assert not any("申请3件" in line for line in edit.lines[8:20])


async def test_a_figure_typed_in_a_row_that_is_half_done_speaks_in_the_status_line_alone(
    tmp_path: Path,
) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("5")
        assert not edit.message, "while it is typed nothing is said"
        await edit.press("right")
        said = [line for line in edit.lines if "不符" in line or "不平" in line]
        assert said == [], "the cell is marked, the sentence waits for the cursor"
        assert "!5" in edit.line_of("一、新收")
        assert edit.message.startswith("已填 5")
        await edit.press("left")
        assert edit.message.startswith("! 表三")
        assert edit.app.screen is edit.report, "no dialog comes up by itself"


async def test_another_editor_is_for_texts_and_needs_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with writing(tmp_path, "甲。") as edit:
        await edit.type("乙")
        await edit.press("ctrl+w")
        assert edit.message == "! 这个终端不能交给别的程序，文字没有改动"
        assert edit.value(OVERVIEW) == "乙甲。", "what was typed before is committed"
        monkeypatch.setenv("VISUAL", "no-such-editor")
        await edit.press("ctrl+w")
        assert edit.message == "! 找不到 VISUAL 指定的编辑器【no-such-editor】，文字没有改动"
        edit.session.look_only()
        edit.report.settle()
        await edit.press("ctrl+w")
        assert edit.message == "只读，不能改文字"
        await edit.go(NEW / "total")
        await edit.press("ctrl+w")
        assert edit.message == "这里不是文字部分"


@pytest.mark.parametrize(
    ("key", "said"),
    [("ctrl+d", "no figure here is tied to a cell"), ("ctrl+c", "select text first")],
)
async def test_what_is_said_is_said_in_english_too(tmp_path: Path, key: str, said: str) -> None:
    async with writing(tmp_path, "甲。", language=Language.ENGLISH) as edit:
        await edit.press(key)
        assert edit.message.startswith(said)


async def test_a_figure_that_agrees_is_told_in_english(tmp_path: Path) -> None:
    text = "本年收到政府信息公开申请0件。"
    async with writing(tmp_path, text, language=Language.ENGLISH) as edit:
        edit.report.view.prose.go_to_offset(text.index("0"))
        await edit.press("right")
        assert edit.message.startswith("agrees with Table 3"), edit.message
        assert edit.message.endswith("(Ctrl+D: go there)")
        assert MEASURE.width(edit.message) <= 78
        await edit.press("ctrl+d")
        assert edit.message == "Part 1 says 0 (Ctrl+D: back)"


async def test_the_caret_is_always_in_sight(tmp_path: Path) -> None:
    async with writing(tmp_path, "\n".join(f"第 {n} 段。" for n in range(60))) as edit:
        prose = edit.report.view.prose
        for keys in (["ctrl+end"], ["enter"], ["enter", "五"], ["ctrl+home"], ["ctrl+z"]):
            await edit.press(*keys)
            assert prose.content_region.contains(*prose.cursor_screen_offset), keys
        await edit.press("ctrl+end")
        await edit.paste("甲\n乙\n丙\n丁。")
        assert prose.content_region.contains(*prose.cursor_screen_offset)
        assert any("丁。" in line for line in edit.lines)
        await edit.press("ctrl+z", "ctrl+y")
        assert prose.content_region.contains(*prose.cursor_screen_offset)


async def test_the_text_area_is_there_however_early_it_is_wanted(tmp_path: Path) -> None:
    """It is made after the first page, or when somebody is quicker."""
    screen = ReportScreen(Session.open(complete(tmp_path), ReportTypes(Catalog.of())))
    app = DisclosureApp(screen, Language.CHINESE)
    async with app.run_test(size=(80, 24)) as pilot:
        edit, view = Editing(pilot, screen), screen.view
        await view.prose.remove()
        view._prose = None
        screen.go_to(OVERVIEW)
        before = view.prose.text
        await edit.press("ctrl+end", "x")
        assert view.prose.text == before + "x"
        screen.session.hang_up()
