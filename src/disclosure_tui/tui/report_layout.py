"""What stands on the report screen, and where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import PageKind, page_of
from disclosure_tui.render.tables import TONES
from disclosure_tui.render.width import MEASURE
from disclosure_tui.session import Access, Session
from disclosure_tui.tui.command import key_line
from disclosure_tui.tui.filling import CHECKING, Filling
from disclosure_tui.tui.page_view import PageView
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.telling import Saved, finding_line, place_line, saved_line
from disclosure_tui.tui.widgets.grid_keys import GRID_COMMANDS
from disclosure_tui.tui.widgets.lines import Outline, StatusLine, Tabs, TextLine
from disclosure_tui.tui.widgets.prose_keys import PROSE_COMMANDS
from disclosure_tui.tui.widgets.strips import BOLD, DIM, PLAIN, TONE_STYLES
from disclosure_tui.tui.work_area import Panel, WorkArea

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Offset
    from textual.timer import Timer
    from textual.widget import Widget

__all__ = ["ReportLayout"]

_REST = 0.6
"""Seconds without a key after which the cells that go together are marked."""
_WIDE = 100
"""From so many cells on the outline stands at the side."""
_LONGEST_TRAIL = 50
"""So many jumps can be taken back."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a jump began.

    Attributes:
        pointer: The place.
        reopen: Opens what the jump began from, or None.
    """

    pointer: Pointer
    reopen: Callable[[], Awaitable[None]] | None = None


class ReportLayout(EditorScreen):
    """One report: outline, one of its pages, message, status line, key line."""

    HOST = "report"
    TITLE_TEXT = Text("填报界面", "Report")
    FIXED = (*GRID_COMMANDS, *PROSE_COMMANDS)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._index = 0
        self._message = ""
        self._resting: Timer | None = None
        self._trail: list[_Step] = []
        self._written_at = _time_of(session.path)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        self.filling = Filling(self.session, self.language, self.editor.keymap)
        self.view = PageView(self.filling)
        self._work = WorkArea(self.view, self.editor.panels)
        yield Tabs(id="tabs")
        yield TextLine(id="heading")
        with Horizontal(id="body"):
            yield Outline(id="outline")
            yield self._work
        yield TextLine(id="message")
        yield StatusLine(id="status")
        yield TextLine(id="keys")

    def on_mount(self) -> None:
        """Open the first page."""
        self._arrange(self.app.size.width)
        self.show_page(0)
        self.call_after_refresh(self.settle)
        # All screens are looked through for it, and nobody waits for it.
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        self.query_one("#keys", TextLine).show((key_line(self.commands, self.language), DIM))

    def on_resize(self, event: events.Resize) -> None:
        """Fold the outline where the screen is narrow."""
        self._arrange(event.size.width)
        self.call_after_refresh(self.settle)

    def _arrange(self, width: int) -> None:
        self.query_one(Outline).display = width >= _WIDE
        self.query_one(Tabs).display = width < _WIDE
        self._work.fit(width)

    def toggle(self, panel: Panel) -> bool:
        """Show a panel beside the page, or hide it; tell whether it is shown now."""
        panels = self.editor.panels
        panels ^= {panel}
        self._arrange(self.app.size.width)
        # The page is laid out for its new size first.
        self.call_after_refresh(self.settle)
        return panel in panels

    def show_page(self, index: int, cursor: Pointer | None = None) -> None:
        """Show a page by its position; what was written on the last one is kept."""
        self.keep_prose()
        pages = self.filling.pages
        self._index = index % len(pages)
        self.view.show_page(pages[self._index], cursor)
        self.settle()
        # Where the cursor stands on the screen is known when the page has been laid out.
        self.call_after_refresh(self.place_cursor)

    @property
    def index(self) -> int:
        """The position of the page that is shown."""
        return self._index

    def go_to(self, pointer: Pointer, offset: int | None = None) -> bool:
        """Show a place, on whichever page it stands; tell whether there is one.

        Args:
            pointer: The place.
            offset: How many characters of a text stand before what is meant; None leaves the
                caret where it is.
        """
        index = page_of(self.filling.pages, pointer)
        if index is None:
            return False
        page = self.filling.pages[index]
        near = self.filling.place_near(pointer)
        stands = near in self.filling.types(page) or near in page.places
        self.show_page(index, near if stands else None)
        if offset is not None and page.kind is PageKind.PROSE:
            self.view.prose.go_to_offset(offset)
        return True

    def jump(
        self,
        pointer: Pointer,
        back: Callable[[], Awaitable[None]] | None = None,
        *,
        offset: int | None = None,
    ) -> bool:
        """Show a place, so that `back` leads to the present one.

        Args:
            pointer: The place.
            back: What is opened again when the person comes back.
            offset: How many characters of a text stand before what is meant.

        Returns:
            Whether there is such a place.
        """
        here = self.view.pointer
        if not self.go_to(pointer, offset):
            return False
        if here != self.view.pointer or back is not None:
            self._trail = [*self._trail, _Step(here, back)][-_LONGEST_TRAIL:]
        return True

    async def step_back(self) -> None:
        """Show the place where the last jump began, and what it began from."""
        while self._trail:
            step = self._trail.pop()
            # An entry row that was deleted meanwhile is passed over.
            if self.go_to(step.pointer):
                if step.reopen is not None:
                    await step.reopen()
                return

    @property
    def has_message(self) -> bool:
        """Tell whether there is something to say at the cursor."""
        return bool(self._message or finding_line(self.filling, self.view.pointer))

    def tell(self, sentence: str) -> None:
        """Show a sentence until the next key."""
        self._message = sentence

    async def take_click(self, widget: Widget, place: Offset) -> bool:
        """Open the page whose line in the outline was clicked; the rest is the page's own."""
        self.tell("")
        if isinstance(widget, Outline) and place.y < len(self.filling.pages):
            self.show_page(place.y)
            return True
        taken = await super().take_click(widget, place)
        self.settle()
        return taken

    def tell_at_once(self, sentence: str) -> None:
        """Show a sentence until the next key, though no key has led to it."""
        self.tell(sentence)
        self.settle()

    def keep_prose(self) -> None:
        """Commit the text of the page, if it was changed."""

    @property
    def is_read_only(self) -> bool:
        """Tell whether the report cannot be changed at this moment."""
        return self.session.access in (Access.READ_ONLY, Access.DISPLACED)

    @property
    def saved_at(self) -> datetime | None:
        """When the file was written last, as far as that is known."""
        return self.session.saved_at or self._written_at

    @property
    def unsaved(self) -> int:
        """Number of changes that are not on the disk, texts being written included."""
        written = self.view.written
        texts = {pointer for pointer in self.session.drafts if self.filling.is_prose(pointer)}
        return self.session.unsaved + len(texts | ({written[0]} if written else set()))

    def settle(self) -> None:
        """Bring outline, message and status line up to date and the cursor to its place."""
        entries = self.filling.outline()
        page = self.view.page
        self.query_one(Tabs).show_entries(entries, self._index)
        self.query_one(Outline).show_entries(entries, self._index)
        self.query_one("#heading", TextLine).show((self.filling.heading(page), BOLD))
        here = self.line_here() if self.filling.is_checked else self.say(CHECKING)
        line = self._message or here
        style = PLAIN
        for severity, tone in TONES.items():
            if line.startswith(severity.mark + " "):
                style = TONE_STYLES[tone]
        self.query_one("#message", TextLine).show((line, style))
        if page.kind is PageKind.PROSE:
            self.view.prose.read_only = self.is_read_only
        right = saved_line(self.filling, self._saved_state())
        room = max(0, self.app.size.width - MEASURE.width(right) - 1)
        self.query_one("#status", StatusLine).show_status(self.place_here(room), right)
        self._work.settle()
        self.place_cursor()
        self._relate_soon()

    def _relate_soon(self) -> None:
        """Mark the cells that go with the one under the cursor, once no key comes any more.

        On a slow line the marks of every cell on the way would hold the keys up.
        """
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self.relate)

    def relate(self) -> None:
        """Mark the cells that go with the one under the cursor."""
        self._resting = None
        self.view.relate()

    @property
    def findings_here(self) -> tuple[Finding, ...]:
        """The open findings about the place under the cursor, worst first."""
        return self.filling.findings.at(self.view.pointer)

    def line_here(self) -> str:
        """Return what there is to say about the place under the cursor."""
        return finding_line(self.filling, self.view.pointer)

    def place_here(self, room: int) -> Sequence[tuple[str, Style]]:
        """Return where the cursor is, in so many cells."""
        return ((place_line(self.filling, self.view.pointer, room), PLAIN),)

    def _saved_state(self) -> Saved:
        session = self.session
        lost = session.journal_failure is not None
        return Saved(self.unsaved, self.saved_at, is_read_only=self.is_read_only, is_at_risk=lost)

    def place_cursor(self) -> None:
        """Put the terminal's cursor where editing takes place."""
        caret = self.view.caret
        if caret is not None and self.app.screen is self:
            self.app.cursor_position = caret


def _time_of(path: Path) -> datetime | None:
    """Return when a file was written last, or None where that cannot be found out."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return None
