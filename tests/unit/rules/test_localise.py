"""Which cell is wrong: causes, explanations, deductions, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.edit import SetValue
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.render.width import Measure
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.expression import Coded, Meaning, Missing, Operand, Value
from disclosure_tui.rules.localise import (
    CHANGED,
    CONFIRMED,
    LOCKED,
    Because,
    Cause,
    Domain,
    Equation,
    Localisation,
    Slip,
    Status,
    localise,
)
from disclosure_tui.rules.localise_ground import Ground, equations_of, ground_of
from disclosure_tui.rules.localise_slips import slip_of
from disclosure_tui.rules.localise_words import suggestion_of, suggestion_of_blank
from planted import (
    ALL_RESULTS,
    APPLICANTS,
    CARRIED_FORWARD,
    COLUMNS,
    FORM,
    GROUND,
    LOADED,
    NEW,
    RESULTS,
    ROWS,
    TOTAL,
    localised,
    right_table,
)
from tiny import checker, figure, row, schema, table

WORDING = Wording(FORM, Language.CHINESE)
GRANTED = RESULTS[0]
PERSON, ENTERPRISE = COLUMNS[:2]


def right() -> dict[Pointer, int | None]:
    return dict(right_table(Random(7), 600))


def at(name: str) -> Pointer:
    return Pointer.of(name)


def equation(name: str, constant: int = 0, **terms: Any) -> Equation:
    coefficients = {at(key): factor for key, factor in terms.items()}
    return Equation(coefficients, constant, (name, ROOT, ""))


def values(**figures: Any) -> Mapping[Pointer, Any]:
    return {at(key): value for key, value in figures.items()}


def only(found: Localisation) -> Cause:
    (cause,) = found.causes
    return cause


def sets(cause: Cause) -> set[tuple[str, ...]]:
    return {tuple(change.pointer.key for change in one.changes) for one in cause.explanations}


SUM = equation("SUM", a=1, b=1, t=-1)
PAIR = equation("PAIR", a=1, c=1, u=-1)
ALSO = equation("ALSO", a=1, v=-1)


# Causes.


def test_a_right_table_has_no_cause() -> None:
    assert localised(right()) == Localisation()


def test_the_one_cell_behind_three_findings() -> None:
    figures = right()
    figures[ALL_RESULTS / PERSON] = 21 if figures[ALL_RESULTS / PERSON] != 21 else 22
    cause = only(localised(figures))
    assert {identity[0] for identity in cause.settles} == {"T3-ROW", "T3-COL", "T3-BAL"}
    assert cause.single is not None
    assert (cause.single.pointer, cause.single.new) == (
        ALL_RESULTS / PERSON,
        right()[ALL_RESULTS / PERSON],
    )
    assert cause.certain == (ALL_RESULTS / PERSON,)


def test_a_fix_is_exactly_its_cell() -> None:
    figures = right()
    wrong = GRANTED / PERSON
    figures[wrong] = 1 + (figures[wrong] or 0)
    (fix,) = localised(figures).single_fixes
    assert fix.transaction.edits == (SetValue(wrong, right()[wrong]),)


def test_one_failing_equation_is_ambiguous_and_offers_nothing() -> None:
    found = localise([SUM], values(a=1, b=2, t=4))
    cause = only(found)
    assert sets(cause) == {("a",), ("b",), ("t",)}
    assert cause.certain == ()
    assert cause.single_fix is None
    assert found.single_fixes == ()


def test_a_part_wrong_with_its_total_computed_from_it_is_ambiguous() -> None:
    figures = right()
    wrong, total = GRANTED / PERSON, GRANTED / TOTAL
    figures[wrong] = 5 + (figures[wrong] or 0)
    figures[total] = 5 + (figures[total] or 0)
    found = localised(figures)
    cause = only(found)
    assert found.single_fixes == ()
    assert len(cause.explanations) > 5
    assert len(cause.shown) == 5
    assert cause.more == len(cause.explanations) - 5
    assert frozenset({wrong, total}) in {one.cells for one in cause.explanations}


def test_two_errors_that_cancel_out_in_their_row_belong_to_one_cause() -> None:
    figures = right()
    first, second = GRANTED / PERSON, GRANTED / ENTERPRISE
    figures[first] = 3 + (figures[first] or 0)
    figures[second] = -3 + (figures[second] or 0)
    cause = only(localised(figures))
    assert len(cause.settles) == 2
    assert {first, second} in [set(one.cells) for one in cause.explanations]


def test_equations_without_a_common_cell_are_causes_of_their_own() -> None:
    other = equation("OTHER", x=1, y=-1)
    found = localise([SUM, other], values(a=1, b=2, t=4, x=1, y=2))
    assert [cause.settles for cause in found.causes] == [
        (("SUM", ROOT, ""),),
        (("OTHER", ROOT, ""),),
    ]


def test_more_errors_than_looked_for_are_told_as_such() -> None:
    figures = right()
    for row_of, column in zip(ROWS[2:8], APPLICANTS, strict=True):
        figures[row_of / column] = 1000 + (figures[row_of / column] or 0)
    cause = only(localised(figures))
    assert cause.status is Status.NONE
    assert cause.explanations == ()
    assert suggestion_of(cause, FORM) is None


def test_a_negative_count_is_wrong_though_everything_adds_up() -> None:
    cause = only(localise([SUM, ALSO], values(a=-3, b=13, t=10, v=3)))
    assert cause.outside == (at("a"),)
    assert sets(cause) == {("a", "b"), ("a", "t")}
    assert cause.certain == (at("a"),)
    assert [one.changes[0].new for one in cause.explanations] == [3, 3]


def test_what_would_make_another_figure_negative_is_no_explanation() -> None:
    cause = only(localise([SUM, ALSO], values(a=-3, b=5, t=2, v=3)))
    assert sets(cause) == {("a", "t")}
    assert [change.new for change in cause.explanations[0].changes] == [3, 8]


def test_where_several_figures_fit_none_is_named() -> None:
    cause = only(localise([SUM], values(a=-3, b=5, t=2)))
    assert sets(cause) == {("a", "b"), ("a", "t")}
    for explanation in cause.explanations:
        assert explanation.transaction is None
        assert {change.new for change in explanation.changes} == {None}


def test_bounds_alone_can_leave_one_figure() -> None:
    cause = only(localise([equation("NONE", a=1, b=1)], values(a=-3, b=3)))
    assert sets(cause) == {("a", "b")}
    assert [change.new for change in cause.explanations[0].changes] == [0, 0]


def test_no_count_is_found_by_halves() -> None:
    cause = only(localise([equation("TWICE", a=2, b=-1)], values(a=1, b=3)))
    assert sets(cause) == {("b",)}


def test_an_amount_may_have_its_decimals() -> None:
    cause = only(
        localise(
            [equation("TWICE", a=2, b=-1)],
            values(a=1, b=3),
            domains={at("a"): Domain(decimals=1)},
        )
    )
    assert sets(cause) == {("a",), ("b",)}
    new = {one.changes[0].pointer.key: one.changes[0].new for one in cause.explanations}
    assert new == {"a": Decimal("1.5"), "b": 2}


def test_a_figure_that_is_no_count_is_in_every_explanation() -> None:
    cause = only(localise([SUM, PAIR], values(a=Decimal("2.5"), b=1, t=3, c=1, u=3)))
    assert cause.outside == (at("a"),)
    assert cause.single is not None
    assert cause.single.new == 2


@pytest.mark.parametrize("size", [10**7, 10**12, 10**30])
def test_great_figures_are_exact(size: int) -> None:
    """Solvers with a big-M flag every figure from ten millions on."""
    found = localise([SUM, PAIR], values(a=size + 1, b=size, t=2 * size, c=1, u=size + 1))
    assert [change.new for change in _single(found)] == [size]


def _single(found: Localisation) -> list[Any]:
    return [cause.single for cause in found.causes]


# Reliability, limits.


def test_a_locked_cell_is_never_wrong() -> None:
    figures = values(a=1, b=2, t=4)
    cause = only(localise([SUM], figures, weights={at("b"): LOCKED, at("t"): LOCKED}))
    assert cause.single is not None
    assert (cause.single.pointer, cause.single.new) == (at("a"), 2)
    everything = dict.fromkeys(figures, LOCKED)
    assert only(localise([SUM], figures, weights=everything)).status is Status.NONE


def test_a_locked_cell_outside_its_domain_cannot_be_explained() -> None:
    cause = only(localise([SUM], values(a=-1, b=2, t=1), weights={at("a"): LOCKED}))
    assert cause.status is Status.NONE


def test_less_reliable_cells_come_first() -> None:
    figures = values(a=300, b=800, t=2200)
    for name in "abt":
        weights = {at(name): CHANGED, **{at(other): CONFIRMED for other in "abt" if other != name}}
        cause = only(localise([SUM], figures, weights=weights))
        assert cause.explanations[0].changes[0].pointer == at(name)


def test_ties_fall_in_the_order_of_the_form() -> None:
    for order in ("abt", "tba"):
        figures = {at(name): {"a": 300, "b": 300, "t": 8000}[name] for name in order}
        cause = only(localise([SUM], figures))
        firsts = [one.changes[0].pointer.key for one in cause.explanations[:2]]
        assert cause.explanations[0].cost == cause.explanations[1].cost
        assert firsts == sorted(firsts, key=order.index)


def test_the_order_of_the_equations_does_not_matter() -> None:
    figures = values(a=3, b=2, t=4, c=1, u=3)
    one, other = (localise(order, figures) for order in ([SUM, PAIR], [PAIR, SUM]))
    assert only(one).explanations == only(other).explanations


def test_a_used_up_budget_offers_nothing() -> None:
    figures = right()
    figures[GRANTED / PERSON] = 9999
    found = GROUND.localise(lambda operand: figures[operand.pointer] or 0, budget=1)
    cause = only(found)
    assert cause.status is Status.UNFINISHED
    assert cause.explanations == ()
    assert cause.certain == ()
    assert not found.cancelled
    assert found.single_fixes == ()


def test_it_can_be_cancelled() -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 1

    figures = {**values(a=1, b=2, t=9), at("x"): None}
    found = localise([SUM, equation("X", x=1)], figures, cancelled=cancelled)
    assert found.cancelled
    assert found.nodes == 1
    assert found.single_fixes == ()
    assert found.deductions == ()


# Blanks.


def test_an_equation_with_a_blank_accuses_nobody() -> None:
    assert localise([SUM], values(a=5, b=None, t=2)) == Localisation()


def test_the_only_blank_of_an_equation_is_deduced() -> None:
    (found,) = localise([SUM], values(a=1, b=None, t=4)).deductions
    assert (found.pointer, found.value, found.because) == (at("b"), 3, Because.EQUATION)
    assert found.equation[0] == "SUM"


def test_blanks_are_0_where_the_rest_adds_up() -> None:
    wide = equation("WIDE", a=1, b=1, c=1, t=-1)
    found = localise([wide], values(a=4, b=None, c=None, t=4)).deductions
    assert [(item.pointer.key, item.value) for item in found] == [("b", 0), ("c", 0)]
    assert {item.because for item in found} == {Because.BOUNDS}


def test_several_blanks_with_something_left_stay_open() -> None:
    wide = equation("WIDE", a=1, b=1, c=1, t=-1)
    assert localise([wide], values(a=4, b=None, c=None, t=5)).deductions == ()


def test_a_blank_follows_from_another() -> None:
    chain = [SUM, equation("NEXT", b=1, c=-1)]
    first, second = localise(chain, values(a=1, b=None, t=4, c=None)).deductions
    assert (first.pointer.key, first.given) == ("b", ())
    assert (second.pointer.key, second.value, second.given) == ("c", 3, (at("b"),))


def test_blanks_that_cannot_all_be_filled_are_left() -> None:
    assert localise([SUM], values(a=5, b=None, t=2)).deductions == ()
    conflict = [SUM, equation("NEXT", b=1, constant=-7)]
    assert localise(conflict, values(a=1, b=None, t=4)).deductions == ()


def test_nothing_is_deduced_from_a_suspect() -> None:
    chain = [SUM, PAIR]
    found = localise(chain, values(a=1, b=2, t=4, c=None, u=6))
    assert only(found).status is Status.FOUND
    assert found.deductions == ()


def test_a_cell_that_does_not_apply_is_no_blank() -> None:
    total = Equation({at("a"): 1, at("b"): 1, at("t"): -1}, 0, ("T", ROOT, ""), frozenset("ab"))
    optional = Equation(total.coefficients, 0, ("T", ROOT, ""), frozenset({at("a"), at("b")}))
    assert localise([optional], values(a=1, t=2)).causes
    assert not localise([optional], values(a=1, b=1)).causes
    assert not localise([SUM], values(a=1, t=2)).causes


def test_a_blank_cell_of_the_form_is_deduced_from_its_row() -> None:
    figures = right()
    figures[GRANTED / PERSON] = None
    found = localised(figures)
    assert found.causes == ()
    (item,) = found.deductions
    assert (item.pointer, item.value) == (GRANTED / PERSON, right()[GRANTED / PERSON])


# Slips.


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        (21, 12, Slip.TRANSPOSED),
        (17, 12, Slip.SUBSTITUTED),
        (1, 12, Slip.DROPPED),
        (112, 12, Slip.DOUBLED),
        (152, 12, Slip.INSERTED),
        (-12, 12, Slip.SIGN),
        (0, 12, Slip.OMITTED),
        (3, 7, Slip.DIGIT),
        (981, 12, Slip.OTHER),
        (12, 9812, Slip.OTHER),
        (120000, 12, Slip.OTHER),
    ],
)
def test_slips_of_counts(old: int, new: int, slip: Slip) -> None:
    assert slip_of(old, new, Domain()) is slip


def test_a_slip_of_the_unit_is_looked_for_in_amounts_only() -> None:
    amount = Domain(decimals=2)
    assert slip_of(120000, 12, amount) is Slip.UNIT
    assert slip_of(Decimal("1.25"), 12500, amount) is Slip.UNIT


def test_neighbours_that_were_swapped_are_the_first_choice() -> None:
    figures = right()
    first, second = GRANTED / PERSON, RESULTS[1] / PERSON
    assert second in GROUND.neighbours[first]
    assert figures[first] != figures[second]
    figures[first], figures[second] = figures[second], figures[first]
    best = only(localised(figures)).explanations[0]
    assert best.cells == {first, second}
    assert {change.slip for change in best.changes} == {Slip.SWAPPED}


# What a form gives.


def test_equations_of_the_form() -> None:
    found = equations_of(LOADED.checker.instances(FORM))
    rules = [item.identity[0] for item in found]
    assert {rule: rules.count(rule) for rule in set(rules)} == {
        "T3-ROW": 25,
        "T3-COL": 7,
        "T3-BAL": 7,
        "T4-SUM": 3,
    }


def test_equations_under_a_condition_hold_only_where_it_does() -> None:
    rules = [
        {"id": "R", "when": "one.a > 5", "check": "one.a = one.b", "severity": "error"},
        {"id": "Q", "check": "one.a = one.b", "severity": "query"},
        {"id": "P", "check": "one.a = prior.one.a", "severity": "error"},
        {"id": "D", "check": "one.a >= one.b", "severity": "error"},
    ]
    ground = _tiny(rules)
    assert [item.identity[0] for item, _ in ground.equations] == ["R"]
    one = Pointer.of("main", "one")
    for first, causes in ((6, 1), (4, 0)):
        found = ground.localise(_reader({one / "a": first, one / "b": 3}))
        assert len(found.causes) == causes


def _tiny(rules: list[dict[str, Any]]) -> Ground:
    cells = {name: figure(name, minimum=0) for name in "ab"}
    main = table("表", {"one": row(cells)}, **{"x-rules": rules})
    found = checker(schema({"main": main}))
    return ground_of(found.form, found.instances(found.form))


def _reader(figures: Mapping[Pointer, Value]) -> Any:
    return lambda operand: figures[operand.pointer]


def test_codes_are_neither_wrong_nor_deduced() -> None:
    figures: dict[Pointer, Value] = {
        pointer: Missing.BLANK if value is None else value for pointer, value in right().items()
    }
    figures[GRANTED / PERSON] = Coded("不详", Meaning.UNKNOWN)
    assert GROUND.localise(_reader(figures)) == Localisation()


def test_hostile_figures_are_left_alone() -> None:
    figures: dict[Pointer, Value] = dict(right())  # type: ignore[arg-type]
    for hostile in (10**5000, Decimal("1e999999"), Decimal("NaN")):
        figures[GRANTED / PERSON] = hostile
        assert GROUND.localise(_reader(figures)).single_fixes == ()


def test_reading_asks_for_this_report_only() -> None:
    asked: list[Operand] = []

    def read(operand: Operand) -> int:
        asked.append(operand)
        return 0

    GROUND.localise(read)
    assert asked
    assert not any(operand.prior for operand in asked)


# Words.


def example() -> dict[Pointer, int | None]:
    """Return a table of 12 requests, all granted to natural persons, of which 21 were typed."""
    figures: dict[Pointer, int | None] = dict.fromkeys(right(), 0)
    for place in (NEW, GRANTED, ALL_RESULTS):
        figures[place / PERSON] = figures[place / TOTAL] = 12
    figures[ALL_RESULTS / PERSON] = 21
    return figures


def test_one_cell_in_words() -> None:
    cause = only(localised(example()))
    suggestion = suggestion_of(cause, FORM)
    assert suggestion is not None
    assert suggestion.fix == cause.single_fix
    assert WORDING.message(suggestion.line) == (
        "疑似错填：（七）总计【自然人】21 应为 12？改后 3 个问题消除"
    )
    assert WORDING.message(suggestion.message) == (
        "下面 3 个问题可能是同一处造成的。只把表三【（七）总计】行【自然人】由 21 改为 12"
        "（两个数字颠倒），3 个问题全部消除。请先对照原始登记。本程序不会自行改数。"
    )
    english = Wording(FORM, Language.ENGLISH)
    assert english.message(suggestion.line) == (
        "Mistyped? (7) Total, Persons: 21, meant 12? Settles 3 findings"
    )


def test_every_line_fits_the_status_line() -> None:
    for pointer in GROUND.cells:
        figures = right()
        figures[pointer] = 123456
        cause = only(localised(figures))
        assert cause.single is not None
        suggestion = suggestion_of(cause, FORM)
        assert suggestion is not None
        for language in Language:
            line = Wording(FORM, language).message(suggestion.line)
            assert Measure().width("! " + line) <= 78, line


def test_several_explanations_in_words() -> None:
    figures = right()
    for place in (GRANTED / PERSON, GRANTED / TOTAL):
        figures[place] = 2 + (figures[place] or 0)
    cause = only(localised(figures))
    suggestion = suggestion_of(cause, FORM)
    assert suggestion is not None
    assert suggestion.fix is None
    text = WORDING.message(suggestion.message)
    assert "下面 2 个问题最少要改 2 格，有 " in text
    assert "不能断定是哪一种：1. " in text
    assert f"；还有 {cause.more} 种" in text
    assert "应为" not in WORDING.message(suggestion.line)


def test_a_cell_that_is_certain_is_named() -> None:
    cause = only(localise([SUM, ALSO], values(a=-3, b=13, t=10, v=3)))
    suggestion = suggestion_of(cause, FORM)
    assert suggestion is not None
    assert suggestion.pointers[0] == at("a")
    assert "每种改法都要改的：【a】。请先对照" in WORDING.message(suggestion.message)


def test_a_blank_in_words() -> None:
    figures = example()
    figures[ALL_RESULTS / PERSON] = None
    (item,) = localised(figures).deductions
    suggestion = suggestion_of_blank(item, FORM)
    assert suggestion.fix is not None
    assert suggestion.fix.transaction.edits == (SetValue(ALL_RESULTS / PERSON, 12),)
    assert WORDING.message(suggestion.line) == "（七）总计【自然人】未填，按勾稽关系应为 12？"
    assert "T3-ROW 中其他各格已填，这一格只能是 12。" in WORDING.message(suggestion.message)


def test_a_blank_that_rests_on_another_is_not_offered_alone() -> None:
    chain = [SUM, equation("NEXT", b=1, c=-1)]
    first, second = localise(chain, values(a=1, b=None, t=4, c=None)).deductions
    assert suggestion_of_blank(first, FORM).fix is not None
    assert suggestion_of_blank(second, FORM).fix is None


def test_the_carried_forward_row_is_a_part_like_any_other() -> None:
    figures = right()
    figures[CARRIED_FORWARD / PERSON] = 77 + (figures[CARRIED_FORWARD / PERSON] or 0)
    assert only(localised(figures)).certain == (CARRIED_FORWARD / PERSON,)
