"""A list to choose from that becomes shorter with every letter typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.lookup import Lookup
from disclosure_tui.pinyin import NO_READINGS
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.dialog import Answer
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.line_entry import LineEntry
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

__all__ = ["LookupDialog", "LookupEntry"]

_NUMBERED = Text(
    "数字或上下键选，也可输入名称或拼音首字母；回车确定，Esc 返回",
    "Number or arrows, or type part of the name; Enter to choose, Esc to leave",
)
_LETTERS = Text(
    "输入名称、拼音首字母或键名的一部分，用空格分开；回车到这一格，Esc 返回",
    "Type parts of the label or key; Enter goes there, Esc leaves",
)
_NONE = Text("没有找到，请改短一些；Esc 返回", "Nothing is called that; type less, or Esc to leave")
_TO_LIST = frozenset(("up", "down", "pageup", "pagedown", "tab", "shift+tab", "enter", "escape"))
_ROOM_BESIDE = 12
"""Cells of a line that the number takes and the margin."""


@dataclass(frozen=True, slots=True)
class LookupEntry:
    """Something to choose.

    Attributes:
        line: What is shown.
        state: What is shown at the right end.
        names: What it can be called, the best known first.
    """

    line: str
    state: str
    names: tuple[str, ...]


class LookupDialog(EditorScreen, ModalScreen[None]):
    """What is typed at the top shortens the list below; arrows and Enter choose from it."""

    def __init__(
        self,
        title: str,
        entries: Sequence[LookupEntry],
        answer: Answer,
        *,
        readings: Mapping[str, str] = NO_READINGS,
        numbered: bool = False,
    ) -> None:
        """Prepare a dialog.

        Args:
            title: What is asked.
            entries: What can be chosen.
            answer: What is done with the choice.
            readings: Letters of characters with several readings.
            numbered: Digits choose a line; else they are letters like others.
        """
        super().__init__()
        self._title, self._entries, self._answer = title, tuple(entries), answer
        self._lookup = Lookup((entry.names for entry in entries), readings)
        self._numbered = numbered
        self._found = tuple(range(len(self._entries)))
        self._entry = LineEntry("")
        self.list = ChoiceList([""] * len(self._entries))

    @property
    def surface(self) -> Surface:
        """The line that is typed in."""
        return self._entry

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield self._entry
            yield self.list
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the width."""
        super().on_resize(event)
        self._show()

    async def take_key(self, event: events.Key) -> None:
        """Give arrows to the list, and digits where they choose; letters are typed."""
        key = KeyPress.of(event.key, event.character)
        chooses = self._numbered and key.name.isdecimal()
        if key.name in _TO_LIST or chooses:
            for message in self.list.press(key).messages:
                await self.hear(message)
        elif self._entry.press(key).handled:
            self._narrow()
        else:
            await self.take_command(key)
        self.place_cursor()

    async def take_paste(self, text: str) -> None:
        """Look for what is pasted."""
        self._entry.paste(text)
        self._narrow()

    def _narrow(self) -> None:
        found = self._lookup.find(self._entry.text)
        if found != self._found:
            self._found = found
            self.list.select(0)
            self._show()

    def _show(self) -> None:
        room = max(1, self.app.size.width - _ROOM_BESIDE)
        self.list.replace([self._line(self._entries[index], room) for index in self._found])
        count = self.say(Text(f"（{len(self._found)} 项）", f" ({len(self._found)})"))
        self.query_one("#title", TextLine).show_title(self._title + count)
        hint = _NONE if not self._found else _NUMBERED if self._numbered else _LETTERS
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))

    def _line(self, entry: LookupEntry, room: int) -> str:
        return f"{MEASURE.fit(entry.line, max(1, room - MEASURE.width(entry.state)))} {entry.state}"

    async def hear(self, message: Message) -> None:
        """Take the choice."""
        if isinstance(message, Chosen):
            await self._leave(self._found[message.index])
        elif isinstance(message, Closed):
            await self._leave(None)

    async def _leave(self, choice: int | None) -> None:
        """Close the dialog, then do what follows from the choice."""
        await self.app.pop_screen()
        await self._answer(choice)
