"""What a wrong figure looks like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_tui.model.suggestion import Slip
from disclosure_tui.rules.localisation import Domain
from disclosure_tui.rules.localisation.slips import slip_of
from planted import RESULTS, SYSTEM, localised
from unit.rules.localisation.equations import GRANTED, PERSON, only, right


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
        (0, 7, Slip.DIGIT),
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
    assert second in SYSTEM.neighbours[first]
    assert figures[first] != figures[second]
    figures[first], figures[second] = figures[second], figures[first]
    best = only(localised(figures)).explanations[0]
    assert best.cells == {first, second}
    assert {change.slip for change in best.changes} == {Slip.SWAPPED}
