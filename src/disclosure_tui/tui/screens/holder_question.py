"""Somebody else works on the report: read only, take over, or edit beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.session import Holder
from disclosure_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_holder"]

_TITLE = Text("有人正在填报这份报告", "Somebody is filling in this report")
_OPTIONS = (
    Text("只读查看", "Read only"),
    Text("接着填（对方转为只读）", "Take over (they can then only read)"),
    Text("不管对方，照填（保存时逐格问）", "Edit anyway (both are merged on saving)"),
)
_ADVICE = Text(
    "请先与对方联系。对方没有保存的改动不会丢，留在对方的自动记录里。",
    "Talk to them first. What they have not saved is not lost: it stays in their journal.",
)


def ask_holder(host: ReportBase, holder: Holder, then: Callable[[], object]) -> None:
    """Ask what to do about somebody who holds the report.

    Args:
        host: The report.
        holder: Who it is.
        then: What is to be done once the report may be changed.
    """
    session = host.session

    async def answer(choice: int | None) -> None:
        try:
            if choice == 1:
                session.take_over()
            elif choice == 2:
                session.edit_anyway()
            elif choice == 0:
                session.look_only()
        except EditRefused as error:
            host.refuse(error)
        if choice is None or host.is_read_only:
            host.view.give_up_typing()
        else:
            then()
        host.view.show_values()
        host.poll()
        host.settle()

    who = holder.told(datetime.now().astimezone())
    host.app.push_screen(
        Dialog(
            host.say(_TITLE),
            [host.say(option) for option in _OPTIONS],
            answer,
            lines=[host.say(who) + host.say(Text("。", ".")), host.say(_ADVICE), ""],
        )
    )
