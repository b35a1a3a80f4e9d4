"""The program that runs in the full screen, and the two ways into it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from textual import events
from textual.app import App

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.store.files import save
from disclosure_tui.tui.driver import driver_class
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import ReportScreen

__all__ = ["DisclosureApp", "open_desk", "open_editor"]

_SWITCH_INTERVAL = 0.0005
"""Seconds a thread may keep the interpreter; a parsing one otherwise delays keys by 30 ms."""


class DisclosureApp(App[int], inherit_bindings=False):
    """The editor. Keys are dealt with here, one after the other, never in a widget's queue."""

    CSS_PATH = "styles/editor.tcss"
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, first: EditorScreen, language: Language) -> None:
        """Prepare the program.

        Args:
            first: The screen to begin with.
            language: The language of the words.
        """
        super().__init__(driver_class=driver_class(), ansi_color=True)
        self._first = first
        self.language = language
        self.theme = "ansi-dark"

    def get_default_screen(self) -> EditorScreen:
        """Begin with the screen that was asked for."""
        return self._first

    async def on_event(self, event: events.Event) -> None:
        """Hand keys and pasted text to the screen on top; the rest goes Textual's way."""
        screen = self.screen if self.screen_stack else None
        if isinstance(screen, EditorScreen):
            if isinstance(event, events.Key) and not event.is_forwarded:
                for key in _without_alt(event):
                    await self._take_key(key)
                return
            if isinstance(event, events.Paste) and not event.is_forwarded:
                await screen.take_paste(event.text)
                return
        await super().on_event(event)

    async def _take_key(self, event: events.Key) -> None:
        """Hand one key to the screen on top, which the key before it may have opened."""
        screen = self.screen
        if isinstance(screen, EditorScreen):
            await screen.take_key(event)

    async def run_binding(self, key: str) -> None:
        """Do what a widget of Textual's own binds to a key."""
        await self._check_bindings(key)

    @property
    def fault(self) -> Exception | None:
        """What ended the program, if it was a fault of its own."""
        return self._exception

    def _fatal_error(self) -> None:
        """Leave without Textual's traceback: whoever started the program tells of the fault."""
        self._close_messages_no_wait()

    async def leave(self) -> None:
        """Close the screen on top, or the program with the last one."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            self.exit(0)


def _without_alt(event: events.Key) -> list[events.Key]:
    """Undo what the terminal makes of Escape and a key typed right behind it: Alt and that key."""
    if not event.key.startswith("alt+"):
        return [event]
    return [events.Key("escape", None), events.Key(event.key[4:], event.character)]


def open_editor(path: Path, chosen: Language | None, schema_folders: Iterable[Path] = ()) -> int:
    """Open a report to fill it in; return the exit code.

    Raises:
        DisclosureError: The report cannot be opened.
    """
    session = Session.open(path, ReportTypes(Catalog.of(schema_folders)))
    language = chosen or session.form.report_type.language
    try:
        code = _run(ReportScreen(session), language)
    except Exception as fault:
        kept = _keep_unsaved(session)
        if kept is not None:
            text = Text(f"没有保存的内容已另存为 {kept}", f"what was not saved is in {kept}")
            fault.add_note(text.in_(language))
        raise
    session.close()
    return code


def _keep_unsaved(session: Session) -> Path | None:
    """Write what is not saved beside the report; None where there is nothing, or no place."""
    if not session.unsaved:
        return None
    for number in range(1, 100):
        place = session.path.with_name(f"{session.path.stem}.unsaved-{number}.yaml")
        if not place.exists():
            try:
                save(place, session.document.encode(), expected_sha256=None)
            except DisclosureError:
                return None
            return place
    return None


def open_desk(chosen: Language | None) -> int:
    """Open the desk on the current folder; return the exit code."""
    return _run(DeskScreen(Path()), chosen or Language.CHINESE)


def _run(first: EditorScreen, language: Language) -> int:
    sys.setswitchinterval(_SWITCH_INTERVAL)
    app = DisclosureApp(first, language)
    result = app.run(mouse=False)
    if app.fault is not None:
        raise app.fault
    return app.return_code or result or 0
