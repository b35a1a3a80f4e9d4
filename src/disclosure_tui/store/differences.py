"""The edits that make one map or list another, so that what stays the same keeps its text."""

from __future__ import annotations

from typing import Any

from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.model.value import same_value

__all__ = ["differences"]


def differences(pointer: Pointer, old: Plain, new: Plain) -> list[Edit] | None:
    """Return the edits from one map or list to another; None where they share nothing."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() & new.keys():
        return _of_maps(pointer, old, new)
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _of_lists(pointer, old, new)
    return None


def _of_maps(pointer: Pointer, old: dict[str, Any], new: dict[str, Any]) -> list[Edit]:
    order = tuple(new)
    edits: list[Edit] = []
    for key, value in new.items():
        if key not in old:
            edits.append(InsertValue(pointer / key, value, order))
        elif not _same(old[key], value):
            edits.append(SetValue(pointer / key, value))
    return edits + [RemoveValue(pointer / key) for key in old if key not in new]


def _of_lists(pointer: Pointer, old: list[Any], new: list[Any]) -> list[Edit]:
    """Keep the items that are alike at both ends; those between are set, then added or removed."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and _same(old[first], new[first]):
        first += 1
    behind = 0
    while behind < shorter - first and _same(old[-1 - behind], new[-1 - behind]):
        behind += 1
    both = range(first, shorter - behind)
    edits: list[Edit] = [
        SetValue(pointer / str(index), new[index])
        for index in both
        if not _same(old[index], new[index])
    ]
    edits += [
        InsertValue(pointer / str(index), new[index])
        for index in range(shorter - behind, len(new) - behind)
    ]
    gone = range(shorter - behind, len(old) - behind)
    return edits + [RemoveValue(pointer / str(index)) for index in reversed(gone)]


def _same(one: Plain, other: Plain) -> bool:
    """Tell whether values are equal and spelt alike: 1.5 and 1.50 differ."""
    return same_value(one, other) and repr(one) == repr(other)
