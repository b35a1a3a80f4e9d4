"""Reads the part of the grammar that calculates: sums, products, functions (DIALECT 4)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from disclosure_tui.language import Text
from disclosure_tui.rules.expression.arguments import check_arguments, require_figure
from disclosure_tui.rules.expression.fault import shown
from disclosure_tui.rules.expression.paths import read_path
from disclosure_tui.rules.expression.scanner import Kind, Token
from disclosure_tui.rules.expression.syntax import (
    FOLDS,
    Addition,
    Call,
    Function,
    Literal,
    Negate,
    Node,
    Number,
    Path,
    Product,
    SignedTerm,
    is_pattern,
)
from disclosure_tui.rules.expression.tokens import Tokens

__all__ = ["NESTING_LIMIT", "Figures"]

NESTING_LIMIT = 32
"""Greatest depth of brackets and functions inside each other.

Trees are no deeper than a small multiple of this, since sums, products, `and` and `or` are
flat; so whatever walks a tree by recursion stays far from the interpreter's own limit.
"""


_FUNCTIONS = {function.value: function for function in Function}
_SIGNS = {"+": 1, "-": -1}


class Figures:
    """Recursive descent, one method per production; brackets lead back to the caller."""

    def __init__(self, tokens: Tokens, check: Callable[[], Node]) -> None:
        self._tokens = tokens
        self._check = check
        self._depth = 0
        self._stray: list[Path] = []  # patterns that have not turned out to be arguments

    def require_no_stray_pattern(self) -> None:
        """Refuse `*` and `**` anywhere but as whole arguments of sum, count, min and max.

        Raises:
            ExpressionError: There is one.
        """
        if self._stray:
            message = Text(
                "含有 * 的路径只能直接作 sum、count、min、max 的参数，请改写。",
                "a path with * can only be an argument of sum, count, min or max",
            )
            raise self._tokens.error(message, self._stray[0].start)

    def sum(self) -> Node:
        """`prod { (+|-) prod }`."""
        start = self._tokens.current.start
        first = self._product()
        if not self._tokens.current.is_symbol("+", "-"):
            return first
        terms = [SignedTerm(1, require_figure(first, self._tokens))]
        while (token := self._tokens.current).is_symbol("+", "-"):
            self._tokens.advance()
            term = require_figure(self._product(), self._tokens)
            terms.append(SignedTerm(_SIGNS[token.text], term))
        return Addition(tuple(terms), start=start, end=self._tokens.end)

    def _product(self) -> Node:
        start = self._tokens.current.start
        first = self._unary()
        if not self._tokens.current.is_symbol("*"):
            return first
        factors = [require_figure(first, self._tokens)]
        while self._tokens.current.is_symbol("*"):
            self._tokens.advance()
            factors.append(require_figure(self._unary(), self._tokens))
        return Product(tuple(factors), start=start, end=self._tokens.end)

    def _unary(self) -> Node:
        opening = self._tokens.current
        if not opening.is_symbol("-"):
            return self._atom()
        self._tokens.advance()
        operand = require_figure(self._atom(), self._tokens)
        return Negate(operand, start=opening.start, end=self._tokens.end)

    def _atom(self) -> Node:
        token = self._tokens.current
        if token.kind is Kind.NUMBER:
            self._tokens.advance()
            value = Decimal(token.text) if "." in token.text else int(token.text)
            return Number(value, start=token.start, end=token.end)
        if token.kind is Kind.LITERAL:
            self._tokens.advance()
            return Literal(token.text, start=token.start, end=token.end)
        if token.is_symbol("("):
            self._enter()
            node = self._check()
            self._leave()
            return node
        if token.kind is Kind.NAME and self._tokens.following.is_symbol("("):
            return self._call(token)
        path = read_path(self._tokens)
        if is_pattern(path):
            self._stray.append(path)
        return path

    def _call(self, name: Token) -> Node:
        function = _FUNCTIONS.get(name.text)
        if function is None:
            message = Text(
                f"括号前的 {shown(name.text)} 不是函数，请改用 {'、'.join(_FUNCTIONS)} 。",
                f"{shown(name.text)} is not a function; there are {', '.join(_FUNCTIONS)}",
            )
            raise self._tokens.error(message, name.start)
        self._tokens.advance()
        self._enter()
        arguments = [self._argument(function)]
        while self._tokens.current.is_symbol(","):
            self._tokens.advance()
            arguments.append(self._argument(function))
        self._leave()
        call = Call(function, tuple(arguments), start=name.start, end=self._tokens.end)
        check_arguments(call, self._tokens)
        return call

    def _argument(self, function: Function) -> Node:
        argument = self._check()
        if function in FOLDS and self._stray and self._stray[-1] is argument:
            self._stray.pop()
        return argument

    def _enter(self) -> None:
        """Step over an opening bracket."""
        self._depth += 1
        if self._depth > NESTING_LIMIT:
            message = Text(
                f"括号套得过深，请控制在 {NESTING_LIMIT} 层以内。",
                f"brackets are nested more than {NESTING_LIMIT} deep",
            )
            raise self._tokens.error(message, self._tokens.current.start)
        self._tokens.advance()

    def _leave(self) -> None:
        """Step over the closing bracket."""
        if not self._tokens.current.is_symbol(")"):
            raise self._tokens.expected(Text("右括号", "a closing bracket"))
        self._tokens.advance()
        self._depth -= 1
