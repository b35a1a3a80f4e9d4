"""Cells that two people changed, asked one after the other: mine, theirs, last saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.differing import value_text
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import Choice, Conflict, Merging
from disclosure_tui.session.questions import SIDES
from disclosure_tui.tui.dialog import Dialog, ReadingDialog

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_conflicts"]

Then = Callable[[], Awaitable[None]]
"""What is to be done afterwards."""

_EXPLAINED = Text(
    "两人都改了这一格，请选一个。其余的改动已合在一起。选完以后重新校验。",
    "You both changed this cell: choose one. All other changes are joined. "
    "Everything is checked again afterwards.",
)
_LEFT = Text(
    "没有选完，没有保存。您的改动还在；再次保存时接着问。",
    "Not saved: something is not chosen yet. Changes are kept; saving asks again.",
)


class _Asking:
    """Goes through the conflicts of one merge."""

    def __init__(self, host: ReportBase, merging: Merging, then: Then) -> None:
        self._host, self._merging, self._then = host, merging, then
        self._choices: dict[Pointer, Choice] = {}
        report = Report(merging.theirs.data)
        form = host.session.form.populated(report).populated(Report(merging.mine.data))
        self._wording = Wording(form, host.language)

    def ask(self) -> None:
        """Ask for the next one."""
        number = len(self._choices)
        conflict, host = self._merging.conflicts[number], self._host
        count = len(self._merging.conflicts)
        title = Text(
            f"两人都改过的格（{number + 1}/{count}）", f"Changed by both ({number + 1}/{count})"
        )
        path = self._wording.path(conflict.pointer)
        host.app.push_screen(self._dialog(host.say(title), path, conflict))

    def _dialog(self, title: str, path: str, conflict: Conflict) -> Dialog:
        say = self._host.say
        sides = [(label, getattr(conflict, choice.value)) for choice, label in SIDES]
        options = [say(label) + say(value_text(value)) for label, value in sides]
        texts = [value for _, value in sides if isinstance(value, str)]
        explained = say(_EXPLAINED)
        if not any(say(value_text(text)) != text for text in texts):
            return Dialog(title, options, self._answer, lines=[path, explained, ""])
        # Long texts are read whole before one is chosen.
        paragraphs = [(path, True), (explained, False)]
        for label, value in sides:
            whole = value if isinstance(value, str) else say(value_text(value))
            paragraphs += [("", False), (say(label), True), (whole, False)]
        options = [say(label).rstrip("：: ") for label, _ in sides]
        return ReadingDialog(title, options, self._answer, paragraphs=paragraphs)

    async def _answer(self, choice: int | None) -> None:
        if choice is None:
            self._host.tell(self._host.say(_LEFT))
            self._host.settle()
            return
        conflict = self._merging.conflicts[len(self._choices)]
        self._choices[conflict.pointer] = SIDES[choice][0]
        if len(self._choices) < len(self._merging.conflicts):
            self.ask()
        else:
            await self._settle()

    async def _settle(self) -> None:
        host = self._host
        try:
            host.session.settle(self._merging, self._choices)
        except DisclosureError as error:
            host.refuse(error)
        else:
            host.view.show_values()
            await self._then()
        host.settle()


def ask_conflicts(host: ReportBase, merging: Merging, then: Then) -> None:
    """Ask for everything that two people changed, then bring the own changes in.

    Args:
        host: The report.
        merging: What came together.
        then: What is to be done afterwards.
    """
    _Asking(host, merging, then).ask()
