"""What is asked around filling in: the same words whether in the full screen or line by line."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, counted
from disclosure_tui.store.merge import Choice

__all__ = [
    "HOLDER",
    "NOTHING_TO_REVERT",
    "NOT_RECOVERED",
    "NO_RIGHT",
    "NO_TOTALS",
    "PUT_ASIDE",
    "RECOVERY",
    "SHARED",
    "SIDES",
    "TALK_FIRST",
    "TYPED",
    "Question",
    "not_saved",
]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what can be answered; who asks it does what follows.

    Attributes:
        title: What is asked.
        options: The answers, in the order in which they are numbered.
    """

    title: Text
    options: tuple[Text, ...]


NO_RIGHT = Text(
    "只读：您没有修改这个文件的权限", "read-only: you have no right to change this file"
)

HOLDER = Question(
    Text("有人正在填报这份报告", "Somebody is filling in this report"),
    (
        Text("只读查看", "Read only"),
        Text("接着填（对方转为只读）", "Take over (they can then only read)"),
        Text("不管对方，照填（保存时逐格问）", "Edit anyway (both are merged on saving)"),
    ),
)
"""Asked where somebody else holds the report: look only, take over, edit anyway."""


def not_saved(count: int) -> Text:
    """Say that changes are not saved: asked about before leaving."""
    verb = "is" if count == 1 else "are"
    return Text(f"还有 {count} 处改动没有保存", f"{counted(count, 'change')} {verb} not saved")


TALK_FIRST = Text("请先与对方联系。", "Talk to them first.")

RECOVERY = Question(
    Text("找回上次没有保存的内容", "Recover what was not saved last time"),
    (
        Text("找回，接着填", "Recover and go on"),
        Text("先逐处查看", "Look at the changes first"),
        Text("放弃（另存一份到历史版本）", "Put it aside (a copy is kept in the history)"),
    ),
)
"""Asked where a session broke off: recover, look first, put aside."""

NOT_RECOVERED = Text(
    "没有找回：上次的内容还在，下次打开时再问。",
    "Not recovered: the work is kept; you will be asked again.",
)
PUT_ASIDE = Text("已放弃，另存了一份到历史版本", "put aside; a copy is in the history")

SIDES = (
    (Choice.MINE, Text("我填的：", "mine: ")),
    (Choice.THEIRS, Text("对方填的：", "theirs: ")),
    (Choice.BASE, Text("原来的：", "last saved: ")),
)
"""Between which values one is chosen where two people changed the same place."""

TYPED = Text(
    "本表总计照原始表录入并核对：不再自动计算，与各项之和不同时提示",
    "the totals of this table are typed and checked: they do not follow any more",
)
NOTHING_TO_REVERT = Text("没有可以撤销或恢复的改动", "nothing to undo or redo")
NO_TOTALS = Text("本页没有总计", "there are no totals here")

SHARED = Question(
    Text("这里的内容与别处共用", "This value is shared with other places"),
    (
        Text(
            "只改这里：先与别处分开，再改", "Change it here only: detach it first, then change it"
        ),
        Text("不改", "Leave it as it is"),
    ),
)
"""Asked where other places of the file share the value that is to be changed."""
