"""Merged header cells in files that cannot say so: their text stands once, the rest is empty."""

from __future__ import annotations

__all__ = ["spread"]


def spread(lines: list[list[str]]) -> list[list[str]]:
    """Carry header texts to the right, as far as the group that they stand in reaches.

    Args:
        lines: Header rows from the top, each from left to right (for row labels: columns).
    """
    result: list[list[str]] = []
    starts: list[bool] = []
    for line in lines:
        filled = list(line)
        width = len(line)
        starts = starts or [False] * width
        begins = list(starts)
        for at in range(width):
            if line[at].strip():
                begins[at] = True
            elif at and not starts[at]:
                filled[at] = filled[at - 1]
        result.append(filled)
        starts = begins
    return result
