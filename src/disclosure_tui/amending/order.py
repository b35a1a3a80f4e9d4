"""Which of several things changed their order: the fewest whose move explains it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

__all__ = ["out_of_order"]

T = TypeVar("T", bound=Hashable)


def out_of_order(old: Sequence[T], new: Sequence[T]) -> tuple[T, ...]:
    """Return what was moved, in the new order; the rest stands in the order it always had.

    Args:
        old: The order before, each thing once.
        new: The order now, of the same things.
    """
    was = {item: at for at, item in enumerate(old)}
    ranks = [was[item] for item in new]
    stays = set(_longest_rise(ranks))
    return tuple(item for item, rank in zip(new, ranks, strict=True) if rank not in stays)


def _longest_rise(ranks: Sequence[int]) -> list[int]:
    """Return a longest subsequence that only rises."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int | None] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(tails, rank)
        before.append(ends[length - 1] if length else None)
        if length == len(ends):
            ends.append(at)
            tails.append(rank)
        else:
            ends[length] = at
            tails[length] = rank
    found: list[int] = []
    at_now = ends[-1] if ends else None
    while at_now is not None:
        found.append(ranks[at_now])
        at_now = before[at_now]
    return found[::-1]
