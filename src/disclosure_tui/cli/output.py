"""The two ends of a command: stdout for data, stderr for narration."""

from __future__ import annotations

import os
import re
import shutil
import sys
from io import StringIO

from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line
from disclosure_tui.render.width import printable

__all__ = [
    "colourful",
    "data",
    "full_screen",
    "is_dumb",
    "lines_width",
    "narrate",
    "prefers_ascii",
    "print_lines",
    "rendered",
    "terminal_width",
]

STYLES = {
    Tone.ERROR: "bold red",
    Tone.QUERY: "bold yellow",
    Tone.WARNING: "cyan",
    Tone.NOTE: "dim",
    Tone.BLANK: "dim",
    Tone.COMPUTED: "",
    Tone.REMOVED: "red",
    Tone.ADDED: "green",
    Tone.CARRIED: "",
    Tone.PLAIN: "",
}
"""How a tone looks. The marks say the same, for those who see no colour."""


def data(text: str) -> None:
    """Write to stdout."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def narrate(text: str) -> None:
    """Write a line to stderr; names of files and what a file holds cannot steer a terminal."""
    sys.stderr.write("\n".join(printable(line) for line in text.split("\n")) + "\n")


def colourful() -> bool:
    """Tell whether stdout is a terminal that wants colour, or git's pager on one."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM", "") in ("", "dumb")
    shown = sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE") == "true"
    return shown and not plain


def full_screen() -> bool:
    """Tell whether there is a terminal on which a full-screen program can run."""
    dumb = os.environ.get("TERM", "dumb") == "dumb"
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb


def is_dumb() -> bool:
    """Tell whether somebody sits at a terminal that can only take one line after the other."""
    dumb = os.environ.get("TERM") == "dumb"
    return dumb and sys.stdin.isatty() and sys.stdout.isatty()


def prefers_ascii() -> bool:
    """Tell whether rules printed to the terminal are better drawn with `+`, `-` and `|`."""
    if not sys.stdout.isatty():
        return False
    asked = os.environ.get("DISCLOSURE_ASCII")
    if asked in ("0", "1"):
        return asked == "1"
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    other_encoding = "." in locale and not re.search(r"\.utf-?8", locale, re.IGNORECASE)
    return os.environ.get("TERM") == "dumb" or other_encoding


def terminal_width(asked: int | None) -> int:
    """Return the width to print at, in cells; at least what the narrowest table needs."""
    return max(asked or shutil.get_terminal_size((100, 24)).columns, 40)


def lines_width(asked: int | None) -> int | None:
    """Return the width to break lines at; None where they go to a file or a pipe whole."""
    return terminal_width(asked) if asked or sys.stdout.isatty() else None


def print_lines(lines: list[Line], width: int) -> None:
    """Print painted lines: styled on a terminal, without any escape elsewhere."""
    data(rendered(lines, width))


def rendered(lines: list[Line], width: int) -> str:
    """Return painted lines as text: with escapes only where stdout is a terminal with colours."""
    if not colourful():
        return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
    # Imported here: checking prints plain lines and should not wait for Rich.
    from rich.console import Console
    from rich.text import Text as RichText

    written = StringIO()
    console = Console(
        file=written, width=width or None, highlight=False, soft_wrap=True, force_terminal=True
    )
    for line in lines:
        text = RichText(no_wrap=True, end="\n")
        for piece in line:
            text.append(piece.text, STYLES[piece.tone])
        console.print(text)
    return written.getvalue()
