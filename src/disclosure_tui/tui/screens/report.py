"""The report screen: outline, one page of the report, status line, key line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.session import Commit, Session
from disclosure_tui.tui.command import Command, KeyPress, command_for, key_line
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.messages import (
    ForeignTyped,
    Message,
    Moved,
    Typing,
    ValueCommitted,
    ValueListWanted,
)
from disclosure_tui.tui.page_view import PageView
from disclosure_tui.tui.pages import page_of
from disclosure_tui.tui.report_commands import REPORT_COMMANDS
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.value_choice import ask_value
from disclosure_tui.tui.telling import finding_line, place_line, saved_line, told
from disclosure_tui.tui.widgets.lines import Outline, StatusLine, Tabs, TextLine
from disclosure_tui.tui.widgets.strips import BOLD, DIM, PLAIN
from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["ReportScreen"]

WIDE = 100
"""From so many cells on the outline stands at the side."""
_FOREIGN = Text(
    "输入法在中文状态：按 Shift 切换，或按 Ctrl+P 从菜单选",
    "an input method is on: switch it off, or choose from the menu with Ctrl+P",
)


class ReportScreen(EditorScreen):
    """One report being filled in."""

    HOST = "report"
    COMMANDS: ClassVar[tuple[Command, ...]] = REPORT_COMMANDS

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._index = 0
        self._message = ""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        self.filling = Filling(self.session, self.language)
        self.view = PageView(self.filling)
        yield Tabs(id="tabs")
        yield TextLine(id="heading")
        with Horizontal(id="body"):
            yield Outline(id="outline")
            yield self.view
        yield TextLine(id="message")
        yield StatusLine(id="status")
        yield TextLine(id="keys")

    def on_mount(self) -> None:
        """Open the first page with something to do: fields that are filled can wait."""
        self.query_one("#keys", TextLine).show((key_line(self.commands, self.language), DIM))
        self._arrange(self.app.size.width)
        self.show_page(0)

    def on_resize(self, event: events.Resize) -> None:
        """Fold the outline where the screen is narrow."""
        self._arrange(event.size.width)
        self.call_after_refresh(self.settle)

    def _arrange(self, width: int) -> None:
        self.query_one(Outline).display = width >= WIDE
        self.query_one(Tabs).display = width < WIDE

    @property
    def surface(self) -> Surface | None:
        """The widget that takes keys."""
        return self.view.surface

    # What keys do

    async def take_key(self, event: events.Key) -> bool:
        """Deal with a key; in a text area letters are text and most keys are its own."""
        self._message = ""
        if self.surface is not None:
            handled = await super().take_key(event)
        elif await self.view.prose.take(event):
            handled = True
        else:
            key = KeyPress.of(event.key, event.character)
            command = command_for(self.commands, key.name)
            own = command is not None and command.identifier in ("undo", "redo")
            if own and self.view.written is not None:
                command = None  # the area takes back what was not committed yet
            handled = command is not None
            if command is not None:
                await self.run_command(command)
        if self.app.screen is self:
            self.settle()
        return handled

    async def take_paste(self, text: str) -> None:
        """Put pasted text where it belongs."""
        if self.surface is None:
            self.view.prose.take_paste(text)
        else:
            await super().take_paste(text)
        self.settle()

    async def hear(self, message: Message) -> None:
        """Deal with what a surface tells."""
        match message:
            case ValueCommitted(pointer, text):
                self.commit(pointer, text)
            case Typing(fault=fault) if fault is not None:
                self.tell("! " + self.say(fault))
            case ForeignTyped():
                self.tell(self.say(_FOREIGN))
            case ValueListWanted(pointer):
                await ask_value(self, pointer)
            case Typing() | Moved() | _:
                pass
