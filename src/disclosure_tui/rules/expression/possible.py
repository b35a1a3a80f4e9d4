"""Which verdicts an expression can come to at all, whatever is filled in.

Bounded: every cell that is compared with constants is tried in every range between them, and
every text with every literal; combinations over `MOST_TRIED` are not told apart. What is said to
be impossible is proven; what is said to be possible may still not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.expression.binding import Bound
from disclosure_tui.rules.expression.calculation import calculation
from disclosure_tui.rules.expression.linear import linear
from disclosure_tui.rules.expression.operand import Operand, Resolved
from disclosure_tui.rules.expression.syntax import (
    And,
    Call,
    Compare,
    Figure,
    Function,
    IfThen,
    Literal,
    Node,
    Not,
    Number,
    Operator,
    Or,
    Path,
    children,
)
from disclosure_tui.rules.expression.truth import COMPARISONS, compare, compare_with_text
from disclosure_tui.rules.expression.values import INFINITY, Interval, Missing, Value

__all__ = ["MOST_TRIED", "Domain", "possible"]

MOST_TRIED = 2_000
"""So many combinations of ranges and texts are tried."""

_EITHER = frozenset({True, False})
_OTHER = "\0 any other text"

_Truths: TypeAlias = frozenset[bool]
_Known: TypeAlias = Mapping[Operand, Value]


@dataclass(frozen=True, slots=True)
class Domain:
    """What may stand in a cell.

    Attributes:
        least: The least figure, or None: no lower end.
        most: The greatest figure, or None: no upper end.
        integral: Whole numbers only.
        texts: The only texts, or None: any text, or none at all in a cell for figures.
        figures: Figures are wanted here; else texts.
        coded: Codes may stand in place of figures, so that less is known.
    """

    least: Figure | None = None
    most: Figure | None = None
    integral: bool = False
    texts: tuple[str, ...] | None = None
    figures: bool = True
    coded: bool = False


def possible(bound: Bound, domain: Callable[[Operand], Domain]) -> frozenset[bool]:
    """Return the verdicts that are not proven to be impossible.

    Args:
        bound: The expression.
        domain: Gives what may stand in a cell.
    """
    constant = _constant(bound)
    if constant is not None:
        return frozenset({constant})
    domains = {operand: domain(operand) for operand in bound.operands}
    reach = _Reach(bound.resolved, domains)
    found: set[bool] = set()
    for known in _combinations(bound, domains):
        found |= reach.truths(bound.node, known)
        if found == _EITHER:
            break
    return frozenset(found)


def _constant(bound: Bound) -> bool | None:
    """Decide a comparison whose cells cancel out."""
    form = linear(bound)
    if form is None or form.coefficients:
        return None
    return bool(COMPARISONS[form.operator](form.constant, 0))


def _combinations(bound: Bound, domains: Mapping[Operand, Domain]) -> Iterator[_Known]:
    """Yield one value or range for every cell that is told apart, in all combinations."""
    shape = _Shape.of(bound)
    chosen: list[tuple[Operand, tuple[Value, ...]]] = []
    number = 1
    for operand, its_domain in domains.items():
        options = tuple(_options(shape, operand, its_domain))
        if len(options) > 1 and number * len(options) <= MOST_TRIED:
            chosen.append((operand, options))
            number *= len(options)
    for values in product(*(options for _, options in chosen)):
        yield {operand: value for (operand, _), value in zip(chosen, values, strict=True)}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an expression does with its cells.

    Attributes:
        constants: The numbers in it.
        literals: The texts in it.
        asked: The cells of which it asks whether they are filled in.
        inside: The texts that it looks into.
    """

    constants: tuple[Figure, ...]
    literals: tuple[str, ...]
    asked: frozenset[Operand]
    inside: frozenset[Operand]

    @classmethod
    def of(cls, bound: Bound) -> _Shape:
        constants: set[Figure] = {0}
        literals: dict[str, None] = {}
        asked: set[Operand] = set()
        inside: set[Operand] = set()
        waiting: list[Node] = [bound.node]
        while waiting:
            node = waiting.pop()
            waiting.extend(children(node))
            if isinstance(node, Number):
                constants |= {node.value, -node.value}
            elif isinstance(node, Literal):
                literals[node.text] = None
            elif isinstance(node, Call) and isinstance(node.arguments[0], Path):
                cells = bound.resolved[node.arguments[0]]
                if node.function is Function.PRESENT:
                    asked.update(cells)
                elif node.function in (Function.CONTAINS, Function.LENGTH):
                    inside.update(cells)
        return cls(tuple(sorted(constants)), tuple(literals), frozenset(asked), frozenset(inside))


def _options(shape: _Shape, operand: Operand, domain: Domain) -> Iterator[Value]:
    if operand in shape.asked:
        yield Missing.BLANK
    if domain.coded:
        return
    if domain.figures:
        yield from _ranges(domain, shape.constants)
    elif domain.texts is not None:
        yield from domain.texts
    elif operand not in shape.inside:
        yield from (*shape.literals, _OTHER)


def _ranges(domain: Domain, constants: Sequence[Figure]) -> Iterator[Figure | Interval]:
    """Yield the constants within a domain and the ranges between them."""
    low = -INFINITY if domain.least is None else domain.least
    high = INFINITY if domain.most is None else domain.most
    points = [point for point in constants if low < point < high]
    ends = [low, *points, high]
    for index, end in enumerate(ends):
        if end.is_finite() if isinstance(end, Decimal) else True:
            yield end
        if index + 1 < len(ends) and not _is_empty(end, ends[index + 1], domain):
            yield Interval(end, ends[index + 1], low_open=True, high_open=True)


def _is_empty(low: Figure, high: Figure, domain: Domain) -> bool:
    """Tell whether no figure lies between two ends."""
    if low >= high:
        return True
    return domain.integral and isinstance(low, int) and isinstance(high, int) and high - low == 1


@dataclass(frozen=True, slots=True)
class _Reach:
    """Finds the verdicts that the parts of an expression can come to."""

    resolved: Resolved
    domains: Mapping[Operand, Domain]

    def truths(self, node: Node, known: _Known) -> _Truths:
        """Return the possible verdicts of a node that is true or false."""
        match node:
            case Not(operand=operand):
                return frozenset(not truth for truth in self.truths(operand, known))
            case And(parts=parts):
                return self._joined(parts, known, deciding=False)
            case Or(parts=parts):
                return self._joined(parts, known, deciding=True)
            case IfThen(condition=condition, conclusion=conclusion):
                return self._joined((Not(condition), conclusion), known, deciding=True)
            case Compare():
                return self._compared(node, known)
            case Call(function=Function.PRESENT, arguments=(Path() as path, *_)):
                return self._present(path, known)
            case Call(function=Function.CONTAINS, arguments=(Path() as path, Literal(text=text))):
                value = known.get(self.resolved[path][0])
                return frozenset({text in value}) if isinstance(value, str) else _EITHER
            case _:
                return _EITHER

    def _joined(self, parts: Sequence[Node], known: _Known, *, deciding: bool) -> _Truths:
        """Join parts of which one that is `deciding` decides."""
        found = [self.truths(part, known) for part in parts]
        if any(truths == {deciding} for truths in found):
            return frozenset({deciding})
        decided = any(deciding in truths for truths in found)
        return _EITHER if decided else frozenset({not deciding})

    def _present(self, path: Path, known: _Known) -> _Truths:
        cells = self.resolved[path]
        if len(cells) == 1 and cells[0] in known:
            return frozenset({known[cells[0]] is not Missing.BLANK})
        return _EITHER

    def _compared(self, node: Compare, known: _Known) -> _Truths:
        if any(isinstance(side, Literal) for side in (node.left, node.right)):
            return self._with_text(node, known)
        read = self._reader(known)
        left, right = (calculation(side, self.resolved)(read) for side in (node.left, node.right))
        return _sure(compare(node.operator, left, right))

    def _with_text(self, node: Compare, known: _Known) -> _Truths:
        sides: list[Value] = []
        for side in (node.left, node.right):
            if isinstance(side, Literal):
                sides.append(side.text)
            elif isinstance(side, Path) and self.resolved[side][0] in known:
                sides.append(known[self.resolved[side][0]])
            else:
                return _EITHER
        if node.operator not in (Operator.EQUAL, Operator.UNEQUAL):
            return _EITHER
        return _sure(compare_with_text(node.operator, *sides))

    def _reader(self, known: _Known) -> Callable[[Operand], Value]:
        def read(operand: Operand) -> Value:
            if operand in known:
                return known[operand]
            domain = self.domains[operand]
            if not domain.figures or domain.coded:
                return Missing.UNKNOWN
            least = -INFINITY if domain.least is None else domain.least
            most = INFINITY if domain.most is None else domain.most
            return Interval(least, most)

        return read


def _sure(truth: object) -> _Truths:
    return frozenset({truth}) if isinstance(truth, bool) else _EITHER
