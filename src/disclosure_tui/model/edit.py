"""Changes to a report: single edits, and the transaction that is done and undone as one."""

from __future__ import annotations

from typing import Any, TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer

__all__ = [
    "DetachValue",
    "Edit",
    "InsertValue",
    "MoveValue",
    "RemoveDuplicates",
    "RemoveValue",
    "SetValue",
    "Transaction",
]


@dataclass(frozen=True, slots=True)
class SetValue:
    """The value at an existing key or list position becomes another one; None blanks it."""

    pointer: Pointer
    value: Any


@dataclass(frozen=True, slots=True)
class InsertValue:
    """A key that the map does not have is added, or an item goes into a list.

    Attributes:
        pointer: Where the value stands afterwards; in a list the item that was there, and
            all behind it, move one on; the length of the list appends.
        value: The new value; a map or list is written as one.
        order: For a map, its keys in the order of the form: the new key is written behind
            the nearest key before it that is present, else at the beginning (keys the form
            does not know do not count). Empty: at the end.
    """

    pointer: Pointer
    value: Any
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveValue:
    """A key or list item goes away, with its value."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class MoveValue:
    """A key of a map changes places with its neighbour; no value changes.

    Attributes:
        pointer: The key, with its value.
        step: -1: it goes before the one that was before it; 1: behind the one behind it.
    """

    pointer: Pointer
    step: int


@dataclass(frozen=True, slots=True)
class DetachValue:
    """A value that several places of the file share becomes one of its own; no value changes.

    What stands there by reference or is merged in is written out; where others refer to the
    value, it is written out there.
    """

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class RemoveDuplicates:
    """The pairs of a key that do not count, as it stands again below, go; no value changes."""

    pointer: Pointer


Edit: TypeAlias = SetValue | InsertValue | RemoveValue | MoveValue | DetachValue | RemoveDuplicates


@dataclass(frozen=True, slots=True)
class Transaction:
    """Edits that are written, verified, undone and refused as one.

    Attributes:
        edits: Applied in this order; each sees what the ones before it did.
        title: What the person did, for the list of changes: 表三（一）公开 自然人.
    """

    edits: tuple[Edit, ...]
    title: Text = Text("", "")

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """The places that the edits name, in their order."""
        return tuple(edit.pointer for edit in self.edits)
