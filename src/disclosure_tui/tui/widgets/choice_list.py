"""A list of lines of which one is chosen: by arrows, or by its number, then Enter."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Offset, Region
from textual.strip import Strip

from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Chosen, Closed, Moved, Reply, reply
from disclosure_tui.tui.widgets.strips import PLAIN, REVERSE, text_strip
from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["ChoiceList"]


class ChoiceList(Surface):
    """Numbered lines; the chosen one is reversed."""

    def __init__(self, options: Sequence[str], selected: int = 0) -> None:
        super().__init__()
        self.options = tuple(options)
        self.selected = max(0, min(selected, len(options) - 1))
        self._typed = ""

    @property
    def caret(self) -> Offset | None:
        """The number of the chosen line."""
        return Offset(0, self.selected - self._top)

    @property
    def _top(self) -> int:
        """The first line in view: screenfuls, so that one key never shifts all lines."""
        height = max(1, self.size.height)
        return self.selected // height * height

    def press(self, key: KeyPress) -> Reply:
        """Deal with a key."""
        if key.name == "enter" and self.options:
            return reply(Chosen(self.selected))
        if key.name in ("escape", "q", "ctrl+q"):
            return reply(Closed())
        target = self._target(key)
        if target is None:
            self._typed = ""
            return NOT_MINE
        self.select(target)
        return reply(Moved())

    def click(self, place: Offset) -> Reply:
        """Go to a line; choose it if it is the one already."""
        index = self._top + place.y
        if index >= len(self.options):
            return NOT_MINE
        if index == self.selected:
            return reply(Chosen(index))
        self.select(index)
        return reply(Moved())

    def select(self, index: int) -> None:
        """Move to a line."""
        before, top = self.selected, self._top
        self.selected = max(0, min(index, len(self.options) - 1))
        if self._top != top:
            self.refresh()
            return
        for line in {before, self.selected}:
            self.refresh(Region(0, line - top, self.size.width, 1))

    def replace(self, options: Sequence[str]) -> None:
        """Show other lines, the chosen one staying where it is."""
        if tuple(options) != self.options:
            self.options = tuple(options)
            self.selected = max(0, min(self.selected, len(options) - 1))
            self.refresh()

    def _target(self, key: KeyPress) -> int | None:
        page = max(1, self.size.height)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "tab": 1, "shift+tab": -1}
        if key.name in steps:
            self._typed = ""
            return self.selected + steps[key.name]
        if key.name in ("home", "end"):
            self._typed = ""
            return 0 if key.name == "home" else len(self.options) - 1
        if key.name.isdecimal() and len(key.name) == 1:
            return self._numbered(key.name)
        return None

    def _numbered(self, digit: str) -> int:
        """Read a number typed digit by digit: 1, then 2, is line 12 if there is one."""
        typed = self._typed + digit
        if not 0 < int(typed) <= len(self.options):
            typed = digit
        self._typed = typed
        return int(typed) - 1 if 0 < int(typed) <= len(self.options) else self.selected

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index = self._top + y
        if index >= len(self.options):
            return Strip.blank(self.size.width)
        digits = len(str(len(self.options)))
        text = f" {index + 1:>{digits}}  {self.options[index]}"
        style = REVERSE if index == self.selected else PLAIN
        return text_strip(((MEASURE.fit(text, self.size.width), style),), self.size.width)
