"""What is left to do, in filling order; Enter goes there."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.what_is_left import LeftItem, left_title, what_is_left
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY", "left_in"]

_MARGIN = 12
"""Cells of a line that the frame and the number take."""


def left_in(filling: Filling) -> tuple[LeftItem, ...]:
    """Return what is left in the report that is shown."""
    result = filling.session.result
    return what_is_left(result.findings, result.blanks, filling.wording)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    items = left_in(host.filling)
    title = host.say(left_title(items))
    if not items:
        host.tell(title)
        return

    async def answer(choice: int | None) -> None:
        if choice is not None and not host.jump(items[choice].pointer):
            host.tell(items[choice].line)
        host.settle()

    room = max(1, host.app.size.width - _MARGIN)
    options = [MEASURE.fit(item.line, room) for item in items]
    await host.app.push_screen(Dialog(title, options, answer))


ENTRY = ScreenEntry(
    Command("what_is_left", Text("还差什么", "What is left"), ("w",), Group.MOVING),
    frozenset({"report"}),
    _open,
)
