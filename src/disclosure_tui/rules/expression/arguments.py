"""What the functions take (DIALECT 4 and 7)."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.rules.expression.syntax import (
    FOLDS,
    Call,
    Function,
    Literal,
    Node,
    Number,
    Path,
    is_judgement,
)
from disclosure_tui.rules.expression.tokens import Tokens

__all__ = ["PLACES_LIMIT", "check_arguments", "require_figure"]

PLACES_LIMIT = 30
"""Greatest number of decimals that `round` can be asked for."""

_COUNTS = {
    Function.MAGNITUDE: 1,
    Function.ROUND: 2,
    Function.PRESENT: 1,
    Function.LENGTH: 1,
    Function.CONTAINS: 2,
}
_OF_CELLS = frozenset({Function.PRESENT, Function.LENGTH, Function.CONTAINS})


def require_figure(node: Node, tokens: Tokens, *, literal: bool = False) -> Node:
    """Return the node if it can be calculated with.

    Args:
        node: Any part of the expression.
        tokens: For the error.
        literal: A text in quotes will do as well, since it is only compared.

    Raises:
        ExpressionError: It is true or false, or a text.
    """
    if is_judgement(node):
        message = Text(
            "这里请写数或路径；判断之间请用 and 或 or 连接。",
            "a figure is needed here; conditions are joined by 'and' or 'or'",
        )
        raise tokens.error(message, node.start)
    if isinstance(node, Literal) and not literal:
        message = Text("文字不能参加计算，请写数或路径。", "a text cannot be calculated with")
        raise tokens.error(message, node.start)
    return node


def check_arguments(call: Call, tokens: Tokens) -> None:
    """Make sure that a function has the arguments it takes.

    Raises:
        ExpressionError: Their number or kind is another one.
    """
    function, arguments = call.function, call.arguments
    wanted = _COUNTS.get(function, len(arguments))
    if len(arguments) != wanted:
        message = Text(
            f"{function.value} 请写 {wanted} 个参数，现在有 {len(arguments)} 个。",
            f"{function.value} takes {wanted} arguments, not {len(arguments)}",
        )
        raise tokens.error(message, call.start)
    if function in _OF_CELLS:
        _require_path(function, arguments[0], tokens)
    else:
        figures = arguments if function in FOLDS else arguments[:1]
        for argument in figures:
            require_figure(argument, tokens)
    if function is Function.CONTAINS:
        _require_literal(arguments[1], tokens)
    if function is Function.ROUND:
        _require_places(arguments[1], tokens)


def _require_path(function: Function, argument: Node, tokens: Tokens) -> None:
    if not isinstance(argument, Path):
        message = Text(
            f"{function.value} 的第一个参数请写路径。",
            f"the first argument of {function.value} is a path",
        )
        raise tokens.error(message, argument.start)


def _require_literal(argument: Node, tokens: Tokens) -> None:
    if not isinstance(argument, Literal):
        message = Text(
            "contains 的第二个参数请写单引号中的文字。",
            "the second argument of contains is a text in single quotes",
        )
        raise tokens.error(message, argument.start)


def _require_places(argument: Node, tokens: Tokens) -> None:
    if (
        not isinstance(argument, Number)
        or not isinstance(argument.value, int)
        or argument.value > PLACES_LIMIT
    ):
        message = Text(
            f"round 的第二个参数请写 0 到 {PLACES_LIMIT} 的整数，即小数位数。",
            f"the second argument of round is a whole number from 0 to {PLACES_LIMIT}",
        )
        raise tokens.error(message, argument.start)
