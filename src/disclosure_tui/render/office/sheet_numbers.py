"""Figures as a spreadsheet holds them: binary numbers of 15 digits, or else text.

A figure that such a number cannot hold exactly is written as text: it is read as it was printed,
and no sum is made of it.
"""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.copies import Figure

__all__ = ["SheetNumber", "sheet_number"]

_DIGITS = 15


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """A figure in a cell of a sheet.

    Attributes:
        value: The exact figure.
        shape: Its number format: as many digits behind the point as were printed.
    """

    value: Decimal
    shape: str

    @property
    def stored(self) -> int | float:
        """What is written into the file."""
        whole = self.value == self.value.to_integral_value()
        return int(self.value) if whole else float(self.value)


def sheet_number(figure: Figure) -> SheetNumber | None:
    """Return a figure as a number; None for a blank, a code, or what would not stay exact."""
    if not figure.number:
        return None
    value = Decimal(figure.number)
    if len(value.as_tuple().digits) > _DIGITS or abs(value.adjusted()) > _DIGITS:
        return None
    decimals = len(figure.number.partition(".")[2])
    shape = "0." + "0" * decimals if decimals else "0"
    if figure.value.startswith("+"):
        shape = f"+{shape};-{shape};{shape}"
    return SheetNumber(value, shape)
