"""A list of lines of which one is chosen: by arrows, or by its number, then Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual.geometry import Offset, Region
from textual.strip import Strip

from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import NOT_MINE, Chosen, Closed, Moved, Reply, reply
from disclosure_tui.tui.widgets.strips import BOLD, PLAIN, REVERSE, text_strip
from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["ChoiceList"]

_NO_HEADINGS: Mapping[int, str] = MappingProxyType({})


class ChoiceList(Surface):
    """Numbered lines; the chosen one is reversed. Headings stand between them without a number."""

    def __init__(
        self,
        options: Sequence[str],
        selected: int = 0,
        headings: Mapping[int, str] = _NO_HEADINGS,
    ) -> None:
        """Take the lines.

        Args:
            options: What can be chosen.
            selected: What is chosen at first.
            headings: By the position of the line that a heading stands before.
        """
        super().__init__()
        self._typed = ""
        self._take(options, headings)
        self.selected = max(0, min(selected, len(options) - 1))

    def _take(self, options: Sequence[str], headings: Mapping[int, str]) -> None:
        self.options = tuple(options)
        self._headings = dict(headings)
        # Each row shows the option of that position, or the heading before it.
        rows: list[int | str] = []
        self._row_of: list[int] = []
        for index in range(len(self.options)):
            if index in self._headings:
                rows.append(self._headings[index])
            self._row_of.append(len(rows))
            rows.append(index)
        self._rows = tuple(rows)

    @property
    def caret(self) -> Offset | None:
        """The number of the chosen line."""
        return Offset(0, self._row - self._top)

    @property
    def _row(self) -> int:
        return self._row_of[self.selected] if self._row_of else 0

    @property
    def _top(self) -> int:
        """The first row in view: screenfuls, so that one key never shifts all lines."""
        height, row = max(1, self.size.height), self._row
        if not self._headings:
            return row // height * height
        top = 0
        while (following := self._next_top(top, height)) <= row:
            top = following
        return top

    def _next_top(self, top: int, height: int) -> int:
        """Return the first row of the next screenful: no heading stands last without its lines."""
        following = top + height
        last = self._rows[following - 1 : following]
        return following - 1 if height > 1 and last and isinstance(last[0], str) else following

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
        before, top = self._row, self._top
        self.selected = max(0, min(index, len(self.options) - 1))
        if self._top != top:
            self.refresh()
            return
        for row in {before, self._row}:
            self.refresh(Region(0, row - top, self.size.width, 1))

    def replace(self, options: Sequence[str], headings: Mapping[int, str] = _NO_HEADINGS) -> None:
        """Show other lines, the chosen one staying where it is; only what differs is drawn."""
        if (tuple(options), dict(headings)) == (self.options, self._headings):
            return
        before = (self._top, [self._shown(row) for row in range(len(self._rows))])
        self._take(options, headings)
        self.selected = max(0, min(self.selected, len(options) - 1))
        after = [self._shown(row) for row in range(len(self._rows))]
        if before[0] != self._top:
            self.refresh()
            return
        top = self._top
        for row in range(top, min(max(len(after), len(before[1])), top + self.size.height)):
            if before[1][row : row + 1] != after[row : row + 1]:
                self.refresh(Region(0, row - top, self.size.width, 1))

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

    def _shown(self, row: int) -> tuple[str, bool]:
        """Return the text of a row, and whether it is a heading."""
        entry = self._rows[row]
        if isinstance(entry, str):
            return entry, True
        digits = len(str(len(self.options)))
        return f" {entry + 1:>{digits}}  {self.options[entry]}", False

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        row, width = self._top + y, self.size.width
        if row >= len(self._rows):
            return Strip.blank(width)
        text, heading = self._shown(row)
        following = self._next_top(self._top, max(1, self.size.height))
        if self._headings and row >= following:
            return Strip.blank(width)
        style = BOLD if heading else REVERSE if self._rows[row] == self.selected else PLAIN
        return text_strip(((MEASURE.fit(text, width), style),), width)
