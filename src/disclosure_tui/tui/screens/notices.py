"""What the person should know of the file: keys that stand twice. Offers to remove them."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY", "show_notices"]

_TITLE = Text("文件里有重复的项", "Keys stand twice in the file")
_LATER = Text("先不动，接着填", "Leave them for now")
_NONE = Text("文件里没有要留意的地方", "there is nothing to note about the file")
_NAMED = 5
"""So many are told one by one."""


def show_notices(host: ReportBase) -> bool:
    """Say what is the matter with the file; tell whether there is anything."""
    notices = host.session.notices
    if not notices:
        return False
    count = len(notices)

    async def answer(choice: int | None) -> None:
        if choice == 0:
            for pointer in dict.fromkeys(notice.pointer for notice in notices):
                host.apply(host.session.document.without_duplicate(pointer))
            left = len(host.session.notices)
            done = Text(
                f"已删去 {count - left} 项，可以撤销", f"{count - left} removed; undo works"
            )
            host.tell(host.say(done))
        host.settle()

    wording = host.filling.wording
    lines = [
        wording.path(notice.pointer) + host.say(Text("：", ": ") + notice.text)
        for notice in notices[:_NAMED]
    ]
    if count > _NAMED:
        lines.append(host.say(Text(f"另有 {count - _NAMED} 项。", f"And {count - _NAMED} more.")))
    remove = Text(f"删去没有用上的 {count} 项", f"Remove the {count} that do not count")
    host.app.push_screen(
        Dialog(
            host.say(_TITLE),
            [host.say(remove), host.say(_LATER)],
            answer,
            lines=[*lines, ""],
            selected=1,
        )
    )
    return True


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    if not show_notices(host):
        host.tell(host.say(_NONE))


ENTRY = ScreenEntry(
    Command("notices", Text("文件里重复的项", "Keys that stand twice"), (), Group.FILE),
    frozenset({"report"}),
    _open,
)
