"""Long output goes to the person's pager, as git and man do it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys

from disclosure_tui.cli.output import data

__all__ = ["pager_command", "show"]

_DEFAULT = "less"
_LESS_OPTIONS = "FRX"
"""Leave at once if it all fits, keep colours, leave the text on the screen."""


def show(text: str, *, wanted: bool) -> None:
    """Write a text to stdout; through the pager if it is longer than the terminal.

    Args:
        text: The lines, with a line end behind the last.
        wanted: A pager is wanted at all.
    """
    command = pager_command() if wanted and _is_longer_than_the_screen(text) else None
    if command is None:
        data(text)
        return
    sys.stdout.flush()
    # Ctrl+C belongs to the pager: it stops a search there, and must not leave it alone behind.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(  # noqa: S603 - the pager that the person chose
            command, stdin=subprocess.PIPE, env=_environment()
        )
        # Whoever leaves early has read enough: `communicate` passes over the broken pipe.
        process.communicate(text.encode("utf-8", errors="replace"))
    finally:
        signal.signal(signal.SIGINT, before)


def pager_command() -> list[str] | None:
    """Return the pager that the person chose, else less; None: none is wanted, or none is there."""
    chosen = os.environ.get("DISCLOSURE_PAGER", os.environ.get("PAGER", _DEFAULT))
    try:
        command = shlex.split(chosen)
    except ValueError:
        return None
    if not command or command == ["cat"] or shutil.which(command[0]) is None:
        return None
    return command


def _is_longer_than_the_screen(text: str) -> bool:
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return False
    return text.count("\n") >= shutil.get_terminal_size().lines


def _environment() -> dict[str, str]:
    """Return what the pager is to know: the text is UTF-8 whatever the locale, colours stay."""
    options = os.environ.get("LESS")
    less = _LESS_OPTIONS if options is None else f"{options} -R".strip()
    return {**os.environ, "LESSCHARSET": "utf-8", "LESS": less}
