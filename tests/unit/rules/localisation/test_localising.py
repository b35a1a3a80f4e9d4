"""Which cells are wrong: causes, explanations, what is believed, and where the search ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.model.edit import SetValue
from disclosure_tui.model.pointer import ROOT
from disclosure_tui.rules.localisation import (
    CHANGED,
    CONFIRMED,
    LOCKED,
    Domain,
    Localisation,
    Status,
    localise,
)
from planted import ALL_RESULTS, APPLICANTS, ROWS, SYSTEM, TOTAL, localised
from unit.rules.localisation.equations import (
    ALSO,
    ENTERPRISE,
    GRANTED,
    PAIR,
    PERSON,
    SUM,
    at,
    equation,
    only,
    right,
    sets,
    values,
)


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
    fix = only(localised(figures)).fix
    assert fix is not None
    assert fix.transaction.edits == (SetValue(wrong, right()[wrong]),)


def test_one_failing_equation_is_ambiguous_and_offers_nothing() -> None:
    found = localise([SUM], values(a=1, b=2, t=4))
    cause = only(found)
    assert sets(cause) == {("a",), ("b",), ("t",)}
    assert cause.certain == ()
    assert cause.single is None
    assert cause.fix is None


def test_a_part_wrong_with_its_total_computed_from_it_is_ambiguous() -> None:
    figures = right()
    wrong, total = GRANTED / PERSON, GRANTED / TOTAL
    figures[wrong] = 5 + (figures[wrong] or 0)
    figures[total] = 5 + (figures[total] or 0)
    found = localised(figures)
    cause = only(found)
    assert cause.fix is None
    assert len(cause.explanations) > 5
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
    assert cause.fix is None


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
    found = SYSTEM.localise(lambda operand: figures[operand.pointer] or 0, budget=1)
    cause = only(found)
    assert cause.status is Status.UNFINISHED
    assert cause.explanations == ()
    assert cause.certain == ()
    assert not found.cancelled
    assert cause.fix is None


def test_it_can_be_cancelled() -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 1

    figures = {**values(a=1, b=2, t=9), at("x"): None}
    found = localise([SUM, equation("X", x=1)], figures, cancelled=cancelled)
    assert found.cancelled
    assert found.nodes == 1
    assert [cause.fix for cause in found.causes] == [None]
    assert found.deductions == ()
