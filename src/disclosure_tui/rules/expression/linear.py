"""The linear form of a comparison, for finding the wrong cell (rules research, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression.arithmetic import add, multiply
from disclosure_tui.rules.expression.binding import Bound
from disclosure_tui.rules.expression.operand import Operand
from disclosure_tui.rules.expression.syntax import Figure, Operator

__all__ = ["Linear", "linear"]


@dataclass(frozen=True, slots=True)
class Linear:
    """The sum of coefficient x figure over the cells, plus the constant, compared with 0.

    Attributes:
        coefficients: Left side minus right side; a cell that cancels out is not in it.
        operator: How the sum compares with 0.
        constant: Left side minus right side.
    """

    coefficients: Mapping[Operand, Figure]
    operator: Operator
    constant: Figure


def linear(bound: Bound) -> Linear | None:
    """Return the linear form of a comparison of two plain sums, else None.

    It says the same as the expression while all cells are figures; a comparison behind
    `if ... then` has none, since it need not hold.
    """
    sides = bound.sides
    if sides is None or bound.conditional or sides.left is None or sides.right is None:
        return None
    coefficients: dict[Operand, Figure] = {}
    constant: Figure = 0
    for direction, shapes in ((1, sides.left), (-1, sides.right)):
        for shape in shapes:
            sign = direction * shape.sign
            if shape.operand is None:
                joined = _joined(constant, sign, shape.constant)
                if joined is None:
                    return None
                constant = joined
            else:
                joined = _joined(coefficients.get(shape.operand, 0), sign, shape.coefficient)
                if joined is None:
                    return None
                coefficients[shape.operand] = joined
    remaining = {operand: factor for operand, factor in coefficients.items() if factor}
    return Linear(remaining, sides.operator, constant)


def _joined(figure: Figure, sign: int, more: Figure) -> Figure | None:
    """Add a signed figure; None in the absurd case that the result cannot be kept exactly."""
    value = add((figure, multiply(sign, more)))
    return value if isinstance(value, int | Decimal) else None
