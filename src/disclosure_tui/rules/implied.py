"""Which equations follow from others: linear algebra over the rationals, exact.

Every rule that is a plain equation gives a row of coefficients at each of its places. A rule is
implied if all of its rows are sums of multiples of rows of other rules that always apply.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression import Bound, Operator, linear
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.worked import Comparison

__all__ = ["Implied", "comparison_of", "implied_rules"]

_Row = dict[Hashable, Fraction]

_CONSTANT = "constant"

MOST_EQUATIONS = 1_000
"""With more equations than this nothing is said: eliminating takes their cube."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A rule that says nothing new.

    Attributes:
        rule: The rule.
        origin: Where it is declared.
        by: The rules that together say the same.
    """

    rule: str
    origin: str
    by: tuple[str, ...]


def comparison_of(instance: Instance) -> Bound | None:
    """Return the expression of an instance that is one, else None."""
    evaluator = instance.evaluator
    inner = getattr(evaluator, "comparison", evaluator)
    return inner.bound if isinstance(inner, Comparison) else None


def implied_rules(instances: Iterable[Instance]) -> Iterator[Implied]:
    """Yield the rules that follow from others, in the order of the form."""
    equations = [found for each in instances if (found := _equation(each)) is not None]
    if len(equations) > MOST_EQUATIONS:
        return
    implied: set[str] = set()
    for name in dict.fromkeys(each.rule for each in equations):
        own = [each for each in equations if each.rule == name]
        # What was found to be implied is no reason for another rule: two that say the same
        # would both seem to be too many.
        others = [
            each
            for each in equations
            if each.rule != name and each.rule not in implied and each.always
        ]
        span = _Span()
        for number, each in enumerate(others):
            span.add(each.row, number)
        reasons = [span.reasons(each.row) for each in own]
        if all(reason is not None for reason in reasons):
            implied.add(name)
            numbers = {number for reason in reasons if reason for number in reason}
            used = dict.fromkeys(others[number].rule for number in sorted(numbers))
            yield Implied(name, own[0].origin, tuple(used))


@dataclass(frozen=True, slots=True)
class _Equation:
    rule: str
    origin: str
    row: _Row
    always: bool


def _equation(instance: Instance) -> _Equation | None:
    bound = comparison_of(instance)
    form = linear(bound) if bound is not None else None
    if form is None or form.operator is not Operator.EQUAL or not form.coefficients:
        return None
    row: _Row = {cell: Fraction(factor) for cell, factor in form.coefficients.items()}
    if form.constant:
        row[_CONSTANT] = Fraction(form.constant)
    rule = instance.rule
    # What holds at times only, or as printed only, is no reason for anything.
    always = instance.condition is None and not rule.item.get("tolerance")
    return _Equation(rule.identifier, rule.origin, row, always)


@dataclass(slots=True)
class _Span:
    """Rows in echelon form, each with the numbers of the rows that it was made of."""

    pivots: dict[Hashable, tuple[_Row, frozenset[int]]] = field(default_factory=dict)

    def add(self, row: Mapping[Hashable, Fraction], number: int) -> None:
        """Take in a row, unless it follows from those that are in."""
        rest, used = self._reduced(row)
        pivot = next((key for key in rest if key != _CONSTANT), None)
        if pivot is not None:
            factor = rest[pivot]
            scaled = {key: value / factor for key, value in rest.items()}
            self.pivots[pivot] = (scaled, used | {number})

    def reasons(self, row: Mapping[Hashable, Fraction]) -> frozenset[int] | None:
        """Return the numbers of the rows that a row follows from, or None if it does not."""
        rest, used = self._reduced(row)
        return None if rest else used

    def _reduced(self, row: Mapping[Hashable, Fraction]) -> tuple[_Row, frozenset[int]]:
        rest = dict(row)
        used: frozenset[int] = frozenset()
        waiting = list(rest)
        while waiting:
            key = waiting.pop()
            if key not in rest or key not in self.pivots:
                continue
            other, numbers = self.pivots[key]
            factor = rest[key]
            used |= numbers
            for place, value in other.items():
                if (left := rest.get(place, Fraction()) - factor * value) == 0:
                    rest.pop(place, None)
                else:
                    rest[place] = left
                    waiting.append(place)
        return rest, used
