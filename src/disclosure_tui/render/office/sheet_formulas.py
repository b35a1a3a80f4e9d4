"""Formulas of a sheet from the sums and equations of the rules, so that neither can drift.

A total is a formula where it is the sum of its parts; one that is not, was typed, and a copy
changes no figure. What the rules do not compute is never a formula: were it one, the equation
that checks it would always hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.copies import Balance, Copy, Sum
from disclosure_tui.render.office.sheet_numbers import SheetNumber

__all__ = ["Check", "Place", "check_of", "sum_formulas"]

_MOST_ARGUMENTS = 200
"""Spreadsheet programs take 255 arguments."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a figure stands: name of the sheet, row and column from 0."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Check:
    """A cell that shows whether figures add up.

    Attributes:
        formula: Of the cell.
        result: What it shows now.
    """

    formula: str
    result: str | int | float


def sum_formulas(
    sums: Iterable[Sum], places: Mapping[str, Place], numbers: Mapping[str, SheetNumber]
) -> dict[str, str]:
    """Return the formula of every total that is the sum of its parts, by its pointer."""
    formulas = {}
    for item in sums:
        shown = numbers.get(item.target)
        parts = [numbers.get(part) for part in item.parts]
        if shown is None or not parts or not all(part in places for part in item.parts):
            continue
        values = [part.value for part in parts if part is not None]
        if len(values) < len(parts) or sum(values, Decimal(0)) != shown.value:
            continue
        ranges = list(_ranges([places[part] for part in item.parts], places[item.target].sheet))
        decimals = max(0, -int(shown.value.as_tuple().exponent))
        if len(ranges) <= _MOST_ARGUMENTS:
            formulas[item.target] = _rounded(f"SUM({','.join(ranges)})", decimals)
    return formulas


def check_of(
    balance: Balance,
    places: Mapping[str, Place],
    numbers: Mapping[str, SheetNumber],
    copy: Copy,
) -> Check | None:
    """Return the cell that checks an equation; None if a figure of it is in no table."""
    if not all(pointer in places for pointer, _ in balance.terms):
        return None
    home = places[balance.terms[0][0]].sheet
    cells = [_reference(places[pointer], home) for pointer, _ in balance.terms]
    summands = [
        _summand(cell, factor) for cell, (_, factor) in zip(cells, balance.terms, strict=True)
    ]
    if balance.constant:
        summands.append(_summand("", balance.constant))
    known = [numbers.get(pointer) for pointer, _ in balance.terms]
    decimals = max((_decimals(number) for number in known if number is not None), default=0)
    total = _rounded("".join(summands).removeprefix("+"), max(decimals, 0))
    right, open_ = copy.say("相符", "holds"), copy.say("有空格", "blank")
    formula = f'=IF(COUNT({",".join(cells)})<{len(cells)},"{open_}",IF({total[1:]}=0,"{right}",'
    formula += f"{total[1:]}))"
    if any(number is None for number in known):
        return Check(formula, open_)
    difference = sum(
        (number.value * factor for number, (_, factor) in _paired(known, balance)),
        Decimal(balance.constant),
    )
    if not difference:
        return Check(formula, right)
    whole = difference == difference.to_integral_value()
    return Check(formula, int(difference) if whole else float(difference))


def _paired(
    known: Sequence[SheetNumber | None], balance: Balance
) -> Iterator[tuple[SheetNumber, tuple[str, int | Decimal]]]:
    for number, term in zip(known, balance.terms, strict=True):
        if number is not None:
            yield number, term


def _decimals(number: SheetNumber) -> int:
    return -int(number.value.as_tuple().exponent)


def _rounded(formula: str, decimals: int) -> str:
    """Sums of binary fractions are off in their last digit; counts are exact."""
    return f"=ROUND({formula},{decimals})" if decimals else f"={formula}"


def _summand(cell: str, factor: int | Decimal) -> str:
    sign = "-" if factor < 0 else "+"
    size = format(abs(Decimal(factor)), "f")
    if not cell:
        return sign + size
    return sign + (cell if size == "1" else f"{size}*{cell}")


def _reference(place: Place, home: str) -> str:
    from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

    cell: str = xl_rowcol_to_cell(place.row, place.column)
    return cell if place.sheet == home else f"{quote_sheetname(place.sheet)}!{cell}"


def _ranges(places: Sequence[Place], home: str) -> Iterator[str]:
    """Write cells that stand side by side or below each other as one range."""
    start = last = places[0]
    step: tuple[int, int] | None = None
    for place in places[1:]:
        move = (place.row - last.row, place.column - last.column)
        if place.sheet == last.sheet and move in ((0, 1), (1, 0)) and step in (None, move):
            step, last = move, place
            continue
        yield _range(start, last, home)
        start = last = place
        step = None
    yield _range(start, last, home)


def _range(start: Place, last: Place, home: str) -> str:
    first = _reference(start, home)
    return first if start == last else f"{first}:{_reference(last, last.sheet)}"
