"""Asks the terminal how wide it shows characters of doubtful width, as the editor does.

Unlike the editor, a printed list can wait a moment for the answer.
"""

from __future__ import annotations

import contextlib
import curses
import os
import select
import termios
import time
import tty
from collections.abc import Iterator

from disclosure_tui.machine.width_probe import WidthProbe, Widths

__all__ = ["asked_widths", "colours_of"]

_PATIENCE = 1.5
"""Seconds: several times the way there and back on a slow line."""
_ANSWER_BEGINS, _ANSWER_ENDS = "\x1b[", "R"


def asked_widths(descriptor: int, patience: float = _PATIENCE) -> Widths | None:
    """Ask the terminal; None where it does not answer in time.

    Args:
        descriptor: The terminal, open for reading and writing.
        patience: Seconds to wait for the next piece of an answer.
    """
    probe = WidthProbe()
    with _without_echo(descriptor):
        # Asked in the line of the cursor, and wiped out: what stands on the screen stays.
        question = probe.question().replace("\x1b[H", "\r")
        os.write(descriptor, question.encode())
        waiting = ""
        end = time.monotonic() + patience
        while probe.widths is None and (left := end - time.monotonic()) > 0:
            if not select.select([descriptor], [], [], left)[0]:
                break
            data = os.read(descriptor, 1024)
            if not data:
                break
            waiting += data.decode("ascii", "replace")
            while _ANSWER_ENDS in waiting:
                answer, _, waiting = waiting.partition(_ANSWER_ENDS)
                probe.hear(answer[answer.rfind(_ANSWER_BEGINS) :] + _ANSWER_ENDS)
    return probe.widths


def colours_of(kind: str) -> int | None:
    """Return how many colours a kind of terminal has; None where this machine does not know it."""
    try:
        # Nothing is written to it, and the real one may be closed.
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a file of ours
            curses.setupterm(kind, nowhere.fileno())
        return max(curses.tigetnum("colors"), 0)
    except curses.error:
        return None


@contextlib.contextmanager
def _without_echo(descriptor: int) -> Iterator[None]:
    """Have the terminal hand over each byte, and print none of the answer."""
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
