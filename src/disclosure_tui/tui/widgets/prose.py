"""A prose section in a text area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text as RichText
from textual.strip import Strip

from disclosure_tui.model.finding import Severity
from disclosure_tui.render.tables import TONES
from disclosure_tui.tui.widgets.prose_caret import ProseCaret
from disclosure_tui.tui.widgets.prose_document import HIDDEN, shown
from disclosure_tui.tui.widgets.prose_mark import ProseMark
from disclosure_tui.tui.widgets.strips import PLAIN, TONE_STYLES, UNDERLINE

if TYPE_CHECKING:
    from textual import events

__all__ = ["Prose"]

_CHECKPOINTS = 100_000
"""Undo inside the area has no limit that a person could meet."""
_MARGIN = 2
"""Cells before each line: the mark of what is wrong in it, and a blank."""
_TRIPLE = tuple[int, int, Severity | None]


class Prose(ProseCaret):
    """The text area of Textual, without what blinks or decorates, by the rules of Chinese."""

    def __init__(self) -> None:
        self._marks: tuple[ProseMark, ...] = ()
        super().__init__(
            "",
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            max_checkpoints=_CHECKPOINTS,
            compact=True,
        )
        self.cursor_blink = False
        self._shown = ""

    def show_text(self, text: str, typed: str | None = None) -> None:
        """Show a text; the caret stays where it was if the text is another state of the same.

        Args:
            text: The text of the report.
            typed: What was typed over it and is no value of the report yet.
        """
        if text != self.text or typed is not None:
            self.load_text(text)
        self._shown = text
        if typed is not None and typed != text:
            self.replace(typed, self.document.start, self.document.end)
            self.move_cursor(self.document.end)

    def show_marks(self, marks: Sequence[ProseMark]) -> None:
        """Mark pieces of the text; nothing is drawn if they are marked already."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._line_cache.clear()
            self.refresh()

    @property
    def can_redo(self) -> bool:
        """Tell whether something that was written here was taken back."""
        return bool(self.history.redo_stack)

    @property
    def is_changed(self) -> bool:
        """Tell whether the text is another one than was shown."""
        return self.text != self._shown

    async def take(self, event: events.Key) -> bool:
        """Type a character; tell whether it was one.

        Called by the screen itself rather than through the queue of messages, so that a
        command typed right behind a text finds all of it.
        """
        if not (event.is_printable or event.key == "enter"):
            return False
        await self._on_key(event)
        return True

    def put(self, text: str, cleaned: str | None = None) -> None:
        """Put a text in place of what is selected.

        Args:
            text: The text.
            cleaned: What it is made into by a second step, so that undoing that alone gives it
                as it came.
        """
        if self.read_only:
            return
        start, end = sorted(self.selection)
        result = self._replace_via_keyboard(text, start, end)
        if cleaned is not None and cleaned != text and result is not None:
            self.history.checkpoint()
            self._replace_via_keyboard(cleaned, start, result.end_location)
        self.history.checkpoint()

    @property
    def gutter_width(self) -> int:
        """The cells before each line."""
        return _MARGIN

    @property
    def _draw_cursor(self) -> bool:
        """Leave the caret to the terminal: its own cursor stands there, as the person likes it."""
        return False

    def get_line(self, line_index: int) -> RichText:
        """Return a line to be laid out, each character in its place, figures underlined."""
        line = RichText(shown(self.document.get_line(line_index)), end="", no_wrap=True)
        for start, end, severity in self._marks_in(line_index, only_figures=True):
            tone = PLAIN if severity is None else TONE_STYLES[TONES[severity]]
            line.stylize(UNDERLINE + tone, start, end)
        return line

    def _marks_in(self, line_index: int, *, only_figures: bool = False) -> list[_TRIPLE]:
        """Return the marks in a line of the text, by its columns."""
        first = self.document.offset_of((line_index, 0))
        last = first + len(self.document.get_line(line_index))
        return [
            (max(mark.start, first) - first, min(mark.end, last) - first, mark.severity)
            for mark in self._marks
            if mark.start < last and mark.end > first and (mark.is_figure or not only_figures)
        ]

    def _render_line(self, y: int) -> Strip:
        """Draw a line behind its mark, without what must not reach a terminal."""
        strip = super()._render_line(y)
        segments = [
            Segment(part.text.replace(HIDDEN, ""), part.style) if HIDDEN in part.text else part
            for part in strip
        ]
        severity = self._severity_at(y + self.scroll_offset.y)
        if severity is None:
            margin = Segment(" " * _MARGIN, PLAIN)
        else:
            margin = Segment(severity.mark.ljust(_MARGIN), TONE_STYLES[TONES[severity]])
        return Strip([margin, *segments], _MARGIN + strip.cell_length)

    def _severity_at(self, y: int) -> Severity | None:
        """Return the worst weight of what begins in a line of the screen."""
        place = self.wrapped_document.line_at(y)
        if place is None:
            return None
        row, first, end = place
        found = [
            severity
            for start, _, severity in self._marks_in(row)
            if severity is not None and first <= start < end
        ]
        return min(found, key=lambda severity: severity.weight, default=None)
