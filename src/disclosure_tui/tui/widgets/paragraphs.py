"""Sentences of a dialog, wrapped to its width and as high as that takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.widgets.strips import PLAIN, text_strip

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip

__all__ = ["Paragraphs"]


class Paragraphs(Widget):
    """Text that takes no keys."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = tuple(texts)

    def show(self, texts: Sequence[str]) -> None:
        """Show other sentences."""
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the texts take."""
        del container, viewport
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = self._lines(self.size.width)
        return text_strip(((lines[y] if y < len(lines) else "", PLAIN),), self.size.width)

    def _lines(self, width: int) -> list[str]:
        return [line for text in self._texts for line in MEASURE.wrap(text, max(1, width))]
