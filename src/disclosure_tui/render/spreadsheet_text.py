"""Texts in files that spreadsheet programs open: none of them may be run as a formula."""

from __future__ import annotations

__all__ = ["FORMULA_STARTS", "inert"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would take for a formula."""


def inert(text: str) -> str:
    """Keep a text of a CSV file from being run as a formula; a number stays what it is."""
    if not text.startswith(FORMULA_STARTS) or _is_number(text):
        return text
    return "'" + text


def _is_number(text: str) -> bool:
    digits = text[1:] if text[:1] in "+-" else text
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()
