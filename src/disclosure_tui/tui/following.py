"""The way between a figure in a text and its cell in a table, and back. No Textual."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.stated import StatedFigure

__all__ = ["Following", "Spot", "spot_of"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to look at.

    Attributes:
        place: The text, the cell or the field.
        offset: How many characters of a text stand before it.
    """

    place: Pointer
    offset: int = 0


def spot_of(finding: Finding) -> Spot:
    """Return where a finding is: in a text at the words it is about."""
    quote = finding.quote
    if quote is None or quote.pointer != finding.primary:
        return Spot(finding.primary)
    return Spot(finding.primary, quote.start)


class Following:
    """Remembers where a person came from, so that going back leads there."""

    def __init__(self) -> None:
        self._text: Spot | None = None
        self._cell: Pointer | None = None
        self._began_at_cell = False
        self._is_away = False

    def cell_for(self, figure: StatedFigure, here: Spot) -> Pointer:
        """Return the cell to go to from a figure."""
        if self._began_at_cell and self._cell is not None and self._cell in figure.cells:
            return self._cell
        self._text, self._cell = here, figure.cells[0]
        self._began_at_cell, self._is_away = False, True
        return self._cell

    def spot_for(self, cell: Pointer, figures: Sequence[StatedFigure]) -> Spot | None:
        """Return the place in a text to go to from a cell; None if no figure is tied to it.

        Whoever came from a text goes back there; else one figure after the other is shown.
        """
        if self._is_away and cell == self._cell:
            self._is_away = False
            return self._text
        spots = list(dict.fromkeys(Spot(figure.section, figure.start) for figure in figures))
        if not spots:
            return None
        last = self._text if cell == self._cell else None
        number = spots.index(last) + 1 if last in spots else 0
        self._text, self._cell = spots[number % len(spots)], cell
        self._began_at_cell, self._is_away = True, False
        return self._text
