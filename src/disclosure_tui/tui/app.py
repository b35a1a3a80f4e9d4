"""The program that runs in the full screen, and the two ways into it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from textual import events
from textual.app import App, SuspendNotSupported
from textual.reactive import Reactive

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Language, Text
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.session import Session, offers_for
from disclosure_tui.settings import Settings
from disclosure_tui.tui.clicking import take_mouse
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.driver import EditorDriver, driver_class
from disclosure_tui.tui.external_editor import EditorError
from disclosure_tui.tui.finding_order import FindingOrder
from disclosure_tui.tui.keeping import keep_beside
from disclosure_tui.tui.keymap import Keymap
from disclosure_tui.tui.leaving import TERMINAL_GONE, Leaving, let_go_of_terminal
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.report import open_report
from disclosure_tui.tui.terminal import TerminalChoices
from disclosure_tui.tui.terminal_news import InputLeftOut, WidthsKnown
from disclosure_tui.tui.work_area import Panel

__all__ = ["DisclosureApp", "Ending", "open_desk", "open_editor"]

_USUAL_SCHEMAS = SchemaSearch()
_SWITCH_INTERVAL = 0.0005
"""Seconds a thread may keep the interpreter; a parsing one otherwise delays keys by 30 ms."""


_KEPT = Text(
    "没有保存的改动已记下，下次打开时可以找回",
    "what was not saved is kept, and offered when the report is opened again",
)
_RECOVERABLE = Text(
    "上次没有保存的内容还在，可以用 disclosure recover 取回。",
    "What was not saved last time is kept: disclosure recover brings it back.",
)
_NOT_LENT = Text(
    "这个终端不能交给别的程序，文字没有改动",
    "this terminal cannot be lent to another program; the text is as it was",
)
_NOT_KEPT = Text("没有保存的改动没能记下", "what was not saved could not be kept")


class DisclosureApp(App[int], inherit_bindings=False):
    """The editor. Keys are dealt with here, one after the other, never in a widget's queue."""

    CSS_PATH = "styles/editor.tcss"
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    # As the default: to change to it later would have every style sheet read twice.
    theme: Reactive[str] = Reactive("ansi-dark")

    def __init__(
        self,
        first: EditorScreen,
        language: Language,
        choices: TerminalChoices = TerminalChoices(),
        settings: Settings | None = None,
    ) -> None:
        """Prepare the program.

        Args:
            first: The screen to begin with.
            language: The language of the words.
            choices: What the person has chosen for the terminal.
            settings: What the person has settled.

        Attributes:
            sessions: The reports that are open.
            notes: What is to be said when the program has ended.
            leaving: What waits for the signals that end it.
            when_shown: What is done once the first screen is there.
            keymap: Which keys do which commands.
            panels: What stands beside the page of every report.
            finding_order: How the lists of findings are put in order.
        """
        super().__init__(driver_class=driver_class(), ansi_color=True)
        self._first = first
        self.language = language
        self.terminal_choices = choices
        self.when_shown: Callable[[], Awaitable[None]] | None = None
        self._settings = settings or Settings()
        self.keymap = Keymap.of(self._settings.keys)
        self.sessions: list[Session] = []
        self.panels: set[Panel] = set()
        self.finding_order = FindingOrder.SEVERITY
        self.notes: list[Text] = []
        self.leaving = Leaving(self._leave_at_once)

    def get_default_screen(self) -> EditorScreen:
        """Begin with the screen that was asked for."""
        return self._first

    async def on_event(self, event: events.Event) -> None:
        """Hand keys and pasted text to the screen on top; the rest goes Textual's way."""
        if self.screen_stack and isinstance(self.screen, EditorScreen):
            if isinstance(event, events.Key) and not event.is_forwarded:
                for key in _without_alt(event):
                    # The key before it may have opened another screen.
                    if (meant := await self._addressed(event.time)) is not None:
                        await meant.take_key(key)
                return
            if isinstance(event, events.Paste) and not event.is_forwarded:
                if (meant := await self._addressed(event.time)) is not None:
                    await meant.take_paste(event.text)
                return
            if isinstance(event, events.MouseEvent):
                meant = await self._addressed(event.time)
                if meant is None or await take_mouse(meant, event):
                    return
        await super().on_event(event)

    async def _addressed(self, when: float) -> EditorScreen | None:
        """Return the screen that was meant by what a person did at a time, once it stands.

        A report that opens may ask something first; what was done before that could be seen is no
        answer, and nothing is changed behind a question.
        """
        screen = self.screen
        if isinstance(screen, EditorScreen):
            await screen.stands()
        asking = self.screen
        if asking is not screen and isinstance(asking, EditorScreen):
            await asking.stands()
        if isinstance(asking, EditorScreen) and when >= asking.since:
            return asking
        return None

    async def run_binding(self, key: str) -> None:
        """Do what a widget of Textual's own binds to a key."""
        await self._check_bindings(key)

    def on_mount(self) -> None:
        """Take the signals that end the program; draw anew when it comes back from a stop."""
        if self._driver is not None and not self.is_headless:
            self.leaving.watch()
        if self.when_shown is not None:
            self.call_after_refresh(self.when_shown)
        self.app_resume_signal.subscribe(self, lambda _: self._draw_anew())
        self.call_after_refresh(self._tell_setting_faults)

    async def _tell_setting_faults(self) -> None:
        """Say what of the settings is not used, before anything else is asked."""
        faults = (*self._settings.faults, *self.keymap.faults)
        if not faults:
            return

        async def seen(choice: int | None) -> None:
            del choice
            self._draw_anew()

        say = self.language
        title = Text("设置文件里有几处没有采用", "Some settings are not used").in_(say)
        lines = [*(fault.told(say) for fault in faults), ""]
        await self.push_screen(Dialog(title, [Text("知道了", "I see").in_(say)], seen, lines=lines))

    @contextmanager
    def lent_terminal(self) -> Iterator[None]:
        """Lend the terminal to another program, as it was before this one came.

        Raises:
            EditorError: This terminal cannot be lent.
        """
        try:
            with self.suspend():
                yield
        except SuspendNotSupported as error:
            raise EditorError(_NOT_LENT) from error

    def send_all(self) -> None:
        """Send the whole picture, whatever the terminal shows now."""
        if isinstance(self._driver, EditorDriver):
            self._driver.redraw()

    def on_input_left_out(self, message: InputLeftOut) -> None:
        """Say what was left out, and what to do about it."""
        self._tell(message.hint)

    def on_widths_known(self, message: WidthsKnown) -> None:
        """Show signs for what the terminal would show in two cells, and say so."""
        if message.is_wide and isinstance(self._driver, EditorDriver):
            self._driver.is_narrowed = True
            self._tell(message.hint)
            self._draw_anew()

    def _tell(self, hint: Text) -> None:
        screen = self.screen
        if isinstance(screen, EditorScreen):
            screen.tell_at_once(screen.say(hint))

    def _draw_anew(self) -> None:
        screen = self.screen
        if isinstance(screen, EditorScreen):
            screen.do_redraw()

    def _leave_at_once(self) -> None:
        """Put the work on the disk and end: the terminal is gone, or the system wants it."""
        for session in self.sessions:
            unsaved = session.unsaved or len(session.drafts)
            if not session.hang_up():
                self.notes.append(_NOT_KEPT)
            elif unsaved:
                self.notes.append(_KEPT)
        reason = self.leaving.reason
        self.exit(return_code=0 if reason is None else 128 + reason)

    async def close_report(self, session: Session) -> None:
        """Leave a report for good, and its screen."""
        self.notes += session.close()
        self.sessions.remove(session)
        await self.leave()

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


@dataclass(frozen=True, slots=True)
class Ending:
    """How the program ended.

    Attributes:
        code: The exit code.
        notes: What the person should know, in the language of the screens.
    """

    code: int
    notes: tuple[str, ...] = ()


def open_editor(
    path: Path,
    chosen: Language | None,
    schemas: SchemaSearch = _USUAL_SCHEMAS,
    settings: Settings | None = None,
    *,
    mouse: bool = False,
    ascii_only: bool = False,
) -> Ending:
    """Open a report to fill it in.

    Args:
        path: The report.
        chosen: The language that somebody chose, or None: then the report decides.
        schemas: Where schemas are looked for.
        settings: What the person has settled.
        mouse: Use the mouse, whatever the environment says.
        ascii_only: Show signs for characters of doubtful width, whatever the environment says.

    Raises:
        DisclosureError: The report cannot be opened.
    """
    try:
        screen = open_report(path, ReportTypes(schemas))
    except DocumentError as error:
        if offers_for(path):
            raise DocumentError(error.what, hint=_RECOVERABLE, where=error.where) from error
        raise
    choices = TerminalChoices.of(mouse=mouse, ascii_only=ascii_only)
    language = chosen or screen.session.form.report_type.language
    return _run(screen, language, choices, settings)


def open_desk(
    chosen: Language | None,
    schemas: SchemaSearch = _USUAL_SCHEMAS,
    settings: Settings | None = None,
) -> Ending:
    """Open the desk on the current folder."""
    from disclosure_tui.tui.screens.desk import DeskScreen

    return _run(
        DeskScreen(Path(), schemas), chosen or Language.CHINESE, TerminalChoices.of(), settings
    )


def _run(
    first: EditorScreen, language: Language, choices: TerminalChoices, settings: Settings | None
) -> Ending:
    sys.setswitchinterval(_SWITCH_INTERVAL)
    app = DisclosureApp(first, language, choices, settings)
    app.when_shown = partial(_get_ready, app)
    result = app.run(mouse=choices.mouse)
    if app.fault is not None:
        for note in _after_fault(app.sessions):
            app.fault.add_note(note.in_(language))
        raise app.fault
    if app.leaving.reason is TERMINAL_GONE:
        let_go_of_terminal()
    notes = tuple(note.in_(language) for note in app.notes)
    return Ending(app.return_code or result or 0, notes)


async def _get_ready(app: DisclosureApp) -> None:
    """Do what can wait until the first screen is there: what completes it, then the rest."""
    screen = app.screen if app.screen_stack else None
    if isinstance(screen, EditorScreen):
        await screen.stands()
    app.call_after_refresh(partial(_settle_in, app))


def _settle_in(app: DisclosureApp) -> None:
    """Do what the first keys would have to wait for.

    Garbage is looked for from now on, but never again among what was made so far.
    """
    for session in app.sessions:
        session.rehearse()
    gc.collect()
    gc.freeze()
    gc.enable()


def _after_fault(sessions: Iterable[Session]) -> list[Text]:
    """Keep the work of all sessions after a fault of the program; say where it is."""
    notes = []
    for session in sessions:
        unsaved = session.unsaved or len(session.drafts)
        if session.hang_up():
            if unsaved:
                notes.append(_KEPT)
            continue
        place = keep_beside(session)
        if place is not None:
            notes.append(
                Text(f"没有保存的内容已另存为 {place}", f"what was not saved is in {place}")
            )
    return notes
