"""Tells a pasted block from typed keys, where the terminal does not announce what is pasted.

Without bracketed paste a block arrives as keys: letters would be commands and blank cells would
shift the rest. What arrives at once and looks like several cells of figures is a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure_tui.model.cell_type import fold_width
from disclosure_tui.tui.wire.keyboard import Token, Typed

__all__ = ["is_block", "joined"]

_FEWEST_CELLS = 4
"""A person who types ahead on a slow line sends fewer cells at once."""
_BETWEEN = re.compile(r"\r\n|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def is_block(token: Token) -> bool:
    """Tell whether what arrived at once is a block of cells with figures.

    It has several cells, tabs or line breaks between them, nothing that only keys send, and
    figures in at least half of the cells that are not blank.
    """
    if not isinstance(token, Typed):
        return False
    text = token.text
    if "\t" not in text and text.count("\r") + text.count("\n") < _FEWEST_CELLS:
        return False
    if _CONTROL.search(text):
        return False
    cells = _BETWEEN.split(text)
    filled = [cell for cell in cells if cell.strip()]
    figures = [cell for cell in filled if any(sign.isdigit() for sign in fold_width(cell))]
    return len(filled) >= _FEWEST_CELLS and 2 * len(figures) >= len(filled)


def joined(tokens: Iterable[Token]) -> list[Token]:
    """Return what came at once with the characters that follow each other in one token."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if isinstance(token, Typed) and isinstance(last, Typed):
            found[-1] = Typed(last.text + token.text)
        else:
            found.append(token)
    return found
