"""Which editor a person wants for long texts."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping

from disclosure_tui.data_class import dataclass

__all__ = ["Editor", "wanted_editor"]

_DEFAULTS = ("nano", "vi")


@dataclass(frozen=True, slots=True)
class Editor:
    """The editor for long texts.

    Attributes:
        variable: Where it is named, or empty.
        words: The command with its arguments; empty where none is named and none was found.
        is_there: Whether such a program exists.
    """

    variable: str
    words: tuple[str, ...]
    is_there: bool

    @property
    def command(self) -> str:
        """The command as it is written."""
        return " ".join(self.words)


def wanted_editor(environment: Mapping[str, str]) -> Editor:
    """Return the editor that VISUAL or EDITOR names, else one that most machines have."""
    path = environment.get("PATH")
    for name in ("VISUAL", "EDITOR"):
        wanted = environment.get(name, "").strip()
        if not wanted:
            continue
        try:
            words = tuple(shlex.split(wanted))
        except ValueError:
            words = (wanted,)
        return Editor(name, words, bool(words) and shutil.which(words[0], path=path) is not None)
    found = next((name for name in _DEFAULTS if shutil.which(name, path=path)), None)
    return Editor("", (found,) if found else (), found is not None)
