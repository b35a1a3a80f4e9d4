"""Asks before filling the blanks of a table with 0: 本年没有收到申请 in one act.

What comes from last year's report, and the balance that goes on to the next year, are no figures
of this year: they are left, or taken from last year's report in the same act.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from disclosure_tui.language import Text, counted
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.blanks import fillable, left_open
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_NOTE = Text(
    "没有发生的才填 0。可以撤销；总计随后自动计算。",
    "Only what did not happen is 0. It can be undone; totals follow.",
)
_TYPED_NOTE = Text(
    "没有发生的才填 0。可以撤销；本表总计照原始表录入，一并填 0。",
    "Only what did not happen is 0. It can be undone; typed totals are filled as well.",
)
_FILL, _LEAVE = Text("填 0", "Fill with 0"), Text("不填", "Leave them")


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    page = host.view.page
    cells, left = fillable(host.filling, page), left_open(host.filling, page)
    if not cells:
        host.tell(host.say(_only_left(len(left)) if left else _NOTHING))
        return
    zeros: dict[Pointer, int | Decimal] = dict.fromkeys(cells, 0)
    known = {p: v for p, v in host.session.offered_figures.items() if page.holds(p)}
    ways = [(_FILL, zeros)]
    if known:
        ways.append((_with_last_year(len(known)), {**zeros, **known}))

    async def answer(choice: int | None) -> None:
        if choice is not None and choice < len(ways):
            host.commit_values(ways[choice][1])
        host.settle()

    title = Text(f"把本表未填的 {len(cells)} 格填 0？", f"Fill the {len(cells)} blanks with 0?")
    options = [*(sentence for sentence, _ in ways), _LEAVE]
    typed = host.filling.has_typed_totals(page)
    lines = [host.say(_TYPED_NOTE if typed else _NOTE)]
    if left:
        lines.append(host.say(_left_open(host, left)))
    await host.app.push_screen(
        Dialog(host.say(title), [host.say(option) for option in options], answer, lines=lines)
    )


def _left_open(host: ReportBase, cells: Sequence[Pointer]) -> Text:
    """Name the rows that stay as they are."""
    rows = list(dict.fromkeys(host.filling.wording.row(cell) for cell in cells))
    count = len(cells)
    return Text(
        f"【{'、'.join(rows)}】{count} 格不填：来自上年或转到下年，请按实际填。",
        f"{', '.join(rows)}: left blank: {counted(count, 'cell')} "
        "from last year or for the next one. To be typed as they are.",
    )


def _with_last_year(count: int) -> Text:
    return Text(
        f"填 0，并从上年年报填入 {count} 格",
        f"Fill with 0, and {counted(count, 'cell')} from last year's report",
    )


def _only_left(count: int) -> Text:
    return Text(
        f"本表只剩来自上年或转到下年的 {count} 格未填，请按实际填",
        f"blank is only what comes from last year or goes on to the next: type it "
        f"({counted(count, 'cell')})",
    )


_NOTHING = Text("这里没有未填的数", "no figure is blank here")


ENTRY = ScreenEntry(
    Command(
        "fill_blanks",
        Text("本年没有发生：本表未填的格填 0", "Nothing happened: fill the blanks with 0"),
        ("z",),
        Group.FILLING,
    ),
    frozenset({"report"}),
    _open,
)
