"""Figures typed in another form than they are kept in: a sum of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.pointer import Pointer

__all__ = ["REMARKS", "TypedFigure", "is_unfinished", "remark_with", "typed_figure"]

REMARKS = Pointer.of("remarks")
"""Where a report keeps the remarks on its places, by their pointers."""
_BETWEEN = "；"
"""Stands between the parts of a figure and what else its remark says."""


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """What a typed text comes to.

    Attributes:
        value: The figure.
        working: How it comes about: `3+2+1 = 6`.
        parts: What is worth keeping of how it came about: `3+2+1`; or empty.
    """

    value: int | Decimal
    working: str
    parts: str = ""


def typed_figure(cell: CellType, text: str) -> TypedFigure | None:
    """Return what a text comes to that is more than a plain figure; None if it is not.

    Args:
        cell: The type of the place.
        text: As it was typed, full-width signs included.
    """
    return _sum(cell, text)


def is_unfinished(cell: CellType, text: str) -> bool:
    """Tell whether a text is the beginning of a sum, so that it is too early to object."""
    folded = fold_width(text).strip()
    if not cell.integral or not folded.endswith("+"):
        return False
    head = folded[:-1]
    return _count(cell, head) is not None or _sum(cell, head) is not None


def remark_with(cell: CellType, remark: str | None, parts: str) -> str | None:
    """Return a remark after a figure was typed anew; what a person wrote in it stays.

    Args:
        cell: The type of the place.
        remark: The remark before, or None.
        parts: The parts of the new figure, or empty: those of the old one hold no longer.
    """
    written = [said for said in (remark or "").split(_BETWEEN) if said and not _sum(cell, said)]
    return _BETWEEN.join([*written, parts] if parts else written) or None


def _sum(cell: CellType, text: str) -> TypedFigure | None:
    if not cell.integral:
        return None
    counts = [_count(cell, part) for part in fold_width(text).split("+")]
    known = [count for count in counts if count is not None]
    if len(counts) < 2 or len(known) < len(counts):
        return None
    parts = "+".join(map(str, known))
    return TypedFigure(sum(known), f"{parts} = {sum(known)}", parts)


def _count(cell: CellType, text: str) -> int | None:
    """Read one part: a whole number without a sign."""
    if not text.strip()[:1].isdigit():
        return None
    value = cell.read(text)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
