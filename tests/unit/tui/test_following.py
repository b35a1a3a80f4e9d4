"""The way between a figure in a text and its cell."""

from __future__ import annotations

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.stated import StatedFigure
from disclosure_tui.tui.following import Following, Spot

PART, OTHER = Pointer.of("overview"), Pointer.of("problems")
NEW, DONE = Pointer.of("requests", "new"), Pointer.of("requests", "done")


def figure(section: Pointer, start: int, *cells: Pointer) -> StatedFigure:
    return StatedFigure(section, start, start + 1, cells, "TX-NEW", truth=True, finding=None)


FIRST, SECOND = figure(PART, 3, NEW, DONE), figure(OTHER, 9, NEW)


def test_from_a_text_to_the_cell_and_back_again_and_again() -> None:
    way = Following()
    for offset in (4, 7):
        here = Spot(PART, offset)
        assert way.cell_for(FIRST, here) == NEW
        assert way.spot_for(NEW, [FIRST, SECOND]) == here


def test_from_a_cell_one_figure_after_the_other_and_always_back_to_the_cell() -> None:
    way = Following()
    spots = []
    for _ in range(3):
        spot = way.spot_for(DONE, [FIRST, figure(PART, 20, NEW, DONE)])
        assert spot is not None
        spots.append(spot)
        assert way.cell_for(FIRST, spot) == DONE
    assert spots == [Spot(PART, 3), Spot(PART, 20), Spot(PART, 3)]


def test_another_cell_begins_anew_and_one_that_no_text_names_leads_nowhere() -> None:
    way = Following()
    assert way.cell_for(FIRST, Spot(PART, 4)) == NEW
    assert way.spot_for(DONE, [FIRST]) == Spot(PART, 3)
    assert way.spot_for(Pointer.of("requests", "other"), []) is None
