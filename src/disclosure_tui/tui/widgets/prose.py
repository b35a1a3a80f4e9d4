"""A prose section in a text area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text as RichText
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import TextArea

from disclosure_tui.model.finding import Severity
from disclosure_tui.render.tables import TONES
from disclosure_tui.tui.widgets.prose_document import (
    HIDDEN,
    ProseDocument,
    ProseLines,
    ProseNavigator,
    shown,
)
from disclosure_tui.tui.widgets.prose_runs import (
    run_end_after,
    run_start_after,
    run_start_before,
)
from disclosure_tui.tui.widgets.strips import PLAIN, TONE_STYLES, UNDERLINE

if TYPE_CHECKING:
    from textual import events
    from textual.document._document import Location

__all__ = ["Prose", "ProseMark"]

_CHECKPOINTS = 100_000
"""Undo inside the area has no limit that a person could meet."""
_MARGIN = 2
"""Cells before each line: the mark of what is wrong in it, and a blank."""
_TRIPLE = tuple[int, int, Severity | None]


@dataclass(frozen=True, slots=True)
class ProseMark:
    """A piece of the text that is marked.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        severity: The weight of what is wrong there, shown before its line; None if nothing is.
        is_figure: It is a figure that is tied to cells, and underlined.
    """

    start: int
    end: int
    severity: Severity | None = None
    is_figure: bool = True


class Prose(TextArea, inherit_bindings=True):
    """The text area of Textual, without what blinks or decorates, by the rules of Chinese."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "text_start", show=False),
        Binding("ctrl+end", "text_end", show=False),
        Binding("ctrl+shift+home", "text_start(True)", show=False),
        Binding("ctrl+shift+end", "text_end(True)", show=False),
        Binding("shift+pageup", "page(-1)", show=False),
        Binding("shift+pagedown", "page(1)", show=False),
        Binding("ctrl+delete", "delete_word_right", show=False),
        Binding("ctrl+a", "select_all", show=False),
    ]

    document: ProseDocument
    wrapped_document: ProseLines

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
    def offset_in_text(self) -> int:
        """How many characters stand before the caret."""
        return self.document.offset_of(self.cursor_location)

    def go_to_offset(self, offset: int) -> None:
        """Put the caret behind so many characters."""
        self.move_cursor(self.document.location_of(offset))

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

    # How it is laid out and drawn.

    def _set_document(self, text: str, language: str | None) -> None:
        del language
        self.document = ProseDocument(text)
        self.wrapped_document = ProseLines(self.document)
        self.navigator = ProseNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

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

    # How the caret moves.

    def move_cursor(
        self,
        location: Location,
        select: bool = False,  # noqa: FBT001 - Textual's own signature
        center: bool = False,  # noqa: FBT001 - Textual's own signature
        record_width: bool = True,  # noqa: FBT001 - Textual's own signature
    ) -> None:
        """Move the caret; between two lines of the screen it stands before the second."""
        self.wrapped_document.leaning = None
        super().move_cursor(location, select, center, record_width)

    def action_cursor_line_end(self, select: bool = False) -> None:  # noqa: FBT001 - Textual's own signature
        """Move behind the last character of the line, then to the end of the paragraph."""
        row, column = self.get_cursor_line_end_location()
        self.wrapped_document.leaning = None
        if column in self.wrapped_document.get_offsets(row):
            self.wrapped_document.leaning = row, column
        super().move_cursor((row, column), select=select)

    def action_text_start(self, select: bool = False) -> None:  # noqa: FBT001 - Textual's own signature
        """Move to the start of the text."""
        self.move_cursor(self.document.start, select=select)

    def action_text_end(self, select: bool = False) -> None:  # noqa: FBT001 - Textual's own signature
        """Move to the end of the text."""
        self.move_cursor(self.document.end, select=select)

    def action_page(self, step: int) -> None:
        """Select a page up or down."""
        height = self.content_size.height
        place = self.navigator.get_location_at_y_offset(self.selection.end, step * height)
        self.move_cursor(place, select=True)

    def get_cursor_word_left_location(self) -> Location:
        """Return the start of the run before the caret."""
        row, column = self.cursor_location
        if column == 0 and row > 0:
            return row - 1, len(self.document[row - 1])
        return row, run_start_before(self.document[row], column)

    def get_cursor_word_right_location(self) -> Location:
        """Return the start of the run behind the caret."""
        row, column = self.selection.end
        line = self.document[row]
        if column == len(line) and row < self.document.line_count - 1:
            return row + 1, 0
        return row, run_start_after(line, column)

    def action_delete_word_right(self) -> None:
        """Delete up to the end of the run."""
        row, column = self.selection.end
        line = self.document[row]
        if not self.selection.is_empty:
            self._delete_via_keyboard(*self.selection)
        elif column == len(line) and row < self.document.line_count - 1:
            self._delete_via_keyboard((row, column), (row + 1, 0))
        else:
            self._delete_via_keyboard((row, column), (row, run_end_after(line, column)))
