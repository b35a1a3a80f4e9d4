"""The driver of the editor that sends only what differs from what the terminal shows."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_tui.tui.driver import EditorDriver
from disclosure_tui.tui.wire.line import Line

__all__ = ["WireDriver"]


class WireDriver(EditorDriver):
    """Keeps a picture of the terminal and sends the difference to it."""

    _line: Line | None = None
    _size: tuple[int, int] | None = None

    @property
    def line(self) -> Line:
        """The line to the terminal."""
        if self._line is None:
            self._line = Line(*self._get_terminal_size())
        return self._line

    def write(self, data: str) -> None:
        """Send what differs; commands to the terminal go through as they are."""
        told = self.line.translate(self._shown(data))
        if told:
            self._send(told)

    def redraw(self) -> None:
        """Send the whole picture, whatever the terminal shows now."""
        told = self.line.redraw()
        if told:
            self._send(told)

    def _settle_size(self, tell: Callable[[], object]) -> None:
        """Lay out for the new size; draw anew where the window came back to the old one."""
        before = self._size
        super()._settle_size(tell)
        if self._size == before:
            self.redraw()

    def _get_terminal_size(self) -> tuple[int, int]:
        size = super()._get_terminal_size()
        if self._line is not None and size != self._size:
            self._line.resize(*size)
        self._size = size
        return size

    def _query_in_band_window_resize(self) -> None:
        """Do not ask: a resize is told by a signal, and the size is asked for then."""
