"""Which part of a table that is larger than its widget is in view."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure_tui.render.painting import Box, Painting

__all__ = ["Viewport"]

_LEAST_LINES = 3
"""Lines of figures that headers which stay in view must leave."""
_LEAST_CELLS = 14


@dataclass(slots=True)
class Viewport:
    """The window on a painting whose headers stay in view.

    Attributes:
        width: Cells of the widget.
        height: Lines of the widget.
        frozen_lines: Lines of headers that stay at the top; none where they left no room.
        frozen_cells: Cells of labels that stay at the left.
        top: Lines scrolled away below the frozen ones.
        left: Cells scrolled away behind the frozen ones.
    """

    width: int = 0
    height: int = 0
    frozen_lines: int = 0
    frozen_cells: int = 0
    top: int = 0
    left: int = 0
    _lines: int = 0
    _cells: int = 0

    def fit(self, painting: Painting, lines: int, width: int, height: int) -> None:
        """Take over the sizes of a painting and of the widget.

        Args:
            painting: The table.
            lines: Lines of the table and of what stands under it.
            width: Cells of the widget.
            height: Lines of the widget.
        """
        self.width, self.height = width, height
        header, labels = painting.header_lines, painting.header_width
        self.frozen_lines = header if height - header >= _LEAST_LINES else 0
        self.frozen_cells = labels if width - labels >= _LEAST_CELLS else 0
        self._lines, self._cells = lines, painting.width
        self.top, self.left = self._within(self.top, self.left)

    def line_at(self, y: int) -> int:
        """Return the line of the painting that is shown in a line of the widget."""
        return y if y < self.frozen_lines else y + self.top

    def place(self, line: int, column: int) -> tuple[int, int] | None:
        """Return where a cell of the painting stands in the widget, or None if out of view."""
        y = line if line < self.frozen_lines else line - self.top
        x = column if column < self.frozen_cells else column - self.left
        hidden = (line >= self.frozen_lines > y) or (column >= self.frozen_cells > x)
        if hidden or not (0 <= y < self.height and 0 <= x < self.width):
            return None
        return x, y

    def follow(self, box: Box) -> bool:
        """Bring a field into view; the view is centred on it rather than pushed line by line.

        Returns:
            Whether the view changed.
        """
        top = _followed(self.top, box.line - self.frozen_lines, 1, self.height - self.frozen_lines)
        left = _followed(
            self.left, box.column - self.frozen_cells, box.width, self.width - self.frozen_cells
        )
        before = self.top, self.left
        self.top, self.left = self._within(top, left)
        return (self.top, self.left) != before

    def _within(self, top: int, left: int) -> tuple[int, int]:
        return (
            max(0, min(top, self._lines - self.height)),
            max(0, min(left, self._cells - self.width)),
        )


def _followed(first: int, start: int, size: int, room: int) -> int:
    if first <= start and start + size <= first + room:
        return first
    return start + size // 2 - room // 2
