"""The sections of the report as a list to jump from."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_HEADING = 50


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()

    async def answer(choice: int | None) -> None:
        if choice is not None:
            host.show_page(choice)
        host.settle()

    options = [
        MEASURE.fit(entry.heading, _HEADING) + "  " + _state(host, entry.mark, entry.blank)
        for entry in host.filling.outline()
    ]
    title = Text("各部分", "Sections")
    await host.app.push_screen(Dialog(host.say(title), options, answer, selected=host.index))


def _state(host: ReportBase, mark: str, blank: int) -> str:
    if blank:
        return f"{mark or ' '} " + host.say(Text(f"未填 {blank}", f"{blank} blank"))
    return mark or host.say(Text("  好了", "  done"))


ENTRY = ScreenEntry(
    Command("section_list", Text("各部分列表", "List of sections"), ("ctrl+o", "o"), Group.MOVING),
    frozenset({"report"}),
    _open,
)
