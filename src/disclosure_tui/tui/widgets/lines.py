"""Lines of text that take no keys: status line, key line, headings, the folded outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.widgets.strips import BOLD, DIM, PLAIN, REVERSE, text_strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

__all__ = ["Outline", "OutlineEntry", "StatusLine", "Tabs", "TextLine"]


class TextLine(Widget):
    """One line."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._parts: tuple[tuple[str, Style], ...] = ()
        self._fill = PLAIN

    def show_title(self, title: str) -> None:
        """Show a title over the full width, reversed."""
        self._fill = REVERSE
        self.show((f" {title}", REVERSE))

    def show(self, *parts: tuple[str, Style]) -> None:
        """Show texts side by side; nothing is drawn if they stand there already."""
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    @property
    def text(self) -> str:
        """What stands there."""
        return "".join(text for text, _ in self._parts)

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        return text_strip(self._parts if y == 0 else (), self.size.width, self._fill)


class StatusLine(TextLine):
    """A text at the left and, always whole, another one at the right."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._right = ""

    def show_status(self, parts: Sequence[tuple[str, Style]], right: str) -> None:
        """Show both ends; of one that is new alone only its cells are drawn."""
        width = self.size.width
        cells = MEASURE.width(right)
        same_left = tuple(parts) == self._parts and cells == MEASURE.width(self._right)
        if same_left and right != self._right and width:
            self._right = right
            self.refresh(Region(max(0, width - cells), 0, cells, 1))
        elif not same_left or right != self._right:
            self._parts, self._right = tuple(parts), right
            self.refresh()

    @property
    def text(self) -> str:
        """What stands there."""
        return f"{super().text}  {self._right}"

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        if y:
            return Strip.blank(self.size.width)
        right = MEASURE.clip(self._right, self.size.width)
        room = max(0, self.size.width - MEASURE.width(right) - 1)
        left = text_strip(self._parts, room)
        gap = self.size.width - room - MEASURE.width(right)
        return Strip.join([left, text_strip(((" " * gap, PLAIN), (right, PLAIN)), gap + 99)]).crop(
            0, self.size.width
        )


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A page of the report in the outline.

    Attributes:
        short: Its number or short label.
        heading: Its heading.
        mark: The worst mark in it, or empty.
        blank: Number of blanks in it.
    """

    short: str
    heading: str
    mark: str
    blank: int

    @property
    def state(self) -> str:
        """The mark and the number of blanks: `!`, `_14`, `!_14`."""
        return self.mark + (f"_{self.blank}" if self.blank else "")


class Tabs(TextLine):
    """The outline folded into one line."""

    def show_entries(self, entries: Sequence[OutlineEntry], current: int) -> None:
        """Show all pages, the current one reversed; those far from it give way."""
        shown = [f"{entry.short}{entry.state}" for entry in entries]
        room = self.size.width or 80
        first = 0
        while first < current and sum(MEASURE.width(t) + 3 for t in shown[first:]) > room:
            first += 1
        parts: list[tuple[str, Style]] = [("<", DIM)] if first else []
        for index in range(first, len(shown)):
            parts.append((f" {shown[index]} ", REVERSE if index == current else PLAIN))
            parts.append(("|", DIM))
        self.show(*parts[:-1])


class Outline(Widget):
    """The outline at the side of a wide screen: one line per page."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entries: tuple[OutlineEntry, ...] = ()
        self._current = 0

    def show_entries(self, entries: Sequence[OutlineEntry], current: int) -> None:
        """Show all pages, the current one reversed."""
        old, before = self._entries, self._current
        self._entries, self._current = tuple(entries), current
        for index in range(max(len(old), len(entries))):
            changed = old[index : index + 1] != self._entries[index : index + 1]
            if changed or (before != current and index in (before, current)):
                self.refresh(Region(0, index, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw the line of one page: its state at the right end."""
        width = self.size.width - 2
        if y >= len(self._entries):
            return Strip.blank(self.size.width)
        entry = self._entries[y]
        state = entry.state
        room = width - MEASURE.width(state) - 1
        style = REVERSE if y == self._current else PLAIN
        parts = (
            (MEASURE.fit(entry.heading, room), style),
            (" " + state, style + BOLD),
            ("  ", PLAIN),
        )
        return text_strip(parts, self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Draw all anew."""
        del event
        self.refresh()
