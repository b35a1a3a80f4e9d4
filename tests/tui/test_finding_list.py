"""The list of findings: causes with what they settle, offers taken and left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.language import Language
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.render.pages import Page, page_of
from disclosure_tui.rules.explanations import answering, entry_for
from disclosure_tui.tui.screens.finding_list import FindingList
from tui.editing import Editing, editing
from tui.report_files import GRANTED, NEW, RESULTS_TOTAL, complete, draft

PERSON = "natural_person"
WRONG = GRANTED / PERSON


def mistyped(folder: Path) -> Path:
    """Write a report in which 12 requests were granted, of which 21 were typed in one cell."""
    path = complete(folder)
    figures = {row / key: 12 for row in (NEW, GRANTED, RESULTS_TOTAL) for key in (PERSON, "total")}
    return written(path, {**figures, WRONG: 21})


def written(path: Path, figures: Mapping[Pointer, int | None]) -> Path:
    """Put figures into a report file; no total follows."""
    edits = tuple(SetValue(place, figure) for place, figure in figures.items())
    document, _ = open_document(path).apply(Transaction(edits))
    path.write_bytes(document.encode())
    return path


async def test_the_findings_of_one_cell_stand_below_it(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.press("f")
        lines = [line.rstrip() for line in edit.lines]
        assert lines[0].startswith(" 问题 ")
        assert lines[1] == "! 错误，必须改正（强制性）（2）"
        assert lines[2] == " 1  ! 疑似错填：（一）公开【自然人】21 应为 12？改后 2 个问题消除"
        assert lines[3].startswith(" 2    ! 表三【（一）公开】行")
        assert lines[4].startswith(" 3    ! 表三【自然人】列")
        assert "（两个数字颠倒），2 个问题全部消除。" in "".join(lines)
        assert lines[-1].startswith("回车 采用  空格 到这一格  ")
        await edit.press("down")
        assert edit.lines[-1].startswith("回车 到这一格  i 为什么  o 按部分  Esc 返回")


async def test_only_a_query_can_be_explained(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("f", "1")
        assert edit.lines[2].lstrip().startswith("1  ? ")
        assert edit.lines[-1].startswith("回车 到这一格  e 填写说明  ")


async def test_enter_accepts_as_one_step_of_undo(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        before = edit.session.document.encode()
        await edit.press("f", "1", "enter")
        assert edit.value(WRONG) == 12
        assert edit.here == WRONG
        assert edit.message == "已采用：21 改为 12，2 个问题消除；Ctrl+Z 撤销"
        assert edit.session.result.findings.worst() is not Severity.ERROR
        await edit.press("ctrl+z")
        assert edit.session.document.encode() == before


async def test_escape_and_a_look_change_nothing(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        before = edit.session.document.encode()
        await edit.press("f", "1", "escape")
        assert not isinstance(edit.app.screen, FindingList)
        await edit.press("f", "1", "space")
        assert edit.here == WRONG
        assert edit.session.document.encode() == before


async def test_where_several_cells_may_be_wrong_enter_goes_there(tmp_path: Path) -> None:
    def several(folder: Path) -> Path:
        path = complete(folder)
        text = path.read_text(encoding="utf-8")
        assert "review: {upheld: 0" in text
        path.write_text(text.replace("review: {upheld: 0", "review: {upheld: 1"), encoding="utf-8")
        return path

    async with editing(several, tmp_path) as edit:
        await edit.press("f", "1")
        assert "1 个问题可能是 1 格错填造成的，有 2 种可能" in edit.lines[2]
        assert edit.lines[-1].startswith("回车 到这一格  i 为什么  ")
        await edit.press("enter")
        assert edit.here.starts_with(Pointer.parse("/disputes/review"))
        assert not edit.session.can_undo


async def test_blanks_with_one_possible_figure_are_filled_together(tmp_path: Path) -> None:
    def blanks(folder: Path) -> Path:
        return written(complete(folder), {GRANTED / "research": None, GRANTED / "welfare": None})

    async with editing(blanks, tmp_path) as edit:
        before = edit.session.document.encode()
        await edit.press("f", "end")
        assert "格按勾稽关系只能填一个数" in edit.line_of("_ 有")
        await edit.press("enter")
        assert edit.value(GRANTED / "research") == 0
        assert edit.value(GRANTED / "welfare") == 0
        assert edit.session.result.blank == 0
        await edit.press("ctrl+z")
        assert edit.session.document.encode() == before


async def test_suggestions_are_worked_out_only_when_the_list_is_opened(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.go(NEW / "other")
        await edit.press("3", "enter")
        session = edit.session
        assert session._suggested is None
        await edit.press("f", "escape")
        known = session._suggested
        assert known is not None
        await edit.press("f", "escape")
        assert session._suggested is known


async def test_in_english(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path, language=Language.ENGLISH) as edit:
        await edit.press("f", "1")
        assert "! Mistyped? (1) Disclosed, Persons: 21 for 12? Settles 2 findings" in edit.lines[2]
        assert edit.lines[-1].startswith("Enter accept  Space go there  ")
        await edit.press("enter")
        assert edit.message == "done: change 21 to 12; 2 findings settled; Ctrl+Z undoes it"


async def test_x_tells_the_wrong_cell_before_it_is_accepted(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.go(WRONG)
        # At first only the sum is known to be wrong; to compute its total would hide the error.
        assert edit.message.startswith("! 表三【（一）公开】行：各项相加得 21")
        await edit.press("x")
        assert edit.value(GRANTED / "total") == 12
        assert edit.message.startswith("! 疑似错填：（一）公开【自然人】21 应为 12？")
        await edit.press("x")
        assert edit.value(WRONG) == 12
        assert edit.session.result.findings.worst() is not Severity.ERROR


async def test_x_computes_no_total_where_another_cell_is_wrong(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.go(GRANTED / "total")
        before = edit.session.document.encode()
        await edit.press("x", "x")
        assert edit.session.document.encode() == before


async def test_by_section_and_back_the_same_line_stays_chosen(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("f", "1")
        dialog = edit.app.screen
        assert isinstance(dialog, FindingList)
        assert edit.lines[0].rstrip().endswith("按级别")
        by_weight = {entry.pointer for entry in dialog._entries}
        chosen = dialog._entries[0].pointer
        await edit.press("o")
        assert edit.lines[0].rstrip().endswith("按部分")
        assert {entry.pointer for entry in dialog._entries} == by_weight
        places = [edit.report.filling.pages.index(page) for page in pages_in(edit, dialog)]
        assert places == sorted(places)
        assert dialog._entries[dialog._list.selected].pointer == chosen
        await edit.press("o", "escape", "f")
        assert edit.lines[0].rstrip().endswith("按级别")


def pages_in(edit: Editing, dialog: FindingList) -> list[Page]:
    pages = edit.report.filling.pages
    found = (page_of(pages, entry.pointer) for entry in dialog._entries)
    return [pages[index] for index in found if index is not None]


async def test_what_is_explained_stands_last_and_is_told_in_full(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        finding = next(one for one in edit.report.filling.findings.open if one.rule == "X-PRIOR")
        entry = entry_for(
            finding, "本单位 2023 年新设立，上年没有年报", by="李某", at="2024-01-12T09:00"
        )
        edit.session.apply(answering(edit.session.form, edit.session.report, entry))
        await edit.press("f", "end")
        assert "已说明或标为无关（1）" in "".join(edit.lines)
        assert "李某" in "".join(edit.lines)
        assert "e 填写说明" not in edit.lines[-1]


async def test_the_panel_tells_all_about_the_cell_and_follows_the_cursor(tmp_path: Path) -> None:
    for size in ((80, 24), (160, 40)):
        async with editing(mistyped, tmp_path, size) as edit:
            await edit.go(WRONG)
            await edit.press("p")
            assert "相差 9" in "".join(edit.lines)
            assert "本格没有问题" not in "".join(edit.lines)
            await edit.go(NEW / "other")
            assert "本格没有问题" in "".join(edit.lines)
            assert "本部分其他问题" in "".join(edit.lines)
            await edit.press("p")
            assert "本格没有问题" not in "".join(edit.lines)
