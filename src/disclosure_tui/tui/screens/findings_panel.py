"""The findings at the cursor in full, beside the page or below it: shown or not."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.work_area import Panel

__all__ = ["ENTRY"]


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.toggle(Panel.FINDINGS)


ENTRY = ScreenEntry(
    Command(
        "findings_panel",
        Text("显示或收起本格的问题", "Show or hide the findings beside the page"),
        ("p",),
        Group.FINDINGS,
    ),
    frozenset({"report"}),
    _open,
)
