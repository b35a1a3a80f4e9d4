"""How the list of findings is put in order."""

from __future__ import annotations

from enum import Enum

from disclosure_tui.language import Text

__all__ = ["FindingOrder"]


class FindingOrder(Enum):
    """How the list is put in order."""

    SEVERITY = Text("按级别", "by weight")
    SECTION = Text("按部分", "by section")

    @property
    def other(self) -> FindingOrder:
        """The other way."""
        return FindingOrder.SECTION if self is FindingOrder.SEVERITY else FindingOrder.SEVERITY
