"""What all screens share: keys go to the surface, then to the commands; nothing else happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.geometry import Offset, Region
from textual.reactive import Reactive
from textual.screen import Screen

from disclosure_tui.data_class import dataclass
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Language, Text
from disclosure_tui.tui.command import REDRAW, Command, KeyPress, command_for
from disclosure_tui.tui.messages import Message
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from disclosure_tui.tui.app import DisclosureApp

__all__ = ["EditorScreen", "Host", "ScreenEntry", "hosts", "screen_entries"]


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """How one screen is opened from another: `ENTRY` of its module, or one of its `ENTRIES`.

    Attributes:
        command: What is chosen to open it.
        hosts: The screens it is opened from, by their `HOST`.
        open: Opens it.
    """

    command: Command
    hosts: frozenset[str]
    open: Callable[[EditorScreen], Awaitable[None]]


@cache
def screen_entries(host: str) -> tuple[ScreenEntry, ...]:
    """Find what can be opened from a screen: every module that declares `ENTRY` or `ENTRIES`."""
    found: list[ScreenEntry] = []
    for module in modules_of("disclosure_tui.tui.screens"):
        found += getattr(module, "ENTRIES", ())
        if (entry := getattr(module, "ENTRY", None)) is not None:
            found.append(entry)
    return tuple(entry for entry in found if host in entry.hosts)


@dataclass(frozen=True, slots=True)
class Host:
    """A screen with commands.

    Attributes:
        name: The `HOST` of the screen.
        title: What it is called.
        fixed: What the keys of its widgets do; they are the same everywhere.
        commands: What else can be done there.
    """

    name: str
    title: Text
    fixed: tuple[Command, ...]
    commands: tuple[Command, ...]


@cache
def hosts() -> tuple[Host, ...]:
    """Find every screen that has commands."""
    found = []
    for module in modules_of("disclosure_tui.tui.screens"):
        for screen in vars(module).values():
            own = isinstance(screen, type) and screen.__module__ == module.__name__
            if own and issubclass(screen, EditorScreen) and screen.HOST:
                entries = (entry.command for entry in screen_entries(screen.HOST))
                commands = (*screen.ACTIONS, *entries)
                found.append(Host(screen.HOST, screen.TITLE_TEXT, screen.FIXED, commands))
    return tuple(found)


class EditorScreen(Screen[None], inherit_bindings=False):
    """A screen whose keys are dealt with one after the other, each wholly before the next."""

    AUTO_FOCUS = ""
    HOST: ClassVar[str] = ""
    TITLE_TEXT: ClassVar[Text] = Text("", "")
    FIXED: ClassVar[tuple[Command, ...]] = ()
    ACTIONS: ClassVar[tuple[Command, ...]] = ()

    since = 0.0
    """What a person did before, by the clock of events, is not meant for this screen."""

    # A change of focus would otherwise repaint the whole screen: 14 to 22 KB at 80x24.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    @property
    def editor(self) -> DisclosureApp:
        """The running program."""
        return cast("DisclosureApp", self.app)

    @property
    def language(self) -> Language:
        """The language of the words."""
        return self.editor.language

    def say(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return text.in_(self.language)

    @property
    def surface(self) -> Surface | None:
        """The widget that takes keys."""
        return None

    @property
    def about(self) -> tuple[Text, ...]:
        """What the help says at its end of what is shown here."""
        return ()

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with the keys that hold; drawing anew can be done everywhere."""
        applied = self.editor.keymap.applied
        entries = tuple(entry.command for entry in screen_entries(self.HOST))
        redraw = (REDRAW,) if REDRAW not in self.ACTIONS else ()
        return tuple(map(applied, (*self.ACTIONS, *entries, *redraw)))

    def key(self, identifier: str, *, brief: bool = False) -> str:
        """Return the name of the key that does a command, for a hint; a letter if brief."""
        return self.editor.keymap.name(identifier, self.language, brief=brief)

    async def stands(self) -> None:
        """Wait until everything is where keys expect it; somebody may type sooner."""
        await self._mounted_event.wait()

    async def take_key(self, event: events.Key) -> None:
        """Deal with a key."""
        key = KeyPress.of(event.key, event.character)
        surface = self.surface
        handled = False
        if surface is not None:
            answer = surface.press(key)
            for message in answer.messages:
                await self.hear(message)
            handled = answer.handled
        if not handled:
            await self.take_command(key)
        self.place_cursor()

    async def take_command(self, key: KeyPress) -> bool:
        """Do the command of a key, if it has one."""
        command = command_for(self.commands, key.name)
        if command is None:
            return False
        await self.run_command(command)
        return True

    async def run_command(self, command: Command) -> None:
        """Do a command, however it was chosen."""
        for entry in screen_entries(self.HOST):
            if entry.command.identifier == command.identifier:
                await entry.open(self)
                return
        act: Callable[[], Awaitable[None] | None] = getattr(self, f"do_{command.identifier}")
        result = act()
        if isawaitable(result):
            await result

    async def take_paste(self, text: str) -> None:
        """Deal with pasted text."""
        if self.surface is not None:
            for message in self.surface.paste(text).messages:
                await self.hear(message)

    async def take_click(self, widget: Widget, place: Offset) -> bool:
        """Deal with a click; tell whether it meant anything here."""
        if widget is not self.surface or not isinstance(widget, Surface):
            return False
        for message in widget.click(place).messages:
            await self.hear(message)
        self.place_cursor()
        return True

    async def hear(self, message: Message) -> None:
        """Deal with what a surface tells."""

    def settle(self) -> None:
        """Bring what is shown up to date, after a dialog for instance."""

    def tell_at_once(self, sentence: str) -> None:
        """Show a sentence that no key has led to, where the screen has a place for such."""

    def place_cursor(self) -> None:
        """Put the terminal's cursor where editing takes place."""
        surface = self.surface
        if surface is None:
            return
        caret = surface.caret
        if caret is not None:
            self.app.cursor_position = surface.content_region.offset + caret
        else:
            self.app.cursor_position = Offset(0, 0)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor at its place."""
        del event
        self.call_after_refresh(self.place_cursor)

    def on_surface_settled(self) -> None:
        """Put the cursor where the surface shows its place of editing now."""
        before = self.app.cursor_position
        self.place_cursor()
        if self.app.cursor_position != before and self.surface is not None:
            # The cursor goes over the line with the next thing that is drawn.
            self.surface.refresh(Region(0, 0, 1, 1))

    def on_screen_resume(self) -> None:
        """Put the cursor back after a dialog."""
        self.call_after_refresh(self.place_cursor)

    def do_redraw(self) -> None:
        """Draw the whole screen anew, whatever the terminal shows now."""
        self.refresh(layout=True)
        self.editor.send_all()
