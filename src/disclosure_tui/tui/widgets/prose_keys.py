"""The keys of a text area, for the help; the area itself deals with them."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group

__all__ = ["PROSE_COMMANDS"]


def _command(identifier: str, zh: str, en: str, keys: tuple[str, ...], group: Group) -> Command:
    return Command(identifier, Text(zh, en), keys, group, in_menu=False)


PROSE_COMMANDS = (
    _command(
        "line_ends",
        "文字中：行首、行尾；再按一次到段首、段尾",
        "In a text: ends of the line; again: of the paragraph",
        ("home", "end"),
        Group.MOVING,
    ),
    _command(
        "runs",
        "文字中：到上一处、下一处词或数（标点之间的汉字算一处）",
        "In a text: to the word, number or piece of Chinese before, behind",
        ("ctrl+left", "ctrl+right"),
        Group.MOVING,
    ),
    _command(
        "text_ends",
        "文字中：全文开头、末尾",
        "In a text: its beginning, its end",
        ("ctrl+home", "ctrl+end"),
        Group.MOVING,
    ),
    _command(
        "select",
        "文字中：选中文字（也可按词、按行、按页）",
        "In a text: select, also by words, lines and pages",
        ("shift+left", "shift+right"),
        Group.FILLING,
    ),
    _command("select_all", "文字中：全选", "In a text: select all", ("f7",), Group.FILLING),
    _command("cut", "文字中：剪切", "In a text: cut", ("ctrl+x",), Group.FILLING),
    _command(
        "delete_run",
        "文字中：删除前面、后面一处词或数",
        "In a text: delete the word before, behind",
        ("ctrl+backspace", "ctrl+delete"),
        Group.FILLING,
    ),
)
