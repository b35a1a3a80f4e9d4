"""The quick look at a value while it is typed: only what its own type says, no rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from disclosure_tui.language import Text, same
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.typed_figure import is_unfinished, typed_figure

__all__ = ["fault"]


def fault(cell: CellType, text: str) -> Text | None:
    """Return why a typed text could not stand in a cell as it is, or None if it could.

    Args:
        cell: The type of the place.
        text: What is typed so far.
    """
    figure = typed_figure(cell, text)
    if figure is not None:
        found = _figure_fault(cell, figure.value, cell.show(figure.value))
        return None if found is None else Text(f"{figure.working}：", f"{figure.working}: ") + found
    if is_unfinished(cell, text):
        return None
    value = cell.read(text)
    if value is None or value in cell.codes:
        return None
    if cell.numeric:
        return _figure_fault(cell, value, text)
    if cell.longest is not None and len(text) > cell.longest:
        return Text(f"最多 {cell.longest} 个字", f"at most {cell.longest} characters")
    if cell.format == "date" and not _is_date(str(value)):
        return Text("日期请写成 2024-01-31 的样子", "write a date like 2024-01-31")
    return None


def _figure_fault(cell: CellType, value: object, text: str) -> Text | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return Text(
            f"这里只填数字，现在是 {text.strip()}；没有的填 0",
            f"only a figure can stand here, not {text.strip()}; if there is none, type 0",
        )
    if cell.integral and isinstance(value, Decimal):
        return Text(f"只能填整数，现在是 {text.strip()}", f"whole numbers only, not {text.strip()}")
    if cell.minimum is not None and value < cell.minimum:
        return Text("不能小于 ", "not less than ") + same(str(cell.minimum))
    if cell.maximum is not None and value > cell.maximum:
        return Text("不能大于 ", "not more than ") + same(str(cell.maximum))
    digits = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    if digits > cell.decimals:
        return Text(f"小数最多 {cell.decimals} 位", f"at most {cell.decimals} decimals")
    return None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
