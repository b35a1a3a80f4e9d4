"""The end of the line: the terminal goes away, or the system wants the program to go.

The work is put on the disk first, then the program leaves in order. Where something stands in
the way, a disk or a terminal that does not answer, it ends all the same.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Lock, Thread
from types import FrameType

__all__ = ["TERMINAL_GONE", "Leaving", "let_go_of_terminal"]

LONGEST = 1.9
"""Seconds after which the program ends whatever it is doing: two seconds are promised."""

TERMINAL_GONE = signal.SIGHUP
"""What an end of input stands for, also where the signal itself is ignored (`nohup`)."""

_WANTED = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


class Leaving:
    """Waits for the signals that end the program.

    Attributes:
        reason: The signal that ends it; None as long as nothing does.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        """Prepare.

        Args:
            leave: Puts the work on the disk and ends the program; called once, in the event loop.
        """
        self.reason: signal.Signals | None = None
        self._leave = leave
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beginning = Lock()

    def watch(self) -> None:
        """Take the signals; to be called in the event loop, in the main thread."""
        self._loop = asyncio.get_running_loop()
        for number in _WANTED:
            # Who starts the program with a signal ignored means it; the end of input tells then.
            if signal.getsignal(number) is signal.SIG_IGN:
                continue
            # The loop's own handler wakes a loop that is waiting; it gives way to one that is
            # also called where the loop is busy, or stuck in writing to a dead terminal.
            self._loop.add_signal_handler(number, lambda: None)
            signal.signal(number, self._on_signal)

    def begin(self, number: signal.Signals) -> None:
        """Leave. May be called in any thread, and more than once."""
        # Not waited for: a signal may interrupt the very code that holds it.
        if not self._beginning.acquire(blocking=False):
            return
        self.reason = number
        Thread(target=_end, args=(128 + number,), name="last-resort", daemon=True).start()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.begin(signal.Signals(number))


def _end(code: int) -> None:
    """End the program if it is still there when its time is up."""
    time.sleep(LONGEST)
    os._exit(code)


def let_go_of_terminal() -> None:
    """Point the standard streams nowhere: writing to a terminal that is gone would be a fault."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
