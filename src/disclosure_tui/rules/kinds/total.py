"""Rule kind `total`: a cell is the sum of others, and can be computed from them.

What it checks: the parts add up to the total; it also lets the total follow its parts while
they are filled in.
Example: `"total": "total", "of": ["*"]`, once per row.
How to fix: compare the parts with the records; if they are right, have the total computed.
Source: dialect, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Argument, Fix, LabelOf, Message
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    AnyDepth,
    AnyOne,
    Evaluation,
    Operand,
    Operator,
    Path,
    bind,
    display,
)
from disclosure_tui.rules.expression.syntax import Call, Compare, Function
from disclosure_tui.rules.kind import Read, Worded, described, parsed_path
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.worked import Comparison, figure_text, gap, joined, naming, side, where

__all__ = ["KIND"]

FEW = 4
"""A sum of so many parts is written out even in the status line."""


@dataclass(frozen=True, slots=True)
class _TotalAt:
    """A total at one place. It is a comparison that also says how to compute one side."""

    comparison: Comparison
    target: Pointer
    parts: tuple[Pointer, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The parts, then the total."""
        return self.comparison.operands

    @property
    def terms(self) -> int:
        """How many cells it reads."""
        return self.comparison.terms

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The total, then its parts."""
        return (self.target, *self.parts)

    @property
    def total(self) -> tuple[Pointer, tuple[Pointer, ...]] | None:
        """The cell it computes, and from what."""
        return self.target, self.parts

    def evaluate(self, read: Read) -> Evaluation:
        """Decide it."""
        return self.comparison.evaluate(read)

    def fix(self, evaluation: Evaluation) -> Fix | None:
        """Offer to have the total computed."""
        if not isinstance(evaluation.left, int | Decimal):
            return None
        change = Transaction((SetValue(self.target, evaluation.left),), _COMPUTE)
        return Fix(_COMPUTE, change)

    def worded(self, evaluation: Evaluation) -> Worded:
        """Put a failure into words: the parts, what they add up to, what the total is."""
        scope = self.comparison.scope
        terms = evaluation.left_terms or ()
        left, right = evaluation.left, evaluation.right
        label = naming(scope)
        arguments: dict[str, Argument] = {
            "parts": side(terms, left, label),
            "left": figure_text(left),
            "right": figure_text(right),
            "total": LabelOf(self.target, label),
            "difference": gap(left, right),
        }
        body = Message(_WORKED, arguments)
        short = body if len(terms) <= FEW else Message(_SUMMED, arguments)
        opening = where(scope, self.target, Text("：", ": "), exact=False)
        headline = where(scope, self.target, _HEADLINE, exact=True)
        return Worded(joined(opening, short), headline, body)


_COMPUTE = Text("改为自动计算", "have it computed")
_HEADLINE = Text("各项相加与总计不符。", ": the parts do not add up to the total.")
_WORKED = Text(
    "{parts}，{total}填了 {right}，相差 {difference}",
    "{parts}, but {total} is {right}: difference {difference}",
)
_SUMMED = Text(
    "各项相加得 {left}，{total}填了 {right}，相差 {difference}",
    "the parts give {left}, but {total} is {right}: difference {difference}",
)


@dataclass(frozen=True, slots=True)
class _Total:
    """A declared total."""

    of: tuple[Path, ...]
    total: Path
    tolerant: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The total first: in a column its row gives the columns."""
        return (self.total, *self.of)

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _TotalAt:
        """Tie it to the cells of a place; patterns leave out what is itself a total there."""

        def resolve(path: Path) -> tuple[Operand, ...]:
            return scope.operands(path, excluded=totals, numeric=_is_pattern(path))

        node = Compare(Operator.EQUAL, Call(Function.SUM, self.of), self.total)
        bound = bind(node, resolve, allow_nothing=scope.form.has_entries)
        parts = tuple(item.pointer for path in self.of for item in resolve(path))
        target = scope.operands(self.total)[0].pointer
        return _TotalAt(Comparison.at(bound, scope, tolerant=self.tolerant), target, parts)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write it in printed labels."""
        node = Compare(Operator.EQUAL, Call(Function.SUM, self.of), self.total)
        return display(node, label)

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Return the cell (in a column: the row) that is a total here.

        Raises:
            SchemaError: The total is written as a pattern.
        """
        if _is_pattern(self.total):
            raise SchemaError(
                Text("【total】只能指一格，不能用 *", "total names one cell, without *")
            )
        cell = scope.operands(self.total)[0].pointer
        if scope.direction is not Direction.COLUMN:
            return frozenset({cell})
        return frozenset({Pointer(cell[: len(cell) - len(scope.column)])})


def _is_pattern(path: Path) -> bool:
    return any(isinstance(segment, AnyOne | AnyDepth) for segment in path.segments)


class _TotalKind:
    """The kind."""

    keyword = "total"
    item_schema: Mapping[str, Any] = {
        "total": {
            "type": "string",
            "minLength": 1,
            **described("合计的那一格。", "The cell that is the sum (dialect, section 6)."),
        },
        "of": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
            **described(
                "相加等于合计的格或行，可以写通配。",
                "Cells, rows or patterns of them that add up to the total.",
            ),
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Total:
        """Read the paths.

        Raises:
            SchemaError: A path cannot be read, or `of` is missing.
        """
        if not item.get("of"):
            raise SchemaError(Text("【total】要同时写【of】", "total needs of: what it is made of"))
        of = tuple(parsed_path(text, "of") for text in item["of"])
        tolerant = item.get("tolerance") == "printed"
        return _Total(of, parsed_path(item["total"], self.keyword), tolerant)


KIND = _TotalKind()
