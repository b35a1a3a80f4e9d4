"""Figures of last year's report in the editor: filled in, marked, left out of a fill with 0."""

from __future__ import annotations

import re
from pathlib import Path

from disclosure_tui.model.pointer import Pointer
from tui.editing import editing
from tui.report_files import NEW, RESULTS_TOTAL, complete, draft

CARRIED_IN = Pointer.parse("/requests/carried_in")
CARRIED_FORWARD = Pointer.parse("/requests/carried_forward")
IN_FORCE = Pointer.parse("/proactive/article_20_1/administrative_rules/in_force")
HANDED = {"natural_person": 3, "enterprise": 1, "total": 4}


def with_last_year(folder: Path) -> Path:
    """Write a draft, and the report of the year before where it is found by its content."""
    path = complete(folder)
    text = path.read_text(encoding="utf-8").replace("year: 2023", "year: 2022")
    handed = "carried_forward: {natural_person: 3, enterprise: 1,"
    text = re.sub(r"carried_forward: \{natural_person: 0, enterprise: 0,", handed, text)
    text = re.sub(r"(carried_forward: .*?total: )0\}", r"\g<1>4}", text)
    last = folder / "2022" / path.name
    last.parent.mkdir()
    last.write_text(text, encoding="utf-8")
    return draft(folder)


def noted(folder: Path) -> Path:
    """Write a draft that names last year's report."""
    path = with_last_year(folder)
    text = path.read_text(encoding="utf-8")
    named = f"prior: {{file: 2022/{path.name}}}\n"
    path.write_text(text.replace("\n# ", f"\n{named}\n# ", 1), encoding="utf-8")
    return path


async def test_last_years_figures_are_filled_in_marked_and_taken_back(tmp_path: Path) -> None:
    async with editing(noted, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(CARRIED_IN / "natural_person")
        assert "上年年报 四、结转下年 3（按 k 填入）" in edit.status
        await edit.go(NEW / "enterprise")
        await edit.press("k")
        assert edit.message.startswith("已改：从上年年报填入 6 格；总计 4 自动计算")
        assert {key: edit.value(CARRIED_IN / key) for key in HANDED} == HANDED
        assert edit.here == CARRIED_IN / "natural_person"
        assert "来自上年年报" in edit.status
        assert re.search(r"\^3 +\^1 +\^0 .*\^4", edit.line_of("二、上年结转"))
        assert edit.session.unsaved == 1
        await edit.press("k")
        assert edit.message == "来自上年的格都已填写"
        await edit.press("5", "enter", "up")
        assert "上年年报 四、结转下年 3" in edit.status
        assert "来自上年" not in edit.status
        assert "^5" not in edit.line_of("二、上年结转")
        await edit.press("u", "u")
        assert edit.session.document.text == original


async def test_without_last_years_report_it_is_said_how_to_name_it(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("k")
        assert "按 l 写明文件" in edit.message
        assert edit.session.unsaved == 0


async def test_nothing_happened_is_one_act_without_what_comes_from_last_year(
    tmp_path: Path,
) -> None:
    async with editing(draft, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(NEW / "natural_person")
        await edit.press("z")
        assert edit.line_of("把本表未填的 132 格填 0？")
        assert edit.line_of("【二、上年结转、四、结转下年】14 格不填")
        await edit.press("1", "enter")
        assert edit.value(NEW / "total") == 0
        assert edit.value(RESULTS_TOTAL / "total") == 0
        for row in (CARRIED_IN, CARRIED_FORWARD):
            assert edit.value(row / "natural_person") is None
            assert edit.value(row / "total") is None
        assert edit.session.unsaved == 1
        await edit.press("z")
        assert "只剩来自上年或转到下年的 14 格" in edit.message
        await edit.press("u")
        assert edit.session.document.text == original


async def test_a_stock_that_goes_on_from_last_year_is_not_filled(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(IN_FORCE)
        await edit.press("z", "1", "enter")
        assert edit.value(IN_FORCE) is None
        assert edit.value(IN_FORCE.parent / "made") == 0


async def test_last_years_figures_come_in_the_same_act(tmp_path: Path) -> None:
    async with editing(noted, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("z")
        assert edit.line_of("填 0，并从上年年报填入 6 格")
        await edit.press("2", "enter")
        assert edit.value(NEW / "natural_person") == 0
        assert {key: edit.value(CARRIED_IN / key) for key in HANDED} == HANDED
        assert edit.value(CARRIED_FORWARD / "natural_person") is None
        assert edit.session.unsaved == 1
