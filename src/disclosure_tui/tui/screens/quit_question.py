"""Asks before leaving a report with changes that are not saved."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_SAVE, _DISCARD = 0, 1
_OPTIONS = (
    Text("保存并退出", "Save and quit"),
    Text("不保存退出", "Quit without saving"),
    Text("继续填报", "Go on filling in"),
)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    unsaved = host.unsaved
    if not unsaved:
        await host.editor.leave()
        return

    async def answer(choice: int | None) -> None:
        if choice == _DISCARD or (choice == _SAVE and host.save()):
            await host.editor.leave()
        else:
            host.settle()

    title = Text(f"还有 {unsaved} 处改动没有保存", f"{unsaved} changes are not saved")
    await host.app.push_screen(
        Dialog(host.say(title), [host.say(option) for option in _OPTIONS], answer)
    )


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
