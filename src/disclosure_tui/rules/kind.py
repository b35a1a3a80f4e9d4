"""What a rule is, and what a rule kind must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.model.finding import Fix, Message, Severity
from disclosure_tui.model.origin import RuleChange
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    Bound,
    Evaluation,
    ExpressionError,
    Node,
    Operand,
    Path,
    Value,
    bind,
    parse,
    parse_path,
)
from disclosure_tui.rules.scope import Scope

__all__ = [
    "Evaluator",
    "Kind",
    "Parsed",
    "Read",
    "Rule",
    "Worded",
    "bound_at",
    "described",
    "parsed_check",
    "parsed_path",
]

Read = Callable[[Operand], Value]
"""How an evaluator gets the value of a cell."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One declared rule, ready to be explained.

    Attributes:
        identifier: `T3-BAL`.
        level: Where it is declared.
        kind: Keyword of its kind.
        severity: How much a failure weighs.
        origin: File and pointer in the schema.
        authority: The clause behind it.
        message: Replaces the first sentence of the panel text, or None.
        advice: Ends the panel text, or None.
        description: What it checks.
        example: A worked example.
        reasons: Reasons that may be given for a query.
        item: The declaration as written.
        digest: What tells its formula from another one.
        added: An overlay declares it.
        changes: What an overlay says of it.
    """

    identifier: str
    level: Pointer
    kind: str
    severity: Severity
    origin: str
    authority: Text | None
    message: Text | None
    advice: Text | None
    description: Text | None
    example: Text | None
    reasons: tuple[Text, ...]
    item: Mapping[str, Any]
    digest: str = ""
    added: bool = False
    changes: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Worded:
    """What an evaluator has to say about a failure.

    Attributes:
        line: For the status line.
        headline: First sentence of the panel: 表三【自然人】列勾稽关系不符.
        body: The worked numbers, for the panel; an empty template where there are none.
    """

    line: Message
    headline: Message
    body: Message


class Evaluator(Protocol):
    """A rule at one place."""

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it reads, in the order of the rule."""

    @property
    def terms(self) -> int:
        """How many cells it reads, one that stands twice counted twice: what it costs."""

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The cells of this report that it is about, the one to look at first in front."""

    def evaluate(self, read: Read) -> Evaluation:
        """Decide it."""

    def worded(self, evaluation: Evaluation) -> Worded:
        """Put a failure into words."""

    def fix(self, evaluation: Evaluation) -> Fix | None:
        """Return a change that would settle a failure, or None."""

    @property
    def total(self) -> tuple[Pointer, tuple[Pointer, ...]] | None:
        """The cell that it can compute and the parts, or None."""


class Parsed(Protocol):
    """The part of a declaration that belongs to its kind, read and understood."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every path it names, in order."""

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> Evaluator:
        """Make it ready at one place.

        Args:
            scope: The place.
            totals: Rows or cells that are totals in the direction of the scope.
        """

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write the formula, every path replaced by its label."""

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Return the rows (in a column) or cells that it makes totals of."""


class Kind(Protocol):
    """A rule kind: one module of `rules.kinds` with a value of this shape called `KIND`."""

    @property
    def keyword(self) -> str:
        """The keyword that makes an item of `x-rules` one of this kind."""

    @property
    def item_schema(self) -> Mapping[str, Any]:
        """JSON Schema of each of its keys."""

    def parse(self, item: Mapping[str, Any]) -> Parsed:
        """Read a declaration.

        Raises:
            SchemaError: An expression cannot be read.
        """


def described(zh: str, en: str) -> dict[str, Any]:
    """Return what the schema of a key of a kind says about the key, as the dialect does."""
    return {"description": en, "x-description": {"zh": zh}}


def parsed_check(text: str, keyword: str) -> Node:
    """Read an expression of a schema.

    Raises:
        SchemaError: With the place in the expression marked.
    """
    try:
        return parse(text)
    except ExpressionError as error:
        raise _unreadable(error, keyword) from error


def bound_at(node: Node, scope: Scope, source: str = "") -> Bound:
    """Tie a check or condition to the cells of a place.

    Where the filer can add rows a fold may find none: a report that has none yet is no fault of
    the schema.

    Args:
        node: The expression.
        scope: The place.
        source: The text it was read from, for the caret of errors.

    Raises:
        SchemaError: A path names no cell, or several where one is wanted.
    """
    return bind(node, scope.operands, source=source, allow_nothing=scope.form.has_entries)


def parsed_path(text: str, keyword: str) -> Path:
    """Read a path or pattern of a schema.

    Raises:
        SchemaError: With the place in the path marked.
    """
    try:
        return parse_path(text)
    except ExpressionError as error:
        raise _unreadable(error, keyword) from error


def _unreadable(error: ExpressionError, keyword: str) -> SchemaError:
    what = Text(f"【{keyword}】看不懂：", f"{keyword} cannot be read: ") + error.message
    return SchemaError(what, hint=same(error.caret()))
