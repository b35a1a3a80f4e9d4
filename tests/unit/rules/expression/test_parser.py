"""The grammar of DIALECT 4: what is read, as which tree, and what is refused where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_tui.rules.expression import ExpressionError, parse, parse_path, write_path
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
    Node,
    Not,
    Number,
    Operator,
    Or,
    Origin,
    Path,
    Product,
    SignedTerm,
)


def path(*keys: str, origin: Origin = Origin.HERE) -> Path:
    return Path(origin, tuple(map(Name, keys)))


def equal(left: Node, right: Node) -> Compare:
    return Compare(Operator.EQUAL, left, right)


def plus(*nodes: Node) -> Addition:
    return Addition(tuple(SignedTerm(1, node) for node in nodes))


A, B, C, D = path("a"), path("b"), path("c"), path("d")
ONE, TWO = Number(1), Number(2)
THIS = Path(Origin.HERE, ())

TREES = {
    "a = b": equal(A, B),
    "a != 1": Compare(Operator.UNEQUAL, A, ONE),
    "a<b": Compare(Operator.LESS, A, B),
    "a<=b": Compare(Operator.AT_MOST, A, B),
    "a>b": Compare(Operator.GREATER, A, B),
    "a>=b": Compare(Operator.AT_LEAST, A, B),
    "this = 0": equal(THIS, Number(0)),
    "a = 1.50": equal(A, Number(Decimal("1.50"))),
    "a = 'x \"y'": equal(A, Literal('x "y')),
    "a = ''": equal(A, Literal("")),
    "a + b - c = d": equal(Addition((SignedTerm(1, A), SignedTerm(1, B), SignedTerm(-1, C))), D),
    "a - (b - c) = d": equal(
        Addition(
            (SignedTerm(1, A), SignedTerm(-1, Addition((SignedTerm(1, B), SignedTerm(-1, C)))))
        ),
        D,
    ),
    "a + 2 * b = c": equal(plus(A, Product((TWO, B))), C),
    "a*2 = c": equal(Product((A, TWO)), C),
    "2 * 1 * a = c": equal(Product((TWO, ONE, A)), C),
    "(a + b) * 2 = c": equal(Product((plus(A, B), TWO)), C),
    "-a = -(b + c)": equal(Negate(A), Negate(plus(B, C))),
    "a - -b = 2 * -c": equal(
        Addition((SignedTerm(1, A), SignedTerm(-1, Negate(B)))), Product((TWO, Negate(C)))
    ),
    "a = 1 or b = 1 and c = 1": Or((equal(A, ONE), And((equal(B, ONE), equal(C, ONE))))),
    "(a = 1 or b = 1) and c = 1": And((Or((equal(A, ONE), equal(B, ONE))), equal(C, ONE))),
    "a = 1 and b = 1 and c = 1": And((equal(A, ONE), equal(B, ONE), equal(C, ONE))),
    "not a = 1": Not(equal(A, ONE)),
    "not (a = 1 or b = 1)": Not(Or((equal(A, ONE), equal(B, ONE)))),
    "not a = 1 and b = 1": And((Not(equal(A, ONE)), equal(B, ONE))),
    "if a = 1 or b = 1 then c = 1 and d = 1": IfThen(
        Or((equal(A, ONE), equal(B, ONE))), And((equal(C, ONE), equal(D, ONE)))
    ),
    "if a = 1 then (if b = 1 then c = 1)": IfThen(
        equal(A, ONE), IfThen(equal(B, ONE), equal(C, ONE))
    ),
    "present(a)": Call(Function.PRESENT, (A,)),
    "not present(a)": Not(Call(Function.PRESENT, (A,))),
    "contains(a, '报告')": Call(Function.CONTAINS, (A, Literal("报告"))),
    "length(a) > 2": Compare(Operator.GREATER, Call(Function.LENGTH, (A,)), TWO),
    "abs(a - b) <= 1": Compare(
        Operator.AT_MOST,
        Call(Function.MAGNITUDE, (Addition((SignedTerm(1, A), SignedTerm(-1, B))),)),
        ONE,
    ),
    "round(a, 2) = b": equal(Call(Function.ROUND, (A, TWO)), B),
    "min(a, b) = max(a, 1)": equal(Call(Function.LEAST, (A, B)), Call(Function.GREATEST, (A, ONE))),
    "sum(*) = a": equal(Call(Function.SUM, (Path(Origin.HERE, (AnyOne(),)),)), A),
    "sum(**) = a": equal(Call(Function.SUM, (Path(Origin.HERE, (AnyDepth(),)),)), A),
    "sum(a.*, **.b) * 2 = c": equal(
        Product(
            (
                Call(
                    Function.SUM,
                    (
                        Path(Origin.HERE, (Name("a"), AnyOne())),
                        Path(Origin.HERE, (AnyDepth(), Name("b"))),
                    ),
                ),
                TWO,
            )
        ),
        C,
    ),
    "count((a.*)) = 1": equal(
        Call(Function.COUNT, (Path(Origin.HERE, (Name("a"), AnyOne())),)), ONE
    ),
    "sum (a) = b": equal(Call(Function.SUM, (A,)), B),
    "sum = min.max": equal(path("sum"), path("min", "max")),
    "sum(a + b, 2) = c": equal(Call(Function.SUM, (plus(A, B), TWO)), C),
    "prior.a = b": equal(path("a", origin=Origin.PRIOR), B),
    "report.a.b = prior.report.a": equal(
        path("a", "b", origin=Origin.REPORT), path("a", origin=Origin.PRIOR_REPORT)
    ),
    "prior.this = this": equal(Path(Origin.PRIOR, ()), THIS),
    "a.@.b = a.@1": equal(
        Path(Origin.HERE, (Name("a"), Matched(0), Name("b"))),
        Path(Origin.HERE, (Name("a"), Matched(1))),
    ),
    "@.a = b": equal(Path(Origin.HERE, (Matched(0), Name("a"))), B),
    "新收.自然人 = 第1项_计": equal(path("新收", "自然人"), path("第1项_计")),
    '"if"."a b".a = "this"': equal(path("if", "a b", "a"), path("this")),
    '"１".a = "a.b"': equal(path("１", "a"), path("a.b")),
    "क्षेत्र = été": equal(path("क्षेत्र"), path("été")),
    "a\n =\tb": equal(A, B),
}

FULL_WIDTH = {
    "a ＝ b": "a = b",
    "a＋b－c＝d": "a + b - c = d",
    "ａ.b = c": '"ａ".b = c',
    "（a ＋ b）＊２＝c": "(a + b) * 2 = c",
    "min（a，b）＝１．５": "min(a, b) = 1.5",
    "min（a，b）＝1。5": "min(a, b) = 1.5",
    "新收。自然人　≤　０": "新收.自然人 <= 0",
    "a≥b": "a >= b",
    "a≠b": "a != b",
    "a＜b": "a < b",
    "a＞b": "a > b",
    "a＜＝b": "a <= b",
    "sum（＊）＝a": "sum(*) = a",
    "第１项 = a": "第1项 = a",
    "a.＠１ = b": "a.@1 = b",
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=TREES)
def test_trees(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(("text", "plain"), FULL_WIDTH.items(), ids=FULL_WIDTH)
def test_full_width_forms_are_folded_outside_quotes(text: str, plain: str) -> None:
    assert parse(text) == parse(plain)


def test_nothing_is_folded_inside_quotes() -> None:
    assert parse("\"（１）\" = '＝，。'") == equal(path("（１）"), Literal("＝，。"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*", "*"),
        ("**", "**"),
        ("*.*.a", "*.*.a"),
        ("a.**.total", "a.**.total"),
        ("this", "this"),
        ("prior.a", "prior.a"),
        ("prior.this", "prior.this"),
        ("report.a.@1", "report.a.@1"),
        ("@0", "@"),
        ('"if".a', '"if".a'),
        ('"a"."b c"."1"', 'a."b c"."1"'),
        ('"a.b"', '"a.b"'),
        ('"１"', '"１"'),
        ("结果。＊", "结果.*"),
        ("sum", "sum"),
    ],
)
def test_paths_are_read_and_written_back(text: str, written: str) -> None:
    assert write_path(parse_path(text)) == written
    assert parse_path(written) == parse_path(text)


@pytest.mark.parametrize("text", ["", "a +", "a, b", "sum(a)", "1", "a*b", "'a'", "report", "a."])
def test_what_is_not_exactly_one_path_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_path(text)


def test_nodes_know_where_they_stand() -> None:
    text = "if a = 1 then (b + c) * 2 = sum(d.*)"
    tree = parse(text)
    assert isinstance(tree, IfThen)
    assert isinstance(tree.conclusion, Compare)
    nodes = [tree, tree.condition, tree.conclusion, tree.conclusion.left, tree.conclusion.right]
    assert [text[node.start : node.end] for node in nodes] == [
        text,
        "a = 1",
        "(b + c) * 2 = sum(d.*)",
        "(b + c) * 2",
        "sum(d.*)",
    ]


def test_a_long_flat_text_is_no_deep_tree() -> None:
    tree = parse("a = 1 or " + " + ".join(["a"] * 15_000) + " = 1")
    assert isinstance(tree, Or)


def test_a_number_of_many_digits_is_exact() -> None:
    assert parse("a = " + "9" * 100) == equal(A, Number(10**100 - 1))
