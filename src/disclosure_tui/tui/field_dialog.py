"""A screen over the report with fields to fill in, kept as one transaction or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from disclosure_tui.language import Text, counted
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.finding_list import FindingList
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.widgets.field_list import FieldList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import PLAIN

if TYPE_CHECKING:
    from disclosure_tui.errors import EditRefused
    from disclosure_tui.session import ReportHeld
    from disclosure_tui.tui.report_base import ReportBase
    from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["FOREIGN_TYPED", "FieldDialog"]

FOREIGN_TYPED = Text("请先按回车，再填写", "press Enter, then type")


class FieldDialog(EditorScreen, ModalScreen[None]):
    """What such screens have in common: the fields, a line that tells, and the way back."""

    def __init__(self, host: ReportBase) -> None:
        super().__init__()
        self._host = host
        self._fields = FieldList(letters_are_text=True)

    @property
    def surface(self) -> Surface:
        """The fields."""
        return self._fields

    def tell(self, sentence: str) -> None:
        """Say something under the fields."""
        self.query_one("#said", TextLine).show((sentence, PLAIN))

    def tell_refusal(self, error: EditRefused) -> None:
        """Say why it cannot be written; the screen stays."""
        hint = "" if error.hint is None else "；" + self.say(error.hint)
        self.tell(f"! {self.say(error.what)}{hint}".replace("\n", " "))

    def ask_holder(self, error: ReportHeld) -> None:
        """Ask what to do about somebody who holds the report; then write what was filled in."""
        ask_holder(self._host, error.holder, lambda: self.app.call_later(self.do_keep))

    async def do_keep(self) -> None:
        """Write what was filled in, or say why it cannot be."""
        raise NotImplementedError

    async def finish(self, done: Text) -> None:
        """Go back to the report, past the list of findings, and say what was done there."""
        await self.app.pop_screen()
        if isinstance(self.app.screen, FindingList):
            await self.app.pop_screen()
        left = len(self._host.filling.findings.open)
        self._host.view.show_values()
        rest = Text(f"，还有 {left} 个问题", f", {counted(left, 'finding')} left")
        self._host.tell(self.say(done + rest))
        self._host.settle()

    async def do_leave(self) -> None:
        """Go back without writing anything."""
        await self.app.pop_screen()
