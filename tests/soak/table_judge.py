"""A second opinion on table 3: every set of up to three cells is tried, by another method.

It shares no code with the search, and takes the sums from the printed form, not from the rules.
A set of cells can only explain a table if it touches every sum that fails and no sum that holds
with one cell alone; what is left is solved by Cramer's rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from disclosure_tui.model.pointer import Pointer
from planted import equations

Explained = frozenset[tuple[Pointer, int]]
"""Cells with the figures they need."""

SUMS = equations()
TOUCHED: Mapping[Pointer, frozenset[int]] = {
    cell: frozenset(at for at, terms in enumerate(SUMS) if cell in terms)
    for cell in dict.fromkeys(cell for terms in SUMS for cell in terms)
}
CELLS = tuple(TOUCHED)


def smallest(figures: Mapping[Pointer, int], most: int = 3) -> set[Explained]:
    """Return all smallest explanations of a table; empty if none has so few cells."""
    residuals = [sum(factor * figures[cell] for cell, factor in terms.items()) for terms in SUMS]
    failing = frozenset(at for at, residual in enumerate(residuals) if residual)
    forced = frozenset(cell for cell in CELLS if figures[cell] < 0)
    if not failing and not forced:
        return {frozenset()}
    for size in range(1, most + 1):
        found = {
            explained
            for chosen in _sets(failing, forced, size)
            if (explained := _explained(chosen, figures, residuals)) is not None
        }
        if found:
            return found
    return set()


def _sets(
    failing: frozenset[int], forced: frozenset[Pointer], size: int
) -> Iterator[tuple[Pointer, ...]]:
    """Yield the sets whose pattern of touched sums could fit, each once."""
    first = min(failing, key=lambda at: len(SUMS[at]), default=None)
    seen: set[frozenset[Pointer]] = set()
    for one in CELLS if first is None else SUMS[first]:
        for others in combinations(CELLS, size - 1):
            chosen = frozenset((one, *others))
            if len(chosen) < size or chosen in seen or not forced <= chosen:
                continue
            touched: dict[int, int] = {}
            for cell in chosen:
                for at in TOUCHED[cell]:
                    touched[at] = touched.get(at, 0) + 1
            if not failing <= touched.keys():
                continue
            if any(times == 1 and at not in failing for at, times in touched.items()):
                continue
            seen.add(chosen)
            yield tuple(chosen)


def _explained(
    chosen: tuple[Pointer, ...], figures: Mapping[Pointer, int], residuals: Sequence[int]
) -> Explained | None:
    """Solve for the changes of the chosen cells; None if none are allowed."""
    rows = [[SUMS[at].get(cell, 0) for cell in chosen] for at in range(len(SUMS))]
    picked = next(
        (
            square
            for square in combinations([at for at, row in enumerate(rows) if any(row)], len(chosen))
            if _determinant([rows[at] for at in square])
        ),
        None,
    )
    if picked is None:
        # Only four cells, the corners of a rectangle, can change with all sums as they are.
        raise AssertionError(f"{chosen} depend on each other")
    square = [rows[at] for at in picked]
    below = _determinant(square)
    changes = []
    for column in range(len(chosen)):
        swapped = [
            [-residuals[at] if place == column else value for place, value in enumerate(row)]
            for at, row in zip(picked, square, strict=True)
        ]
        changes.append(Fraction(_determinant(swapped), below))
    if any(
        sum(factor * change for factor, change in zip(row, changes, strict=True)) != -residual
        for row, residual in zip(rows, residuals, strict=True)
    ):
        return None
    new = [figures[cell] + change for cell, change in zip(chosen, changes, strict=True)]
    if any(not change for change in changes) or any(n < 0 or n.denominator != 1 for n in new):
        return None
    return frozenset((cell, int(figure)) for cell, figure in zip(chosen, new, strict=True))


def _determinant(square: Sequence[Sequence[int]]) -> int:
    """Return the determinant, expanded along the first row."""
    if len(square) == 1:
        return square[0][0]
    return sum(
        (-1) ** column * value * _determinant(_minor(square, column))
        for column, value in enumerate(square[0])
        if value
    )


def _minor(square: Sequence[Sequence[int]], column: int) -> list[list[int]]:
    return [[*row[:column], *row[column + 1 :]] for row in square[1:]]
