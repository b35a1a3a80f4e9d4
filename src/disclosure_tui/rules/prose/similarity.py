"""How much of a text was taken over from another one."""

from __future__ import annotations

import re

from disclosure_tui.rules.prose.page import Page

__all__ = ["SHINGLE", "share_taken_over"]

SHINGLE = 8
"""Pieces of so many characters are compared: official phrases alone are shorter."""

_FIGURES = re.compile("[0-9.%]+")


def share_taken_over(text: str, earlier: str) -> int:
    """Return how many per cent of a text stand in an earlier one, figures and years apart."""
    own, old = _pieces(text), _pieces(earlier)
    if not own:
        return 0
    return 100 * sum(piece in old for piece in own) // len(own)


def _pieces(text: str) -> set[str]:
    # The figures of a year are new each year; what is told about them may not be.
    plain = _FIGURES.sub("0", Page.of(text).text.replace("\n", ""))
    return {plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1)}
