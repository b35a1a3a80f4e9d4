"""Values of a report side by side: when two are the same, and what stands where there is none."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from disclosure_tui.model.report import Plain

__all__ = ["ABSENT", "Absent", "Side", "same_value", "says_the_same"]


class Absent(Enum):
    """What stands where there is no key."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

Side: TypeAlias = Plain | Absent
"""The value of one side, or that it has none."""


def same_value(one: Plain, other: Plain) -> bool:
    """Tell whether two values are equal and of the same kind: 1, true, "1" and 1.0 all differ."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same_value(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, list):
        return (
            isinstance(other, list)
            and len(one) == len(other)
            and all(same_value(*pair) for pair in zip(one, other, strict=True))
        )
    return type(one) is type(other) and bool(one == other)


def says_the_same(one: Side, other: Side) -> bool:
    """Tell whether two values say the same to a reader: a key that is not there is a blank."""
    return same_value(*(None if side is ABSENT else side for side in (one, other)))
