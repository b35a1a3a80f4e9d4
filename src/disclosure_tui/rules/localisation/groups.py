"""Equations that hang together, by the cells they share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

__all__ = ["groups"]


def groups(equations: Mapping[int, Collection[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the groups, each in order; two equations of different groups share no cell.

    Args:
        equations: Their cells, by position. Equations that hold count as well: an error can
            show in two equations that have no cell in common but for one between them.
    """
    holding: dict[int, list[int]] = {}
    for at, cells in equations.items():
        for cell in cells:
            holding.setdefault(cell, []).append(at)
    seen: set[int] = set()
    for start in equations:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for at in group:
            for cell in equations[at]:
                new = [other for other in holding.pop(cell, ()) if other not in seen]
                seen.update(new)
                group.extend(new)
        yield tuple(sorted(group))
