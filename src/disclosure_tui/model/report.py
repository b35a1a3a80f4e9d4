"""A filled report as a read-only snapshot of plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.edit import (
    InsertValue,
    MoveValue,
    RemoveValue,
    SetValue,
    Transaction,
)
from disclosure_tui.model.pointer import ROOT, Pointer

__all__ = ["Plain", "Report", "Scalar", "structure"]

Scalar: TypeAlias = bool | int | Decimal | str | None
"""One value: blank (None), a whole number, an exact decimal, a text, a truth value."""

_Change: TypeAlias = SetValue | InsertValue | RemoveValue | MoveValue

Plain: TypeAlias = Any
"""A scalar, a mapping with text keys, or a list; nested. Never changed in place."""


def structure(value: Mapping[str, Plain] | Sequence[Plain]) -> str:
    """Return what a map or a list is shown as where one value belongs."""
    return "{...}" if isinstance(value, Mapping) else "[...]"


@dataclass(frozen=True, slots=True)
class Report:
    """The data of a report. A change gives a new report that shares what did not change."""

    data: Plain

    def value_at(self, pointer: tuple[str, ...]) -> Plain:
        """Return the value at a pointer; None where there is none (a blank)."""
        node = self.data
        for key in pointer:
            # Asked for every cell of every check: the usual kind of map first.
            if type(node) is dict or isinstance(node, Mapping):
                node = node.get(key)
            elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            else:
                return None
        return node

    def has(self, pointer: tuple[str, ...]) -> bool:
        """Tell whether a key (or list item) stands at the pointer, be it with a blank value."""
        if not pointer:
            return True
        parent = self.value_at(pointer[:-1])
        if isinstance(parent, Mapping):
            return pointer[-1] in parent
        return (
            isinstance(parent, list) and pointer[-1].isdecimal() and int(pointer[-1]) < len(parent)
        )

    def leaves(self, at: tuple[str, ...] = ROOT) -> Iterator[tuple[Pointer, Scalar]]:
        """Yield every scalar at or below a pointer, in file order."""
        stack: list[tuple[Pointer, Plain]] = [(Pointer(at), self.value_at(at))]
        while stack:
            pointer, value = stack.pop()
            if isinstance(value, Mapping):
                stack.extend((pointer / str(key), value[key]) for key in reversed(value))
            elif isinstance(value, list):
                stack.extend((pointer / str(i), value[i]) for i in reversed(range(len(value))))
            else:
                yield pointer, value

    def after(self, transaction: Transaction) -> Report:
        """Return the report as it is after the edits, one after the other.

        Raises:
            KeyError: An edit names a place that does not exist, or inserts a key that does.
        """
        data = self.data
        for edit in transaction.edits:
            # The other edits write the same data in another way.
            if isinstance(edit, _Change):
                data = _changed(data, edit, edit.pointer)
        return Report(data)


def _changed(node: Plain, edit: _Change, rest: Sequence[str]) -> Plain:
    """Copy the maps and lists along the path and change the last one."""
    if not rest:
        return edit.value if isinstance(edit, SetValue | InsertValue) else None
    key, rest = rest[0], rest[1:]
    if isinstance(node, Mapping):
        return _changed_map(node, key, edit, rest)
    if isinstance(node, list):
        return _changed_list(node, int(key), edit, rest)
    raise KeyError(str(edit.pointer))


def _changed_map(node: Mapping[str, Plain], key: str, edit: _Change, rest: Sequence[str]) -> Plain:
    inserting = not rest and isinstance(edit, InsertValue)
    if (key in node) is inserting:
        raise KeyError(str(edit.pointer))
    if isinstance(edit, InsertValue) and not rest:
        return _with_key(node, key, edit)
    if isinstance(edit, MoveValue) and not rest:
        return _moved(node, key, edit)
    copy = dict(node)
    if not rest and isinstance(edit, RemoveValue):
        del copy[key]
    else:
        copy[key] = _changed(node.get(key), edit, rest)
    return copy


def _moved(node: Mapping[str, Plain], key: str, edit: MoveValue) -> Plain:
    keys = list(node)
    place = keys.index(key)
    if not 0 <= place + edit.step < len(keys):
        raise KeyError(str(edit.pointer))
    keys.insert(place + edit.step, keys.pop(place))
    return {name: node[name] for name in keys}


def _with_key(node: Mapping[str, Plain], key: str, edit: InsertValue) -> Plain:
    """Add a key in its place, as the text has it: entry rows are printed in this order."""
    place = len(node)
    if key in edit.order:
        before = [name for name in edit.order[: edit.order.index(key)] if name in node]
        place = list(node).index(before[-1]) + 1 if before else 0
    entries = list(node.items())
    return dict([*entries[:place], (key, edit.value), *entries[place:]])


def _changed_list(node: list[Plain], index: int, edit: _Change, rest: Sequence[str]) -> Plain:
    copy = list(node)
    if rest:
        copy[index] = _changed(node[index], edit, rest)
    elif isinstance(edit, InsertValue):
        if index > len(copy):
            raise KeyError(str(edit.pointer))
        copy.insert(index, edit.value)
    elif isinstance(edit, RemoveValue):
        del copy[index]
    elif isinstance(edit, SetValue):
        copy[index] = edit.value
    else:
        raise KeyError(str(edit.pointer))
    return copy
