"""Tells a pasted block from typed keys, where the terminal does not announce what is pasted.

Without bracketed paste a block arrives as keys: letters would be commands and blank cells would
shift the rest. What arrives at once and looks like several cells of figures is a block.
"""

from __future__ import annotations

import re

from disclosure_tui.model.cell_type import fold_width

__all__ = ["Announced", "is_block"]

_FEWEST_CELLS = 4
"""A person who types ahead on a slow line sends fewer cells at once."""
_BETWEEN = re.compile(r"\r\n|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_START, _END = "\x1b[200~", "\x1b[201~"


def is_block(text: str) -> bool:
    """Tell whether a text that arrived at once is a block of cells with figures.

    It has several cells, tabs or line breaks between them, nothing that only keys send, and
    figures in at least half of the cells that are not blank.
    """
    if "\t" not in text and text.count("\r") + text.count("\n") < _FEWEST_CELLS:
        return False
    if _CONTROL.search(text):
        return False
    cells = _BETWEEN.split(text)
    filled = [cell for cell in cells if cell.strip()]
    figures = [cell for cell in filled if any(sign.isdigit() for sign in fold_width(cell))]
    return len(filled) >= _FEWEST_CELLS and 2 * len(figures) >= len(filled)


class Announced:
    """Follows whether the terminal is in the middle of a paste that it announced."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""

    def takes(self, text: str) -> bool:
        """Take in what arrived; tell whether some of it belongs to an announced paste."""
        seen = self._tail + text
        start, end = seen.rfind(_START), seen.rfind(_END)
        was_inside = self._inside
        if start >= 0 or end >= 0:
            self._inside = start > end
        self._tail = seen[-(len(_START) - 1) :]
        return was_inside or self._inside or start >= 0
