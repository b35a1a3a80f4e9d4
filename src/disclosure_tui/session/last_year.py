"""What last year's report says of cells of this one, worked out once for each form and prior."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.context import PriorReport

__all__ = ["LastYear"]

_Figures = Mapping[Pointer, int | Decimal]


class LastYear:
    """Keeps the figures: they are looked up for every cell of a table that is drawn."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._known: tuple[Form, PriorReport | None, _Figures] | None = None

    def figures(self, form: Form, prior: PriorReport | None) -> _Figures:
        """Return the figures of the cells that rules set equal to last year's report."""
        known = self._known
        if known is None or known[0] is not form or known[1] is not prior:
            from disclosure_tui.rules.carrying import last_years_figures

            found = last_years_figures(form, self._checker.carried(form), prior)
            known = self._known = (form, prior, found)
        return known[2]
