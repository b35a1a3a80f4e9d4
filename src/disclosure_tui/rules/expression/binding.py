"""Binds an expression to the cells of a form, ready to be evaluated again and again."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.rules.expression.calculation import calculation, judgement
from disclosure_tui.rules.expression.fault import ExpressionError, shown
from disclosure_tui.rules.expression.operand import (
    Calculate,
    Judge,
    Operand,
    Read,
    Resolve,
    Resolved,
)
from disclosure_tui.rules.expression.paths import write_path
from disclosure_tui.rules.expression.syntax import (
    FOLDS,
    Call,
    Compare,
    IfThen,
    Node,
    Path,
    children,
    is_judgement,
)
from disclosure_tui.rules.expression.terms import Sides, Term, terms_of, worked
from disclosure_tui.rules.expression.truth import Truth
from disclosure_tui.rules.expression.values import Value

__all__ = ["TERMS_LIMIT", "Bound", "Evaluation", "bind"]

TERMS_LIMIT = 50_000
"""Greatest number of cells one expression may read, repeated ones included."""


PATH_SHOWN = 200
"""How much of a path a message names, in characters."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The verdict and how it came about.

    Attributes:
        truth: The verdict.
        left: The value of the left side of the comparison; None if there is no single one.
        right: The value of its right side.
        left_terms: What the left side adds up; None if it is no plain sum.
        right_terms: What the right side adds up.
        figures: Of what fails and is no comparison of sums: the cells it was decided on.
    """

    truth: Truth
    left: Value | None = None
    right: Value | None = None
    left_terms: tuple[Term, ...] | None = None
    right_terms: tuple[Term, ...] | None = None
    figures: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """An expression whose paths are cells.

    Attributes:
        node: The expression.
        operands: All cells it reads, in order of appearance, none twice.
        sides: The two sides, if the expression is one comparison or has one as conclusion.
        conditional: The comparison stands behind `if ... then`.
        truth: Gives the verdict, called with a function that reads cells.
        terms: How many cells it reads, one that stands twice counted twice.
        resolved: The cells of each of its paths.
    """

    node: Node
    operands: tuple[Operand, ...]
    sides: Sides | None
    conditional: bool
    truth: Judge
    terms: int
    resolved: Resolved
    _left: Calculate | None
    _right: Calculate | None

    def evaluate(self, read: Read) -> Evaluation:
        """Return the verdict with the values and the worked terms of the two sides."""
        truth = self.truth(read)
        if self.sides is None or self._left is None or self._right is None:
            return Evaluation(truth)
        return Evaluation(
            truth,
            self._left(read),
            self._right(read),
            None if self.sides.left is None else worked(self.sides.left, read),
            None if self.sides.right is None else worked(self.sides.right, read),
        )


def bind(node: Node, resolve: Resolve, *, source: str = "", allow_nothing: bool = False) -> Bound:
    """Bind an expression to cells.

    Args:
        node: What `parse` gave.
        resolve: Gives the cells of a path.
        source: The text the node was read from, for the caret of errors.
        allow_nothing: A path in a fold may name no cell, because there are no entry rows now.

    Raises:
        ExpressionError: A path names no cell, or several where one is wanted; there are too
            many terms; or the expression is a bare figure.
    """
    if not is_judgement(node):
        message = Text("这里请写一个判断，例如用 = 比较两个数。", "a condition is needed here")
        raise ExpressionError(message, node.start, source)
    resolved: dict[Path, tuple[Operand, ...]] = {}
    terms = 0
    for path, folded in _paths(node):
        operands = resolved.get(path)
        if operands is None:
            operands = resolved[path] = tuple(resolve(path))
        _check_number(path, len(operands), source, folded=folded, allow_nothing=allow_nothing)
        terms += len(operands)
        if terms > TERMS_LIMIT:
            message = Text(
                f"算式展开后超过 {TERMS_LIMIT} 项，请拆成几条规则。",
                f"the expression has more than {TERMS_LIMIT} terms; split it into several rules",
            )
            raise ExpressionError(message, path.start, source)
    cells = tuple(dict.fromkeys(cell for operands in resolved.values() for cell in operands))
    conditional = isinstance(node, IfThen)
    comparison = node.conclusion if isinstance(node, IfThen) else node
    sides = left = right = None
    if isinstance(comparison, Compare):
        sides = Sides(
            terms_of(comparison.left, resolved),
            comparison.operator,
            terms_of(comparison.right, resolved),
        )
        left = calculation(comparison.left, resolved)
        right = calculation(comparison.right, resolved)
    judge = judgement(node, resolved)
    return Bound(node, cells, sides, conditional, judge, terms, resolved, left, right)


def _paths(node: Node) -> Iterator[tuple[Path, bool]]:
    """Yield the paths as they are written, each with whether a fold takes it whole."""
    waiting = [(node, False)]
    while waiting:
        current, folded = waiting.pop()
        if isinstance(current, Path):
            yield current, folded
        folds = isinstance(current, Call) and current.function in FOLDS
        waiting.extend((child, folds) for child in reversed(children(current)))


def _check_number(
    path: Path, number: int, source: str, *, folded: bool, allow_nothing: bool
) -> None:
    if number == 1 or (folded and (number or allow_nothing)):
        return
    name = shown(write_path(path), PATH_SHOWN)
    if number:
        message = Text(
            f"路径 {name} 指向 {number} 个格，这里请只指一个。",
            f"{name} names {number} cells where one is wanted",
        )
    else:
        message = Text(f"路径 {name} 没有对应的格，请核对名称。", f"{name} names no cell")
    raise ExpressionError(message, path.start, source)
