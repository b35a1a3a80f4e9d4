"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.tui.messages import Closed, Entered, Message
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.widgets.line_entry import LineEntry
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.paragraphs import Paragraphs
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["EntryDialog"]

_HINT = Text("回车确定，Esc 返回", "Enter to confirm, Esc to leave")


class EntryDialog(EditorScreen, ModalScreen[None]):
    """One line to fill in, over the screen below."""

    def __init__(
        self,
        title: str,
        text: str,
        answer: Callable[[str | None], Awaitable[str]],
        *,
        lines: Sequence[str] = (),
    ) -> None:
        """Prepare a dialog.

        Args:
            title: What is asked.
            text: What stands in the line at first.
            answer: Is given the text, or None if there is none; returns what is the matter with
                it, and then the dialog stays, or nothing.
            lines: What is said under the title.
        """
        super().__init__()
        self._title, self._lines = title, tuple(lines)
        self._entry = LineEntry(text)
        self._answer = answer
        self._said = Paragraphs(self._lines)

    @property
    def surface(self) -> Surface:
        """The line."""
        return self._entry

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="dialog"):
            yield TextLine(id="title")
            yield self._said
            yield self._entry
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#title", TextLine).show_title(self._title)
        self.query_one("#hint", TextLine).show((self.say(_HINT), DIM))

    async def hear(self, message: Message) -> None:
        """Take the text."""
        if isinstance(message, Closed):
            await self.app.pop_screen()
            await self._answer(None)
        elif isinstance(message, Entered):
            fault = await self._answer(message.text)
            if fault:
                self._said.show((*self._lines, fault))
            elif self.app.screen is self:
                await self.app.pop_screen()
