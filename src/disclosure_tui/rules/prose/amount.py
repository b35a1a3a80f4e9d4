"""What the tables say: the expressions that a sentence may agree with, bound to cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    Bound,
    Evaluation,
    Missing,
    Node,
    Operand,
    Path,
    Term,
    Undecided,
    Value,
    display,
)
from disclosure_tui.rules.expression.syntax import Compare
from disclosure_tui.rules.kind import Read, bound_at, parsed_check
from disclosure_tui.rules.outcome import Outcome
from disclosure_tui.rules.prose.mention import Mention
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.totals import Total
from disclosure_tui.rules.worked import paths_of

__all__ = ["Amount", "BoundAmount", "outcome_of", "parsed_amount"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An expression that is a figure: `new.total + carried_in.total`.

    Attributes:
        source: As written.
        node: The comparison `source = 0`, of which the left side is meant.
        zero: A blank counts as 0, a blank total as the sum of its parts.
    """

    source: str
    node: Compare
    zero: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths in it."""
        return tuple(paths_of(self.node))

    def at(self, scope: Scope) -> BoundAmount:
        """Tie it to the cells of a place.

        Raises:
            ExpressionError: A path names no cell, or several where one is wanted.
        """
        bound = bound_at(self.node, scope, self.source)
        return BoundAmount(bound, self.zero)

    def text(self, label: Callable[[Path], Text]) -> Text:
        """Write it in printed labels."""
        return display(self.node.left, label)


def parsed_amount(source: str, keyword: str, *, zero: bool = False) -> Amount:
    """Read an expression that is a figure.

    Raises:
        SchemaError: It cannot be read, or is a condition.
    """
    node: Node = parsed_check(f"{source} = 0", keyword)
    if not isinstance(node, Compare):
        raise SchemaError(
            Text(
                f"【{keyword}】要写一个数，不是条件", f"{keyword} needs a figure, not a condition"
            ),
            hint=same(source),
        )
    return Amount(source, node, zero)


@dataclass(frozen=True, slots=True)
class BoundAmount:
    """An amount at its cells.

    Attributes:
        bound: The expression.
        zero: A blank counts as 0, a blank total as the sum of its parts.
        parts: What the totals among the cells are made of.
    """

    bound: Bound
    zero: bool
    parts: Mapping[Pointer, tuple[Pointer, ...]] = field(default_factory=dict)

    def knowing(self, totals: Sequence[Total]) -> BoundAmount:
        """Return it with the parts of its totals, needed where a blank total is summed up."""
        if not self.zero:
            return self
        own = {operand.pointer for operand in self.bound.operands if not operand.prior}
        return replace(
            self, parts={total.target: total.sums[0] for total in totals if total.target in own}
        )

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it reads, parts of totals included."""
        parts = (Operand(part) for found in self.parts.values() for part in found)
        return (*self.bound.operands, *parts)

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """The cells of this report that it names."""
        return tuple(operand.pointer for operand in self.bound.operands if not operand.prior)

    def evaluate(self, read: Read) -> Evaluation:
        """Return its value with the worked terms."""
        if not self.zero:
            return self.bound.evaluate(read)
        operands = self.operands
        if all(read(operand) is Missing.BLANK for operand in operands):
            return Evaluation(Undecided(Missing.BLANK))
        return self.bound.evaluate(lambda operand: self._or_zero(operand, read))

    def _or_zero(self, operand: Operand, read: Read) -> Value:
        value = read(operand)
        if value is not Missing.BLANK:
            return value
        found = 0
        for part in self.parts.get(operand.pointer, ()):
            figure = read(Operand(part))
            if isinstance(figure, int):
                found += figure
            elif figure is not Missing.BLANK:
                return figure
        return found

    def figure(self, read: Read) -> tuple[int | Decimal | Missing, tuple[Term, ...]]:
        """Return its value, or why there is none, and the terms it is made of."""
        evaluation = self.evaluate(read)
        value = evaluation.left
        if isinstance(value, int | Decimal):
            return value, evaluation.left_terms or ()
        truth = evaluation.truth
        if isinstance(value, Missing):
            return value, ()
        return (truth.reason if isinstance(truth, Undecided) else Missing.DOUBTFUL), ()


def outcome_of(
    mention: Mention,
    amounts: Iterable[BoundAmount],
    operands: tuple[Operand, ...],
    *,
    truth: bool,
) -> Outcome:
    """Return what becomes of a figure in prose that was compared with amounts of the tables.

    Args:
        mention: The figure, as it is said.
        amounts: What it was compared with; their cells are pointed at.
        operands: All that the rule reads.
        truth: Whether it agrees.
    """
    cells = tuple(dict.fromkeys(p for amount in amounts for p in amount.pointers))
    return Outcome(
        mention.name,
        truth,
        (mention.pointer, *cells),
        operands,
        quote=mention.quote,
        said=mention.said,
        figures=mention.spans,
    )
