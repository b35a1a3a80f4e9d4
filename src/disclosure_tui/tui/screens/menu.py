"""The command menu: every command by its sentence, chosen by number or by its initials."""

from __future__ import annotations

from disclosure_tui.language import Language, Text
from disclosure_tui.tui.command import Command, Group, key_names
from disclosure_tui.tui.lookup_dialog import LookupDialog, LookupEntry
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_READINGS = {"重": "cz", "调": "td", "行": "xh", "长": "cz", "还": "h", "数": "s"}
"""Letters of the characters in sentences of commands that have several readings."""


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

    await host.app.push_screen(
        LookupDialog(
            host.say(Text("命令菜单", "Commands")),
            [_entry(command, host.language) for command in commands],
            answer,
            readings=_READINGS,
            numbered=True,
        )
    )


def _entry(command: Command, language: Language) -> LookupEntry:
    sentences = (command.sentence.in_(one) for one in Language)
    names = (command.sentence.in_(language), *sentences, command.identifier)
    return LookupEntry(command.sentence.in_(language), key_names(command, language), names)


ENTRY = ScreenEntry(
    Command(
        "menu",
        Text("命令菜单", "Command menu"),
        ("ctrl+p", "m"),
        Group.PROGRAM,
        short=Text("菜单", "Menu"),
        rank=4,
    ),
    frozenset({"report", "desk", "findings"}),
    _open,
)
