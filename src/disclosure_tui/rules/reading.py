"""What a rule may calculate with at a place: figures, texts, codes, or why there is nothing."""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.expression import Coded, Meaning, Missing, Value

__all__ = ["prior_value", "value_of"]


def value_of(form: Form, pointer: Pointer, value: Plain) -> Value:
    """Return what a rule may calculate with at a place; in a row that is not there nothing."""
    node = form.node(pointer)
    if node is None:
        return Missing.NOT_APPLICABLE
    return _value_in(node, value)


def _value_in(node: Node, value: Plain) -> Value:
    if value is None:
        return Missing.BLANK
    cell = node.cell
    if cell is None:
        return Missing.MISTYPED
    if isinstance(value, bool):
        return Missing.MISTYPED
    if isinstance(value, int):
        return value if cell.numeric else Missing.MISTYPED
    if isinstance(value, Decimal):
        return value if cell.numeric and not cell.integral else Missing.MISTYPED
    if isinstance(value, str):
        return _text_value(cell, value)
    return Missing.MISTYPED


def _text_value(cell: CellType, value: str) -> Value:
    if not value.strip():
        return Missing.BLANK
    if not cell.numeric:
        return value
    code = cell.codes.get(value)
    if code is None:
        return Missing.MISTYPED
    return Coded(code.text, Meaning(code.meaning), code.lowest, code.below)


def prior_value(form: Form, prior: PriorReport | None, pointer: Pointer) -> Value:
    """Return what a rule may calculate with at a place of last year's report."""
    if prior is None:
        return Missing.NO_PRIOR
    if any(pointer.starts_with(place) for place in prior.without):
        return Missing.NOT_APPLICABLE
    node: Node | None = form.root
    for length, key in enumerate(pointer, 1):
        if node is None:
            break
        if node.entries is not None and not prior.report.has(pointer[:length]):
            return Missing.NOT_APPLICABLE
        node = node.at(key)
    if node is None:
        return Missing.NOT_APPLICABLE
    value = _value_in(node, prior.report.value_at(pointer))
    # What last year's report leaves open cannot be filled in here: it is not there to compare with.
    return Missing.NO_PRIOR if value in (Missing.BLANK, Missing.MISTYPED) else value
