"""Somebody else works on the report: read only, take over, or edit beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.session import Holder
from disclosure_tui.session.questions import HOLDER, TALK_FIRST
from disclosure_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_holder"]

_NOT_LOST = Text(
    "对方没有保存的改动不会丢，留在对方的自动记录里。",
    " What they have not saved is not lost: it stays in their journal.",
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
            host.say(HOLDER.title),
            [host.say(option) for option in HOLDER.options],
            answer,
            lines=[host.say(who) + host.say(Text("。", ".")), host.say(TALK_FIRST + _NOT_LOST), ""],
        )
    )
