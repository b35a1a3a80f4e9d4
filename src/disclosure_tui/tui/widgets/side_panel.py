"""What stands beside the page: the findings at the cursor, and last year's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from disclosure_tui.render.grid import Tone
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.widgets.strips import BOLD, DIM, TONE_STYLES, text_strip

if TYPE_CHECKING:
    from textual import events

__all__ = ["FindingsPanel", "LastYearColumn"]

_SIGN = "| "


class FindingsPanel(Widget):
    """Sentences with their tones, wrapped; of what has no room the last line says so."""

    def __init__(self) -> None:
        super().__init__(id="findings-panel")
        self._paragraphs: tuple[tuple[str, Tone], ...] = ()

    def show(self, paragraphs: Sequence[tuple[str, Tone]]) -> None:
        """Show sentences; only lines that differ are drawn."""
        before = self._lines()
        self._paragraphs = tuple(paragraphs)
        now = self._lines()
        for y in range(max(len(before), len(now))):
            if before[y : y + 1] != now[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def _lines(self) -> list[tuple[str, Tone]]:
        width, height = max(1, self.size.width - len(_SIGN)), self.size.height
        lines = [
            (line, tone)
            for text, tone in self._paragraphs
            for line in (MEASURE.wrap(text, width) if text else [""])
        ]
        if len(lines) <= height:
            return lines
        return [*lines[: height - 1], (f"+{len(lines) - height + 1}", Tone.NOTE)]

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        del event
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line behind the sign that parts it from the page."""
        lines = self._lines()
        text, tone = lines[y] if y < len(lines) else ("", Tone.PLAIN)
        return text_strip(((_SIGN, DIM), (text, TONE_STYLES[tone])), self.size.width)


class LastYearColumn(Widget):
    """Last year's figures of one column of the table, each in the line of its row."""

    def __init__(self) -> None:
        super().__init__(id="last-year-column")
        self._titles: tuple[str, ...] = ()
        self._figures: Mapping[int, tuple[str, bool]] = {}

    def show(self, titles: Sequence[str], figures: Mapping[int, tuple[str, bool]]) -> None:
        """Show figures.

        Args:
            titles: What stands in the first lines.
            figures: By line: the figure, and whether it is that of the cursor's row.
        """
        new = (tuple(titles), dict(figures))
        lines = {*range(max(len(titles), len(self._titles))), *figures, *self._figures}
        before = {line: self._line(line) for line in lines}
        self._titles, self._figures = new
        for line in lines:
            if self._line(line) != before[line]:
                self.refresh(Region(0, line, self.size.width, 1))

    def _line(self, y: int) -> tuple[str, bool]:
        if y in self._figures:
            return self._figures[y]
        return (self._titles[y] if y < len(self._titles) else "", False)

    def render_line(self, y: int) -> Strip:
        """Draw one line, at the right end of the widget."""
        text, chosen = self._line(y)
        room = max(0, self.size.width - len(_SIGN))
        shown = MEASURE.clip(text, room)
        style = BOLD if chosen else DIM if y not in self._figures else TONE_STYLES[Tone.PLAIN]
        lead = Segment(_SIGN + " " * (room - MEASURE.width(shown)), DIM)
        return Strip([lead, Segment(shown, style)], self.size.width)
