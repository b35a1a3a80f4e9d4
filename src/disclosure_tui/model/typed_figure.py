"""Figures typed in another form than they are kept in: a sum of parts, another unit."""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.pointer import Pointer

__all__ = ["REMARKS", "TypedFigure", "is_unfinished", "remark_with", "typed_figure", "unit_signs"]

REMARKS = Pointer.of("remarks")
"""Where a report keeps the remarks on its places, by their pointers."""
_BETWEEN = "；"
"""Stands between the parts of a figure and what else its remark says."""
_MONEY = {"元": 0, "万元": 4, "亿元": 8}
"""Units of money as forms print them, each with the power of ten that leads to it from 元."""


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """What a typed text comes to.

    Attributes:
        value: The figure.
        working: How it comes about: `3+2+1 = 6`, `12345元 = 1.2345万元`.
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
    return _sum(cell, text) or _converted(cell, text)


def is_unfinished(cell: CellType, text: str) -> bool:
    """Tell whether a text begins a sum or a unit, so that it is too early to object."""
    folded = fold_width(text).strip()
    figure, unit = _split(folded)
    if unit and figure and any(name.startswith(unit) for name in _powers(cell)):
        return True
    if not cell.integral or not folded.endswith("+"):
        return False
    head = folded[:-1]
    return _count(cell, head) is not None or _sum(cell, head) is not None


def unit_signs(cell: CellType) -> frozenset[str]:
    """Return the characters of the units that are understood behind a figure."""
    return frozenset("".join(_powers(cell)))


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


def _powers(cell: CellType) -> dict[str, int]:
    """Return the units that a figure may be typed in, with the powers of ten to the cell's own."""
    unit = cell.unit.get("zh", "") if cell.numeric else ""
    if unit in _MONEY:
        return {name: power - _MONEY[unit] for name, power in _MONEY.items()}
    return {unit: 0} if unit else {}


def _split(folded: str) -> tuple[str, str]:
    """Part a text behind its last digit: the figure, and what is typed behind it."""
    end = max((place for place, sign in enumerate(folded) if sign.isdigit()), default=-1) + 1
    return folded[:end].strip(), folded[end:].strip()


def _converted(cell: CellType, text: str) -> TypedFigure | None:
    typed, unit = _split(fold_width(text).strip())
    power = _powers(cell).get(unit)
    figure = cell.read(typed) if typed and power is not None else None
    if power is None or isinstance(figure, bool) or not isinstance(figure, int | Decimal):
        return None
    value = _shifted(figure, power)
    return TypedFigure(value, f"{typed}{unit} = {cell.show(value)}{cell.unit['zh']}")


def _shifted(figure: int | Decimal, power: int) -> int | Decimal:
    """Move the point; exact however long the figure is, which arithmetic would round."""
    sign, digits, exponent = Decimal(figure).as_tuple()
    assert isinstance(exponent, int)
    written = format(Decimal((sign, digits, exponent + power)), "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return Decimal(written) if "." in written else int(written)
