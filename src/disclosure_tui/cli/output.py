"""The two ends of a command: stdout for data, stderr for narration."""

from __future__ import annotations

import os
import shutil
import sys

from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line
from disclosure_tui.render.width import printable

__all__ = ["colourful", "data", "full_screen", "narrate", "print_lines", "terminal_width"]

STYLES = {
    Tone.ERROR: "bold red",
    Tone.QUERY: "bold yellow",
    Tone.WARNING: "cyan",
    Tone.NOTE: "dim",
    Tone.BLANK: "dim",
    Tone.COMPUTED: "",
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
    """Tell whether stdout is a terminal that wants colour."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def full_screen() -> bool:
    """Tell whether there is a terminal on which a full-screen program can run."""
    dumb = os.environ.get("TERM", "dumb") == "dumb"
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb


def terminal_width(asked: int | None) -> int:
    """Return the width to print at, in cells; at least what the narrowest table needs."""
    return max(asked or shutil.get_terminal_size((100, 24)).columns, 40)


def print_lines(lines: list[Line], width: int) -> None:
    """Print painted lines: styled on a terminal, without any escape elsewhere."""
    if not colourful():
        data("\n".join("".join(piece.text for piece in line).rstrip() for line in lines))
        return
    # Imported here: checking prints plain lines and should not wait for Rich.
    from rich.console import Console
    from rich.text import Text as RichText

    console = Console(width=width, highlight=False, soft_wrap=True)
    for line in lines:
        text = RichText(no_wrap=True, end="\n")
        for piece in line:
            text.append(piece.text, STYLES[piece.tone])
        console.print(text)
