"""What can be done on the report screen itself; other screens bring their own entries."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import REDRAW, Command, Group

__all__ = ["REPORT_COMMANDS"]

REPORT_COMMANDS = (
    Command(
        "save",
        Text("保存", "Save the report"),
        ("ctrl+s", "s"),
        Group.FILE,
        short=Text("保存", "Save"),
        rank=1,
    ),
    Command("undo", Text("撤销", "Undo"), ("ctrl+z", "u"), Group.FILLING),
    Command("redo", Text("恢复（撤销的改动）", "Redo"), ("ctrl+y", "r"), Group.FILLING),
    Command(
        "copy", Text("复制选中的格或文字", "Copy what is marked"), ("ctrl+c", "y"), Group.FILLING
    ),
    Command("paste", Text("粘贴复制的内容", "Paste what was copied"), ("ctrl+v",), Group.FILLING),
    Command(
        "next_finding",
        Text("下一个问题", "Next finding"),
        ("ctrl+n", "n"),
        Group.FINDINGS,
        short=Text("下一问题", "Finding"),
        rank=2,
    ),
    Command(
        "previous_finding",
        Text("上一个问题", "Previous finding"),
        ("ctrl+r", "N"),
        Group.FINDINGS,
    ),
    Command("next_query", Text("下一个待核实的问题", "Next query"), ("h",), Group.FINDINGS),
    Command(
        "next_section",
        Text("下一部分", "Next section"),
        ("ctrl+t", "]", "ctrl+pagedown"),
        Group.MOVING,
        short=Text("下一部分", "Section"),
        rank=3,
    ),
    Command(
        "previous_section",
        Text("上一部分", "Previous section"),
        ("ctrl+g", "[", "ctrl+pageup"),
        Group.MOVING,
    ),
    Command(
        "next_blank",
        Text("下一个未填的格", "Next blank"),
        ("b",),
        Group.MOVING,
    ),
    Command(
        "back",
        Text("回到跳转前的格", "Back to where the last jump began"),
        ("escape",),
        Group.MOVING,
    ),
    Command(
        "compute",
        Text("本格改为自动计算", "Have this cell computed"),
        ("=",),
        Group.FILLING,
    ),
    Command(
        "take_fix",
        Text("采用本格的改法", "Do what is offered for this cell"),
        ("x",),
        Group.FINDINGS,
    ),
    Command(
        "follow",
        Text(
            "从文字里的数到表中的格，或从格到文字", "From a figure in a text to its cell, or back"
        ),
        ("ctrl+d", "j"),
        Group.MOVING,
    ),
    Command(
        "edit_outside",
        Text("用自己的编辑器改这段文字", "Write this text in your own editor"),
        ("ctrl+w",),
        Group.FILLING,
    ),
    REDRAW,
)
