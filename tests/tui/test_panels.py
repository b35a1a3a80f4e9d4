"""Last year's figures beside the table, and the rules of a cell with their links."""

from __future__ import annotations

import shutil
from pathlib import Path

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.dialog import ReadingDialog
from disclosure_tui.tui.screens.last_year_comparison import compared
from tui.editing import Editing, editing
from tui.report_files import GRANTED, NEW, draft
from tui.test_finding_list import WRONG, mistyped

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PERSON = "natural_person"


def with_last_year(folder: Path) -> Path:
    for name in ("sqs-2023.yaml", "sqs-2024.yaml"):
        shutil.copy(SAMPLES / "complete" / name, folder / name)
    return folder / "sqs-2024.yaml"


def line_of_cursor(edit: Editing) -> str:
    """Return the line of the screen that the cell under the cursor stands in."""
    table = edit.report.view.table
    (at,) = (y for y, place in table.column_in_view().items() if place == edit.here)
    return edit.lines[table.region.y + at]


async def test_last_years_figures_stand_beside_their_rows(tmp_path: Path) -> None:
    for size in ((80, 24), (160, 50)):
        async with editing(with_last_year, tmp_path, size) as edit:
            prior = edit.session.prior.prior
            assert prior is not None
            await edit.go(NEW / PERSON)
            await edit.press("v")
            assert line_of_cursor(edit).rstrip().endswith(str(prior.report.value_at(edit.here)))
            assert "2023 年" in "".join(edit.lines)
            await edit.press("right")
            assert edit.here == NEW / "enterprise"
            assert line_of_cursor(edit).rstrip().endswith(str(prior.report.value_at(edit.here)))
            await edit.press("v")
            assert "2023 年" not in "".join(edit.lines)


async def test_without_a_report_of_last_year_it_says_so(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(NEW / PERSON)
        await edit.press("v")
        assert edit.message == "没有上年年报可以对照"


async def test_the_column_follows_scrolling(tmp_path: Path) -> None:
    async with editing(with_last_year, tmp_path) as edit:
        prior = edit.session.prior.prior
        assert prior is not None
        await edit.go(NEW / PERSON)
        await edit.press("v", *["down"] * 22)
        assert edit.here.key == PERSON
        assert line_of_cursor(edit).rstrip().endswith(str(prior.report.value_at(edit.here)))


async def test_a_rule_shows_its_figures_and_leads_to_its_cells(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.go(WRONG)
        await edit.press("i", "1", "enter")
        dialog = edit.app.screen
        assert isinstance(dialog, ReadingDialog)
        assert edit.lines[0].startswith(" 为什么：T3-")
        assert "算式" in "".join(edit.lines)
        options = dialog.list.options
        assert any(option.endswith("21") for option in options)
        other = next(i for i, option in enumerate(options) if "总计" in option)
        await edit.press(*str(other + 1), "enter")
        assert edit.here == GRANTED / "total"
        await edit.press("escape")
        again = edit.app.screen
        assert isinstance(again, ReadingDialog)
        assert again.list.selected == other
        await edit.press("escape")
        assert edit.here == WRONG
        assert edit.app.screen is edit.report


async def test_a_rule_opened_from_the_list_of_findings_leads_back_to_it(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.press("f", "2")
        listed = edit.app.screen
        await edit.press("i")
        assert isinstance(edit.app.screen, ReadingDialog)
        await edit.press("escape")
        assert edit.app.screen is listed
        await edit.press("i", "1", "enter")
        assert edit.app.screen is edit.report
        await edit.press("escape")
        assert isinstance(edit.app.screen, ReadingDialog)


async def test_a_rule_that_holds_is_explained_too(tmp_path: Path) -> None:
    async with editing(mistyped, tmp_path) as edit:
        await edit.go(NEW / "enterprise")
        await edit.press("i")
        assert "相符：" in "".join(edit.lines)
        await edit.press("1", "enter")
        assert isinstance(edit.app.screen, ReadingDialog)
        assert "表三 一、新收 企业" in "".join(edit.lines)


async def test_a_place_without_rules_says_so(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(Pointer.of("organ", "code"))
        await edit.press("i")
        assert edit.message == "没有规则用到这里"


async def test_both_years_are_compared_and_lead_to_their_cells(tmp_path: Path) -> None:
    async with editing(with_last_year, tmp_path) as edit:
        prior = edit.session.prior.prior
        assert prior is not None
        before, now = prior.report.value_at(NEW / PERSON), edit.value(NEW / PERSON)
        await edit.press("V")
        await edit.type("xs zrr")
        assert isinstance(before, int)
        assert isinstance(now, int)
        shown = edit.lines[2].split()
        assert shown[-3:] == [str(before), str(now), f"{now - before:+}"]
        await edit.press("enter")
        assert edit.here == NEW / PERSON


async def test_what_was_0_in_both_years_is_not_compared(tmp_path: Path) -> None:
    async with editing(with_last_year, tmp_path) as edit:
        prior = edit.session.prior.prior
        assert prior is not None
        for pointer, _ in compared(edit.report.filling):
            assert edit.value(pointer) or prior.report.value_at(pointer)
    async with editing(draft, tmp_path) as edit:
        await edit.press("V")
        assert edit.message == "没有上年年报可以对照"
