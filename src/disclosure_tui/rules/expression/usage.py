"""How an expression uses its cells: as figures, or as texts (DIALECT 4)."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.rules.expression.binding import Bound
from disclosure_tui.rules.expression.operand import Operand
from disclosure_tui.rules.expression.syntax import (
    Addition,
    Call,
    Compare,
    Function,
    Literal,
    Negate,
    Node,
    Operator,
    Path,
    Product,
    children,
)

__all__ = ["mistyped"]

_OF_TEXTS = (Function.CONTAINS, Function.LENGTH)
_OF_FIGURES = (Function.SUM, Function.LEAST, Function.GREATEST, Function.MAGNITUDE, Function.ROUND)
_ORDERS = (Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST)


def mistyped(bound: Bound) -> Iterator[tuple[Operand, bool]]:
    """Yield every cell of a decided use, with whether a figure (or else a text) is wanted.

    `present`, `count` and a comparison of two cells with `=` take both, and a code of a cell for
    figures may be compared with a literal.
    """
    waiting: list[Node] = [bound.node]
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        for path, figure in _uses(node):
            for operand in bound.resolved[path]:
                yield operand, figure


def _uses(node: Node) -> Iterator[tuple[Path, bool]]:
    if isinstance(node, Call):
        if node.function in _OF_TEXTS and isinstance(node.arguments[0], Path):
            yield node.arguments[0], False
        elif node.function in _OF_FIGURES:
            yield from ((part, True) for part in node.arguments if isinstance(part, Path))
    elif isinstance(node, Addition | Product | Negate):
        yield from ((part, True) for part in children(node) if isinstance(part, Path))
    elif isinstance(node, Compare):
        sides = (node.left, node.right)
        calculated = any(not isinstance(side, Path | Literal) for side in sides)
        ordered = node.operator in _ORDERS and not any(isinstance(side, Literal) for side in sides)
        if calculated or ordered:
            yield from ((side, True) for side in sides if isinstance(side, Path))
