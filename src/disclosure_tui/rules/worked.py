"""Comparisons at one place, and how their failures are put into numbers and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model import finding as model
from disclosure_tui.model.finding import Argument, Fix, LabelOf, Message, Place, Terms
from disclosure_tui.model.form import Form, Role, Rows
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Coded, Evaluation, Operand, Operator, Value
from disclosure_tui.rules.expression import Term as WorkedTerm
from disclosure_tui.rules.expression.syntax import Node, Path, children
from disclosure_tui.rules.kind import Read, Worded
from disclosure_tui.rules.scope import Direction, Scope
from disclosure_tui.rules.tolerance import equal_as_printed

__all__ = ["Comparison", "figure_text", "gap", "joined", "naming", "paths_of", "side", "where"]

MANY = 7
"""A sum of more terms than this names only those that are not 0."""


def paths_of(node: Node) -> Iterator[Path]:
    """Yield the paths of an expression in the order they are written."""
    if isinstance(node, Path):
        yield node
    for child in children(node):
        yield from paths_of(child)


def naming(scope: Scope) -> Place:
    """Return how the cells of a scope are told apart."""
    if scope.direction is Direction.COLUMN:
        return Place.ROW
    return Place.PATH if scope.direction is Direction.LEVEL else Place.COLUMN


def where(scope: Scope, cell: Pointer, template: Text, *, exact: bool) -> Message:
    """Return a message that begins with the place: 表三【自然人】列 and the template.

    Args:
        scope: The place.
        cell: A cell of it.
        template: What follows; empty for the place alone.
        exact: Labels as printed, else the short ones.
    """
    if scope.direction is Direction.COLUMN:
        label = LabelOf(cell, Place.COLUMN_TITLE if exact else Place.COLUMN)
        head = Text("{table}【{name}】列", "{table}, column {name}")
    elif scope.direction is Direction.ROW:
        label = LabelOf(cell, Place.ROW_TITLE if exact else Place.ROW)
        table = scope.form.nearest(cell, Role.TABLE)
        across = table is not None and table.rows is Rows.ACROSS
        # Printed across, all rows stand in one line: none of them is a row to the reader.
        row = Text("{table}【{name}】", "{table}, {name}")
        head = row if across else Text("{table}【{name}】行", "{table}, row {name}")
    else:
        label = LabelOf(scope.place, Place.PATH)
        head = Text("{name}", "{name}")
    return Message(head + template, {"table": LabelOf(cell, Place.TABLE), "name": label})


def joined(first: Message, second: Message) -> Message:
    """Return one message that says the first, then the second."""
    return Message(Text("{first}{second}", "{first}{second}"), {"first": first, "second": second})


def figure_text(value: Value | None) -> int | Decimal | str:
    """Return a value as a slot takes it."""
    if isinstance(value, Coded):
        return value.text
    return value if isinstance(value, int | Decimal | str) else "?"


def side(terms: tuple[WorkedTerm, ...], value: Value | None, named: Place | None) -> Message:
    """Word one side: its terms, and their sum where there are several."""
    shown = terms
    rest = ""
    if len(terms) > MANY:
        shown = tuple(term for term in terms if term.value != 0) or terms[:1]
        rest = "（其余为 0）" if len(shown) < len(terms) else ""
    summands: Argument = Terms(tuple(_model_term(term) for term in shown), named)
    constant = len(terms) == 1 and terms[0].operand is None
    if constant or (len(terms) == 1 and terms[0].coefficient == 1 and terms[0].sign > 0):
        return Message(Text("{terms}", "{terms}"), {"terms": summands})
    template = Text(
        "{terms} = {value}" + rest, "{terms} = {value}" + (" (others 0)" if rest else "")
    )
    return Message(template, {"terms": summands, "value": figure_text(value)})


def _model_term(term: WorkedTerm) -> model.Term:
    value = term.value
    plain = value if isinstance(value, int | Decimal | str) else figure_text(value)
    return model.Term(
        term.sign * term.coefficient,
        term.operand.pointer if term.operand is not None else None,
        plain,
        prior=term.operand is not None and term.operand.prior,
    )


_RELATIONS = {
    Operator.EQUAL: Text("应等于", "should equal"),
    Operator.UNEQUAL: Text("不应等于", "should differ from"),
    Operator.LESS: Text("应小于", "should be below"),
    Operator.AT_MOST: Text("不应大于", "should be at most"),
    Operator.GREATER: Text("应大于", "should be above"),
    Operator.AT_LEAST: Text("不应小于", "should be at least"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """An expression at one place.

    Attributes:
        bound: The expression, tied to the cells.
        scope: The place.
        primary: The cells it is about, the one to look at first in front.
        tolerant: What is equal as printed is equal.
    """

    bound: Bound
    scope: Scope
    primary: tuple[Pointer, ...]
    tolerant: bool = False

    @classmethod
    def at(cls, bound: Bound, scope: Scope, *, tolerant: bool = False) -> Comparison:
        """Build it; all cells of this report belong to it, in the order of the rule."""
        form = scope.form
        own = [_standing(form, item.pointer) for item in bound.operands if not item.prior]
        return cls(bound, scope, tuple(dict.fromkeys(own)), tolerant)

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it reads."""
        return self.bound.operands

    @property
    def terms(self) -> int:
        """How many cells it reads, one that stands twice counted twice."""
        return self.bound.terms

    @property
    def total(self) -> tuple[Pointer, tuple[Pointer, ...]] | None:
        """A comparison computes nothing."""
        return None

    def evaluate(self, read: Read) -> Evaluation:
        """Decide it; the two sides are worked out only to word a failure."""
        truth = self.bound.truth(read)
        if truth is not False:
            return Evaluation(truth)
        evaluation = self.bound.evaluate(read)
        sides = self.bound.sides
        if self.tolerant and sides is not None:
            return replace(evaluation, truth=equal_as_printed(sides.operator, evaluation))
        if evaluation.left_terms is None or evaluation.right_terms is None:
            return replace(evaluation, figures=tuple(_figures(self.operands, read)))
        return evaluation

    def fix(self, evaluation: Evaluation) -> Fix | None:
        """A comparison alone does not tell which cell is wrong."""
        del evaluation
        return None

    def worded(self, evaluation: Evaluation) -> Worded:
        """Put a failure into words: both sides worked out, then how they should relate."""
        cell = self.primary[0] if self.primary else self.scope.place
        equal = self.bound.sides is not None and self.bound.sides.operator is Operator.EQUAL
        failing = Text("勾稽关系不符。", " does not balance.") if equal else _BROKEN
        headline = where(self.scope, cell, failing, exact=True)
        body = self._body(evaluation, self._naming)
        if evaluation.figures or not body.template.zh:
            return Worded(where(self.scope, cell, _BROKEN_LINE, exact=False), headline, body)
        short = self._body(evaluation, self._naming, brief=not self._brief(evaluation))
        opening = where(self.scope, cell, Text("：", ": "), exact=False)
        return Worded(joined(opening, short), headline, body)

    def _told(self, figures: tuple[WorkedTerm, ...]) -> tuple[WorkedTerm, ...]:
        """Return the figures to be listed: of very many those of the place itself."""
        if len(figures) <= MANY:
            return figures
        place = self.scope.place
        here = [
            f for f in figures if f.operand is not None and f.operand.pointer.starts_with(place)
        ]
        return tuple(here[:MANY])

    @property
    def _naming(self) -> Place:
        """Return how the cells are told apart: a place may reach over several rows."""
        named = naming(self.scope)
        above = (self.scope.form.nearest(item.pointer, Role.ROW) for item in self.operands)
        rows = {row.pointer for row in above if row is not None}
        several = self.scope.direction is Direction.PLACE and len(rows) > 1
        return Place.PATH if several else named

    @staticmethod
    def _brief(evaluation: Evaluation) -> bool:
        """Tell whether the names fit into the status line beside the figures."""
        terms = (*(evaluation.left_terms or ()), *(evaluation.right_terms or ()))
        return len(terms) < 4

    def _body(self, evaluation: Evaluation, named: Place, *, brief: bool = False) -> Message:
        """Work both sides out; in brief, only a cell that stands alone is named."""
        sides = self.bound.sides
        left, right = evaluation.left_terms, evaluation.right_terms
        if sides is None or left is None or right is None:
            return _listed(self._told(evaluation.figures), named)
        arguments: dict[str, Argument] = {
            "left": side(left, evaluation.left, None if brief and len(left) > 1 else named),
            "right": side(right, evaluation.right, None if brief and len(right) > 1 else named),
        }
        if sides.operator is Operator.EQUAL and any(term.operand for term in right):
            arguments["difference"] = gap(evaluation.left, evaluation.right)
            return Message(
                Text(
                    "{left}；{right}；相差 {difference}",
                    "{left}; {right}; difference {difference}",
                ),
                arguments,
            )
        relation = _RELATIONS[sides.operator]
        template = Text("{left}，{relation} {right}", "{left}, {relation} {right}")
        return Message(template, {**arguments, "relation": relation})


def _standing(form: Form, pointer: Pointer) -> Pointer:
    """Return a cell, or where its row would stand in a report that does not have it."""
    while form.node(pointer) is None:
        pointer = pointer.parent
    return pointer


def _figures(operands: tuple[Operand, ...], read: Read) -> Iterator[WorkedTerm]:
    """Yield the cells with figures; what texts say is not repeated."""
    for operand in operands:
        value = read(operand)
        if isinstance(value, int | Decimal | Coded):
            yield WorkedTerm(1, 1, operand, value)


def _listed(figures: tuple[WorkedTerm, ...], named: Place | None) -> Message:
    """Name the figures side by side: 处理决定 12；上年 处理决定 150."""
    slots = {
        f"figure{index}": Terms((_model_term(term),), named) for index, term in enumerate(figures)
    }
    names = [f"{{{name}}}" for name in slots]
    return Message(Text("；".join(names), "; ".join(names)), slots)


def gap(left: Value | None, right: Value | None) -> int | Decimal | str:
    """Return by how much two sides differ, for a sentence; `?` where they are no figures."""
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return max(left, right) - min(left, right)
    return "?"


_BROKEN = Text("不符合校验规则。", " breaks a rule.")
_BROKEN_LINE = Text("不符合校验规则", " breaks a rule")
