"""The one place that chooses how the editor talks to the terminal.

Textual's own driver, made to survive what a keyboard may send: bytes that are no UTF-8 (a client
set to GBK) are dropped instead of ending the program, and the end of input ends it in order.
"""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from disclosure_tui.tui.bursts import Announced, is_block
from disclosure_tui.tui.leaving import TERMINAL_GONE, Leaving

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

__all__ = ["EditorDriver", "driver_class"]

_SHOW_CURSOR = "\x1b[?25h"
_BLOCK_GAP = 0.05
"""Seconds without a byte after which a pasted block is over."""
_POLL = 0.1
"""Seconds after which the parser may decide that a lone Escape was meant."""


class EditorDriver(LinuxDriver):
    """The driver of the editor."""

    def start_application_mode(self) -> None:
        """Take the terminal, and leave its cursor visible: input methods open there."""
        # Where it gives up (in the background, to be stopped again) no handler must be mistaken
        # for the one it would have set.
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._wake_on_resize()
        self.write(_SHOW_CURSOR)

    def write(self, data: str) -> None:
        """Send something, unless the terminal is lent to another program at this moment."""
        if self._writer_thread is not None:
            super().write(data)

    def close(self) -> None:
        """Let go of the terminal."""
        super().close()
        self._writer_thread = None

    def _wake_on_resize(self) -> None:
        """Make a change of size wake the program wherever the signal arrives.

        A Python signal handler runs in the main thread only when that thread runs. An editor
        that is idle waits in the event loop; if the system hands the signal to another thread,
        nothing would happen until the next key. The loop's own handler wakes it.
        """
        resized = signal.getsignal(signal.SIGWINCH)
        if callable(resized):
            self._loop.add_signal_handler(signal.SIGWINCH, resized, signal.SIGWINCH, None)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself: COLUMNS and LINES in the environment do not follow a resize."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()
        return width or 80, height or 24

    def run_input_thread(self) -> None:
        """Read keys until the program or the terminal goes away."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="ignore").decode
        announced = Announced()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_POLL):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:
                        data = b""
                    if not data:
                        self._hang_up()
                        return
                    text = decode(data)
                    if not announced.takes(text) and is_block(text):
                        text = self._take_block(text, selector, decode)
                    # An empty text would end the parser: there may be nothing but dropped bytes.
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _event in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _take_block(
        self, text: str, selector: selectors.BaseSelector, decode: Callable[[bytes], str]
    ) -> str:
        """Hand a block on that arrived as keys, with what follows at once; return what is keys."""
        rest = ""
        while not rest and selector.select(_BLOCK_GAP):
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                break
            if not data:
                break
            more = decode(data)
            if is_block(text + more):
                text += more
            else:
                rest = more
        self.process_message(events.Paste(text))
        return rest

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
