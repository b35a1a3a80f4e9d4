"""A value that other places of the file share is to be changed: only here?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session.questions import SHARED
from disclosure_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_detaching"]

_ADVICE = Text(
    "分开以后，别处保持原样。可以撤销。", "The other places keep their value. It can be undone."
)


def ask_detaching(host: ReportBase, error: EditRefused, again: Callable[[], None]) -> None:
    """Ask whether a shared value is to become one of its own.

    Args:
        host: The report.
        error: Why the change was refused.
        again: Does the change, the value detached.
    """

    async def answer(choice: int | None) -> None:
        if choice == 0:
            again()
        else:
            host.view.show_values()
        host.settle()

    keys = error.detachable or ()
    lines = [host.say(error.what)]
    if keys:
        lines.append(host.filling.wording.path(Pointer(keys)))
    host.app.push_screen(
        Dialog(
            host.say(SHARED.title),
            [host.say(option) for option in SHARED.options],
            answer,
            lines=[*lines, host.say(_ADVICE), ""],
        )
    )
