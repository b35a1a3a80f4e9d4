"""Binding paths to cells, and evaluating."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    INAPPLICABLE,
    Bound,
    Coded,
    ExpressionError,
    Meaning,
    Missing,
    Operand,
    Path,
    Term,
    TermShape,
    Truth,
    Undecided,
    Value,
    bind,
    parse,
    write_path,
)
from disclosure_tui.rules.expression.binding import TERMS_LIMIT
from disclosure_tui.rules.expression.syntax import AnyOne, Compare, Name, Number, Operator


def cell(name: str, *, prior: bool = False) -> Operand:
    return Operand(Pointer.of(name), prior)


def resolve(path: Path) -> tuple[Operand, ...]:
    """Each key is a cell of its own; `*` is p, q and r; `none` names nothing."""
    if any(isinstance(segment, AnyOne) for segment in path.segments):
        return tuple(map(cell, "pqr"))
    name = "".join(segment.key for segment in path.segments if isinstance(segment, Name))
    if name == "none":
        return ()
    return (cell(name, prior=path.origin.is_prior),)


def bound(text: str) -> Bound:
    return bind(parse(text), resolve, source=text)


def judged(text: str, **values: Value) -> Truth:
    cells: Mapping[Operand, Value] = {
        cell(name.removeprefix("prior_"), prior=name.startswith("prior_")): value
        for name, value in values.items()
    }
    return bound(text).truth(cells.__getitem__)


NA = Coded("N/A", Meaning.NOT_APPLICABLE)
LOW = Coded("<1", Meaning.RANGE, 0, 1)
BLANK = Undecided(Missing.BLANK)
NO_PRIOR = Undecided(Missing.NO_PRIOR)
MISTYPED = Undecided(Missing.MISTYPED)
T: dict[str, Value] = {"a": 1, "b": 0, "c": Missing.BLANK, "d": NA, "e": Missing.NO_PRIOR}
# true: a = 1; false: b = 1; undecided: c = 1; inapplicable: d = 1

TRUTHS: dict[str, Truth] = {
    "a = 1 and a = 1": True,
    "a = 1 and b = 1": False,
    "c = 1 and b = 1": False,
    "b = 1 and d = 1": False,
    "d = 1 and b = 1": False,
    "a = 1 and c = 1": BLANK,
    "c = 1 and d = 1": BLANK,
    "d = 1 and c = 1": BLANK,
    "e = 1 and c = 1": BLANK,
    "e = 1 and d = 1": NO_PRIOR,
    "a = 1 and d = 1": INAPPLICABLE,
    "b = 1 or b = 1": False,
    "c = 1 or a = 1": True,
    "d = 1 or a = 1": True,
    "b = 1 or c = 1": BLANK,
    "d = 1 or c = 1": BLANK,
    "b = 1 or d = 1": INAPPLICABLE,
    "if a = 1 then a = 1": True,
    "if a = 1 then b = 1": False,
    "if b = 1 then c = 1": True,
    "if b = 1 then d = 1": True,
    "if c = 1 then a = 1": True,
    "if d = 1 then a = 1": True,
    "if c = 1 then b = 1": BLANK,
    "if d = 1 then b = 1": INAPPLICABLE,
    "if a = 1 then d = 1": INAPPLICABLE,
    "if d = 1 then c = 1": BLANK,
    "not a = 1": False,
    "not b = 1": True,
    "not c = 1": BLANK,
    "not d = 1": INAPPLICABLE,
    "present(a) and not present(c) and present(d) and not present(e)": True,
    "d = 'N/A'": True,
    "d != 'N/A' or c = 1": BLANK,
    "'N/A' = d": True,
    "a + c = 1": BLANK,
    "a + c + d = 1": INAPPLICABLE,
    "sum(a, d) = 1": True,
    "sum(a, c, d) = 1": BLANK,
    "sum(d) = 1": INAPPLICABLE,
    "count(d) = 0": True,
    "a + sum(d, b) = 1": True,
    "2 * (a + b) = 2": True,
    "-a = 0 - 1": True,
    "abs(b - a) = 1": True,
    "max(a, b, d) = 1": True,
    "min(a, b + 5) = 1": True,
    "round(a * 0.25, 1) = 0.3": True,
    "0.1 + 0.2 = 0.3": True,
}


@pytest.mark.parametrize(("text", "truth"), TRUTHS.items(), ids=TRUTHS)
def test_verdicts(text: str, truth: Truth) -> None:
    assert judged(text, **T) == truth


@pytest.mark.parametrize(
    ("text", "values", "truth"),
    [
        ("a = prior.a", {"a": 3, "prior_a": 3}, True),
        ("a = prior.a", {"a": 3, "prior_a": Missing.NO_PRIOR}, NO_PRIOR),
        ("sum(*) = a", {"p": 1, "q": 2, "r": 3, "a": 6}, True),
        ("sum(*) = a", {"p": 1, "q": Decimal("2.5"), "r": 3, "a": Decimal("6.5")}, True),
        ("sum(*) = a", {"p": 1, "q": True, "r": 3, "a": 5}, MISTYPED),
        ("sum(*) < a", {"p": 1, "q": LOW, "r": 3, "a": 5}, True),
        ("sum(*) = a", {"p": 1, "q": LOW, "r": 3, "a": 4}, Undecided(Missing.DOUBTFUL)),
        ("min(*) = a", {"p": 1, "q": LOW, "r": 3, "a": LOW}, True),
        ("a = 'x'", {"a": "x"}, True),
        ("length(a) = 2 and contains(a, '报')", {"a": "报告"}, True),
        ("a + b = 1", {"a": "x", "b": 1}, MISTYPED),
        ("1 = 1", {}, True),
        ("2 * 3 - 1 = 5", {}, True),
    ],
)
def test_verdicts_on_special_values(text: str, values: dict[str, Value], truth: Truth) -> None:
    assert judged(text, **values) == truth


def test_operands_in_order_of_appearance_and_once() -> None:
    assert bound("if b = 1 then a + sum(*, q) = b + prior.a").operands == (
        cell("b"),
        cell("a"),
        *map(cell, "pqr"),
        cell("a", prior=True),
    )


def test_evaluation_with_worked_terms() -> None:
    values: dict[Operand, Value] = {
        cell("a"): 4,
        cell("p"): 1,
        cell("q"): NA,
        cell("r"): 3,
        cell("b"): 2,
    }
    evaluation = bound("a - 2 * (b - 3) = sum(*) + b").evaluate(values.__getitem__)
    assert evaluation.truth is True
    assert (evaluation.left, evaluation.right) == (6, 6)
    assert evaluation.left_terms == (
        Term(1, 1, cell("a"), 4),
        Term(-1, 2, cell("b"), 2),
        Term(1, 1, None, 6),
    )
    assert evaluation.right_terms == (
        Term(1, 1, cell("p"), 1),
        Term(1, 1, cell("q"), NA),
        Term(1, 1, cell("r"), 3),
        Term(1, 1, cell("b"), 2),
    )


def test_sides_of_a_conclusion() -> None:
    conditional = bound("if c = 1 then abs(a) <= b")
    assert conditional.conditional
    assert conditional.sides is not None
    assert conditional.sides.left is None
    assert conditional.sides.operator is Operator.AT_MOST
    assert conditional.sides.right == (TermShape(1, 1, cell("b")),)
    values: dict[Operand, Value] = {cell("a"): -3, cell("b"): 2, cell("c"): 1}
    evaluation = conditional.evaluate(values.__getitem__)
    assert (evaluation.truth, evaluation.left, evaluation.right) == (False, 3, 2)
    assert evaluation.left_terms is None


@pytest.mark.parametrize("text", ["a = 1 and b = 1", "not a = 1", "present(a)"])
def test_other_judgements_have_no_sides(text: str) -> None:
    values: dict[Operand, Value] = {cell("a"): 1, cell("b"): 1}
    evaluation = bound(text).evaluate(values.__getitem__)
    assert bound(text).sides is None
    assert (evaluation.left, evaluation.right, evaluation.left_terms) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "position", "name"),
    [
        ("a = none", 4, "none"),
        ("sum(none) = a", 4, "none"),
        ("a = sum(b, report.none)", 11, "report.none"),
    ],
)
def test_a_path_without_a_cell_is_named(text: str, position: int, name: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        bound(text)
    assert caught.value.position == position
    assert name in caught.value.message.zh
    assert name in caught.value.message.en
    assert caught.value.caret().endswith(" " * position + "^")


def test_a_path_outside_a_fold_names_one_cell() -> None:
    def several(_: Path) -> tuple[Operand, ...]:
        return (cell("p"), cell("q"))

    with pytest.raises(ExpressionError) as caught:
        bind(parse("1 = 新收.自然人"), several)
    assert "新收.自然人" in caught.value.message.zh
    assert caught.value.caret() == ""
    with pytest.raises(ExpressionError):
        bind(parse("sum(a + 1) = 1"), several)  # the fold takes the sum, not the path
    assert bind(parse("sum(a) = 1"), several).operands == (cell("p"), cell("q"))


def test_no_entry_rows_now() -> None:
    def nothing(_: Path) -> tuple[Operand, ...]:
        return ()

    def read(_: Operand) -> Value:
        raise AssertionError

    for text, truth in (("count(a.*) = 0", True), ("sum(a.*) + 1 = 1", INAPPLICABLE)):
        bound_to_nothing = bind(parse(text), nothing, allow_nothing=True)
        assert bound_to_nothing.truth(read) == truth
    with pytest.raises(ExpressionError):
        bind(parse("a = 0"), nothing, allow_nothing=True)


def test_expanded_terms_are_limited() -> None:
    many = tuple(cell(str(number)) for number in range(TERMS_LIMIT // 2 + 1))

    def resolve_many(_: Path) -> tuple[Operand, ...]:
        return many

    bind(parse("sum(a) > 0"), resolve_many)
    with pytest.raises(ExpressionError) as caught:
        bind(parse("sum(a) = sum(a)"), resolve_many)
    assert str(TERMS_LIMIT) in caught.value.message.zh


def test_a_bare_figure_is_no_check() -> None:
    with pytest.raises(ExpressionError):
        bind(Number(1), resolve)


def test_an_expression_is_a_value() -> None:
    text = "a = 1"
    assert bound(text).node == Compare(Operator.EQUAL, parse("a = 2").left, Number(1))  # type: ignore[union-attr]
    assert write_path(parse(text).left) == "a"  # type: ignore[union-attr, arg-type]
