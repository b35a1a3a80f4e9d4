"""What is asked so that nothing is lost: each dialog in both languages at 80x24."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Language, Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.width import MEASURE
from disclosure_tui.session import Access, ReportHeld, Reverted, SaveResult, Session
from disclosure_tui.store.history import versions
from disclosure_tui.store.save_errors import DiskFull, MetadataLost, QuotaExceeded
from tui.editing import Editing, editing
from tui.report_files import GRANTED, NEW, complete, opened

CELL = NEW / "natural_person"
OVERVIEW = Pointer.parse("/overview")
LANGUAGES = pytest.mark.parametrize("language", list(Language))
_CHINESE = re.compile("[\u4e00-\u9fff]")


def broken_off(folder: Path) -> Path:
    """Write a report with the work of a session that broke off: two figures, a half-typed one."""
    path = complete(folder)
    session = opened(path)
    session.set_value(CELL, 4)
    session.set_value(GRANTED / "enterprise", 7)
    session.draft_cell(NEW / "welfare", "12")
    session.draft_prose(OVERVIEW, "全年收到申请。")
    assert session.hang_up()
    return path


def shown(edit: Editing) -> str:
    return "\n".join(line.rstrip() for line in edit.lines)


def assert_speaks(edit: Editing, zh: str, en: str) -> None:
    """Check that a sentence is on the screen, in the language of the screen and nothing clipped."""
    wanted = zh if edit.app.language is Language.CHINESE else en
    assert wanted in shown(edit), shown(edit)
    assert all(MEASURE.width(line) <= 80 for line in edit.lines)
    assert not any(line.rstrip().endswith("~") for line in edit.lines[1:-4]), shown(edit)


@LANGUAGES
async def test_recovering_with_enter(tmp_path: Path, language: Language) -> None:
    async with editing(broken_off, tmp_path, language=language) as edit:
        assert_speaks(edit, "4 处改动没有保存", "unsaved changes (4)")
        assert_speaks(edit, "1  找回，接着填", "1  Recover and go on")
        await edit.press("enter")
        assert edit.value(CELL) == 4
        assert edit.value(NEW / "welfare") == 0
        await edit.go(NEW / "welfare")
        await edit.press("ctrl+s")
        assert edit.value(OVERVIEW) == "全年收到申请。"
        await edit.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert edit.value(CELL) == 0, "undo goes back into what was recovered"


async def test_recovery_goes_on_with_the_figure_that_was_being_typed(tmp_path: Path) -> None:
    def only_typed(folder: Path) -> Path:
        path = complete(folder)
        session = opened(path)
        session.draft_cell(NEW / "welfare", "12")
        assert session.hang_up()
        return path

    async with editing(only_typed, tmp_path) as edit:
        await edit.press("enter")
        assert edit.here == NEW / "welfare"
        await edit.press("5", "enter")
        assert edit.value(NEW / "welfare") == 125


@LANGUAGES
async def test_looking_first_then_putting_aside(tmp_path: Path, language: Language) -> None:
    async with editing(broken_off, tmp_path, language=language) as edit:
        await edit.press("down", "enter")
        assert_speaks(edit, "表三 一、新收 自然人：0 -> 4", "New Persons: 0 -> 4")
        assert_speaks(edit, "公益：0 -> 12", ": 0 -> 12")
        await edit.press("2", "enter")
        assert edit.value(CELL) == 0
        assert_speaks(edit, "已放弃，另存了一份", "put aside; a copy")
        assert not edit.session.recoveries()
        assert any(version.is_set_aside for version in versions(edit.session.path))


async def test_leaving_the_question_keeps_the_work_for_the_next_time(tmp_path: Path) -> None:
    async with editing(broken_off, tmp_path) as edit:
        await edit.press("escape")
        assert "下次打开时再问" in edit.message
        assert len(edit.session.recoveries()) == 1


def held(folder: Path) -> Path:
    path = complete(folder)
    _HOLDERS.append(opened(path))
    _HOLDERS[-1].set_value(NEW / "other", 9)
    return path


_HOLDERS: list[Session] = []


@pytest.fixture(autouse=True)
def _let_go() -> None:
    while _HOLDERS:
        _HOLDERS.pop().hang_up()


@LANGUAGES
async def test_who_holds_the_report_is_told_and_reading_chosen(
    tmp_path: Path, language: Language
) -> None:
    async with editing(held, tmp_path, language=language) as edit:
        assert_speaks(edit, "正在填报（", "is filling this in (")
        await edit.press("1", "enter")
        assert_speaks(edit, "只读，已保存", "read-only, saved")
        await edit.go(CELL)
        await edit.press("5")
        assert_speaks(edit, "只读：这次打开选了只读查看", "Read-only: it was opened for reading")
        await edit.press("enter", "delete")
        assert edit.value(CELL) == 0
        await edit.go(OVERVIEW)
        text = edit.report.view.prose.text
        await edit.press("x")
        assert edit.report.view.prose.text == text
        await edit.press("ctrl+q")
        assert edit.app.return_value == 0


async def test_taking_over_displaces_the_other_who_keeps_his_work(tmp_path: Path) -> None:
    async with editing(held, tmp_path) as edit:
        await edit.press("2", "enter")
        await edit.go(CELL)
        await edit.press("5", "enter", "ctrl+s")
        assert edit.session.access is Access.HELD
        _HOLDERS[-1].poll()
        assert _HOLDERS[-1].access is Access.DISPLACED
        assert _HOLDERS[-1].unsaved == 1


@LANGUAGES
async def test_being_displaced_is_told_and_can_be_answered(
    tmp_path: Path, language: Language
) -> None:
    async with editing(complete, tmp_path, language=language) as edit:
        await edit.go(CELL)
        await edit.press("5", "enter", "6")
        other = opened(edit.session.path)
        _HOLDERS.append(other)
        other.take_over()
        edit.report.heed()
        await edit.settled()
        assert_speaks(edit, "已接着填报这份报告", "took this report over")
        await edit.press("enter")
        assert_speaks(edit, "只读，未保存 1 处", "read-only, 1 unsaved")
        assert edit.value(CELL) == 5
        await edit.press("ctrl+s")
        assert_speaks(edit, "没有保存", "Not saved")
        await edit.press("2", "enter")
        assert edit.session.access is Access.HELD
        assert "natural_person: 5," in edit.session.path.read_text(encoding="utf-8")


def conflicting(edit: Editing) -> None:
    """Save other figures, and a long text, behind the editor's back."""
    path = edit.session.path
    text = path.read_text(encoding="utf-8")
    text = text.replace("new: {natural_person: 0,", "new: {natural_person: 6,")
    text = text.replace("granted: {natural_person: 0,", "granted: {natural_person: 2,", 1)
    text = re.sub(r"(?m)^overview: ", "overview: " + "对方写的很长的一段文字，" * 8, text)
    path.write_text(text, encoding="utf-8")


@LANGUAGES
async def test_what_both_changed_is_asked_one_by_one(tmp_path: Path, language: Language) -> None:
    async with editing(complete, tmp_path, language=language) as edit:
        await edit.go(OVERVIEW)
        await edit.type("我写的")
        await edit.go(CELL)
        await edit.press("4", "right", "7", "enter")
        conflicting(edit)
        await edit.press("ctrl+s")
        assert_speaks(edit, "两人都改过的格（1/2）", "Changed by both (1/2)")
        assert_speaks(edit, "对方写的很长的一段文字", "对方写的很长的一段文字")
        assert "我写的" in shown(edit)
        await edit.press("1", "enter")
        assert_speaks(edit, "1  我填的：4", "1  mine: 4")
        assert_speaks(edit, "2  对方填的：6", "2  theirs: 6")
        assert_speaks(edit, "3  原来的：0", "3  last saved: 0")
        await edit.press("2", "enter")
        assert_speaks(edit, "对方改的", "1 change of others joined in")
    data = opened(edit.session.path).report
    assert data.value_at(CELL) == 6
    assert data.value_at(NEW / "enterprise") == 7
    assert data.value_at(GRANTED / "natural_person") == 2
    assert str(data.value_at(OVERVIEW)).startswith("我写的")


TROUBLES: tuple[tuple[Callable[[str], Exception], str, str], ...] = (
    (DiskFull, "磁盘已满", "The disk is full"),
    (QuotaExceeded, "磁盘配额已用完", "Your disk quota is used up"),
)


@LANGUAGES
@pytest.mark.parametrize(("error", "zh", "en"), TROUBLES)
async def test_trouble_with_saving_is_told_and_the_report_saved_elsewhere(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    error: Callable[[str], Exception],
    zh: str,
    en: str,
) -> None:
    async with editing(complete, tmp_path, language=language) as edit:
        await edit.go(CELL)
        await edit.press("4", "enter")
        refused: list[int] = []

        def refuse(*_: object, **__: object) -> None:
            refused.append(1)
            raise error(str(edit.session.path))

        with monkeypatch.context() as patch:
            patch.setattr(edit.session, "save", refuse)
            await edit.press("ctrl+s")
            assert_speaks(edit, zh, en)
            assert_speaks(edit, "之后的 1 处改动还在", "since then (1) are")
            await edit.press("2", "enter")
            assert len(refused) == 2
            assert_speaks(edit, zh, en)
        await edit.press("1", "enter")
        assert_speaks(edit, "存到别处", "Save elsewhere")
        assert "tyj-2023-2.yaml" in shown(edit)
        await edit.press("enter")
        assert edit.session.path.name == "tyj-2023-2.yaml"
        assert edit.session.unsaved == 0
    assert "natural_person: 4," in edit.session.path.read_text(encoding="utf-8")


@pytest.mark.slow
async def test_a_taken_name_and_none_are_refused_and_esc_goes_back(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.press("4", "enter", "ctrl+p")
        # The menu is longer than the screen.
        while "存到别处" not in shown(edit):
            await edit.press("down")
        number = next(word for word in edit.line_of("存到别处").split() if word.isdecimal())
        await edit.press(*number, "enter", *["backspace"] * 200, "enter")
        assert "请写明文件名" in shown(edit)
        await edit.type("tyj-2023.yaml")
        await edit.press("enter")
        assert "已经有同名的文件" in shown(edit)
        await edit.press("escape")
        assert edit.session.unsaved == 1


@LANGUAGES
async def test_what_saving_would_lose_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    async with editing(complete, tmp_path, language=language) as edit:
        await edit.go(CELL)
        await edit.press("4", "enter")
        save = edit.session.save

        def ask(*, accept_loss: bool = False) -> object:
            if not accept_loss:
                raise MetadataLost(str(edit.session.path), (Text("所属组", "group"),))
            return save(accept_loss=True)

        monkeypatch.setattr(edit.session, "save", ask)
        await edit.press("ctrl+s")
        assert_speaks(edit, "保存会丢掉文件的所属组", "would lose the group of the file")
        await edit.press("escape")
        assert edit.session.unsaved == 1
        await edit.press("ctrl+s", "1", "enter")
        assert edit.session.unsaved == 0


def doubled(folder: Path) -> Path:
    path = complete(folder)
    text = path.read_text(encoding="utf-8")
    text = text.replace("new: {natural_person: 0,", "new: {natural_person: 3, natural_person: 0,")
    path.write_text(text.replace("code: tyj", "code: 0071"), encoding="utf-8")
    return path


@LANGUAGES
async def test_keys_that_stand_twice_are_told_and_removed(
    tmp_path: Path, language: Language
) -> None:
    async with editing(doubled, tmp_path, language=language) as edit:
        assert_speaks(edit, "表三 一、新收 自然人：", "Table 3")
        await edit.press("1", "enter")
        assert_speaks(edit, "已删去 1 项", "1 removed")
        assert "new: {natural_person: 0, enterprise" in edit.session.document.text
        await edit.press("ctrl+z")
        assert "new: {natural_person: 3, natural_person: 0," in edit.session.document.text


@LANGUAGES
async def test_a_word_read_as_a_figure_is_quoted_with_one_key(
    tmp_path: Path, language: Language
) -> None:
    async with editing(doubled, tmp_path, language=language) as edit:
        await edit.press("escape")
        await edit.go(Pointer.parse("/organ/code"))
        await edit.press("escape")
        assert_speaks(edit, "按 x", "(x: ")
        await edit.press("x")
        assert 'code: "0071"' in edit.session.document.text
        await edit.press("x")
        assert_speaks(edit, "没有可以直接采用的改法", "nothing is offered")


def shared(folder: Path) -> Path:
    path = complete(folder)
    text = path.read_text(encoding="utf-8")
    text = text.replace("    granted: {", "    granted: &row {", 1)
    text = re.sub(r"    partially_granted: \{.*?\}", "    partially_granted: *row", text)
    path.write_text(text, encoding="utf-8")
    return path


@LANGUAGES
async def test_a_shared_value_is_detached_after_a_question(
    tmp_path: Path, language: Language
) -> None:
    cell = GRANTED.parent / "partially_granted" / "natural_person"
    async with editing(shared, tmp_path, language=language) as edit:
        await edit.go(cell)
        await edit.press("5", "enter")
        assert_speaks(edit, "这里的内容与别处共用", "shared with other places")
        await edit.press("2", "enter")
        assert edit.value(cell) == 0
        await edit.go(cell)
        await edit.press("5", "enter", "1", "enter")
        assert edit.value(cell) == 5
        assert edit.value(GRANTED / "natural_person") == 0
        await edit.press("ctrl+z")
        assert "partially_granted: *row" in edit.session.document.text


@LANGUAGES
async def test_a_change_that_was_taken_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    async with editing(complete, tmp_path, language=language) as edit:
        await edit.go(CELL)
        await edit.press("5", "enter")
        commit = edit.session._done[-1]
        news = Reverted(EditRefused(Text("读回不符", "read differently")), (commit,), None)
        waiting = [(news,)]
        monkeypatch.setattr(edit.session, "poll", lambda: waiting.pop() if waiting else ())
        edit.report.heed()
        await edit.settled()
        assert_speaks(edit, "已经撤回", "were taken back")
        assert_speaks(edit, "表三 一、新收 自然人", "New Persons")
        await edit.press("enter")
        assert edit.here == CELL


@LANGUAGES
async def test_history_is_compared_and_restored_as_one_step(
    tmp_path: Path, language: Language
) -> None:
    async with editing(complete, tmp_path, (80, 40), language) as edit:
        await edit.go(CELL)
        await edit.press("4", "enter", "ctrl+s")
        await edit.go(CELL)
        await edit.press("5", "right", "6", "enter", "ctrl+p")
        wanted = "历史版本" if language is Language.CHINESE else "Earlier versions"
        await edit.type(wanted)
        await edit.press("enter")
        # The version may have been kept a moment before midnight.
        today = datetime.now().astimezone()
        days = (f"{day:%Y-%m-%d}" for day in (today, today - timedelta(days=1)))
        assert any(day in shown(edit) for day in days)
        await edit.press("enter")
        assert_speaks(edit, "表三 一、新收 自然人：4 -> 5", "New Persons: 4 -> 5")
        await edit.press("1", "enter")
        assert_speaks(edit, "可以撤销；还没有保存", "undo works; not saved yet")
        assert edit.value(CELL) == 4
        assert edit.value(NEW / "enterprise") == 0
        await edit.press("ctrl+z")
        assert edit.value(CELL) == 5
        assert edit.value(NEW / "enterprise") == 6


async def test_a_text_with_rare_separators_is_left_alone(tmp_path: Path) -> None:
    def rare(folder: Path) -> Path:
        path = complete(folder)
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"overview: .*", 'overview: "一\\\\u2028二\\\\f三\\\\x85四\\\\r五"', text)
        path.write_text(text, encoding="utf-8")
        return path

    async with editing(rare, tmp_path) as edit:
        before = edit.session.document.text
        await edit.go(OVERVIEW)
        await edit.press("ctrl+t", "ctrl+g")
        assert edit.session.document.text == before
        assert edit.session.unsaved == 0
        await edit.press("新", "ctrl+t")
        assert edit.value(OVERVIEW) == "新一\u2028二\f三\x85四\r五"


async def test_english_dialogs_hold_no_chinese(tmp_path: Path) -> None:
    async with editing(broken_off, tmp_path, language=Language.ENGLISH) as edit:
        title = next(i for i, line in enumerate(edit.lines) if "Recover what" in line)
        assert not _CHINESE.search("".join(edit.lines[title : title + 9]))


async def test_saving_and_quitting_goes_on_after_the_holder_was_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.press("5", "enter")
        other = opened(edit.session.path)
        _HOLDERS.append(other)
        holder = other.holder()
        assert holder is not None
        save, asked = edit.session.save, []

        def save_once_held(**options: bool) -> SaveResult | None:
            if not asked:
                asked.append(holder)
                raise ReportHeld(holder, str(edit.session.path))
            return save(**options)

        monkeypatch.setattr(edit.session, "save", save_once_held)
        await edit.press("ctrl+q", "1", "enter")
        assert "有人正在填报这份报告" in "".join(edit.lines)
        await edit.press("2", "enter")
        assert edit.app.return_value == 0
        assert opened(edit.session.path).report.value_at(CELL) == 5
