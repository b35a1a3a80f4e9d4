"""What shows that a command of a screen was done, for every command there is.

A command that is added gets a proof here: a state to begin from, and what holds afterwards.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Session
from disclosure_tui.tui.dialog import Dialog, ReadingDialog
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.lookup_dialog import LookupDialog
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.explanation import ExplanationScreen
from disclosure_tui.tui.screens.finding_list import FindingList
from disclosure_tui.tui.screens.help import HelpScreen
from disclosure_tui.tui.screens.last_year import LastYearScreen
from disclosure_tui.tui.screens.new_report import NewReportScreen
from disclosure_tui.tui.work_area import Panel
from tui.editing import Editing
from tui.entry_files import FILLED, rows_session
from tui.report_files import GRANTED, NEW, complete, draft
from tui.test_carrying_over import CARRIED_IN
from tui.test_carrying_over import noted as with_carried_figures
from tui.test_finding_list import WRONG, mistyped
from tui.test_panels import with_last_year
from tui.test_prose import saying

__all__ = ["AT_DESK", "IN_REPORT", "Proof"]

Step = Callable[[Editing], Awaitable[None]]
CELL = NEW / "natural_person"
OVERVIEW = Pointer.of("overview")
ROWS = Pointer.parse("/requests/rows")
STATING = saying("本年收到政府信息公开申请0件。")


@dataclass(frozen=True, slots=True)
class Proof:
    """How a command is shown to work.

    Attributes:
        before: Brings the program to where the command is given.
        after: Makes sure that it was done.
        make: Writes the report.
    """

    before: Step
    after: Step
    make: Callable[[Path], Path | Session] = complete


async def nothing(edit: Editing) -> None:
    """Begin from the first page."""
    del edit


def at(place: object, *keys: str) -> Step:
    """Begin at a cell, some keys pressed there."""

    async def before(edit: Editing) -> None:
        await edit.go(place)  # type: ignore[arg-type]
        if keys:
            await edit.press(*keys)

    return before


def pressed(*keys: str) -> Step:
    """Begin with some keys pressed."""

    async def before(edit: Editing) -> None:
        await edit.press(*keys)

    return before


def holds(condition: Callable[[Editing], object]) -> Step:
    """Make sure of something."""

    async def after(edit: Editing) -> None:
        assert condition(edit), "\n".join(edit.lines)

    return after


def opens(screen: type, word: str = "") -> Step:
    """Make sure that a screen is open, and that it says something."""
    return holds(lambda edit: isinstance(edit.app.screen, screen) and word in "\n".join(edit.lines))


def says(word: str) -> Step:
    """Make sure that something is told."""
    return holds(lambda edit: word in edit.message)


async def clip(edit: Editing) -> None:
    await edit.go(CELL)
    edit.app.copy_to_clipboard("7")


async def pasted(edit: Editing) -> None:
    await edit.press("enter")
    assert edit.value(CELL) == 7


async def jumped(edit: Editing) -> None:
    await edit.go(GRANTED / "other")
    edit.report.jump(CELL)


async def with_suggestions(edit: Editing) -> None:
    edit.session.suggestions  # noqa: B018 - worked out when first asked for
    await edit.go(WRONG)


async def count_redraws(edit: Editing) -> None:
    sent: list[int] = []
    edit.app.send_all = lambda: sent.append(1)  # type: ignore[method-assign]
    edit.redraws = sent


async def explaining(edit: Editing) -> None:
    await edit.go(NEW / "total")
    finding = next(one for one in edit.session.result.findings.open if one.rule == "X-PRIOR")
    await edit.app.push_screen(ExplanationScreen(edit.report, finding))
    await edit.press("enter", "1", "enter")
    await edit.type("本单位上年新设立，没有年报可以核对")


async def explained(edit: Editing) -> None:
    assert edit.app.screen is edit.report
    assert len(edit.session.report.value_at(("explanations",))) == 1


async def given_up(edit: Editing) -> None:
    await explaining(edit)
    await edit.press("enter")


def dropped(edit: Editing) -> bool:
    return edit.app.screen is edit.report and not edit.session.unsaved


async def naming_last_year(edit: Editing) -> None:
    old = edit.session.path.parent / "old.yaml"
    text = edit.session.path.read_text("utf-8").replace("year: 2023", "year: 2022")
    old.write_text(text, encoding="utf-8")
    await edit.press("l", "enter")
    await edit.type("old.yaml")
    await edit.press("enter")


def with_rows(folder: Path) -> Session:
    """Open a report with rows that the filer added."""
    return rows_session(folder, FILLED)


async def at_stated_figure(edit: Editing) -> None:
    await edit.go(NEW / "total")


TYPED = at(CELL, "3", "enter")

IN_REPORT: dict[tuple[str, str], Proof] = {
    ("report", "save"): Proof(TYPED, holds(lambda edit: not edit.session.unsaved)),
    ("report", "undo"): Proof(TYPED, holds(lambda edit: edit.value(CELL) == 0)),
    ("report", "redo"): Proof(
        at(CELL, "3", "enter", "ctrl+z"), holds(lambda edit: edit.value(CELL) == 3)
    ),
    ("report", "copy"): Proof(at(CELL), holds(lambda edit: edit.app.clipboard == "0")),
    ("report", "paste"): Proof(clip, pasted),
    ("report", "next_finding"): Proof(
        nothing, holds(lambda edit: edit.session.result.findings.at(edit.here)), mistyped
    ),
    ("report", "previous_finding"): Proof(
        nothing, holds(lambda edit: edit.session.result.findings.at(edit.here)), mistyped
    ),
    ("report", "next_section"): Proof(nothing, holds(lambda edit: edit.report.index == 1)),
    ("report", "previous_section"): Proof(nothing, holds(lambda edit: edit.report.index > 1)),
    ("report", "next_blank"): Proof(
        nothing, holds(lambda edit: edit.value(edit.here) is None), draft
    ),
    ("report", "back"): Proof(jumped, holds(lambda edit: edit.here == GRANTED / "other")),
    ("report", "compute"): Proof(
        at(GRANTED / "total"), holds(lambda edit: edit.value(GRANTED / "total") == 21), mistyped
    ),
    ("report", "take_fix"): Proof(
        with_suggestions, holds(lambda edit: edit.value(WRONG) == 12), mistyped
    ),
    ("report", "next_query"): Proof(
        nothing, holds(lambda edit: edit.session.result.findings.at(edit.here)), draft
    ),
    ("report", "follow"): Proof(
        at_stated_figure, holds(lambda edit: edit.here == OVERVIEW), STATING
    ),
    ("report", "edit_outside"): Proof(at(CELL), says("这里不是文字部分")),
    ("report", "note"): Proof(at(CELL), opens(EntryDialog, "注释")),
    ("report", "remark"): Proof(at(CELL), opens(EntryDialog, "备注")),
    ("report", "carry_over"): Proof(
        nothing,
        holds(lambda edit: edit.value(CARRIED_IN / "natural_person") == 3),
        with_carried_figures,
    ),
    ("report", "typed_totals"): Proof(at(CELL), says("本表总计照原始表录入并核对")),
    ("report", "add_row"): Proof(at(ROWS / "a" / "closed"), says("请先在名单里增加"), with_rows),
    ("report", "delete_row"): Proof(at(ROWS / "a" / "closed"), opens(Dialog), with_rows),
    ("report", "move_row_up"): Proof(
        at(ROWS / "b" / "closed"),
        holds(lambda edit: [*edit.value(ROWS)] == ["b", "a", "c"]),
        with_rows,
    ),
    ("report", "move_row_down"): Proof(
        at(ROWS / "b" / "closed"),
        holds(lambda edit: [*edit.value(ROWS)] == ["a", "c", "b"]),
        with_rows,
    ),
    ("report", "redraw"): Proof(count_redraws, holds(lambda edit: edit.redraws)),
    ("report", "explanation"): Proof(at(CELL), says("没有可以说明的问题")),
    ("report", "fill_blanks"): Proof(at(CELL), opens(Dialog, "填 0"), draft),
    ("report", "finding_list"): Proof(nothing, opens(FindingList), draft),
    ("report", "findings_panel"): Proof(
        nothing, holds(lambda edit: edit.app.panels == {Panel.FINDINGS})
    ),
    ("report", "last_year_column"): Proof(
        nothing, holds(lambda edit: edit.app.panels == {Panel.LAST_YEAR})
    ),
    ("report", "export"): Proof(nothing, opens(Dialog, "打印、导出")),
    ("report", "help"): Proof(nothing, opens(HelpScreen)),
    ("report", "history"): Proof(nothing, says("历史版本")),
    ("report", "last_year"): Proof(nothing, opens(LastYearScreen), draft),
    ("report", "last_year_comparison"): Proof(
        nothing, opens(LookupDialog, "与上年对比"), with_last_year
    ),
    ("report", "menu"): Proof(nothing, opens(LookupDialog, "命令菜单")),
    ("report", "notices"): Proof(nothing, says("没有要留意的地方")),
    ("report", "place_search"): Proof(nothing, opens(LookupDialog, "到哪一格")),
    ("report", "quit"): Proof(nothing, holds(lambda edit: edit.app.return_value == 0)),
    ("report", "rule_explanation"): Proof(at(CELL), opens(Dialog, "本格用到的规则")),
    ("report", "save_elsewhere"): Proof(nothing, opens(EntryDialog, "存到别处")),
    ("report", "section_list"): Proof(nothing, opens(Dialog, "各部分")),
    ("report", "what_is_left"): Proof(nothing, opens(Dialog, "还差"), draft),
    ("findings", "look"): Proof(
        pressed("f", "2"), holds(lambda edit: edit.app.screen is edit.report), mistyped
    ),
    ("findings", "order"): Proof(pressed("f"), opens(FindingList, "按部分"), draft),
    ("findings", "explanation"): Proof(pressed("f"), opens(ExplanationScreen), draft),
    ("findings", "last_year"): Proof(pressed("f"), opens(LastYearScreen), draft),
    ("findings", "rule_explanation"): Proof(pressed("f"), opens(ReadingDialog, "为什么"), draft),
    ("findings", "menu"): Proof(pressed("f"), opens(LookupDialog, "命令菜单"), draft),
    ("explanation", "keep"): Proof(explaining, explained, draft),
    ("explanation", "leave"): Proof(given_up, holds(dropped), draft),
    ("last_year", "keep"): Proof(
        naming_last_year, holds(lambda edit: edit.session.prior.status == "used"), draft
    ),
    ("last_year", "leave"): Proof(naming_last_year, holds(dropped), draft),
}

DeskStep = Callable[[DeskScreen], object]

AT_DESK: dict[tuple[str, str], tuple[tuple[str, ...], DeskStep]] = {
    ("desk", "new"): ((), lambda desk: isinstance(desk.app.screen, NewReportScreen)),
    ("desk", "open"): ((), lambda desk: isinstance(desk.app.screen, EntryDialog)),
    ("desk", "check_again"): ((), lambda desk: desk._working is not desk.first_look),
    ("desk", "quit"): ((), lambda desk: desk.app.return_value == 0),
    ("desk", "redraw"): ((), lambda desk: desk.editor.was_redrawn),  # type: ignore[attr-defined]
    ("desk", "help"): ((), lambda desk: isinstance(desk.app.screen, HelpScreen)),
    ("desk", "menu"): ((), lambda desk: isinstance(desk.app.screen, LookupDialog)),
    ("new_report", "keep"): (("n",), lambda desk: isinstance(desk.app.screen, NewReportScreen)),
    ("new_report", "kind"): (("n",), lambda desk: isinstance(desk.app.screen, Dialog)),
    ("new_report", "explain_form"): (
        ("n",),
        lambda desk: isinstance(desk.app.screen, HelpScreen),
    ),
    ("new_report", "leave"): (("n",), lambda desk: desk.app.screen is desk),
}
"""At the desk: keys that lead to the screen, and what holds afterwards."""
