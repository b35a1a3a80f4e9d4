"""Versions of schemas: which of two is the newer."""

from __future__ import annotations

import re

__all__ = ["VersionKey", "version_key"]

VersionKey = tuple[tuple[int, int, str], ...]

_PARTS = re.compile(r"[0-9]+|[^0-9.]+")
_END = (1, -1, "")
"""Where a version ends: above words (2026.1-draft comes before 2026.1), below numbers."""


def version_key(version: str) -> VersionKey:
    """Return what versions are ordered by: numbers as numbers, 2026.10 after 2026.9.

    A version with a word behind it comes before the same one without: 2026.1-draft.
    """
    return (*(_part(part) for part in _PARTS.findall(version)), _END)


def _part(part: str) -> tuple[int, int, str]:
    if not part[0].isdecimal():
        return (0, 0, part)
    # Of two numbers without leading zeros the longer is the greater, however long they are.
    digits = part.lstrip("0")
    return (1, len(digits), digits)
