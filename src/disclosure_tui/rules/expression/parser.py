"""Reads expressions (`check`, `when`) and paths (`each`, `of`, `total`) (DIALECT 4)."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_tui.language import Text
from disclosure_tui.rules.expression.arguments import require_figure
from disclosure_tui.rules.expression.figures import Figures
from disclosure_tui.rules.expression.paths import read_path
from disclosure_tui.rules.expression.scanner import Kind, scan
from disclosure_tui.rules.expression.syntax import (
    And,
    Compare,
    IfThen,
    Node,
    Not,
    Operator,
    Or,
    Path,
    is_judgement,
)
from disclosure_tui.rules.expression.tokens import Tokens

__all__ = ["parse", "parse_path"]

_OPERATORS = {operator.value: operator for operator in Operator}


def parse(text: str) -> Node:
    """Read a `check` or `when`: an expression that is true or false.

    Raises:
        ExpressionError: The text does not follow the grammar, or is a bare figure or text.
    """
    tokens = Tokens(text, scan(text))
    return _Parser(tokens).whole()


def parse_path(text: str) -> Path:
    """Read a path, patterns included: an item of `each`, of `of`, or a `total`.

    Raises:
        ExpressionError: The text is not exactly one path.
    """
    tokens = Tokens(text, scan(text, segment_first=True))
    path = read_path(tokens, alone=True)
    tokens.require_end()
    return path


class _Parser:
    """Recursive descent over what judges; what calculates is read by `Figures`."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._figures = Figures(tokens, self._check)

    def whole(self) -> Node:
        """Read the text up to its end."""
        node = self._check()
        self._tokens.require_end()
        self._require_judgement(node)
        self._figures.require_no_stray_pattern()
        return node

    def _check(self) -> Node:
        start = self._tokens.current.start
        if not self._tokens.take_word("if"):
            return self._either()
        condition = self._require_judgement(self._either())
        if not self._tokens.take_word("then"):
            raise self._tokens.expected(Text(" then ", "'then'"))
        conclusion = self._require_judgement(self._either())
        return IfThen(condition, conclusion, start=start, end=self._tokens.end)

    def _either(self) -> Node:
        return self._joined("or", self._both, Or)

    def _both(self) -> Node:
        return self._joined("and", self._negatable, And)

    def _joined(self, word: str, part: Callable[[], Node], joined: type[And] | type[Or]) -> Node:
        start = self._tokens.current.start
        first = part()
        if not self._tokens.current.is_word(word):
            return first
        parts = [self._require_judgement(first)]
        while self._tokens.take_word(word):
            parts.append(self._require_judgement(part()))
        return joined(tuple(parts), start=start, end=self._tokens.end)

    def _negatable(self) -> Node:
        start = self._tokens.current.start
        if not self._tokens.take_word("not"):
            return self._comparison()
        operand = self._require_judgement(self._comparison())
        return Not(operand, start=start, end=self._tokens.end)

    def _comparison(self) -> Node:
        start = self._tokens.current.start
        left = self._figures.sum()
        if (operator := self._operator()) is None:
            return left
        self._tokens.advance()
        if operator is Operator.EQUAL and self._operator() is Operator.EQUAL:
            message = Text("请只写一个 = 。", "write a single =")
            raise self._tokens.error(message, self._tokens.current.start)
        if operator is Operator.LESS and self._operator() is Operator.GREATER:
            message = Text("不等于请写 != 。", "write != for not equal")
            raise self._tokens.error(message, self._tokens.current.start)
        right = self._figures.sum()
        if self._operator() is not None:
            message = Text(
                "比较不能连写，请用 and 连接两个比较。",
                "comparisons cannot be chained; join two of them by 'and'",
            )
            raise self._tokens.error(message, self._tokens.current.start)
        for side in (left, right):
            require_figure(side, self._tokens, literal=True)
        return Compare(operator, left, right, start=start, end=self._tokens.end)

    def _operator(self) -> Operator | None:
        token = self._tokens.current
        return _OPERATORS.get(token.text) if token.kind is Kind.SYMBOL else None

    def _require_judgement(self, node: Node) -> Node:
        if is_judgement(node):
            return node
        message = Text(
            "这里请写一个判断，例如用 = 比较两个数。",
            "a condition is needed here, for example a comparison with =",
        )
        raise self._tokens.error(message, node.start)
