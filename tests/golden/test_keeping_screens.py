"""The screens that nothing is lost by: two people, broken sessions, earlier versions, copies.

They are led to by what really happens, and compared as the others are in `test_screens`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Language, Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Displaced, Reverted
from disclosure_tui.tui.screens.news import show_news
from disclosure_tui.tui.screens.report import ReportScreen
from golden.test_screens import (
    DESK,
    GOLDEN,
    HOLDER,
    SCENES,
    SHOWN,
    VIEWS,
    Lead,
    Scene,
    Shown,
    calls,
    keys,
    show_and_compare,
)
from golden.test_screens import _somebody as somebody  # noqa: F401 - an autouse fixture
from tui.report_files import GRANTED, NEW, complete, draft, opened
from tui.test_keeping import broken_off

CELL = NEW / "natural_person"
OVERVIEW = Pointer.of("overview")
THEIR_TEXT = "（一）主动公开。更新了办事指南。" * 6
MY_TEXT = "补充一句。"


def saved_by_another(*edits: SetValue, mine: Lead) -> Lead:
    """Lead to what saving asks when somebody else has saved other values meanwhile."""

    async def lead(shown: Shown) -> None:
        session = shown.report.session
        theirs = session.document.apply(Transaction(edits))[0]
        await mine(shown)
        session.path.write_bytes(theirs.encode())
        await shown.press("ctrl+s")

    return lead


def pasted(text: str, at: Pointer) -> Lead:
    async def lead(shown: Shown) -> None:
        await shown.go(at)
        shown.app.post_message(events.Paste(text))
        await shown.settled()

    return lead


def chosen(name: Text, *pressed: str) -> Lead:
    """Lead there by the menu, as whoever does not know a key."""

    async def lead(shown: Shown) -> None:
        await shown.press("ctrl+p")
        await shown.type(name.in_(shown.app.language))
        await shown.press("enter", *pressed)

    return lead


def then(*leads: Lead) -> Lead:
    async def lead(shown: Shown) -> None:
        for one in leads:
            await one(shown)

    return lead


async def elsewhere(shown: Shown) -> None:
    """Name a place that is the same on every machine."""
    await shown.press(*["backspace"] * (len(str(shown.report.session.path)) + 10))
    await shown.type("/home/li/annual-reports/2023/tyj-2023-2.yaml")


def with_versions(folder: Path) -> Path:
    """Write a report that was saved before, with another figure than now."""
    path = complete(folder)
    session = opened(path)
    session.set_value(CELL, 6)
    session.save()
    session.set_value(CELL, 5)
    session.save()
    assert session.hang_up()
    return path


def displaced(report: ReportScreen) -> None:
    show_news(report, (Displaced(HOLDER, 2),), _never)


def reverted(report: ReportScreen) -> None:
    report.session.set_value(CELL, 4)
    commit = report.session.undo()
    assert commit is not None
    reason = EditRefused(Text("写出来的与要写的不一样。", "What was written is another value."))
    show_news(report, (Reverted(reason, (commit,), None),), _never)


async def _never() -> None:
    raise AssertionError


HISTORY = Text("历史版本", "Earlier versions")
ELSEWHERE = Text("存到别处", "Save elsewhere")
FOUR = keys("4", "enter", at=CELL)
SEVEN = (SetValue(CELL, 7), SetValue(NEW / "total", 7))
BLOCK = "12\t3\t\t0\n2.5\tO\t约4\t1\n"
DOUBTS = "\n".join("\t".join(["无"] * 3 + ["1"]) for _ in range(4))
KEEPING = {
    "conflict": Scene(complete, saved_by_another(*SEVEN, mine=FOUR)),
    "conflict-second": Scene(
        complete,
        then(
            saved_by_another(
                *SEVEN,
                SetValue(GRANTED / "other", 8),
                mine=then(FOUR, keys("9", "enter", at=GRANTED / "other")),
            ),
            keys("1", "enter"),
        ),
    ),
    "conflict-text": Scene(
        complete,
        saved_by_another(
            SetValue(OVERVIEW, THEIR_TEXT), mine=keys("ctrl+end", at=OVERVIEW, typed=MY_TEXT)
        ),
    ),
    "conflict-left": Scene(complete, then(saved_by_another(*SEVEN, mine=FOUR), keys("escape"))),
    "recovery": Scene(broken_off, keys()),
    "recovery-look": Scene(broken_off, keys("2", "enter")),
    "recovery-done": Scene(broken_off, keys("1", "enter")),
    "recovery-later": Scene(broken_off, keys("escape")),
    "history": Scene(with_versions, chosen(HISTORY)),
    "history-compare": Scene(with_versions, then(FOUR, chosen(HISTORY, "enter"))),
    "history-none": Scene(complete, chosen(HISTORY)),
    "save-elsewhere": Scene(complete, then(chosen(ELSEWHERE), elsewhere)),
    "save-elsewhere-refused": Scene(complete, then(chosen(ELSEWHERE), elsewhere, keys("enter"))),
    "paste-preview": Scene(complete, pasted("1\t2\t3\n4\t5\t6\n", CELL)),
    "paste-preview-doubts": Scene(complete, pasted(BLOCK, CELL)),
    "paste-preview-many-doubts": Scene(complete, pasted(DOUBTS, CELL)),
    "paste-too-large": Scene(complete, pasted("1\t2\t3\n", NEW / "total")),
    "taken-over": Scene(complete, calls(displaced)),
    "reverted": Scene(complete, calls(reverted)),
    "value-choice": Scene(draft, keys("enter", at=Pointer.of("organ", "level"))),
    "annotation": Scene(complete, keys("'", at=CELL, typed="窗口登记")),
    "typed-totals": Scene(complete, keys("t", at=CELL)),
    "carry-over": Scene(draft, keys("k", at=CELL)),
    "export": Scene(complete, keys("E", at=CELL)),
    "export-draft": Scene(draft, keys("E", at=CELL)),
    "export-format": Scene(complete, keys("E", "1", "enter", at=CELL)),
}


@pytest.mark.parametrize("view", SHOWN, ids=lambda view: f"{view[0].value}-{view[1][0]}")
@pytest.mark.parametrize("name", KEEPING)
async def test_a_screen_that_keeps_work(
    tmp_path: Path, name: str, view: tuple[Language, tuple[int, int]]
) -> None:
    await show_and_compare(tmp_path, name, KEEPING[name], view)


@pytest.mark.parametrize("name", ["save-elsewhere", "annotation", "desk-open"])
def test_a_line_is_asked_for_over_what_it_is_about(name: str) -> None:
    shown = (GOLDEN / "zh-80x24" / f"{name}.txt").read_text("utf-8")
    assert "Ctrl+P 菜单" in shown, "what is below stays in view"


def test_no_golden_file_is_left_over() -> None:
    known = {f"{name}.txt" for name in (*SCENES, *KEEPING, *DESK, "desk-empty")}
    for language, size in VIEWS:
        folder = GOLDEN / f"{language.value}-{size[0]}x{size[1]}"
        assert {path.name for path in folder.glob("*.txt")} == known
