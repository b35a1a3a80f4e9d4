"""Answering a query in the editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.finding import State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.screens.explanation import ExplanationScreen
from tui.editing import Editing, editing
from tui.report_files import NEW, complete, opened

RULES_IN_FORCE = Pointer.parse("/proactive/article_20_1/administrative_rules/in_force")
EXPLANATIONS = Pointer.of("explanations")


def ruled(folder: Path) -> Path:
    """Write a report of a department that has rules in force: T2-AUTHORITY and X-STOCK fail."""
    path = complete(folder)
    text = path.read_text(encoding="utf-8")
    row = "administrative_rules: {made: 0, repealed: 0, in_force: "
    path.write_text(text.replace(row + "0", row + "2"), encoding="utf-8")
    return path


def open_rules(edit: Editing) -> set[str]:
    """Return the open queries at the figure; those about prose are another matter."""
    return {finding.rule for finding in edit.session.result.findings.at(RULES_IN_FORCE)}


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")


async def explain(edit: Editing, text: str) -> None:
    """Choose the first reason, write the text and keep it."""
    await edit.press("enter", "1", "enter")
    await edit.type(text)
    await edit.press("ctrl+s")


async def test_a_query_is_explained_and_the_report_keeps_it(tmp_path: Path) -> None:
    async with editing(ruled, tmp_path) as edit:
        await edit.go(RULES_IN_FORCE)
        assert open_rules(edit) == {"T2-AUTHORITY", "X-STOCK"}
        await edit.press("e")
        assert isinstance(edit.app.screen, ExplanationScreen)
        assert "填写说明" in edit.lines[0]
        first = edit.app.screen._finding
        await explain(edit, "经省政府批准，数字与备案一致")
        assert edit.app.screen is edit.report
        left = len(edit.session.result.findings.open)
        assert edit.message == f"说明已写入，还有 {left} 个问题"
        assert len(open_rules(edit)) == 1
        (entry,) = edit.session.report.value_at(EXPLANATIONS)
        assert entry["rule"] == first.rule
        assert entry["text"] == "经省政府批准，数字与备案一致"
        assert entry["by"] == "李某"
        assert entry["reason"]
        assert entry["at"]
        states = {f.rule: f.state for f in edit.session.result.findings}
        assert states[first.rule] is State.EXPLAINED
        assert edit.session.unsaved == 1
        await edit.press("ctrl+z")
        assert edit.session.report.value_at(EXPLANATIONS) is None
        assert open_rules(edit) == {"T2-AUTHORITY", "X-STOCK"}


@pytest.mark.parametrize("text", ["", "无", "属实", "情况属实。", "abc"])
async def test_what_says_nothing_is_refused_with_an_example(tmp_path: Path, text: str) -> None:
    async with editing(ruled, tmp_path) as edit:
        await edit.go(RULES_IN_FORCE)
        await edit.press("e")
        await explain(edit, text)
        assert isinstance(edit.app.screen, ExplanationScreen)
        line = edit.line_of("说明太短")
        assert line.startswith("!")
        assert "例如" in line
        assert edit.session.report.value_at(EXPLANATIONS) is None
        await edit.press("escape")
        assert edit.app.screen is edit.report


async def test_from_the_list_and_not_for_errors(tmp_path: Path) -> None:
    async with editing(ruled, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        await edit.press("f", "1", "e")
        assert edit.app.screen is edit.report
        assert "不能用说明代替" in edit.message
        rules = [finding.rule for finding in edit.session.result.findings.open]
        await edit.press("f", *str(1 + rules.index("X-STOCK")), "e")
        assert isinstance(edit.app.screen, ExplanationScreen)
        await explain(edit, "机构改革后重新核定")
        assert edit.app.screen is edit.report
        assert len(edit.session.report.value_at(EXPLANATIONS)) == 1


async def test_a_lapsed_one_is_offered_again(tmp_path: Path) -> None:
    async with editing(ruled, tmp_path) as edit:
        await edit.go(RULES_IN_FORCE)
        await edit.press("e")
        rule = edit.app.screen._finding.rule  # type: ignore[attr-defined]
        await explain(edit, "经省政府批准，数字与备案一致")
        await edit.press("3", "enter")
        lapsed = [f for f in edit.session.result.findings if f.state is State.LAPSED]
        assert [f.rule for f in lapsed] == [rule]
        assert "说明已失效：写说明时填 2，现在是 3" in edit.report.filling.wording.line(lapsed[0])
        panel = edit.report.filling.wording.panel(lapsed[0])
        assert panel.startswith("李某 20")
        assert "当时是 2，现在是 3" in panel
        await edit.go(RULES_IN_FORCE)
        while edit.app.screen is edit.report:
            await edit.press("f", str(1 + edit.session.result.findings.open.index(lapsed[0])), "e")
        assert edit.line_of("经省政府批准")
        await edit.press("ctrl+s")
        assert len(edit.session.report.value_at(EXPLANATIONS)) == 2
        assert not [f for f in edit.session.result.findings if f.state is State.LAPSED]


async def test_nothing_to_explain_here(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("e")
        assert edit.app.screen is edit.report
        assert "没有可以说明的问题" in edit.message


async def test_in_english(tmp_path: Path) -> None:
    async with editing(ruled, tmp_path, language=Language.ENGLISH) as edit:
        await edit.go(RULES_IN_FORCE)
        await edit.press("e")
        assert "Explain" in edit.lines[0]
        await edit.press("enter")
        assert edit.line_of("other (say it in the explanation)")


async def test_who_holds_the_report_meanwhile_is_asked_about(tmp_path: Path) -> None:
    async with editing(ruled, tmp_path) as edit:
        other = opened(edit.session.path)
        other.set_value(NEW / "other", 9)
        try:
            await edit.go(RULES_IN_FORCE)
            await edit.press("e")
            await explain(edit, "经省政府批准，数字与备案一致")
            assert "有人正在填报这份报告" in "".join(edit.lines)
            await edit.press("escape")
            assert isinstance(edit.app.screen, ExplanationScreen)
            assert not edit.session.report.value_at(EXPLANATIONS)
            await edit.press("ctrl+s", "2", "enter")
            assert edit.app.screen is edit.report
            assert len(edit.session.report.value_at(EXPLANATIONS)) == 1
            assert edit.message.startswith("说明已写入")
        finally:
            other.hang_up()
