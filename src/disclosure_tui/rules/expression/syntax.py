"""The tree of a parsed expression or path (DIALECT 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TypeAlias

from disclosure_tui.data_class import dataclass

__all__ = [
    "FOLDS",
    "KEYWORDS",
    "Addition",
    "And",
    "AnyDepth",
    "AnyOne",
    "Call",
    "Compare",
    "Figure",
    "Function",
    "IfThen",
    "Literal",
    "Matched",
    "Name",
    "Negate",
    "Node",
    "Not",
    "Number",
    "Operator",
    "Or",
    "Origin",
    "Path",
    "Product",
    "Segment",
    "SignedTerm",
    "children",
    "has_cells",
    "is_judgement",
    "is_pattern",
]

Figure: TypeAlias = int | Decimal
"""An exact number; never a binary float."""

KEYWORDS = frozenset({"if", "then", "and", "or", "not", "prior", "report", "this"})
"""Words that are keys only in double quotes (DIALECT 4)."""


class Function(StrEnum):
    """A function of the dialect; its name is one only before an opening bracket."""

    SUM = "sum"
    COUNT = "count"
    LEAST = "min"
    GREATEST = "max"
    MAGNITUDE = "abs"
    ROUND = "round"
    PRESENT = "present"
    LENGTH = "length"
    CONTAINS = "contains"


FOLDS = frozenset({Function.SUM, Function.COUNT, Function.LEAST, Function.GREATEST})
"""The functions that take any number of cells and skip not-applicable ones (DIALECT 7)."""


class Operator(StrEnum):
    """A comparison."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


class Origin(Enum):
    """Where a path starts."""

    HERE = ""
    PRIOR = "prior"
    REPORT = "report"
    PRIOR_REPORT = "prior.report"

    @property
    def is_prior(self) -> bool:
        """Tell whether the path leads into last year's report."""
        return self in (Origin.PRIOR, Origin.PRIOR_REPORT)

    @property
    def is_root(self) -> bool:
        """Tell whether the path starts at the root of a report, not at the place."""
        return self in (Origin.REPORT, Origin.PRIOR_REPORT)


@dataclass(frozen=True, slots=True)
class Name:
    """A key, written plainly or in double quotes."""

    key: str


@dataclass(frozen=True, slots=True)
class AnyOne:
    """`*`: exactly one segment, whatever its key."""


@dataclass(frozen=True, slots=True)
class AnyDepth:
    """`**`: any number of segments, also none."""


@dataclass(frozen=True, slots=True)
class Matched:
    """`@`, `@1`: the key that the first, the second `*` of the item of `each` matched."""

    index: int


Segment: TypeAlias = Name | AnyOne | AnyDepth | Matched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spanned:
    """A part of the source text, from `start` up to `end`; trees compare without it."""

    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(_Spanned):
    """A whole number or an exact decimal."""

    value: Figure


@dataclass(frozen=True, slots=True)
class Literal(_Spanned):
    """A text in single quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(_Spanned):
    """The address of one cell, or with patterns of several; without segments it is `this`."""

    origin: Origin
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Negate(_Spanned):
    """A minus sign before one operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class SignedTerm:
    """A term of an addition: added if the sign is 1, taken away if it is -1."""

    sign: int
    node: Node


@dataclass(frozen=True, slots=True)
class Addition(_Spanned):
    """Terms added and subtracted; flat, so that a long sum is not a deep tree."""

    terms: tuple[SignedTerm, ...]


@dataclass(frozen=True, slots=True)
class Product(_Spanned):
    """Factors multiplied; where more than one holds cells it is no sum of terms any more."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(_Spanned):
    """Two figures or texts compared."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not(_Spanned):
    """The opposite of a judgement."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And(_Spanned):
    """Judgements that must all hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(_Spanned):
    """Judgements of which one must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class IfThen(_Spanned):
    """A judgement that must hold where a condition does."""

    condition: Node
    conclusion: Node


@dataclass(frozen=True, slots=True)
class Call(_Spanned):
    """A function with its arguments."""

    function: Function
    arguments: tuple[Node, ...]


Node: TypeAlias = (
    Number | Literal | Path | Negate | Addition | Product | Compare | Not | And | Or | IfThen | Call
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below one, in the order they are written."""
    match node:
        case Negate(operand=operand) | Not(operand=operand):
            return (operand,)
        case Addition(terms=terms):
            return tuple(term.node for term in terms)
        case Product(factors=parts) | And(parts=parts) | Or(parts=parts) | Call(arguments=parts):
            return parts
        case Compare(left=first, right=second) | IfThen(condition=first, conclusion=second):
            return (first, second)
        case _:
            return ()


def _descendants(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def has_cells(node: Node) -> bool:
    """Tell whether the value of a node depends on the report."""
    return any(isinstance(part, Path) for part in _descendants(node))


def is_judgement(node: Node) -> bool:
    """Tell whether a node is true or false, not a figure or a text."""
    if isinstance(node, Call):
        return node.function in (Function.PRESENT, Function.CONTAINS)
    return isinstance(node, Compare | Not | And | Or | IfThen)


def is_pattern(path: Path) -> bool:
    """Tell whether a path may name several places."""
    return any(isinstance(segment, AnyOne | AnyDepth) for segment in path.segments)
