"""Asks before leaving a report with changes that are not saved."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.what_is_left import left_title
from disclosure_tui.session.questions import not_saved
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.saving import Saving
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.what_is_left import left_in

__all__ = ["ENTRY"]

_SAVE, _DISCARD = 0, 1
_OPTIONS = (
    Text("保存并退出", "Save and quit"),
    Text("不保存退出（另存一份到历史版本）", "Quit without saving (a copy is in the history)"),
    Text("继续填报", "Go on filling in"),
)

_DISPLACED = (
    Text("存到别处", "Save elsewhere"),
    Text("退出（改动留着，下次可以找回）", "Quit (the changes are kept and can be recovered)"),
    Text("继续查看", "Stay"),
)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    await _quit(host)


async def _quit(host: ReportBase) -> None:
    host.keep_all_prose()
    if host.app.screen is not host:
        return  # something has to be answered first

    async def leave() -> None:
        await host.editor.close_report(host.session)

    unsaved = host.unsaved
    if not unsaved:
        await leave()
        return

    async def answer(choice: int | None) -> None:
        if choice == _DISCARD:
            await leave()
        elif choice == _SAVE:
            await Saving(host, leave).save()
        else:
            host.settle()

    displaced = host.session.displaced_by is not None and host.is_read_only
    options = [host.say(option) for option in (_DISPLACED if displaced else _OPTIONS)]
    left = host.say(left_title(left_in(host.filling)))
    await host.app.push_screen(Dialog(host.say(not_saved(unsaved)), options, answer, lines=[left]))


ENTRY = ScreenEntry(
    Command(
        "quit",
        Text("退出", "Quit"),
        ("ctrl+q", "q"),
        Group.FILE,
        short=Text("退出", "Quit"),
        rank=6,
    ),
    frozenset({"report"}),
    _open,
)
