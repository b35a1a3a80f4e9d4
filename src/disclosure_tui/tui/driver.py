"""The one place that chooses how the editor talks to the terminal.

Textual's own driver, made to survive what a keyboard may send: bytes that are no UTF-8 (a client
set to GBK) are left out instead of ending the program, sequences that come in pieces are put
together, and the end of input ends it in order.
"""

from __future__ import annotations

import os
import selectors
import signal
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver

from disclosure_tui.machine.width_probe import WidthProbe
from disclosure_tui.tui.bursts import is_block, joined
from disclosure_tui.tui.leaving import TERMINAL_GONE, Leaving
from disclosure_tui.tui.terminal import TerminalChoices
from disclosure_tui.tui.terminal_news import InputLeftOut, WidthsKnown
from disclosure_tui.tui.wire.key_events import KeyEvents
from disclosure_tui.tui.wire.keyboard import Keyboard, Pasted, Sequence, Strange, Token, Typed
from disclosure_tui.tui.wire.resizing import Resizing
from disclosure_tui.tui.wire.stand_ins import narrowed

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["EditorDriver", "driver_class"]

_SHOW_CURSOR = "\x1b[?25h"
_BLOCK_GAP = 0.05
"""Seconds without a byte after which a pasted block is over."""
_POLL = 0.1
_SHORT_POLL = 0.02
"""Seconds after which the keyboard is asked what to make of a half sequence."""
_CLICKS = "\x1b[?1000{0}\x1b[?1006{0}"
"""Buttons and wheel. Every move of the mouse would go over the line otherwise."""


class EditorDriver(LinuxDriver):
    """The driver of the editor.

    Attributes:
        is_narrowed: Whether signs stand for characters of doubtful width.
    """

    is_narrowed = False
    _probe: WidthProbe | None = None

    @property
    def choices(self) -> TerminalChoices:
        """What the person has chosen for the terminal."""
        choices = getattr(self._app, "terminal_choices", None)
        return choices if isinstance(choices, TerminalChoices) else TerminalChoices()

    def start_application_mode(self) -> None:
        """Take the terminal, and leave its cursor visible: input methods open there."""
        # Where it gives up (in the background, to be stopped again) no handler must be mistaken
        # for the one it would have set.
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._wake_on_resize()
        self._settle_widths()
        self.write(_SHOW_CURSOR)

    def write(self, data: str) -> None:
        """Send what Textual writes."""
        self._send(self._shown(data))

    def close(self) -> None:
        """Let go of the terminal."""
        super().close()
        self._writer_thread = None

    def _shown(self, data: str) -> str:
        """Return what can be shown: signs for characters that would take two cells."""
        return narrowed(data) if self.is_narrowed else data

    def _send(self, data: str) -> None:
        """Send something, unless the terminal is lent to another program at this moment."""
        if self._writer_thread is not None:
            super().write(data)

    def _settle_widths(self) -> None:
        """Find out whether the terminal shows ambiguous characters in two cells."""
        if self.choices.ascii_only is not None:
            self.is_narrowed = self.choices.ascii_only
            return
        if self._probe is None:
            self._probe = WidthProbe()
        question = self._probe.question()
        if question and self.input_tty:
            self._send(question)

    def _wake_on_resize(self) -> None:
        """Make a change of size wake the program wherever the signal arrives.

        A Python signal handler runs in the main thread only when that thread runs. An editor
        that is idle waits in the event loop; if the system hands the signal to another thread,
        nothing would happen until the next key. The loop's own handler wakes it.
        """
        resized = signal.getsignal(signal.SIGWINCH)
        if callable(resized):
            tell = partial(resized, signal.SIGWINCH, None)
            resizing = Resizing(self._loop, partial(self._settle_size, tell))
            self._loop.add_signal_handler(signal.SIGWINCH, resizing.begin)

    def _settle_size(self, tell: Callable[[], object]) -> None:
        """Lay out for the size that the window has come to."""
        tell()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself: COLUMNS and LINES in the environment do not follow a resize."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()
        return width or 80, height or 24

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_CLICKS.format("h"))

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_CLICKS.format("l"))

    def run_input_thread(self) -> None:
        """Read keys until the program or the terminal goes away."""
        keyboard, keys = Keyboard(constants.ESCAPE_DELAY), KeyEvents(mouse=self._mouse)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_SHORT_POLL if keyboard.is_waiting else _POLL):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:
                        data = b""
                    if not data:
                        self._hang_up()
                        return
                    tokens = joined(keyboard.feed(data, monotonic()))
                    if len(tokens) == 1 and is_block(tokens[0]):
                        tokens = self._whole_block(tokens[0], keyboard, selector)
                else:
                    tokens = keyboard.tick(monotonic())
                for token in tokens:
                    self._take(token, keys)

    def _take(self, token: Token, keys: KeyEvents) -> None:
        """Tell the program what came."""
        match token:
            case Typed(text):
                for message in keys.typed(text):
                    self.process_message(message)
            case Sequence(text):
                if self._probe is not None and self._probe.hear(text):
                    widths = self._probe.widths
                    assert widths is not None
                    self.process_message(WidthsKnown(widths))
                for message in keys.sequence(text):
                    self.process_message(message)
            case Pasted(text):
                self.process_message(events.Paste(text))
            case Strange():
                self.process_message(InputLeftOut(token))

    def _whole_block(
        self, begun: Token, keyboard: Keyboard, selector: selectors.BaseSelector
    ) -> list[Token]:
        """Take what follows a block at once into it; return it as pasted, with what is keys."""
        block: list[Token] = [begun]
        behind: list[Token] = []
        while not behind and selector.select(_BLOCK_GAP):
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                break
            if not data:
                break
            more = keyboard.feed(data, monotonic())
            longer = joined([*block, *more])
            if len(longer) == 1 and is_block(longer[0]):
                block = longer
            else:
                behind = more
        return [*(Pasted(token.text) for token in block if isinstance(token, Typed)), *behind]

    def _hang_up(self) -> None:
        """Leave: nobody is there any more, and reading on would only burn time."""
        leaving = getattr(self._app, "leaving", None)
        if isinstance(leaving, Leaving):
            leaving.begin(TERMINAL_GONE)
        else:
            self._loop.call_soon_threadsafe(self._app.exit)

    def redraw(self) -> None:
        """Send the whole picture, whatever the terminal shows now.

        Nothing is kept back here, so drawing all widgets anew is enough.
        """

    def _sigcont_application(self, *_: object) -> None:
        """Come back from a stop.

        After one that the program could not prepare for (SIGSTOP) the terminal is still as it
        was: taking it a second time would start a second reader of keys.
        """
        if self._must_signal_resume:
            super()._sigcont_application()
        else:
            self._loop.call_soon_threadsafe(self.process_message, self.SignalResume())


def driver_class() -> type[Driver]:
    """Return the driver to use: `DISCLOSURE_DRIVER=stock` asks for all that Textual writes."""
    if os.environ.get("DISCLOSURE_DRIVER") == "stock":
        return EditorDriver
    from disclosure_tui.tui.wire.driver import WireDriver

    return WireDriver
