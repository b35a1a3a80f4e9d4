"""Text to read: scrolled by screenfuls, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Closed, Moved, Reply, reply
from disclosure_tui.tui.widgets.strips import BOLD, PLAIN, text_strip
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

__all__ = ["TextPage"]


class TextPage(Surface):
    """Paragraphs, wrapped to the width; a heading is bold."""

    def __init__(self, paragraphs: Sequence[tuple[str, bool]]) -> None:
        """Take the paragraphs, each with whether it is a heading."""
        super().__init__()
        self._paragraphs = tuple(paragraphs)
        self._lines: list[tuple[str, bool]] = []
        self._top = 0

    def show(self, paragraphs: Sequence[tuple[str, bool]]) -> None:
        """Show other paragraphs from their beginning."""
        self._paragraphs, self._top = tuple(paragraphs), 0
        self._wrap()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        del event
        self._wrap()

    def _wrap(self) -> None:
        width = self.size.width
        self._lines = [
            (line, heading)
            for text, heading in self._paragraphs
            for line in (MEASURE.wrap(text, width) if width else [])
        ]
        self._top = max(0, min(self._top, len(self._lines) - self.size.height))
        self.refresh()

    def press(self, key: KeyPress) -> Reply:
        """Scroll, or leave."""
        page = max(1, self.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page, " ": page}
        if key.name in ("escape", "q", "ctrl+q", "enter", "f1", "?"):
            return reply(Closed())
        last = max(0, len(self._lines) - self.size.height)
        if key.name in ("home", "end"):
            target = 0 if key.name == "home" else last
        elif key.name in steps:
            target = max(0, min(self._top + steps[key.name], last))
        else:
            return NOT_MINE
        if target != self._top:
            self._top = target
            self.refresh()
        return reply(Moved())

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index = self._top + y
        text, heading = self._lines[index] if index < len(self._lines) else ("", False)
        return text_strip(((text, BOLD if heading else PLAIN),), self.size.width)
