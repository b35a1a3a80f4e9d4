"""The expression language of rules: text, tree, cells, values and verdicts (DIALECT 4 to 7).

`parse` reads a text, `bind` ties its paths to cells, `Bound.truth` gives the verdict on the
values of those cells. Everything here is pure: no files, no clock, no evaluation of Python.
"""

from __future__ import annotations

from disclosure_tui.rules.expression.binding import Bound, Evaluation, bind
from disclosure_tui.rules.expression.display import display
from disclosure_tui.rules.expression.fault import ExpressionError, caret_under, shown
from disclosure_tui.rules.expression.linear import Linear, linear
from disclosure_tui.rules.expression.operand import Operand, Read, Resolve
from disclosure_tui.rules.expression.parser import parse, parse_path
from disclosure_tui.rules.expression.paths import write_path
from disclosure_tui.rules.expression.possible import Domain, possible
from disclosure_tui.rules.expression.syntax import (
    AnyDepth,
    AnyOne,
    Figure,
    Matched,
    Name,
    Node,
    Operator,
    Origin,
    Path,
    Segment,
)
from disclosure_tui.rules.expression.terms import Sides, Term, TermShape, worked
from disclosure_tui.rules.expression.truth import (
    INAPPLICABLE,
    Inapplicable,
    Truth,
    Undecided,
    compare,
)
from disclosure_tui.rules.expression.usage import mistyped
from disclosure_tui.rules.expression.values import Coded, Interval, Meaning, Missing, Value

__all__ = [
    "INAPPLICABLE",
    "AnyDepth",
    "AnyOne",
    "Bound",
    "Coded",
    "Domain",
    "Evaluation",
    "ExpressionError",
    "Figure",
    "Inapplicable",
    "Interval",
    "Linear",
    "Matched",
    "Meaning",
    "Missing",
    "Name",
    "Node",
    "Operand",
    "Operator",
    "Origin",
    "Path",
    "Read",
    "Resolve",
    "Segment",
    "Sides",
    "Term",
    "TermShape",
    "Truth",
    "Undecided",
    "Value",
    "bind",
    "caret_under",
    "compare",
    "display",
    "linear",
    "mistyped",
    "parse",
    "parse_path",
    "possible",
    "shown",
    "worked",
    "write_path",
]
