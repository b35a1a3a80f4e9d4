"""The characters of a table's rules and of the places where they meet."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass

__all__ = ["ASCII", "BOX", "Borders"]


@dataclass(frozen=True, slots=True)
class Borders:
    """A set of border characters, one cell each.

    Attributes:
        horizontal: A rule between rows.
        vertical: A rule between columns.
        junctions: Sixteen characters; the index adds 1 for a rule upward, 2 downward, 4 to the
            left and 8 to the right.
    """

    horizontal: str
    vertical: str
    junctions: str

    def junction(self, *, up: bool, down: bool, left: bool, right: bool) -> str:
        """Return the character where rules meet, given the sides from which one comes."""
        return self.junctions[up + 2 * down + 4 * left + 8 * right]


BOX = Borders("─", "│", " ╵╷│╴┘┐┤╶└┌├─┴┬┼")
ASCII = Borders("-", "|", " |||-+++-+++-+++")
