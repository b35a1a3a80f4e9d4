"""The desk: go on, begin, open; the reports of a folder with their state."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from disclosure_tui.beginning import Kind
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.store.recent import note_opened, recently_opened
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.desk_state import DeskState, FileState
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.new_report import NewReportScreen
from disclosure_tui.tui.screens.report import ReportScreen
from tui.report_files import complete, draft
from tui.settling import press, settled, type_text


class AtDesk:
    """The program at its desk."""

    def __init__(self, desk: DeskScreen, app: DisclosureApp) -> None:
        self.app, self.desk = app, desk

    async def press(self, *keys: str) -> None:
        await press(self.app, *keys)

    async def type(self, text: str) -> None:
        await type_text(self.app, text)

    async def until(self, found: Callable[[], bool]) -> None:
        """Wait for what is done in the background, and until it is shown."""
        for _ in range(3000):
            if found():
                await settled(self.app)
                return
            await asyncio.sleep(0.02)
        raise AssertionError("\n".join(self.lines))

    async def checked(self) -> None:
        await self.until(lambda: self.desk._working is None or self.desk._working.done())

    @property
    def lines(self) -> list[str]:
        return [
            "".join(segment.text for segment in strip).rstrip()
            for strip in self.app.screen._compositor.render_strips()
        ]

    @property
    def options(self) -> tuple[str, ...]:
        return self.desk._list.options


@asynccontextmanager
async def at_desk(
    folder: Path, size: tuple[int, int] = (80, 24), language: Language = Language.CHINESE
) -> AsyncIterator[AtDesk]:
    desk = DeskScreen(folder)
    app = DisclosureApp(desk, language)
    async with app.run_test(size=size):
        shown = AtDesk(desk, app)
        await settled(app)
        await shown.checked()
        yield shown
        for session in app.sessions:
            session.hang_up()


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, make in (("a", complete), ("b", draft)):
        (tmp_path / "reports" / name).mkdir(parents=True)
        make(tmp_path / "reports" / name)
    return tmp_path / "reports"


async def test_reports_are_listed_checked_and_opened(folder: Path) -> None:
    async with at_desk(folder) as at:
        assert at.lines[0] == "本文件夹有 2 份报告，回车打开"
        assert at.options[0].endswith("没有问题")
        assert "2023 某县退役军人事务局" in at.options[1]
        assert at.options[1].endswith("_203")
        await at.press("2", "enter")
        assert isinstance(at.app.screen, ReportScreen)
        await at.press("ctrl+q")
        assert at.app.screen is at.desk
        await at.press("q")
    assert at.app.return_value == 0


async def test_what_was_open_last_is_offered_first(folder: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("2", "enter", "ctrl+q")
        await at.checked()
        await at.until(lambda: len(at.options) == 3)
        assert at.lines[1] == "继续填报"
        assert at.lines[2].split()[-2:] == at.lines[5].split()[-2:]
        assert "b/tyj-2023.yaml" in at.lines[2]
        assert at.lines[3] == "本文件夹"
        await at.press("1", "enter")
        assert isinstance(at.app.screen, ReportScreen)
        assert at.app.screen.session.path.parent.name == "b"


async def test_a_report_that_was_changed_is_checked_again(folder: Path) -> None:
    async with at_desk(folder) as at:
        state = at.desk._state
        first = dict(state.states)
        await at.press("1", "enter")
        path = folder / "b/tyj-2023.yaml"
        path.write_text(path.read_text("utf-8").replace("某县", "某市"), encoding="utf-8")
        await at.press("ctrl+q")
        await at.checked()
        assert state.states[folder / "a/tyj-2023.yaml"] is first[folder / "a/tyj-2023.yaml"]
        assert state.states[path].name.zh == "2023 某市退役军人事务局"


async def test_what_cannot_be_opened_says_why(folder: Path) -> None:
    (folder / "c.yaml").write_text("report_type: [gov", encoding="utf-8")
    (folder / "d.yaml").write_text("report_type: none/1\n", encoding="utf-8")
    async with at_desk(folder) as at:
        assert [option.split()[-1] for option in at.options[:2]] == ["打不开", "打不开"]
        await at.press("1")
        assert at.lines[-2].startswith("! ")
        await at.press("enter")
        assert at.app.screen is at.desk
        assert "c.yaml" in at.lines[-2]
        await at.press("end")
        assert not at.lines[-2]


async def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as at:
        text = "\n".join(at.lines)
        assert "本文件夹没有报告" in at.lines[0]
        assert "n  新建一份年报" in text
        assert "o  打开别处的年报或文件夹" in text
        await at.press("enter", "down", "5", "pagedown")
        assert at.app.screen is at.desk


async def test_hundreds_of_files_do_not_keep_the_keys_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def slow(state: DeskState, path: Path) -> FileState:
        goes_on.wait(60)
        return check(state, path)

    check = DeskState.check
    monkeypatch.setattr(DeskState, "check", slow)
    text = draft(tmp_path).read_bytes()
    for number in range(300):
        (tmp_path / f"u{number:03}.yaml").write_bytes(text)
    desk = DeskScreen(tmp_path)
    app = DisclosureApp(desk, Language.CHINESE)
    async with app.run_test(size=(80, 24)):
        at = AtDesk(desk, app)
        await at.until(lambda: len(at.options) == 301)
        await at.press("2", "5", "0")
        assert desk._list.selected == 249
        working = desk._working
        assert working is not None
        assert not working.done()
        assert at.options[-1].endswith("待校验")
        assert "301 份报告" in at.lines[0]
        await at.press("enter")
        # Once a report is open nothing is computed for the desk.
        assert isinstance(app.screen, ReportScreen)
        assert working.cancelling()
        goes_on.set()
        await at.press("ctrl+q", "q")
    assert app.return_value == 0


async def test_another_folder_and_a_file_elsewhere_are_opened(folder: Path) -> None:
    async with at_desk(folder / "a") as at:
        assert len(at.options) == 1
        await at.press("o")
        await at.type("../nowhere")
        await at.press("enter")
        assert any("没有这个文件或文件夹" in line for line in at.lines)
        await at.press(*["backspace"] * 10)
        await at.type("..")
        await at.press("enter")
        await at.checked()
        await at.until(lambda: len(at.options) == 2)
        await at.press("ctrl+o")
        await at.type("b/tyj-2023.yaml")
        await at.press("enter")
        assert isinstance(at.app.screen, ReportScreen)
        await at.press("ctrl+q")
        assert at.app.screen is at.desk


@pytest.mark.slow
async def test_a_report_is_begun_from_last_years(folder: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("n", "enter")
        await at.type("a/tyj-2023.yaml")
        await at.press("enter")
        text = "\n".join(at.lines)
        assert "2024" in text
        assert "某县退役军人事务局" in text
        assert "县级政府部门" in text
        await at.press("end", "enter", *["backspace"] * 300)
        await at.type("a")
        await at.press("enter", "ctrl+s")
        assert isinstance(at.app.screen, ReportScreen)
        session = at.app.screen.session
        assert session.path == folder / "a/tyj-2024.yaml"
        assert session.report.value_at(("prior", "file")) == "tyj-2023.yaml"
        assert session.prior.status == "used"
        await at.press("ctrl+q")


async def test_a_report_is_begun_from_nothing(folder: Path, tmp_path: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("n", "ctrl+s")
        assert any("请填写单位名称" in line for line in at.lines)
        # The cursor stands on what is missing.
        await at.press("up", "enter", *["backspace"] * 4)
        await at.type("二〇二五")
        await at.press("enter", "ctrl+s")
        assert any("年度请写四位数字" in line for line in at.lines)
        await at.press("enter", *["backspace"] * 4)
        await at.type("２０２３")
        await at.press("enter", "enter")
        await at.type("某县水务局")
        await at.press("enter")
        text = "\n".join(at.lines)
        assert "mxswj" in text
        dialog = at.app.screen
        assert isinstance(dialog, NewReportScreen)
        assert dialog._form.usual_place.endswith("home/annual-reports/2023/mxswj-2023.yaml")
        await at.press("down", "enter")
        await at.type("6")
        await at.press("enter")
        assert dialog._fields.cursor == Pointer.of("level"), "as in the report itself"
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, ReportScreen)
        place = tmp_path / "home/annual-reports/2023/mxswj-2023.yaml"
        assert open_document(place).data["organ"]["code"] == "mxswj"
        assert open_document(place).data["organ"]["level"]
        await at.press("ctrl+q", "n", "down", "down", "enter")
        # The same name again is refused: nothing is written over.
        await at.type("某县水务局")
        await at.press("enter", "up", "up", "enter", *["backspace"] * 4)
        await at.type("2023")
        await at.press("enter", "ctrl+s")
        assert isinstance(at.app.screen, NewReportScreen)
        assert any(line.startswith("! ") for line in at.lines)
        await at.press("escape")
        assert any("填了的还没有建成年报" in line for line in at.lines)
        await at.press("enter")
        assert isinstance(at.app.screen, NewReportScreen), "one key throws nothing away"
        await at.press("escape", "1", "enter")
        assert at.app.screen is at.desk


async def test_letters_begin_a_name_a_code_and_a_file(folder: Path) -> None:
    async with at_desk(folder, language=Language.ENGLISH) as at:
        await at.press("n")
        await at.type("a/none.yaml")
        await at.press("tab", "tab")
        await at.type("Records office")
        await at.press("tab")
        await at.type("ro2")
        await at.press("tab")
        text = "\n".join(at.lines)
        assert "a/none.yaml" in text
        assert "Records office" in text
        assert "ro2" in text
        await at.press("f1")
        assert any("Another type of report" in line for line in at.lines)
        await at.press("escape")
        assert isinstance(at.app.screen, NewReportScreen)


async def test_what_is_missing_is_under_the_cursor(folder: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("n", "down", "down", "down", "down")
        await at.press("ctrl+s")
        await at.type("某局")
        await at.press("enter", "delete", "end", "ctrl+s")
        assert any("请填写单位代码" in line for line in at.lines)
        await at.type("mj1")
        await at.press("enter", "ctrl+s")
        assert isinstance(at.app.screen, ReportScreen)


async def test_another_type_of_report_is_offered(folder: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("n")
        assert not any("报告类型" in line for line in at.lines)
        await at.press("ctrl+t")
        assert any("政府信息公开工作年度报告" in line for line in at.lines)
        assert not any("2019年格式" in line for line in at.lines), "the year decides the edition"
        await at.press("end", "enter")
        assert any("报告类型" in line for line in at.lines)


async def test_a_type_that_was_chosen_is_begun(folder: Path) -> None:
    async with at_desk(folder) as at:
        await at.press("n", "ctrl+t", "end", "enter", "down")
        await at.type("2024")
        await at.press("enter")
        await at.type("Archives")
        await at.press("enter", "ctrl+s")
        assert isinstance(at.app.screen, ReportScreen)
        assert at.app.screen.session.report.value_at(("report_type",)) == "us-foia-annual/2008"


async def test_of_several_types_in_a_language_one_is_chosen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = {"zh": "政务服务工作年度报告"}
    both = {
        "gov-info-annual": Kind("gov-info-annual", "zh", {"zh": "政府信息公开工作年度报告"}),
        "services": Kind("services", "zh", second),
    }
    monkeypatch.setattr("disclosure_tui.tui.new_report_form.kinds", lambda *_: both)
    async with at_desk(folder) as at:
        await at.press("n")
        assert any("报告类型" in line for line in at.lines)
        await at.press("up", "enter")
        assert any("2  政务服务工作年度报告" in line for line in at.lines)
        await at.press("2", "enter")
        assert any(line.endswith("政务服务工作年度报告") for line in at.lines)


async def test_in_english(folder: Path) -> None:
    async with at_desk(folder, language=Language.ENGLISH) as at:
        assert at.lines[0] == "2 reports here, Enter opens"
        assert at.options[0].endswith("clean")


def test_recent_files_are_kept_in_order_and_few(tmp_path: Path) -> None:
    assert recently_opened() == ()
    for number in range(30):
        note_opened(tmp_path / f"{number}.yaml")
    note_opened(tmp_path / "15.yaml")
    found = recently_opened()
    assert found[:2] == (tmp_path / "15.yaml", tmp_path / "29.yaml")
    assert len(found) == 20
    assert oct((tmp_path / "state/disclosure-tui/recent").stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("contents", [b"", b"\n\n", b"\xff\xfe", b"/a\n" * 100_000, b"relative\n"])
def test_a_damaged_list_of_recent_files_is_no_matter(tmp_path: Path, contents: bytes) -> None:
    place = tmp_path / "state/disclosure-tui"
    place.mkdir(parents=True)
    (place / "recent").write_bytes(contents)
    assert set(recently_opened()) <= {Path("/a")}
    note_opened(tmp_path / "x.yaml")
    assert recently_opened()[0] == tmp_path / "x.yaml"


def test_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xd6\xd0.yaml")
    note_opened(path)
    assert recently_opened() == (path,)


def test_where_nothing_can_be_written_nothing_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    note_opened(tmp_path / "x.yaml")
    assert recently_opened() == ()
