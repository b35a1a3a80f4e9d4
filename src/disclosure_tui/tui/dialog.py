"""A dialog: a title, what is said, a list to choose from; drawn over the screen below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.paragraphs import Paragraphs
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

__all__ = ["Answer", "Dialog", "ReadingDialog"]

Answer = Callable[[int | None], Awaitable[None]]
"""What is done with the choice, by its position; None if the dialog was closed without one."""

_HINT = Text(
    "数字或上下键选，回车确定，Esc 返回", "Number or arrows, Enter to choose, Esc to leave"
)
_READING_HINT = Text(
    "PgUp、PgDn 翻看，数字或上下键选，回车确定，Esc 返回",
    "PgUp, PgDn to read on, number or arrows, Enter to choose, Esc to leave",
)
_MARGIN = 4
"""Cells beside the texts of a dialog."""
_FRAME = 4
"""Lines of a dialog besides its sentences and its list."""
_FEWEST_OPTIONS = 3
"""So many are shown even where there is no room for all that is said."""


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
            lines: What is said under the title, each wrapped to the width.
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
            yield Paragraphs(self._lines)
            yield self.list
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#title", TextLine).show_title(self._title)
        self._fit()

    def on_resize(self, event: events.Resize) -> None:
        """Give the list the lines that are left."""
        super().on_resize(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many options as there is room for, and say if there are more."""
        width, height = self.app.size
        said = sum(len(MEASURE.wrap(line, max(1, width - _MARGIN))) for line in self._lines)
        room = max(_FEWEST_OPTIONS, height - _FRAME - said)
        count = len(self.list.options)
        self.list.styles.height = min(count, room)
        hint = Text("PgDn 看其余，", "PgDn for more, ") + _HINT if count > room else _HINT
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))

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


class ReadingDialog(Dialog):
    """A dialog over the whole screen with a long text to read before choosing."""

    def __init__(
        self,
        title: str,
        options: Sequence[str],
        answer: Answer,
        *,
        paragraphs: Sequence[tuple[str, bool]],
        selected: int = 0,
        shown: int = _FEWEST_OPTIONS,
        hint: Text = _READING_HINT,
    ) -> None:
        """Prepare a dialog.

        Args:
            title: What is asked.
            options: What can be chosen.
            answer: What is done with the choice.
            paragraphs: What is to be read, each with whether it is a heading.
            selected: The option that Enter chooses at first.
            shown: So many options are in view.
            hint: What the keys do.
        """
        super().__init__(title, options, answer, selected=selected)
        self._shown, self._hint = shown, hint
        self._page = TextPage(paragraphs)

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="dialog tall reading"):
            yield TextLine(id="title")
            yield self._page
            yield self.list
            yield TextLine(id="hint")

    def _fit(self) -> None:
        """Leave most of the screen to the text."""
        room = max(_FEWEST_OPTIONS, min(self._shown, self.app.size.height // 3))
        self.list.styles.height = min(len(self.list.options), room)
        self.query_one("#hint", TextLine).show((self.say(self._hint), DIM))

    async def take_key(self, event: events.Key) -> None:
        """Turn the pages of the text; all other keys belong to the list."""
        key = KeyPress.of(event.key, event.character)
        if key.name in ("pageup", "pagedown", "space", " "):
            self._page.press(key)
        else:
            await super().take_key(event)
