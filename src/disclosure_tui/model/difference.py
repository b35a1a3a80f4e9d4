"""Where two states of a report differ."""

from __future__ import annotations

from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report

__all__ = ["Differences"]


@dataclass(frozen=True, slots=True)
class Differences:
    """Where two states of a report differ, as deep as can be told.

    Attributes:
        values: Values that changed, came or went. Lists are not looked into.
        maps: Maps whose keys are others, or stand in another order.
    """

    values: tuple[Pointer, ...]
    maps: tuple[Pointer, ...]

    @classmethod
    def between(cls, before: Report, after: Report) -> Differences:
        """Compare two states; what they share is passed over at once."""
        values: list[Pointer] = []
        maps: list[Pointer] = []
        if before.data is not after.data:
            _collect(before.data, after.data, (), values, maps)
        return cls(tuple(values), tuple(maps))

    def __bool__(self) -> bool:
        return bool(self.values or self.maps)


def _collect(
    before: Plain,
    after: Plain,
    at: tuple[str, ...],
    values: list[Pointer],
    maps: list[Pointer],
) -> None:
    if not (isinstance(before, dict) and isinstance(after, dict)):
        if not _alike(before, after):
            values.append(Pointer(at))
        return
    if list(before) != list(after):
        maps.append(Pointer(at))
        values.extend(Pointer((*at, str(key))) for key in before if key not in after)
    for key, value in after.items():
        if key not in before:
            values.append(Pointer((*at, str(key))))
        elif before[key] is not value:
            _collect(before[key], value, (*at, str(key)), values, maps)


def _alike(one: Plain, other: Plain) -> bool:
    """Tell whether two values are equal and of the same kind: 1, true and 1.0 all differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Decimal):
        # 3.1 and 3.10 are equal, but not as precise.
        return str(one) == str(other)
    return bool(one == other)
