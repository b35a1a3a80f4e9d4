"""What a person has chosen for the terminal, by options or in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from disclosure_tui.data_class import dataclass

__all__ = ["TerminalChoices"]


@dataclass(frozen=True, slots=True)
class TerminalChoices:
    """How the editor uses the terminal.

    Attributes:
        mouse: The mouse belongs to the editor; else to the terminal, to select and copy.
        ascii_only: Whether signs stand for characters of doubtful width; None asks the terminal.
    """

    mouse: bool = False
    ascii_only: bool | None = None

    @classmethod
    def of(
        cls,
        *,
        mouse: bool = False,
        ascii_only: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> TerminalChoices:
        """Read the environment where no option was given."""
        asked = environment.get("DISCLOSURE_ASCII")
        return cls(
            mouse or environment.get("DISCLOSURE_MOUSE") == "1",
            True if ascii_only else {"1": True, "0": False}.get(asked or ""),
        )
