"""From what Textual writes to what goes over the line."""

from __future__ import annotations

from disclosure_tui.render.width import MEASURE, Measure
from disclosure_tui.tui.wire.encoder import Encoder
from disclosure_tui.tui.wire.frames import Command, Frames

__all__ = ["Line"]


_ERASE_ALL = "\x1b[m\x1b[2J"


class Line:
    """The line to a terminal: takes pictures, gives what differs.

    Args:
        width: Cells of a line of the terminal.
        height: Its lines.
        measure: How wide characters are there.
    """

    def __init__(self, width: int, height: int, measure: Measure = MEASURE) -> None:
        self._frames = Frames((width, height), measure)
        self._encoder = Encoder()
        self._encoder.width = width
        self._cursor: tuple[int, int] | None = self._frames.cursor
        self._must_erase = False
        self._is_held = False

    def resize(self, width: int, height: int) -> None:
        """Begin anew with a size: what the terminal made of the old picture nobody knows."""
        self._frames.resize(width, height)
        self._encoder.width = width
        self._begin_anew()

    def redraw(self) -> str:
        """Return what shows the whole picture anew, whatever the terminal shows now."""
        self._frames.touch_all()
        self._begin_anew()
        return self._difference()

    def translate(self, data: str) -> str:
        """Return what is to be sent for what was written."""
        out: list[str] = []
        for command in self._frames.feed(data):
            out += (self._difference(), self._command(command))
        out.append(self._difference())
        return "".join(out)

    def _begin_anew(self) -> None:
        self._must_erase = True
        self._cursor = None

    def _difference(self) -> str:
        frames = self._frames
        if not frames.touched and frames.cursor == self._cursor:
            return ""
        erased = ""
        if self._must_erase:
            erased = _ERASE_ALL
            self._encoder.clear()
            self._must_erase = False
        self._cursor = frames.cursor
        told = self._encoder.update(frames.picture, frames.take_touched(), frames.cursor)
        return self._released(erased + told)

    def _command(self, command: str) -> str:
        if command == Command.BEGIN.value:
            # Held back until there is something to show at one stroke.
            self._is_held = True
            return ""
        if command == Command.END.value:
            is_due = not self._is_held
            self._is_held = False
            return command if is_due else ""
        if command in (Command.ENTER.value, Command.LEAVE.value) or command.endswith("J"):
            self._encoder.clear()
        if command == Command.ENTER.value:
            # After a program that was killed the terminal still shows its other screen, and
            # entering that again does not blank it everywhere (tmux).
            self._must_erase = True
        return self._released(command)

    def _released(self, told: str) -> str:
        if not told or not self._is_held:
            return told
        self._is_held = False
        return Command.BEGIN.value + told
