"""Properties of the expression language that hold for any text, tree and figures."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    Coded,
    ExpressionError,
    Meaning,
    Missing,
    Node,
    Operand,
    Operator,
    Path,
    Segment,
    Undecided,
    Value,
    bind,
    display,
    linear,
    parse,
    parse_path,
    write_path,
)
from disclosure_tui.rules.expression.syntax import (
    Addition,
    And,
    AnyDepth,
    AnyOne,
    Call,
    Compare,
    Function,
    IfThen,
    Literal,
    Matched,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Origin,
    Product,
    SignedTerm,
)

FRAGMENTS = [
    *"abc()+-*=<>.,@'\"\n 　（），＝＊。≤≥≠０1_新",
    *("if ", " then ", " and ", " or ", "not ", "prior.", "report.", "this", "**", "!=", "<="),
    *("sum(", "count(", "min(", "round(", "present(", "contains(", "a = 1", "sum(a.*) = b", "2.5"),
]
TEXTS = st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


@given(TEXTS)
def test_reading_any_text_raises_nothing_else(text: str) -> None:
    for read in (parse, parse_path):
        error: ExpressionError | None = None
        try:
            read(text)
        except ExpressionError as raised:
            error = raised
        if error is not None:
            assert 0 <= error.position <= len(text)
            assert not text or len(error.caret().split("\n")) == 2


# Trees as the parser gives them.

KEYS = st.sampled_from(["a", "新收", "if", "a b", "第１", "1", "sum", "this", "x.y", "été"])
PATHS = st.builds(
    Path,
    st.sampled_from(Origin),
    st.lists(KEYS.map(Name) | st.just(Matched(1)), min_size=1, max_size=3).map(tuple),
) | st.sampled_from([Path(Origin.HERE, ()), Path(Origin.PRIOR, ())])
STARS: st.SearchStrategy[Segment] = st.sampled_from([AnyOne(), AnyDepth()])
PATTERNS = st.lists(KEYS.map(Name) | STARS, min_size=1, max_size=3).map(
    lambda segments: Path(Origin.HERE, tuple(segments))
)
NUMBERS = st.builds(
    Number, st.integers(0, 10**20) | st.decimals(0, 1000, places=3).map(lambda d: d.copy_abs())
)
LITERALS = st.text('x报"，', max_size=3).map(Literal)
FOLDS = (Function.SUM, Function.COUNT, Function.LEAST, Function.GREATEST)


def larger_figures(figures: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    terms = st.lists(
        st.builds(SignedTerm, st.sampled_from((1, -1)), figures), min_size=1, max_size=3
    )
    arguments = st.lists(figures | PATTERNS, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Negate, figures),
        st.builds(lambda first, rest: Addition((SignedTerm(1, first), *rest)), figures, terms),
        st.builds(lambda number, figure: Product((number, figure)), NUMBERS, figures),
        st.builds(Call, st.sampled_from(FOLDS), arguments),
        st.builds(lambda figure: Call(Function.MAGNITUDE, (figure,)), figures),
    )


FIGURES: st.SearchStrategy[Node] = st.recursive(PATHS | NUMBERS, larger_figures, max_leaves=8)


def larger_judgements(judgements: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(judgements, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, judgements),
        st.builds(And, parts),
        st.builds(Or, parts),
        st.builds(IfThen, judgements, judgements),
    )


COMPARISONS = st.builds(Compare, st.sampled_from(Operator), FIGURES, FIGURES | LITERALS)
CONTAINS = st.builds(lambda path, text: Call(Function.CONTAINS, (path, text)), PATHS, LITERALS)
JUDGEMENTS: st.SearchStrategy[Node] = st.recursive(
    COMPARISONS | CONTAINS, larger_judgements, max_leaves=4
)


@given(JUDGEMENTS)
def test_the_english_display_with_paths_as_labels_reads_back(node: Node) -> None:
    assert parse(display(node, write_path).en) == node


@given(JUDGEMENTS)
def test_the_chinese_display_has_the_same_labels(node: Node) -> None:
    labels: list[str] = []

    def label(path: Path) -> str:
        labels.append(write_path(path))
        return f"〔{len(labels)}〕"

    shown = display(node, label)
    assert shown.zh.count("〔") * 2 == len(labels)
    assert shown.zh.count("（") == shown.zh.count("）")


# Figures: sums in three cells, as text, since that is what schemas hold.

CELLS = {name: Operand(Pointer.of(name)) for name in "xyz"}


def resolve(path: Path) -> tuple[Operand, ...]:
    if path.segments == (AnyOne(),):
        return tuple(CELLS.values())
    return (CELLS[write_path(path)],)


COEFFICIENTS = st.integers(0, 9).map(str) | st.sampled_from(["0.5", "1.25", "(1 + 2)", "(-3)"])


def larger_sums(sums: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{} + {}".format, sums, sums),
        st.builds("{} - ({})".format, sums, sums),
        st.builds("-({})".format, sums),
        st.builds("{} * ({})".format, COEFFICIENTS, sums),
        st.builds("sum({}, {})".format, sums, sums | st.just("*")),
    )


SUMS = st.recursive(st.sampled_from([*"xyz", "2", "0.5", "sum(*)"]), larger_sums, max_leaves=6)
SIGNS = st.sampled_from([sign.value for sign in Operator])
CHECKS = st.builds("{} {} {}".format, SUMS, SIGNS, SUMS)
COMPARE = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.GREATER: operator.gt,
    Operator.AT_LEAST: operator.ge,
}
VALUES = st.integers(-5, 5) | st.sampled_from([Decimal("0.5"), Decimal("-1.25"), 10**30])


@given(CHECKS, st.tuples(VALUES, VALUES, VALUES))
def test_the_linear_form_says_the_same_as_the_tree(
    text: str, figures: tuple[int | Decimal, int | Decimal, int | Decimal]
) -> None:
    values = dict(zip(CELLS.values(), figures, strict=True))
    bound = bind(parse(text), resolve)
    form = linear(bound)
    assert form is not None
    left = Fraction(form.constant) + sum(
        Fraction(factor) * Fraction(values[cell]) for cell, factor in form.coefficients.items()
    )
    assert bound.truth(values.__getitem__) is COMPARE[form.operator](left, 0)
    assert all(form.coefficients.values())


@given(CHECKS, st.tuples(VALUES, VALUES, VALUES))
def test_the_worked_terms_add_up_to_the_sides(
    text: str, figures: tuple[int | Decimal, int | Decimal, int | Decimal]
) -> None:
    values = dict(zip(CELLS.values(), figures, strict=True))
    evaluation = bind(parse(text), resolve).evaluate(values.__getitem__)
    sides = ((evaluation.left, evaluation.left_terms), (evaluation.right, evaluation.right_terms))
    for value, terms in sides:
        assert terms is not None
        assert isinstance(value, int | Decimal)
        worth = sum(
            Fraction(term.sign) * Fraction(term.coefficient) * Fraction(term.value)  # type: ignore[arg-type, misc]
            for term in terms
        )
        assert Fraction(value) == worth


# Ranges: what is decided must hold for every figure the code can stand for.

CODES = {
    CELLS["x"]: Coded("<2", Meaning.RANGE, 0, 2),
    CELLS["y"]: Coded("1-3", Meaning.RANGE, 1, 3),
    CELLS["z"]: Coded("-3-0", Meaning.RANGE, -3, 0),
}
STEPS = [Decimal(number) / 4 for number in range(-12, 12)]


def larger_ranges(sums: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        larger_sums(sums),
        st.builds("abs({})".format, sums),
        st.builds("round({}, 0)".format, sums),
        st.builds("min({}, {})".format, sums, sums | st.just("*")),
        st.builds("max({}, {})".format, sums, sums),
    )


RANGES = st.recursive(st.sampled_from([*"xyz", "2", "0.5", "sum(*)"]), larger_ranges, max_leaves=5)


@given(st.builds("{} {} {}".format, RANGES, SIGNS, RANGES), st.data())
def test_a_decided_comparison_of_ranges_holds_for_all_their_values(
    text: str, data: st.DataObject
) -> None:
    bound = bind(parse(text), resolve)
    truth = bound.truth(CODES.__getitem__)
    if isinstance(truth, Undecided):
        assert truth.reason is Missing.DOUBTFUL
        return
    for _ in range(5):
        figures: dict[Operand, Value] = {}
        for cell, code in CODES.items():
            assert code.least is not None
            assert code.below is not None
            inside = [step for step in STEPS if code.least <= step < code.below]
            figures[cell] = data.draw(st.sampled_from(inside))
        assert bound.truth(figures.__getitem__) is truth
