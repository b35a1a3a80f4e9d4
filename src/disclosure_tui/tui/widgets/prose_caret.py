"""The caret of a text area: by lines of the screen, paragraphs, runs and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from disclosure_tui.tui.widgets.prose_document import ProseDocument, ProseLines, ProseNavigator
from disclosure_tui.tui.widgets.prose_runs import run_end_after, run_start_after, run_start_before

if TYPE_CHECKING:
    from textual.document._document import EditResult, Location
    from textual.document._edit import Edit

__all__ = ["ProseCaret"]


class ProseCaret(TextArea, inherit_bindings=True):
    """The text area of Textual on lines of our own."""

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

    def _set_document(self, text: str, language: str | None) -> None:
        del language
        self.document = ProseDocument(text)
        self.wrapped_document = ProseLines(self.document)
        self.navigator = ProseNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit, and keep the caret in sight.

        Textual scrolls before it knows that the text has become longer.
        """
        result = super().edit(edit)
        self.scroll_cursor_visible()
        return result

    @property
    def offset_in_text(self) -> int:
        """How many characters stand before the caret."""
        return self.document.offset_of(self.cursor_location)

    def go_to_offset(self, offset: int) -> None:
        """Put the caret behind so many characters."""
        self.move_cursor(self.document.location_of(offset))

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
