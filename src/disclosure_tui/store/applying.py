"""A transaction is done edit by edit; a new map or list over an old one becomes smaller edits."""

from __future__ import annotations

import contextlib
from typing import NamedTuple

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import (
    DetachValue,
    Edit,
    InsertValue,
    MoveValue,
    RemoveDuplicates,
    RemoveValue,
    SetValue,
    Transaction,
)
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.store.detaching import detach_value
from disclosure_tui.store.differences import differences
from disclosure_tui.store.draft import Draft
from disclosure_tui.store.insertion import insert_value
from disclosure_tui.store.moving import move_value
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.removal import remove_duplicates, remove_value
from disclosure_tui.store.splice import set_value

__all__ = ["Done", "detached", "done", "edited"]

_MOST_DETACHED = 64


class Done(NamedTuple):
    """An edit that was written in one go, and the draft after it."""

    edit: Edit
    draft: Draft


def edited(draft: Draft, edit: Edit) -> Draft:
    """Return the draft after an edit.

    Raises:
        EditRefused: It cannot be written.
    """
    steps = done(draft, edit)
    return steps[-1].draft if steps else draft


def done(draft: Draft, edit: Edit) -> list[Done]:
    """Return the smaller edits that an edit is done by, each with the draft after it.

    Raises:
        EditRefused: It cannot be written.
    """
    if isinstance(edit, SetValue) and isinstance(edit.value, (dict, list)) and edit.value:
        old = Report(plain_data(draft.root, draft.text, "")).value_at(edit.pointer)
        smaller = differences(edit.pointer, old, edit.value)
        if smaller is not None:
            # Where one of them cannot be written, the whole value is.
            with contextlib.suppress(EditRefused):
                return _one_by_one(draft, smaller)
    if isinstance(edit, MoveValue):
        return _moved(draft, edit)
    return [Done(edit, _written(draft, edit))]


def _moved(draft: Draft, edit: MoveValue) -> list[Done]:
    """Move the lines of an entry; what has none of its own is taken out and written anew."""
    try:
        return [Done(edit, move_value(draft, edit))]
    except EditRefused:
        data = Report(plain_data(draft.root, draft.text, ""))
        value = data.value_at(edit.pointer)
        keys = list(data.value_at(edit.pointer.parent) or ())
        if edit.pointer.key not in keys:
            raise
        at = keys.index(edit.pointer.key)
        if not 0 <= at + edit.step < len(keys):
            raise
        keys.insert(at + edit.step, keys.pop(at))
        anew = InsertValue(edit.pointer, value, tuple(keys))
        return _one_by_one(draft, [RemoveValue(edit.pointer), anew])


def detached(draft: Draft, transaction: Transaction) -> Transaction:
    """Return a transaction with the edits before it that detach what it could not change.

    Raises:
        EditRefused: An edit cannot be written for another reason.
    """
    edits: list[Edit] = []
    for edit in transaction.edits:
        for _ in range(_MOST_DETACHED):
            try:
                after = edited(draft, edit)
            except EditRefused as refusal:
                if refusal.detachable is None:
                    raise
                detach = DetachValue(Pointer(refusal.detachable))
                draft = edited(draft, detach)
                edits.append(detach)
            else:
                break
        else:
            after = edited(draft, edit)
        draft = after
        edits.append(edit)
    return Transaction(tuple(edits), transaction.title)


def _written(draft: Draft, edit: Edit) -> Draft:
    if isinstance(edit, SetValue):
        return set_value(draft, edit, edit.value)
    if isinstance(edit, InsertValue):
        return insert_value(draft, edit)
    if isinstance(edit, RemoveValue):
        return remove_value(draft, edit)
    if isinstance(edit, RemoveDuplicates):
        return remove_duplicates(draft, edit)
    assert isinstance(edit, DetachValue)
    return detach_value(draft, edit)


def _one_by_one(draft: Draft, edits: list[Edit]) -> list[Done]:
    steps: list[Done] = []
    for edit in edits:
        inner = done(draft, edit)
        draft = inner[-1].draft if inner else draft
        steps += inner
    return steps
