"""Why: a rule with its worked numbers, and the cells it is about as places to go to."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog, ReadingDialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.rule_cells import RuleAtPlace, of_finding, rules_at
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.finding_list import FindingList

__all__ = ["ENTRY"]

_SHOWN = 8
"""So many cells are in view below the text."""
_MARGIN = 8
"""Cells of a line that the number takes and the margin."""
_NONE = Text("没有规则用到这里", "no rule is about this place")


async def _open(host: EditorScreen) -> None:
    if isinstance(host, FindingList):
        if host.finding is not None:
            await _show(host.report, of_finding(host.report.filling, host.finding), over=host)
        return
    assert isinstance(host, ReportBase)
    host.keep_prose()
    await _choose(host, rules_at(host.filling, host.view.pointer))


async def _choose(host: ReportBase, rules: tuple[RuleAtPlace, ...]) -> None:
    """Show the only rule, or ask which."""
    if len(rules) <= 1:
        if rules:
            await _show(host, rules[0])
        else:
            host.tell(host.say(_NONE))
        return

    async def answer(choice: int | None) -> None:
        if choice is None:
            host.settle()
        else:
            await _show(host, rules[choice])

    room = max(1, host.app.size.width - _MARGIN)
    options = [MEASURE.clip(f"{rule.line}  {rule.identifier}", room) for rule in rules]
    title = Text("本格用到的规则", "Rules about this cell")
    await host.app.push_screen(Dialog(host.say(title), options, answer))


async def _show(
    host: ReportBase, rule: RuleAtPlace, *, over: FindingList | None = None, selected: int = 0
) -> None:
    """Show a rule; from a chosen cell `back` leads here again.

    Args:
        host: The report.
        rule: The rule.
        over: The list of findings below, to which Esc returns.
        selected: The cell chosen before.
    """

    async def answer(choice: int | None) -> None:
        if choice is not None:

            async def again() -> None:
                await _show(host, rule, selected=choice)

            if over is not None:
                await host.app.pop_screen()
            if not host.jump(rule.cells[choice].pointer, again):
                host.tell(rule.cells[choice].line)
            elif not host.has_message:
                back = host.key("back")
                host.tell(host.say(Text(f"{back} 回到规则说明", f"{back} back to the rule")))
        if over is None or choice is not None:
            host.settle()

    title = host.say(Text(f"为什么：{rule.identifier}", f"Why: {rule.identifier}"))
    await host.app.push_screen(
        ReadingDialog(
            title,
            [cell.line for cell in rule.cells],
            answer,
            paragraphs=[*rule.paragraphs, *((host.say(text), False) for text in host.about)],
            selected=selected,
            shown=_SHOWN,
            hint=_HINT,
        )
    )


_HINT = Text(
    "PgUp、PgDn 翻看  数字或上下键选格，回车到这一格  Esc 返回",
    "PgUp, PgDn to read on  number or arrows, Enter goes to the cell  Esc back",
)

ENTRY = ScreenEntry(
    Command(
        "rule_explanation",
        Text("为什么（规则、算式和有关的格）", "Why: the rule, its figures and its cells"),
        ("i",),
        Group.FINDINGS,
    ),
    frozenset({"report", "findings"}),
    _open,
)
