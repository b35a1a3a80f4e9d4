"""Another evaluator, written from sections 4 to 7 of the dialect alone, comes to the same verdicts.

It knows nothing of the one that is tested: it walks a tree of its own, calculates with fractions
and always with both ends of a range, and knows four verdicts: T, F, U(ndecided), I(napplicable).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    INAPPLICABLE,
    Coded,
    Domain,
    Meaning,
    Missing,
    Operand,
    Origin,
    Path,
    Truth,
    Value,
    bind,
    parse,
    possible,
)

Tree = tuple[Any, ...]
Values = Mapping[str, Value]

NUMBERS = ("a", "b", "新收", "prior.a")
FOLDED = ("g.x", "g.y", "g.z")
TEXTS = ("t", "s")
LITERALS = ("", "甲", "乙丙", "N/A")
CODES = (
    Coded("N/A", Meaning.NOT_APPLICABLE),
    Coded("?", Meaning.UNKNOWN),
    Coded("<1", Meaning.RANGE, 0, 1),
    Coded("1-3", Meaning.RANGE, 1, 3),
    Coded(">5", Meaning.RANGE, 5, None),
)
HALVES = [Decimal(text) for text in ("0.5", "-0.5", "2.5", "0.05", "-1.25", "0.005")]
FIGURES = st.integers(-6, 6) | st.decimals(-6, 6, places=2) | st.sampled_from(HALVES)

# Trees -----------------------------------------------------------------------------------------

numbers = st.integers(0, 6) | st.decimals(0, 6, places=1)
atoms = st.one_of(
    numbers.map(lambda value: ("number", value)),
    st.sampled_from(NUMBERS).map(lambda p: ("cell", p)),
)


def _figures(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    signed = st.tuples(st.sampled_from("+-"), inner)
    folds = st.sampled_from(["sum", "count", "min", "max"])
    arguments = st.lists(inner | st.just(("cells", FOLDED)), min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("sum of"), st.lists(signed, min_size=2, max_size=3)),
        st.tuples(st.just("times"), numbers, inner),
        st.tuples(st.just("minus"), inner),
        st.tuples(st.just("abs"), inner),
        st.tuples(st.just("round"), inner, st.integers(0, 2)),
        st.tuples(folds, arguments),
        st.sampled_from(TEXTS).map(lambda path: ("length", path)),
    )


figures = st.recursive(atoms, _figures, max_leaves=5)
operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
comparisons = st.one_of(
    st.tuples(st.just("compare"), operators, figures, figures),
    st.tuples(
        st.just("text"), operators, st.sampled_from(TEXTS + NUMBERS), st.sampled_from(LITERALS)
    ),
    st.tuples(st.just("contains"), st.sampled_from(TEXTS), st.sampled_from(LITERALS)),
    st.tuples(st.just("present"), st.sampled_from(TEXTS + NUMBERS)),
)


def _checks(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("and"), several),
        st.tuples(st.just("or"), several),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("if"), inner, inner),
    )


checks = st.recursive(comparisons, _checks, max_leaves=4)

# Written down ----------------------------------------------------------------------------------


def written(tree: Tree) -> str:
    """Write a tree in the dialect; everything in brackets, now and then in full-width ones."""
    match tree:
        case ("number", value):
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        case ("cell", path):
            return str(path)
        case ("cells", _):
            return "g.*"
        case ("sum of", terms):
            first, *rest = terms
            begin = written(first[1]) if first[0] == "+" else f"-({written(first[1])})"
            return f"（{begin}{''.join(f' {sign} ({written(term)})' for sign, term in rest)}）"
        case ("times", number, inner):
            return f"({written(('number', number))} * ({written(inner)}))"
        case ("minus", inner):
            return f"-({written(inner)})"
        case ("round", inner, places):
            return f"round({written(inner)}, {places})"
        case ("abs", inner):
            return f"abs（{written(inner)}）"
        case ("length", path):
            return f"length({path})"
        case ("compare", sign, left, right):
            return f"({written(left)} {sign} {written(right)})"
        case ("text", sign, path, literal):
            return f"({path} {sign} '{literal}')"
        case ("contains", path, literal):
            return f"contains({path}, '{literal}')"
        case ("present", path):
            return f"present({path})"
        case ("and" | "or" as word, parts):
            return f"({f' {word} '.join(map(written, parts))})"
        case ("not", inner):
            return f"(not {written(inner)})"
        case ("if", condition, conclusion):
            return f"(if {written(condition)} then {written(conclusion)})"
        case (fold, arguments):
            return f"{fold}({', '.join(map(written, arguments))})"
    raise AssertionError(tree)


# Evaluated -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A figure, or all figures between two ends; None is no end."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high


Found = Span | str  # "I" does not apply, "U" cannot be told


def figure_of(value: Value) -> Found:
    if isinstance(value, (bool, str)):
        return "U"
    if isinstance(value, int | Decimal):
        return Span(Fraction(value), Fraction(value))
    if isinstance(value, Coded):
        if value.meaning is Meaning.RANGE:
            low = None if value.least is None else Fraction(value.least)
            high = None if value.below is None else Fraction(value.below)
            return Span(low, high, high_open=True)
        return "I" if value.meaning is Meaning.NOT_APPLICABLE else "U"
    return "I" if value is Missing.NOT_APPLICABLE else "U"


def worst(found: list[Found]) -> str | None:
    return "I" if "I" in found else "U" if "U" in found else None


def ends(spans: list[Span], low: bool) -> tuple[Fraction | None, bool]:
    """Add up one end of several spans."""
    chosen = [(s.low, s.low_open) if low else (s.high, s.high_open) for s in spans]
    if any(end is None for end, _ in chosen):
        return None, True
    return sum((end for end, _ in chosen if end is not None), Fraction()), any(o for _, o in chosen)


def added(spans: list[Span]) -> Span:
    (low, low_open), (high, high_open) = ends(spans, low=True), ends(spans, low=False)
    return Span(low, high, low_open, high_open)


def mirrored(span: Span) -> Span:
    low = None if span.high is None else -span.high
    high = None if span.low is None else -span.low
    return Span(low, high, span.high_open, span.low_open)


def scaled(span: Span, factor: Fraction) -> Span:
    if factor == 0:
        return Span(Fraction(), Fraction())
    low = None if span.low is None else span.low * factor
    high = None if span.high is None else span.high * factor
    return Span(low, high, span.low_open, span.high_open)


def least(spans: list[Span]) -> Span:
    """The least of several figures lies between the least low and the least high end."""
    lows = [s.low for s in spans]
    low = None if None in lows else min(x for x in lows if x is not None)
    low_open = all(s.low_open for s in spans if s.low == low)
    highs = [s.high for s in spans if s.high is not None]
    high = min(highs) if highs else None
    high_open = any(s.high_open for s in spans if s.high == high)
    return Span(low, high, low_open, high_open)


def halves_up(value: Fraction, places: int) -> Fraction:
    size = abs(value) * 10**places
    whole = (size + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, 10**places)


def calculated(tree: Tree, values: Values) -> Found:
    match tree:
        case ("number", value):
            return Span(Fraction(value), Fraction(value))
        case ("cell", path):
            return figure_of(values[path])
        case ("length", path):
            value = values[path]
            return (
                Span(Fraction(len(value)), Fraction(len(value))) if isinstance(value, str) else "U"
            )
        case ("sum of", terms):
            found = [calculated(term, values) for _, term in terms]
            return worst(found) or added(
                [span if sign == "+" else mirrored(span) for (sign, _), span in zip(terms, found)]  # type: ignore[arg-type] # noqa: B905
            )
        case ("times", number, inner):
            one = calculated(inner, values)
            return one if isinstance(one, str) else scaled(one, Fraction(number))
        case ("minus", inner):
            one = calculated(inner, values)
            return one if isinstance(one, str) else mirrored(one)
        case ("abs", inner):
            one = calculated(inner, values)
            return one if isinstance(one, str) else magnitude(one)
        case ("round", inner, places):
            one = calculated(inner, values)
            if isinstance(one, str) or not one.exact or one.low is None:
                return "U" if not isinstance(one, str) else one
            return Span(*[halves_up(one.low, places)] * 2)
        case (fold, arguments):
            return folded(fold, list(flat(arguments, values)))
    raise AssertionError(tree)


def magnitude(span: Span) -> Span | str:
    if span.low is not None and span.low >= 0:
        return span
    if span.high is not None and span.high <= 0:
        return mirrored(span)
    return Span(abs(span.low), abs(span.low)) if span.exact and span.low is not None else "U"


def flat(arguments: list[Tree], values: Values) -> Iterator[Found]:
    for argument in arguments:
        if argument[0] == "cells":
            yield from (figure_of(values[path]) for path in argument[1])
        else:
            yield calculated(argument, values)


def folded(fold: str, found: list[Found]) -> Found:
    if "U" in found:
        return "U"
    spans = [one for one in found if isinstance(one, Span)]
    if fold == "count":
        return Span(Fraction(len(spans)), Fraction(len(spans)))
    if not spans:
        return "I"
    if fold == "sum":
        return added(spans)
    return least(spans) if fold == "min" else mirrored(least(list(map(mirrored, spans))))


def compared(sign: str, left: Span, right: Span) -> str:
    """Compare for all figures of both sides: T, F, or U where it depends on them."""
    if sign in (">", ">="):
        return compared({">": "<", ">=": "<="}[sign], right, left)
    if sign == "!=":
        return {"T": "F", "F": "T", "U": "U"}[compared("=", left, right)]
    if sign == "=":
        if left.exact and left == right:
            return "T"
        return "F" if apart(left, right) or apart(right, left) else "U"
    if sign == "<":
        return "T" if apart(left, right) else "F" if not_above(right, left) else "U"
    return "T" if not_above(left, right) else "F" if apart(right, left) else "U"


def apart(left: Span, right: Span) -> bool:
    """Tell whether every figure of the left is less than every one of the right."""
    if left.high is None or right.low is None:
        return False
    touching = left.high == right.low and (left.high_open or right.low_open)
    return left.high < right.low or touching


def not_above(left: Span, right: Span) -> bool:
    return left.high is not None and right.low is not None and left.high <= right.low


def judged(tree: Tree, values: Values) -> str:
    match tree:
        case ("compare", sign, left, right):
            sides = [calculated(left, values), calculated(right, values)]
            one, other = sides
            if isinstance(one, str) or isinstance(other, str):
                return worst(sides) or "U"
            return compared(sign, one, other)
        case ("text", sign, path, literal):
            value = values[path]
            equal = sign in ("=", "!=")
            text = value.text if isinstance(value, Coded) and equal else value
            if equal and isinstance(text, int | Decimal):
                return "F" if sign == "=" else "T"
            if not isinstance(text, str):
                return "I" if figure_of(value) == "I" else "U"
            return ("T" if (text == literal) is (sign == "=") else "F") if equal else "U"
        case ("contains", path, literal):
            value = values[path]
            return ("T" if literal in value else "F") if isinstance(value, str) else "U"
        case ("present", path):
            value = values[path]
            absent = isinstance(value, Missing) and value is not Missing.MISTYPED
            return "F" if absent else "T"
        case ("not", inner):
            return {"T": "F", "F": "T"}.get(judged(inner, values)) or judged(inner, values)
        case ("if", condition, conclusion):
            return judged(("or", [("not", condition), conclusion]), values)
        case ("and" | "or" as word, parts):
            found = [judged(part, values) for part in parts]
            decides, other = ("F", "T") if word == "and" else ("T", "F")
            return next((v for v in (decides, "U", "I") if v in found), other)
    raise AssertionError(tree)


# Compared --------------------------------------------------------------------------------------


def resolve(path: Path) -> tuple[Operand, ...]:
    keys = [getattr(segment, "key", "*") for segment in path.segments]
    if keys == ["g", "*"]:
        return tuple(Operand(Pointer(name.split("."))) for name in FOLDED)
    return (Operand(Pointer(keys), path.origin is Origin.PRIOR),)


def reader(values: Values) -> Callable[[Operand], Value]:
    def read(operand: Operand) -> Value:
        name = ".".join(operand.pointer)
        return values[f"prior.{name}" if operand.prior else name]

    return read


def letter(truth: Truth) -> str:
    if isinstance(truth, bool):
        return "T" if truth else "F"
    return "I" if truth == INAPPLICABLE else "U"


exact = FIGURES | st.sampled_from(
    [Missing.BLANK, Missing.MISTYPED, Missing.NOT_APPLICABLE, *CODES[:2]]
)
ranged = exact | st.sampled_from(CODES)


def all_values(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Value]]:
    texts = st.sampled_from(LITERALS) | st.just(Missing.BLANK)
    return st.fixed_dictionaries(
        {
            **dict.fromkeys((*NUMBERS[:3], *FOLDED), cells),
            "prior.a": cells | st.just(Missing.NO_PRIOR),
            **dict.fromkeys(TEXTS, texts),
        }
    )


@settings(max_examples=300, deadline=None)
@given(checks, all_values(exact))
def test_verdicts_agree(tree: Tree, values: dict[str, Value]) -> None:
    bound = bind(parse(written(tree)), resolve)
    assert letter(bound.truth(reader(values))) == judged(tree, values)


@settings(max_examples=300, deadline=None)
@given(checks, all_values(ranged), st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_verdicts_on_ranges_agree(tree: Tree, values: dict[str, Value], places: list[int]) -> None:
    truth = letter(bind(parse(written(tree)), resolve).truth(reader(values)))
    expected = judged(tree, values)
    if expected in "TF":
        assert truth == expected
    elif truth in "TF":
        # It knows more of ranges, one code on both sides for instance: true of all figures then.
        named = {code.text: figure for code, figure in zip(CODES[2:], _inside(places), strict=True)}
        concrete = {
            name: named.get(value.text, value) if isinstance(value, Coded) else value
            for name, value in values.items()
        }
        assert judged(tree, concrete) in (truth, "U", "I")
    else:
        assert truth == expected or "U" in (truth, expected)


def _inside(places: list[int]) -> tuple[Fraction | Decimal, ...]:
    """Choose a figure inside of each range: its low end or one above it."""
    steps = [Decimal(place) / 5 for place in places]
    return steps[0], 1 + 2 * steps[1], 5 + 10 * steps[2]


def _domain(operand: Operand) -> Domain:
    if ".".join(operand.pointer) in TEXTS:
        return Domain(figures=False)
    return Domain(-6, 6)


@settings(max_examples=300, deadline=None)
@given(checks, all_values(FIGURES))
def test_what_is_said_to_be_impossible_never_happens(tree: Tree, values: dict[str, Value]) -> None:
    bound = bind(parse(written(tree)), resolve)
    truth = bound.truth(reader(values))
    if isinstance(truth, bool):
        assert truth in possible(bound, _domain)


@given(checks)
def test_writing_in_full_width_changes_nothing(tree: Tree) -> None:
    text = written(tree)
    assert "'" in text or parse(text.translate(_WIDE)) == parse(text)


_WIDE = str.maketrans("()=<>+*.,0123456789", "（）＝＜＞＋＊．，０１２３４５６７８９")
