"""What happened by itself: the report was taken over, or a change had to be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.session import Displaced, News, Reverted, Told
from disclosure_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["show_news", "show_notes"]

_DISPLACED = Text("转为只读", "Read-only now")
_REVERTED = Text("有改动已撤回", "Changes were taken back")
_NOTES = Text("请留意", "Please note")
_SEEN = Text("知道了", "I see")
_ELSEWHERE = Text("存到别处", "Save elsewhere")
_TAKE_OVER = Text("接着填（对方转为只读）", "Take over again (they can then only read)")


def show_news(
    host: ReportBase, news: tuple[News, ...], elsewhere: Callable[[], Awaitable[None]]
) -> None:
    """Tell what happened.

    Args:
        host: The report.
        news: What the session had to tell.
        elsewhere: Saves the report under another name.
    """
    for one in news:
        match one:
            case Displaced():
                _show_displaced(host, one, elsewhere)
            case Reverted():
                _show_reverted(host, one)
            case Told(text):
                host.tell(host.say(text))


def show_notes(host: ReportBase, notes: list[Text]) -> None:
    """Tell what the person has to know before going on."""

    async def answer(choice: int | None) -> None:
        del choice
        host.settle()

    lines = [*(host.say(note) for note in notes), ""]
    host.app.push_screen(Dialog(host.say(_NOTES), [host.say(_SEEN)], answer, lines=lines))


def _show_displaced(
    host: ReportBase, news: Displaced, elsewhere: Callable[[], Awaitable[None]]
) -> None:
    host.view.give_up_typing()
    host.view.show_values()

    async def answer(choice: int | None) -> None:
        if choice == 1:
            _take_over(host)
        elif choice is not None and choice > 1:
            await elsewhere()
        host.settle()

    options = [_SEEN, _TAKE_OVER]
    if news.unsaved:
        options.append(_ELSEWHERE)
    host.app.push_screen(
        Dialog(
            host.say(_DISPLACED),
            [host.say(option) for option in options],
            answer,
            lines=[host.say(news.text), ""],
        )
    )


def _take_over(host: ReportBase) -> None:
    try:
        host.session.take_over()
    except DisclosureError as error:
        host.refuse(error)
    host.view.show_values()
    host.poll()


def _show_reverted(host: ReportBase, news: Reverted) -> None:
    host.view.show_values()

    async def answer(choice: int | None) -> None:
        del choice
        if news.commits and news.commits[0].pointers:
            host.go_to(news.commits[0].pointers[0])
        host.settle()

    wording = host.filling.wording
    places = dict.fromkeys(pointer for commit in news.commits for pointer in commit.pointers)
    lines = [
        host.say(news.text),
        *(wording.path(pointer) for pointer in list(places)[:_NAMED]),
        host.say(Text("原因：", "Reason: ") + news.reason.what),
        "",
    ]
    host.app.push_screen(Dialog(host.say(_REVERTED), [host.say(_SEEN)], answer, lines=lines))


_NAMED = 6
"""So many places are named."""
