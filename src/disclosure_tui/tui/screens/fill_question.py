"""Asks before filling the blanks of a table with 0."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_NOTE = Text(
    "没有发生的才填 0。可以撤销；总计随后自动计算。",
    "Only what did not happen is 0. It can be undone; totals follow.",
)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    cells = host.filling.fillable(host.view.page)
    if not cells:
        host.tell(host.say(Text("这里没有未填的数", "no figure is blank here")))
        return

    async def answer(choice: int | None) -> None:
        if choice == 0:
            host.commit_values(dict.fromkeys(cells, 0))
        host.settle()

    title = Text(f"把本表未填的 {len(cells)} 格填 0？", f"Fill the {len(cells)} blanks with 0?")
    options = [Text("填 0", "Fill with 0"), Text("不填", "Leave them")]
    await host.app.push_screen(
        Dialog(
            host.say(title),
            [host.say(option) for option in options],
            answer,
            lines=[host.say(_NOTE)],
        )
    )


ENTRY = ScreenEntry(
    Command(
        "fill_blanks", Text("本表未填的格填 0", "Fill the blanks with 0"), ("z",), Group.FILLING
    ),
    frozenset({"report"}),
    _open,
)
