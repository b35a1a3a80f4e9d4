"""Two people changed a report from the same base: own edits go onto what the other one saved.

Maps and rows are compared key by key; a list or a whole text is one value. Only what both changed
to different values is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.value import ABSENT, Side, same_value, says_the_same
from disclosure_tui.store.document import Document

__all__ = ["Choice", "Conflict", "Merge", "merge", "resolve"]


class Choice(Enum):
    """Which value of a conflict is to stand."""

    MINE = "mine"
    THEIRS = "theirs"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed, to different values.

    Attributes:
        pointer: The place: a cell, a text, a list, or a group that one removed.
        base: What stood there before both.
        mine: The own value.
        theirs: The other one's.
        order: The keys beside it in their order, for a value that has to be put in again.
    """

    pointer: Pointer
    base: Side
    mine: Side
    theirs: Side
    order: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging comes to.

    Attributes:
        transaction: The own edits without the conflicts, to be applied to theirs.
        conflicts: What has to be asked, in the order of the file.
        taken: The places where the other one's change stands now.
    """

    transaction: Transaction
    conflicts: tuple[Conflict, ...]
    taken: tuple[Pointer, ...]


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """Rebase the own edits onto what the other one saved.

    A blank and a key that is not there are the same value; whoever only writes one for the other
    contradicts nobody.

    Args:
        base: What both began with.
        mine: The own document.
        theirs: The file as it is now.
    """
    found = _Found([], [], [])
    _compare(found, ROOT, _Sides(base.data, mine.data, theirs.data), ())
    return Merge(
        Transaction(tuple(found.edits), _TITLE), tuple(found.conflicts), tuple(found.taken)
    )


def resolve(merge: Merge, choices: Mapping[Pointer, Choice]) -> Transaction:
    """Return the transaction for theirs that also settles the conflicts.

    Args:
        merge: The merge.
        choices: What is to stand, for every conflict.

    Raises:
        KeyError: A conflict has no choice; nothing is settled unasked.
    """
    edits = list(merge.transaction.edits)
    for conflict in merge.conflicts:
        choice = choices[conflict.pointer]
        if choice is not Choice.THEIRS:
            value = conflict.mine if choice is Choice.MINE else conflict.base
            edits += _edits(conflict.pointer, conflict.theirs, value, conflict.order)
    return Transaction(tuple(edits), merge.transaction.title)


@dataclass(frozen=True, slots=True)
class _Sides:
    base: Side
    mine: Side
    theirs: Side

    def inner(self, key: str) -> _Sides:
        return _Sides(_inner(self.base, key), _inner(self.mine, key), _inner(self.theirs, key))


@dataclass(frozen=True, slots=True)
class _Found:
    edits: list[Edit]
    conflicts: list[Conflict]
    taken: list[Pointer]


def _compare(found: _Found, at: Pointer, sides: _Sides, order: tuple[str, ...]) -> None:
    """Sort out one place and all below it; `order` are the keys beside it in mine."""
    base, mine, theirs = sides.base, sides.mine, sides.theirs
    if _same(mine, theirs):
        return
    if _same(mine, base):
        found.taken.extend(edit.pointer for edit in _edits(at, base, theirs, ()))
    elif _same(theirs, base):
        found.edits.extend(_edits(at, theirs, mine, order))
    elif isinstance(mine, dict) and isinstance(theirs, dict):
        _compare_maps(found, at, sides)
    elif says_the_same(mine, base):
        found.taken.append(at)
    elif says_the_same(theirs, base):
        found.edits.extend(_edits(at, theirs, mine, order))
    elif not says_the_same(mine, theirs):
        found.conflicts.append(Conflict(at, base, mine, theirs, order))


def _compare_maps(found: _Found, at: Pointer, sides: _Sides) -> None:
    mine, theirs = _keys(sides.mine), _keys(sides.theirs)
    before = len(found.edits)
    for key in dict.fromkeys((*theirs, *mine)):
        order = mine if key in mine else _keys(sides.base)
        _compare(found, at / key, sides.inner(key), order)
    # A map that becomes empty in between would lose its layout: what goes away goes last.
    found.edits[before:] = sorted(
        found.edits[before:], key=lambda edit: isinstance(edit, RemoveValue)
    )


def _edits(at: Pointer, old: Side, new: Side, order: tuple[str, ...]) -> Iterator[Edit]:
    """Yield the edits from one value to another; of maps only the keys that differ."""
    if _same(old, new):
        return
    if old is ABSENT:
        yield InsertValue(at, new, order)
    elif new is ABSENT:
        yield RemoveValue(at)
    elif not isinstance(old, dict) or not isinstance(new, dict):
        yield SetValue(at, new)
    else:
        for key in new:
            yield from _edits(at / key, old.get(key, ABSENT), new[key], tuple(new))
        for key in old:
            if key not in new:
                yield RemoveValue(at / key)


def _keys(side: Side) -> tuple[str, ...]:
    return tuple(side) if isinstance(side, dict) else ()


def _inner(side: Side, key: str) -> Side:
    return side.get(key, ABSENT) if isinstance(side, dict) else ABSENT


def _same(one: Side, other: Side) -> bool:
    if one is ABSENT or other is ABSENT:
        return one is other
    return same_value(one, other)


_TITLE = Text("并入我填的改动", "Merge my changes")
