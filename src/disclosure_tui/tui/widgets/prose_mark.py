"""What is marked in a prose section. The text area itself is loaded when it is wanted."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Severity

__all__ = ["ProseMark"]


@dataclass(frozen=True, slots=True)
class ProseMark:
    """A piece of the text that is marked.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        severity: The weight of what is wrong there, shown before its line; None if nothing is.
        is_figure: It is a figure that is tied to cells, and underlined.
    """

    start: int
    end: int
    severity: Severity | None = None
    is_figure: bool = True
