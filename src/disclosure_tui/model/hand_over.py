"""Figures that one report hands over to the next: last year's against this year's."""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Identity, Place, Term
from disclosure_tui.model.pointer import Pointer

__all__ = ["HandOver", "HandedOver"]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One figure handed over.

    Attributes:
        pointer: The cell of this report that it is about.
        identity: The finding that a difference is reported as.
        here: What this report says; None where it says no figure.
        there: What follows from last year's; None where it is not known.
    """

    pointer: Pointer
    identity: Identity
    here: int | Decimal | None
    there: int | Decimal | None

    @property
    def difference(self) -> int | Decimal | None:
        """This report minus last year's; None where one is not known."""
        return None if self.here is None or self.there is None else self.here - self.there


@dataclass(frozen=True, slots=True)
class HandOver:
    """One rule by which figures are handed over, at all its places.

    Attributes:
        rule: Its id.
        here: What stands in this report, as the terms of the first place.
        there: What follows from last year's.
        named: How the terms are named.
        across: How the places are told apart.
        places: The figures, in the order of the form.
    """

    rule: str
    here: tuple[Term, ...]
    there: tuple[Term, ...]
    named: Place
    across: Place
    places: tuple[HandedOver, ...]
