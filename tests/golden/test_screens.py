"""Every screen as text, in Chinese at three sizes and in English at the smallest.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
Nothing in the pictures depends on the day, the person or the place they were made.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.screen import ModalScreen

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Language, Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.render.width import MEASURE
from disclosure_tui.session import Holder, HolderState
from disclosure_tui.store.save_errors import DiskFull
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.detach_question import ask_detaching
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.screens.new_report import NewReportScreen
from disclosure_tui.tui.screens.news import show_notes
from disclosure_tui.tui.screens.report import ReportScreen
from disclosure_tui.tui.screens.save_trouble import ask_trouble
from disclosure_tui.tui.widgets.lines import TextLine
from tui.report_files import GRANTED, NEW, complete, draft, opened
from tui.settling import press, settled, type_text
from tui.test_finding_list import WRONG, mistyped

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "screens"
SIZES = ((80, 24), (100, 30), (160, 50))
VIEWS = [(Language.CHINESE, size) for size in SIZES] + [(Language.ENGLISH, SIZES[0])]
SHOWN = [pytest.param(view, marks=() if view == VIEWS[0] else pytest.mark.slow) for view in VIEWS]
"""The first is for `make test`, the others take as long again each."""
MODIFIED = 1705737600
"""20 January 2024: when the files were written, as far as the status line tells."""
_WHEN = re.compile(
    r"20(?!24-01-20)\d\d-\d\d-\d\d \d\d:\d\d|(?<=已保存 )\d\d:\d\d|(?<=saved )\d\d:\d\d"
)
"""When something was done, in this test."""
FIXED = ("keys", "hint", "title", "status", "message", "introduction")
"""Lines that have to fit whole."""
LONGEST = Pointer.parse("/requests/results/other/fee_overdue/legal_service")


class Shown:
    """A screen being led to what is to be seen."""

    def __init__(self, app: DisclosureApp) -> None:
        self.app = app

    async def press(self, *pressed: str) -> None:
        await press(self.app, *pressed)

    async def settled(self) -> None:
        """Wait until what happened by itself is shown."""
        await settled(self.app)

    @property
    def report(self) -> ReportScreen:
        (report,) = (one for one in self.app.screen_stack if isinstance(one, ReportScreen))
        return report

    async def type(self, text: str) -> None:
        await type_text(self.app, text)

    async def go(self, pointer: Pointer) -> None:
        self.report.tell("")
        self.report.go_to(pointer)
        await self.settled()

    @property
    def lines(self) -> list[str]:
        return [
            "".join(segment.text for segment in strip)
            for strip in self.app.screen._compositor.render_strips()
        ]


Lead = Callable[[Shown], Awaitable[None]]


def keys(*pressed: str, at: Pointer | None = None, typed: str = "") -> Lead:
    """Lead there by keys, from a cell if one is named, and typed text behind them."""

    async def lead(shown: Shown) -> None:
        if at is not None:
            await shown.go(at)
        if pressed:
            await shown.press(*pressed)
        if typed:
            await shown.type(typed)

    return lead


def calls(act: Callable[[ReportScreen], object]) -> Lead:
    """Lead there by what happens by itself."""

    async def lead(shown: Shown) -> None:
        act(shown.report)
        await shown.settled()

    return lead


def last_year(folder: Path) -> Path:
    for name in ("sqs-2023.yaml", "sqs-2024.yaml"):
        shutil.copy(ROOT / "samples/complete" / name, folder / name)
    return folder / "sqs-2024.yaml"


def filled_in(folder: Path) -> Path:
    shutil.copy(ROOT / "samples/draft/jyj-2025.yaml", folder)
    return folder / "jyj-2025.yaml"


def all_wrong(folder: Path) -> Path:
    """Write a report in which every cell of table 3 is something else than a number."""
    path = complete(folder)
    lines = path.read_text("utf-8").splitlines()
    start, end = lines.index("requests:"), next(i for i, x in enumerate(lines) if x == "disputes:")
    lines[start:end] = [line.replace(": 0", ": 1.5") for line in lines[start:end]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


HOLDER = Holder("张某", "zhang", "fuwuqi", "pts/2", 4711, None, None, HolderState.ALIVE, False)
NOBODY: Callable[[], Any] = lambda: None  # noqa: E731


async def _never() -> None:
    raise AssertionError


def trouble(report: ReportScreen) -> None:
    ask_trouble(report, DiskFull("tyj-2023.yaml"), _never, _never)


def detaching(report: ReportScreen) -> None:
    error = EditRefused(Text("这个值与别处共用。", "The value is shared."))
    error.detachable = tuple(NEW / "other")
    ask_detaching(report, error, NOBODY)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown.

    Attributes:
        make: Writes the report.
        lead: Leads from its first page to what is shown.
    """

    make: Callable[[Path], Path]
    lead: Lead


SCENES = {
    "report-fields": Scene(draft, keys()),
    "report-prose": Scene(last_year, keys(at=Pointer.of("overview"))),
    "report-table-2": Scene(filled_in, keys(at=Pointer.of("proactive"))),
    "report-table-3": Scene(filled_in, keys(at=NEW / "natural_person")),
    "report-table-3-wrong": Scene(mistyped, keys(at=WRONG)),
    "report-table-3-all-wrong": Scene(all_wrong, keys(at=GRANTED / "other")),
    "report-table-4": Scene(draft, keys(at=Pointer.of("disputes"))),
    "report-longest-label": Scene(draft, keys(at=LONGEST)),
    "report-typing": Scene(complete, keys(at=NEW / "other", typed="3+2")),
    "findings-panel": Scene(mistyped, keys("p", at=WRONG)),
    "last-year-column": Scene(last_year, keys("v", at=NEW / "natural_person")),
    "both-panels": Scene(last_year, keys("p", "v", at=NEW / "natural_person")),
    "last-year-comparison": Scene(last_year, keys("V")),
    "finding-list": Scene(filled_in, keys("f")),
    "finding-list-by-section": Scene(filled_in, keys("f", "o")),
    "finding-list-offer": Scene(mistyped, keys("f", "1")),
    "rule-choice": Scene(mistyped, keys("i", at=WRONG)),
    "rule-explanation": Scene(mistyped, keys("i", "enter", at=WRONG)),
    "explanation": Scene(draft, keys("f", "1", "e")),
    "last-year": Scene(draft, keys("l")),
    "what-is-left": Scene(filled_in, keys("w")),
    "section-list": Scene(filled_in, keys("o")),
    "place-search": Scene(filled_in, keys("/", typed="xs")),
    "place-search-none": Scene(filled_in, keys("/", typed="xyzzy")),
    "menu": Scene(complete, keys("ctrl+p")),
    "menu-narrowed": Scene(complete, keys("ctrl+p", typed="bc")),
    "help": Scene(complete, keys("f1")),
    "fill-question": Scene(draft, keys("z", at=NEW / "other")),
    "quit-question": Scene(complete, keys("5", "enter", "ctrl+q", at=NEW / "other")),
    "holder-question": Scene(complete, calls(lambda one: ask_holder(one, HOLDER, NOBODY))),
    "detach-question": Scene(complete, calls(detaching)),
    "save-trouble": Scene(complete, calls(trouble)),
    "notes": Scene(
        complete, calls(lambda one: show_notes(one, [Text("写入时有备份。", "There is a backup.")]))
    ),
}


@asynccontextmanager
async def showing(
    first: EditorScreen, language: Language, size: tuple[int, int]
) -> AsyncIterator[Shown]:
    app = DisclosureApp(first, language)
    async with app.run_test(size=size):
        shown = Shown(app)
        await shown.settled()
        yield shown
        for session in app.sessions:
            session.hang_up()


@pytest.fixture(autouse=True)
def _somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    # Marks that come when no key has come for a while would depend on the machine's haste.
    monkeypatch.setattr("disclosure_tui.tui.report_layout._REST", 10_000)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", "/home/li")
    # What a person has settled in a folder that all tests share would show on every screen.
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _some_time(found: re.Match[str]) -> str:
    """Return a time that does not depend on the day, as wide as the one it stands for."""
    return "2024-01-20 09:30"[-len(found.group()) :]


def compare(name: str, shown: Shown, language: Language, size: tuple[int, int]) -> None:
    """Compare what is shown with its golden file, and with what holds for every screen."""
    lines = shown.lines
    folder = GOLDEN / f"{language.value}-{size[0]}x{size[1]}"
    text = _WHEN.sub(_some_time, "".join(line.rstrip() + "\n" for line in lines))
    # Every change of a schema changes its digest.
    text = re.sub(r"((?:校验码|digest) )[0-9a-f]{12}", r"\g<1>000000000000", text)
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_bytes(text.encode())
    assert [MEASURE.width(line) for line in lines] == [size[0]] * size[1]
    check_nothing_is_cut(shown.app.screen, size)
    assert (folder / f"{name}.txt").read_text("utf-8") == text


def check_nothing_is_cut(screen: Any, size: tuple[int, int]) -> None:
    """Make sure that no widget is cut by an edge, and that fixed lines fit whole.

    A text that does not fit its widget ends with `~`; what is cut by an edge would not.
    """
    for widget, (region, clip) in screen._compositor.visible_widgets.items():
        if region.area:
            assert region.intersection(clip) == region, f"{widget} is cut"
    for line in screen.query(TextLine):
        if line.id in FIXED and line.display:
            room = line.size.width or size[0]
            assert MEASURE.width(line.text) <= max(room, 1), (line.id, line.text)


async def show_and_compare(
    folder: Path, name: str, scene: Scene, view: tuple[Language, tuple[int, int]]
) -> None:
    """Lead a report to a scene, and compare its screen with the golden one."""
    language, size = view
    path = scene.make(folder)
    os.utime(path, (MODIFIED, MODIFIED))
    async with showing(ReportScreen(opened(path)), language, size) as shown:
        await scene.lead(shown)
        assert isinstance(shown.app.screen, ReportScreen | ModalScreen)
        compare(name, shown, language, size)


@pytest.mark.parametrize("view", SHOWN, ids=lambda view: f"{view[0].value}-{view[1][0]}")
@pytest.mark.parametrize("name", SCENES)
async def test_a_screen_of_a_report(
    tmp_path: Path, name: str, view: tuple[Language, tuple[int, int]]
) -> None:
    await show_and_compare(tmp_path, name, SCENES[name], view)


DESK = {"desk": (), "desk-open": ("o",), "desk-menu": ("ctrl+p",), "desk-new": ("n",)}
DESK |= {
    "desk-new-type": ("n", "ctrl+t"),
    "desk-new-leave": ("n", "delete", "down", "delete", "escape"),
}


@pytest.mark.parametrize("view", SHOWN, ids=lambda view: f"{view[0].value}-{view[1][0]}")
@pytest.mark.parametrize("name", [*DESK, "desk-empty"])
async def test_a_screen_of_the_desk(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    view: tuple[Language, tuple[int, int]],
) -> None:
    language, size = view
    folder = tmp_path / "reports"
    folder.mkdir()
    if name != "desk-empty":
        for path in (draft(folder), filled_in(folder), last_year(folder)):
            os.utime(path, (MODIFIED, MODIFIED))
        (folder / "zzj-2025.yaml").write_text("report_type: [", encoding="utf-8")
    monkeypatch.setattr(DeskScreen, "_place", "/home/li/annual-reports")
    monkeypatch.setattr(
        "disclosure_tui.tui.new_report_form.likely_period", lambda *_: ReportPeriod(2025)
    )
    desk = DeskScreen(folder)
    async with showing(desk, language, size) as shown:
        assert desk._working is not None
        await desk._working
        await shown.settled()
        await shown.press(*DESK.get(name, ()))
        if isinstance(shown.app.screen, NewReportScreen):
            await shown.press("down", "down", "enter")
            await shown.type("某县水务局")
            await shown.press("enter")
        compare(name, shown, language, size)
