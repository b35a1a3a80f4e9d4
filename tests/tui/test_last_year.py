"""Last year's report, named and typed in from the editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.prior import PriorStatus
from disclosure_tui.tui.screens.explanation import ExplanationScreen
from disclosure_tui.tui.screens.last_year import LastYearScreen
from tui.editing import editing
from tui.report_files import NEW, complete, draft, opened

PRIOR = Pointer.of("prior")
IN_FORCE = "/proactive/article_20_1/administrative_rules/in_force"


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")


def with_a_file(folder: Path) -> Path:
    """Write a draft, and beside it a report of the year before."""
    path = complete(folder)
    text = path.read_text(encoding="utf-8").replace("year: 2023", "year: 2022")
    (folder / "old.yaml").write_text(text, encoding="utf-8")
    return draft(folder)


async def test_a_file_is_named(tmp_path: Path) -> None:
    async with editing(with_a_file, tmp_path) as edit:
        assert edit.session.prior.status == PriorStatus.NONE
        await edit.press("l")
        assert isinstance(edit.app.screen, LastYearScreen)
        await edit.press("enter")
        await edit.type("nothing.yaml")
        await edit.press("ctrl+s")
        assert edit.line_of("找不到上年年报文件").startswith("!")
        await edit.press("up", "up", "home", "enter", *["backspace"] * 12)
        await edit.type("old.yaml")
        await edit.press("ctrl+s")
        assert edit.app.screen is edit.report
        assert "上年年报已写入" in edit.message
        assert edit.session.prior.status == PriorStatus.USED
        assert edit.session.report.value_at((*PRIOR, "file")) == "old.yaml"
        await edit.press("ctrl+z")
        assert edit.session.prior.status == PriorStatus.NONE


async def test_figures_are_typed_from_the_query_in_the_list(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        rules = [finding.rule for finding in edit.session.result.findings.open]
        await edit.press("f", *str(1 + rules.index("X-PRIOR")), "l")
        assert isinstance(edit.app.screen, LastYearScreen)
        assert edit.line_of("表二 规章 现行有效")
        await edit.press("down", "2", "x")
        assert edit.line_of("只填数字").startswith("!")
        await edit.press("backspace", "enter")
        await edit.press("ctrl+s")
        assert edit.app.screen is edit.report
        noted = edit.session.report.value_at(PRIOR)
        assert noted == {"values": {IN_FORCE: 2}, "source": "纸质年报", "by": "李某"}
        assert edit.session.prior.status == PriorStatus.TYPED
        await edit.press("l", "escape")
        assert edit.app.screen is edit.report


async def test_the_query_is_explained_where_there_was_none(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        rules = [finding.rule for finding in edit.session.result.findings.open]
        await edit.press("f", *str(1 + rules.index("X-PRIOR")), "e")
        assert isinstance(edit.app.screen, ExplanationScreen)
        await edit.press("enter", "1", "enter")
        await edit.type("本局2023年3月设立")
        await edit.press("ctrl+s")
        assert "X-PRIOR" not in {finding.rule for finding in edit.session.result.findings.open}


async def test_who_holds_the_report_meanwhile_is_asked_about(tmp_path: Path) -> None:
    async with editing(with_a_file, tmp_path) as edit:
        other = opened(edit.session.path)
        other.set_value(NEW / "other", 9)
        try:
            await edit.press("l", "enter")
            await edit.type("old.yaml")
            await edit.press("enter", "ctrl+s")
            assert "有人正在填报这份报告" in "".join(edit.lines)
            await edit.press("1", "enter")
            # Whoever only looks sees why nothing is written, and what was filled in stays.
            assert isinstance(edit.app.screen, LastYearScreen)
            await edit.press("ctrl+s")
            assert edit.line_of("只读：").startswith("!")
            assert edit.session.prior.status == PriorStatus.NONE
        finally:
            other.hang_up()
