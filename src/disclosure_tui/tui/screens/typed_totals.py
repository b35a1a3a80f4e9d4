"""Switches a table between totals that follow their parts and totals typed as a check."""

from __future__ import annotations

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text
from disclosure_tui.session.questions import NO_TOTALS, TYPED
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_FOLLOWING = Text(
    "本表总计自动计算；与各项之和不同的总计不改，按 = 才改",
    "totals follow again; those that disagree stay until = is pressed on them",
)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    page = host.view.page
    if not host.filling.has_totals(page):
        host.tell(host.say(NO_TOTALS))
        return
    typed = not host.filling.has_typed_totals(page)
    try:
        host.session.type_totals(page.pointer, typed=typed)
    except SaveError as error:
        host.refuse(error)
    else:
        host.tell(host.say(TYPED if typed else _FOLLOWING))
    host.view.show_values()
    host.settle()


ENTRY = ScreenEntry(
    Command(
        "typed_totals",
        Text(
            "本表总计：自动计算，或照原始表录入并核对",
            "Totals of this table: computed, or typed as a check",
        ),
        ("t",),
        Group.FILLING,
    ),
    frozenset({"report"}),
    _open,
)
