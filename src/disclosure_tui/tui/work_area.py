"""The page with what may stand beside it: findings in full, and last year's figures."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from textual.containers import Container, Horizontal

from disclosure_tui.render.pages import PageKind
from disclosure_tui.tui.side_by_side import last_year_figures, last_year_titles, panel_paragraphs
from disclosure_tui.tui.widgets.side_panel import FindingsPanel, LastYearColumn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from disclosure_tui.tui.page_view import PageView

__all__ = ["Panel", "WorkArea"]

_BESIDE = 130
"""From so many cells of the screen on the findings stand beside the page, else below it."""


class Panel(Enum):
    """What can be shown beside a page."""

    FINDINGS = "findings"
    LAST_YEAR = "last year"


class WorkArea(Container):
    """One page and its panels."""

    def __init__(self, view: PageView, panels: set[Panel]) -> None:
        """Take what is shown.

        Args:
            view: The page.
            panels: What stands beside it; the same set for all reports that are opened.
        """
        super().__init__(id="work")
        self.view = view
        self._panels = panels
        self._findings = FindingsPanel()
        self._column = LastYearColumn()

    def compose(self) -> ComposeResult:
        """Lay the area out."""
        with Horizontal(id="page-row"):
            yield self.view
            yield self._column
        yield self._findings

    def fit(self, width: int) -> None:
        """Put the panels where a screen of this width has room for them."""
        self.set_class(width >= _BESIDE, "beside")
        self._findings.display = Panel.FINDINGS in self._panels
        self._column.display = self._has_column

    @property
    def _has_column(self) -> bool:
        return Panel.LAST_YEAR in self._panels and self.view.page.kind is PageKind.TABLE

    def settle(self) -> None:
        """Bring the panels up to date."""
        view, filling = self.view, self.view.filling
        if self._findings.display:
            self._findings.show(panel_paragraphs(filling, view.page, view.pointer))
        self._column.display = self._has_column
        if self._has_column:
            lines = view.table.column_in_view()
            figures = last_year_figures(filling, lines, view.pointer)
            self._column.show(last_year_titles(filling, view.pointer), figures)
