"""Blanks that only one figure can fill."""

from __future__ import annotations

from disclosure_tui.model.pointer import ROOT
from disclosure_tui.rules.localisation import Because, Equation, Localisation, Status, localise
from planted import localised
from unit.rules.localisation.equations import (
    GRANTED,
    PAIR,
    PERSON,
    SUM,
    at,
    equation,
    only,
    right,
    values,
)


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
