"""A report is shown before it is checked, and nothing is said or done without the check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Session
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.screens.report import ReportScreen
from disclosure_tui.tui.side_by_side import panel_paragraphs
from disclosure_tui.tui.work_area import Panel
from tui.editing import editing
from tui.report_files import NEW, complete, draft, opened

YEAR = Pointer.of("year")
CHECKING = "正在校验"
NO_FINDINGS = "没有问题"

During = Callable[[Filling], None]


@pytest.fixture
def when_checked(monkeypatch: pytest.MonkeyPatch) -> list[During]:
    """Return what is done as soon as a screen asks for its first check, before that is done."""
    acts: list[During] = []
    check = Filling.check

    def watched(filling: Filling) -> None:
        for act in acts:
            act(filling)
        check(filling)

    monkeypatch.setattr(Filling, "check", watched)
    return acts


def wrong_total(folder: Path) -> Path:
    """Write a report whose first page is right and in whose third table a total is wrong."""
    path = complete(folder)
    session = opened(path)
    session.set_value(NEW / "total", 5)
    path.write_bytes(session.document.encode())
    session.close(drop=True)
    return path


async def test_the_first_picture_claims_nothing(
    tmp_path: Path, when_checked: list[During], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[list[str]] = []
    mounted = ReportScreen.on_mount
    apps: list[DisclosureApp] = []

    def on_mount(screen: ReportScreen) -> None:
        apps.append(screen.editor)
        mounted(screen)

    monkeypatch.setattr(ReportScreen, "on_mount", on_mount)
    when_checked.append(lambda _: pictures.append(picture(apps[0])))
    async with editing(wrong_total, tmp_path) as edit:
        (first,) = pictures
        assert any("2023" in line for line in first), "the figures were there"
        assert first[-3].rstrip() == CHECKING
        assert "!" not in first[0]
        assert not any(NO_FINDINGS in line for line in first)
        assert CHECKING not in "\n".join(edit.lines)
        assert "三!" in edit.lines[0].replace(" ", "")


def picture(app: DisclosureApp) -> list[str]:
    return [
        "".join(segment.text for segment in strip)
        for strip in app.screen._compositor.render_strips()
    ]


async def test_a_panel_says_that_it_does_not_know_yet(
    tmp_path: Path, when_checked: list[During]
) -> None:
    async with editing(wrong_total, tmp_path, (140, 40)) as edit:
        edit.report.toggle(Panel.FINDINGS)
        said: list[str] = []

        def note(filling: Filling) -> None:
            said.extend(text for text, _ in panel_paragraphs(filling, filling.pages[0], YEAR))

        when_checked.append(note)
        other = ReportScreen(opened(wrong_total(tmp_path)))
        await edit.app.push_screen(other)
        await edit.settled()
        assert said == [CHECKING]
        await other.stands()
        assert other.filling.is_checked
        other.session.hang_up()


@pytest.mark.parametrize("moment", ["before it is mounted", "while it is checked"])
async def test_what_is_typed_before_the_check_is_judged_by_it(
    tmp_path: Path, moment: str, when_checked: list[During], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [*(events.Key(digit, digit) for digit in "2031"), events.Key("enter", None)]
    known: list[bool] = []
    mounted, taken = ReportScreen.on_mount, ReportScreen.take_key

    def type_all(screen: ReportScreen) -> None:
        for key in keys:
            screen.app.post_message(key)

    def on_mount(screen: ReportScreen) -> None:
        if moment == "before it is mounted":
            type_all(screen)
        else:
            when_checked.append(lambda _: type_all(screen))
        mounted(screen)

    async def take_key(screen: ReportScreen, event: events.Key) -> None:
        known.append(screen.filling.is_checked)
        await taken(screen, event)

    monkeypatch.setattr(ReportScreen, "on_mount", on_mount)
    monkeypatch.setattr(ReportScreen, "take_key", take_key)
    async with editing(complete, tmp_path) as edit:
        assert known == [True] * len(keys), "no key met a screen without its check"
        assert edit.value(YEAR) == 2031
        assert edit.session.unsaved == 1
        assert edit.session.result == fresh(edit.session).result
        found = len(edit.report.filling.identities)
        assert found
        assert f"新增问题 {found} 个" in edit.message


def fresh(session: Session) -> Session:
    """Open what a session holds now, as another program would."""
    path = session.path.with_name("again.yaml")
    path.write_bytes(session.document.encode())
    return opened(path)


async def test_a_draft_counts_its_blanks_after_the_check(
    tmp_path: Path, when_checked: list[During]
) -> None:
    counted: list[int] = []
    when_checked.append(
        lambda filling: counted.append(sum(entry.blank for entry in filling.outline()))
    )
    async with editing(draft, tmp_path) as edit:
        assert counted == [0]
        assert sum(entry.blank for entry in edit.report.filling.outline()) > 0
        assert "_" in edit.lines[0]
