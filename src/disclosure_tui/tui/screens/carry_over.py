"""Fills the cells that come from last year's report, as one transaction."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.session import carrying_title
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_NO_PRIOR = Text(
    "没有上年年报：按 l 写明文件，或按纸质年报录入",
    "last year's report is not known: press l to name it or type its figures",
)
_NOT_SETTLED = Text(
    "上年年报里没有可以填到本年的数", "last year's report settles no figure of this one"
)
_NOTHING_BLANK = Text("来自上年的格都已填写", "no cell that comes from last year is blank")


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    session = host.session
    offered = session.offered_figures
    if offered:
        host.go_to(next(iter(offered)))
        host.commit_values(offered, carrying_title(len(offered)))
    elif session.prior.prior is None:
        host.tell(host.say(_NO_PRIOR))
    else:
        host.tell(host.say(_NOTHING_BLANK if session.last_years_figures else _NOT_SETTLED))
    host.settle()


ENTRY = ScreenEntry(
    Command(
        "carry_over",
        Text("从上年年报填入结转的数", "Fill in what comes from last year's report"),
        ("k",),
        Group.FILLING,
    ),
    frozenset({"report"}),
    _open,
)
