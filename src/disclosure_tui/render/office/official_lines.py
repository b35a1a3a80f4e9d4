"""How lines of official documents are divided and placed, in half-width characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_tui.render.copies import Copy
from disclosure_tui.render.width import MEASURE

__all__ = ["LEAD", "right_indents", "title_lines"]

LEAD = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。！？]{1,30}[。！？]?")
"""What opens a paragraph of the second level and is set in 楷体: （一）主动公开."""

_TITLE_LINE = 40
"""Half characters of 22 pt that fit a line."""


def title_lines(copy: Copy) -> list[str]:
    """Divide a title that needs two lines behind the name of the office, not within a word."""
    title = copy.view.title
    rest = title.removeprefix(copy.organ)
    if MEASURE.width(title) <= _TITLE_LINE or not copy.organ or rest == title or not rest:
        return [title]
    return [copy.organ, rest.lstrip()]


def right_indents(lines: Sequence[str]) -> list[int]:
    """Return how far from the right edge each line of the signature ends.

    Source: GB/T 9704-2012, 7.3.5.2: without a seal the name ends two characters from the edge,
    and the date begins two characters right of where the name begins; where that is not
    possible the date ends there, and the name begins two characters left of it.
    """
    if len(lines) != 2:
        return [4] * len(lines)
    name, date = map(MEASURE.width, lines)
    return [4, name - date] if name >= date + 4 else [date + 8 - name, 4]
