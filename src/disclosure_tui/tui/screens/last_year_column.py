"""Last year's figures beside the column of the cursor: shown or not."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.prior import PriorStatus
from disclosure_tui.render.pages import PageKind
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.work_area import Panel

__all__ = ["ENTRY"]

_NO_REPORT = Text("没有上年年报可以对照", "there is no report of last year to compare with")
_NO_TABLE = Text("上年的数显示在各表旁边", "last year's figures stand beside the tables")


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    shown = host.toggle(Panel.LAST_YEAR)
    if shown and host.session.prior.status == PriorStatus.NONE:
        host.tell(host.say(_NO_REPORT))
    elif shown and host.view.page.kind is not PageKind.TABLE:
        host.tell(host.say(_NO_TABLE))


ENTRY = ScreenEntry(
    Command(
        "last_year_column",
        Text("显示或收起上年的数", "Show or hide last year's figures"),
        ("v",),
        Group.FINDINGS,
    ),
    frozenset({"report"}),
    _open,
)
