"""The way through a report: which place is asked, and which one is next."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.language import Language
from disclosure_tui.linear.places import Place, places_of
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.totals import in_step
from disclosure_tui.session import Session

__all__ = ["Way"]


class Way:
    """Where a person is in a report; behind its last place at the end."""

    def __init__(self, session: Session, language: Language) -> None:
        self._session, self._language = session, language
        self._at: Pointer | None = None
        self.begin()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places of the report as it is now."""
        return places_of(self._session.form, self._language)

    @property
    def place(self) -> Place | None:
        """The present place; None at the end."""
        return next((one for one in self.places if one.pointer == self._at), None)

    def begin(self) -> None:
        """Go to the first place."""
        self._at = self.places[0].pointer

    def go_to(self, place: Place) -> None:
        """Go to a place."""
        self._at = place.pointer

    def near(self, pointer: Pointer) -> bool:
        """Go to the first place at a pointer or below it; tell whether there is one."""
        found = next((one.pointer for one in self.places if one.pointer.starts_with(pointer)), None)
        self._at = found if found is not None else self._at
        return found is not None

    def step(self, by: int) -> None:
        """Go on or back; totals that follow their parts are not asked."""
        computed = in_step(self._session.following_totals, self._session.report)
        places = [
            place
            for place in self.places
            if place.pointer == self._at or place.pointer not in computed
        ]
        index = _index(places, self._at)
        if index is None:
            index = len(places)
        after = max(0, index + by)
        self._at = places[after].pointer if after < len(places) else None

    def next_page(self) -> None:
        """Go to the first place of the next page; from the end to the beginning."""
        places = self.places
        index = _index(places, self._at)
        if index is None:
            self._at = places[0].pointer
            return
        page = places[index].page
        later = (place.pointer for place in places[index:] if place.page != page)
        self._at = next(later, None)


def _index(places: Sequence[Place], pointer: Pointer | None) -> int | None:
    return next((at for at, place in enumerate(places) if place.pointer == pointer), None)
