"""The file could not be written: save elsewhere, try again, or go on; nothing is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.session import ReadOnly
from disclosure_tui.store.save_errors import MetadataLost, listed
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.telling import clock

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["Step", "ask_loss", "ask_trouble"]

Step = Callable[[], Awaitable[None]]
"""Something to be done after a choice."""

_TITLE = Text("没有保存", "Not saved")
_ELSEWHERE = Text("存到别处", "Save elsewhere")
_AGAIN = Text("再试一次", "Try again")
_TAKE_OVER = Text("接着填（对方转为只读），再保存", "Take over again, then save")
_BACK = Text("返回，稍后再存", "Go back, save later")
_ACCEPT = Text("不要紧，照样保存", "That does not matter: save")


def ask_trouble(host: ReportBase, error: DisclosureError, again: Step, elsewhere: Step) -> None:
    """Ask what to do about a file that could not be written.

    Args:
        host: The report.
        error: Why.
        again: Tries once more.
        elsewhere: Asks for another name and saves there.
    """
    displaced = isinstance(error, ReadOnly) and host.session.displaced_by is not None

    async def answer(choice: int | None) -> None:
        if choice == 0:
            await elsewhere()
        elif choice == 1 and displaced:
            await _take_over(host, again)
        elif choice == 1:
            await again()
        host.settle()

    options = [_ELSEWHERE, _TAKE_OVER if displaced else _AGAIN, _BACK]
    lines = [host.say(error.what)]
    if error.hint is not None:
        lines.append(host.say(error.hint))
    lines += [host.say(_kept(host)), ""]
    if error.where:
        lines.insert(0, error.where)
    host.app.push_screen(
        Dialog(host.say(_TITLE), [host.say(option) for option in options], answer, lines=lines)
    )


def ask_loss(host: ReportBase, error: MetadataLost, accept: Step, elsewhere: Step) -> None:
    """Ask whether to save although rights or attributes of the file would be lost."""

    async def answer(choice: int | None) -> None:
        if choice == 0:
            await accept()
        elif choice == 1:
            await elsewhere()
        host.settle()

    names = listed(error.lost)
    title = Text(f"保存会丢掉文件的{names.zh}", f"Saving would lose the {names.en} of the file")
    lines = [
        host.say(title) + host.say(Text("。", ".")),
        "" if error.hint is None else host.say(error.hint),
        "",
    ]
    options = [host.say(option) for option in (_ACCEPT, _ELSEWHERE, _BACK)]
    host.app.push_screen(Dialog(host.say(_TITLE), options, answer, lines=lines, selected=2))


def _kept(host: ReportBase) -> Text:
    """Return what the file holds, and that the work is still there."""
    count, when = host.unsaved, clock(host.saved_at)
    still = Text(f"之后的 {count} 处改动还在。", f"Your changes since then ({count}) are kept.")
    if not when:
        return still
    held = Text(f"文件仍是 {when} 保存的内容，", f"The file holds what was saved at {when}. ")
    return held + still


async def _take_over(host: ReportBase, again: Step) -> None:
    try:
        host.session.take_over()
    except DisclosureError as error:
        host.refuse(error)
        return
    await again()
