"""This year's figures beside last year's, where one of them is not 0; Enter goes to the cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.prior import PriorStatus
from disclosure_tui.render.pages import PageKind
from disclosure_tui.render.wording import number_text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.lookup_dialog import LookupDialog, LookupEntry
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.place_search import place_names

__all__ = ["ENTRY", "compared"]

_FIGURE = 12
"""Cells of a figure."""
_NO_REPORT = Text("没有上年年报可以对照", "there is no report of last year to compare with")


def compared(filling: Filling) -> Iterator[tuple[Pointer, LookupEntry]]:
    """Yield every figure that is not 0 in both years, in the order of the form."""
    prior = filling.session.prior.prior
    if prior is None:
        return
    for page in filling.pages:
        if page.kind is not PageKind.TABLE:
            continue
        for pointer in filling.types(page):
            gone = any(pointer.starts_with(place) for place in prior.without)
            before = None if gone else prior.report.value_at(pointer)
            now = filling.report.value_at(pointer)
            if filling.is_figure(pointer) and (before or now):
                state = f"{_shown(before)}{_shown(now)}{_shown(_change(before, now), sign=True)}"
                names = place_names(filling, pointer)
                yield pointer, LookupEntry(filling.wording.path(pointer), state, names)


def _change(before: object, now: object) -> int | Decimal | None:
    """Return by how much a figure grew; None where one of them is no number."""
    figures = int | Decimal
    if isinstance(before, bool) or isinstance(now, bool):
        return None
    return now - before if isinstance(before, figures) and isinstance(now, figures) else None


def _shown(value: object, *, sign: bool = False) -> str:
    text = number_text(value) if isinstance(value, int | Decimal | str) else "-"
    return f"{'+' if sign and text[:1].isdecimal() and text != '0' else ''}{text}".rjust(_FIGURE)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    places = list(compared(host.filling))
    if host.session.prior.status == PriorStatus.NONE or not places:
        host.tell(host.say(_NO_REPORT))
        return

    async def answer(choice: int | None) -> None:
        if choice is not None:
            host.jump(places[choice][0])
        host.settle()

    title = Text("与上年对比：上年、本年、增减", "Beside last year: last year, this year, change")
    await host.app.push_screen(
        LookupDialog(
            host.say(title),
            [entry for _, entry in places],
            answer,
            readings=host.session.form.report_type.readings,
        )
    )


ENTRY = ScreenEntry(
    Command(
        "last_year_comparison",
        Text("与上年对比", "Compare with last year"),
        ("V",),
        Group.FINDINGS,
    ),
    frozenset({"report"}),
    _open,
)
