"""The keys of a list, for the help; the list itself deals with them."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group

__all__ = ["LIST_COMMANDS"]


def _command(identifier: str, zh: str, en: str, keys: tuple[str, ...]) -> Command:
    return Command(identifier, Text(zh, en), keys, Group.MOVING, in_menu=False)


LIST_COMMANDS = (
    _command("list_move", "上一行、下一行", "One line up or down", ("up", "down")),
    _command("list_number", "到这一行", "To the line of that number", ("0-9",)),
    _command("list_pages", "上、下翻一屏", "A screenful up or down", ("pageup", "pagedown")),
    _command("list_ends", "第一行、最后一行", "First and last line", ("home", "end")),
    _command("list_choose", "选这一行", "Choose the line", ("enter",)),
    _command("list_leave", "返回", "Leave", ("escape", "q", "ctrl+q")),
)
