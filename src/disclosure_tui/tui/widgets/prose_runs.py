"""Runs of a text, for moving by words: Chinese without blanks has no words to see.

A run is a piece of Chinese between punctuation, a Latin word, or a number with its decimals.
"""

from __future__ import annotations

import re

__all__ = ["run_end_after", "run_start_after", "run_start_before"]

_LATIN = "0-9A-Za-z\u00c0-\u024f０-９Ａ-Ｚａ-ｚ"
_RUN = re.compile(f"[{_LATIN}]+(?:[-.,:/@_%．'’][{_LATIN}]+)*[%％‰]?|[^\\W_{_LATIN}]+")


def run_start_after(line: str, column: int) -> int:
    """Return where the next run starts; the end of the line if there is none."""
    return next((run.start() for run in _RUN.finditer(line) if run.start() > column), len(line))


def run_end_after(line: str, column: int) -> int:
    """Return where the run around or behind a place ends; else the end of the line."""
    return next((run.end() for run in _RUN.finditer(line) if run.end() > column), len(line))


def run_start_before(line: str, column: int) -> int:
    """Return where the run before or around a place starts; else the start of the line."""
    return max((run.start() for run in _RUN.finditer(line) if run.start() < column), default=0)
