"""The keys of a table, for the help; the table itself deals with them."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group

__all__ = ["GRID_COMMANDS", "MARKING", "MOVES"]

MARKING = frozenset(("shift+up", "shift+down", "shift+left", "shift+right"))

MOVES = frozenset(
    (
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "ctrl+home",
        "ctrl+end",
    )
)


def _command(identifier: str, zh: str, en: str, keys: tuple[str, ...], group: Group) -> Command:
    return Command(identifier, Text(zh, en), keys, group, in_menu=False)


GRID_COMMANDS = (
    _command(
        "move", "按格移动", "Move from cell to cell", ("up", "down", "left", "right"), Group.MOVING
    ),
    _command("row_ends", "本行第一格、最后一格", "Ends of the row", ("home", "end"), Group.MOVING),
    _command(
        "pages", "上、下翻一屏", "A screenful up or down", ("pageup", "pagedown"), Group.MOVING
    ),
    _command(
        "corners",
        "表的第一格、最后一格",
        "First and last cell of the table",
        ("ctrl+home", "ctrl+end"),
        Group.MOVING,
    ),
    _command(
        "type",
        "直接输入数字：替换本格；可以写 3+2+1，金额可以带元、万元",
        "Type a figure: replaces; 3+2+1 is added up, amounts may have their unit",
        ("0-9",),
        Group.FILLING,
    ),
    _command(
        "commit_down", "确认本格并往下", "Commit the cell and go down", ("enter",), Group.FILLING
    ),
    _command(
        "commit_right",
        "确认本格并往右；往左",
        "Commit the cell and go right; left",
        ("tab", "shift+tab"),
        Group.FILLING,
    ),
    _command(
        "edit", "修改本格原有的数", "Edit the figure of the cell", ("f2", "enter"), Group.FILLING
    ),
    _command(
        "mark",
        "选中几格，供复制",
        "Mark cells to be copied",
        ("shift+up", "shift+down", "shift+left", "shift+right"),
        Group.FILLING,
    ),
    _command("cancel", "不改，恢复原来的数", "Give up typing", ("escape",), Group.FILLING),
    _command("clear", "清除本格", "Clear the cell", ("delete", "backspace"), Group.FILLING),
)
