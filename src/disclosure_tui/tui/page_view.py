"""The part of the report screen that shows one page: a table, a text or fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.widgets.field_list import FieldList
from disclosure_tui.tui.widgets.grid import GridTable
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Offset

    from disclosure_tui.tui.widgets.prose import Prose

__all__ = ["PageView"]


class PageView(Vertical):
    """One widget for each kind of page; the one of the current page is shown."""

    def __init__(self, filling: Filling) -> None:
        super().__init__(id="page")
        self.filling = filling
        self.table = GridTable()
        self.fields = FieldList()
        self._prose: Prose | None = None
        self._page = filling.pages[0]
        self._cursors: dict[Pointer | tuple[Pointer, ...], Pointer] = {}

    def compose(self) -> ComposeResult:
        """Lay the widgets out; all but one are hidden."""
        yield self.table
        yield self.fields
        if self._page.kind is PageKind.PROSE:
            self._prose = _text_area()
            yield self._prose

    def on_mount(self) -> None:
        """Have the text area there before it is wanted, but not before the first page."""
        self.call_after_refresh(self._get_ready)

    def _get_ready(self) -> None:
        if self.is_attached:  # nobody has left meanwhile
            self.prose  # noqa: B018 - made

    @property
    def prose(self) -> Prose:
        """The text area; made when it is wanted, for it takes as long as all other widgets."""
        if self._prose is None:
            self._prose = _text_area()
            self._prose.display = False
            self.mount(self._prose)
        return self._prose

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._page

    @property
    def surface(self) -> Surface | None:
        """The widget that takes keys; None for a text area, which takes them in its own way."""
        match self._page.kind:
            case PageKind.TABLE:
                return self.table
            case PageKind.FIELDS:
                return self.fields
            case PageKind.PROSE:
                return None

    @property
    def pointer(self) -> Pointer:
        """The place under the cursor."""
        match self._page.kind:
            case PageKind.TABLE:
                return self.table.cursor or self._page.pointer
            case PageKind.FIELDS:
                return self.fields.cursor or self._page.places[0]
            case PageKind.PROSE:
                return self._page.pointer

    def show_page(self, page: Page, cursor: Pointer | None = None) -> None:
        """Show a page, the cursor where it was left there unless told otherwise."""
        self._cursors[self._key(self._page)] = self.pointer
        self._page = page
        cursor = cursor or self._cursors.get(self._key(page))
        self.table.display = page.kind is PageKind.TABLE
        self.fields.display = page.kind is PageKind.FIELDS
        is_prose = page.kind is PageKind.PROSE
        if is_prose or self._prose is not None:
            self.prose.display = is_prose
        self.screen.set_focus(self.prose if is_prose else None)
        self.show_values(cursor)
        if cursor is not None and page.kind is PageKind.TABLE:
            self.table.go_to(cursor)

    def show_values(self, cursor: Pointer | None = None) -> None:
        """Show the values of the page as they are now."""
        filling, page = self.filling, self._page
        match page.kind:
            case PageKind.TABLE:
                self.table.show_table(
                    filling.grid(page), filling.types(page), filling.notes(page), cursor
                )
            case PageKind.FIELDS:
                self.fields.show_fields(filling.fields(page), cursor)
            case PageKind.PROSE:
                self.prose.show_text(filling.prose(page), filling.typed(page))

    def reveal(self, pointer: Pointer | None) -> None:
        """Put the cursor on a cell of the page that is shown, if it is there."""
        is_table = self._page.kind is PageKind.TABLE
        if is_table and pointer is not None and pointer in self.filling.types(self._page):
            self.table.go_to(pointer)

    def relate(self) -> bool:
        """Mark the cells that the one under the cursor goes with; tell whether that is new."""
        is_table = self._page.kind is PageKind.TABLE
        return is_table and self.table.show_related(self.filling.related(self.pointer))

    def give_up_typing(self) -> None:
        """Take back what is being typed and is not committed."""
        self.table.give_up()
        self.fields.give_up()
        if self._page.kind is PageKind.PROSE:
            self.prose.show_text(self.filling.prose(self._page), self.filling.typed(self._page))

    def resume_typing(self, pointer: Pointer, text: str) -> None:
        """Go on with a figure or field that was being typed when a session broke off."""
        surface = self.surface
        if surface is not None and self.pointer == pointer:
            surface.resume(text)

    @property
    def caret(self) -> Offset | None:
        """The place of editing on the screen; a text area keeps its own."""
        surface = self.surface
        if surface is None:
            return self.prose.cursor_screen_offset
        caret = surface.caret
        return None if caret is None else surface.content_region.offset + caret

    @property
    def written(self) -> tuple[Pointer, str] | None:
        """The text of a prose section that was changed and not committed yet."""
        if self._page.kind is PageKind.PROSE and self.prose.is_changed:
            return self._page.pointer, self.prose.text
        return None

    def _key(self, page: Page) -> Pointer | tuple[Pointer, ...]:
        return page.places or page.pointer


def _text_area() -> Prose:
    from disclosure_tui.tui.widgets.prose import Prose

    return Prose()
