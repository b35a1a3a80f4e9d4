"""A dialog: a title, some lines, a list to choose from; drawn over the screen below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM, PLAIN
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["Answer", "Dialog"]

Answer = Callable[[int | None], Awaitable[None]]
"""What is done with the choice, by its position; None if the dialog was closed without one."""

_HINT = Text(
    "数字或上下键选，回车确定，Esc 返回", "Number or arrows, Enter to choose, Esc to leave"
)


class Dialog(EditorScreen, ModalScreen[None]):
    """A list of choices over the screen below."""

    def __init__(
        self,
        title: str,
        options: Sequence[str],
        answer: Answer,
        *,
        lines: Sequence[str] = (),
        selected: int = 0,
    ) -> None:
        """Prepare a dialog.

        Args:
            title: What is asked.
            options: What can be chosen.
            answer: What is done with the choice.
            lines: What is said under the title.
            selected: The option that Enter chooses at first.
        """
        super().__init__()
        self._title, self._lines = title, tuple(lines)
        self.list = ChoiceList(options, selected)
        self._answer = answer

    @property
    def surface(self) -> Surface:
        """The list."""
        return self.list

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="dialog"):
            yield TextLine(id="title")
            for _ in self._lines:
                yield TextLine(classes="said")
            yield self.list
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#title", TextLine).show_title(self._title)
        self.query_one("#hint", TextLine).show((self.say(_HINT), DIM))
        for line, text in zip(self.query(".said"), self._lines, strict=True):
            assert isinstance(line, TextLine)
            line.show((text, PLAIN))
        self.list.styles.height = min(len(self.list.options), 14)

    async def hear(self, message: Message) -> None:
        """Take the choice."""
        if isinstance(message, Chosen):
            await self.leave(message.index)
        elif isinstance(message, Closed):
            await self.leave(None)

    async def leave(self, choice: int | None) -> None:
        """Close the dialog, then do what follows from the choice."""
        await self.app.pop_screen()
        await self._answer(choice)
