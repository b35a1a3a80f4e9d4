"""The command menu: every command by its sentence, chosen by number."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import Command, Group, key_names
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_SENTENCE = 44


async def _open(host: EditorScreen) -> None:
    order = list(Group)
    commands = sorted(
        (command for command in host.commands if command.in_menu and command.identifier != "menu"),
        key=lambda command: order.index(command.group),
    )

    async def answer(choice: int | None) -> None:
        if choice is not None:
            await host.run_command(commands[choice])
        host.settle()

    options = [
        MEASURE.fit(host.say(command.sentence), _SENTENCE) + key_names(command, host.language)
        for command in commands
    ]
    await host.app.push_screen(Dialog(host.say(Text("命令菜单", "Commands")), options, answer))


ENTRY = ScreenEntry(
    Command(
        "menu",
        Text("命令菜单", "Command menu"),
        ("ctrl+p", "m"),
        Group.PROGRAM,
        short=Text("菜单", "Menu"),
        rank=4,
    ),
    frozenset({"report", "desk"}),
    _open,
)
