"""Sums taken apart into signed terms: what an equation adds up, in the order it is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression.arithmetic import add, multiply, negate
from disclosure_tui.rules.expression.operand import Operand, Read, Resolved
from disclosure_tui.rules.expression.syntax import (
    Addition,
    Call,
    Figure,
    Function,
    Negate,
    Node,
    Number,
    Operator,
    Path,
    Product,
    has_cells,
)
from disclosure_tui.rules.expression.values import Value, negative

__all__ = ["Sides", "Term", "TermShape", "terms_of", "worked"]


@dataclass(frozen=True, slots=True)
class TermShape:
    """A term without its value.

    Attributes:
        sign: 1 if it is added, -1 if it is taken away.
        coefficient: What the cell is multiplied by, never negative; 1 for a constant.
        operand: The cell; None for a constant.
        constant: The constant, never negative; 0 for a cell.
    """

    sign: int
    coefficient: Figure
    operand: Operand | None
    constant: Figure = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its value: it contributes sign x coefficient x value.

    A not-applicable value contributes nothing: the sum that holds it has skipped it.
    """

    sign: int
    coefficient: Figure
    operand: Operand | None
    value: Value


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison; one that is not a plain sum of terms is None."""

    left: tuple[TermShape, ...] | None
    operator: Operator
    right: tuple[TermShape, ...] | None


def worked(shapes: tuple[TermShape, ...], read: Read) -> tuple[Term, ...]:
    """Return the terms with the values of their cells."""
    return tuple(
        Term(
            shape.sign,
            shape.coefficient,
            shape.operand,
            shape.constant if shape.operand is None else read(shape.operand),
        )
        for shape in shapes
    )


def terms_of(node: Node, resolved: Resolved) -> tuple[TermShape, ...] | None:
    """Return the terms of a side, or None if it is more than sums and multiples of cells."""
    terms: list[TermShape] = []
    return tuple(terms) if _collect(node, 1, resolved, terms) else None


def _collect(node: Node, factor: Figure, resolved: Resolved, into: list[TermShape]) -> bool:
    """Append the terms of a node times a factor; return False where it has none."""
    match node:
        case Number(value=value):
            return _append_constant(multiply(factor, value), into)
        case Path():
            into.extend(_cell(factor, operand) for operand in resolved[node])
            return True
        case Negate(operand=operand):
            return _collect(operand, negative(factor), resolved, into)
        case Addition(terms=terms):
            return all(
                _collect(term.node, factor if term.sign > 0 else negative(factor), resolved, into)
                for term in terms
            )
        case Product(factors=factors):
            return _collect_product(factors, factor, resolved, into)
        case Call(function=Function.SUM, arguments=arguments):
            # The sum of no cells at all is inapplicable, not 0, so it has no terms.
            before = len(into)
            found = all(_collect(part, factor, resolved, into) for part in arguments)
            return found and len(into) > before
        case _:
            return False


def _collect_product(
    factors: tuple[Node, ...], factor: Figure, resolved: Resolved, into: list[TermShape]
) -> bool:
    product: Value = factor
    holding: Node | None = None
    for node in factors:
        if has_cells(node):
            if holding is not None:  # a count of cells times a cell: no plain sum
                return False
            holding = node
            continue
        constant = _constant(node)
        if constant is None:
            return False
        product = multiply(product, constant)
    if holding is None:
        return _append_constant(product, into)
    return isinstance(product, int | Decimal) and _collect(holding, product, resolved, into)


def _constant(node: Node) -> Value | None:
    """Return the value of a node without cells; None if it holds a function."""
    match node:
        case Number(value=value):
            return value
        case Negate(operand=operand):
            inner = _constant(operand)
            return None if inner is None else negate(inner)
        case Addition(terms=terms):
            return _constant_sum([(term.sign, term.node) for term in terms])
        case Call(function=Function.SUM, arguments=arguments):
            return _constant_sum([(1, argument) for argument in arguments])
        case Product(factors=factors):
            product: Value = 1
            for factor in map(_constant, factors):
                if factor is None:
                    return None
                product = multiply(product, factor)
            return product
        case _:
            return None


def _constant_sum(parts: Sequence[tuple[int, Node]]) -> Value | None:
    known = [(sign, _constant(node)) for sign, node in parts]
    values = [multiply(sign, value) for sign, value in known if value is not None]
    return add(values) if len(values) == len(known) else None


def _append_constant(value: Value, into: list[TermShape]) -> bool:
    if not isinstance(value, int | Decimal):
        return False
    sign, size = _split(value)
    into.append(TermShape(sign, 1, None, size))
    return True


def _cell(factor: Figure, operand: Operand) -> TermShape:
    sign, size = _split(factor)
    return TermShape(sign, size, operand)


def _split(figure: Figure) -> tuple[int, Figure]:
    return (-1, negative(figure)) if figure < 0 else (1, figure)
