"""Proof, apart from the writing itself, that an edit stays inside its own place in the text."""

from __future__ import annotations

from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue
from disclosure_tui.store.paths import way
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.splice import Draft, Replacement
from disclosure_tui.store.tree import Collection

__all__ = ["is_confined"]


def is_confined(before: Draft, edit: Edit, after: Draft) -> bool:
    """Tell whether an edit replaced nothing but what it may.

    Adding takes no character away; removing takes the lines or the part between brackets of its
    entry; a new value takes the old one, and puts back what stood around it (a comment).
    """
    done = after.done[len(before.done) :]
    if isinstance(edit, InsertValue):
        steps = way(before.root, edit.pointer.parent)
        owner = steps[-1].entry.value if steps else before.root.node
        if isinstance(owner, Collection):
            return all(one.before == "" for one in done)
        return all(_puts_back(before, edit.pointer.parent, one) for one in done)
    if isinstance(edit, RemoveValue):
        return all(_takes_own(before, edit, one) for one in done)
    return all(_puts_back(before, edit.pointer, one) for one in done)


def _puts_back(draft: Draft, pointer: tuple[str, ...], one: Replacement) -> bool:
    step = way(draft.root, pointer)[-1]
    start = step.at + step.entry.value_at
    end = start + step.entry.value.length
    lead = draft.text[one.start : max(start, one.start)].strip()
    tail = draft.text[end : one.start + len(one.before)].strip()
    earliest = step.at + max(step.entry.mark, step.entry.key_at + step.entry.key_length)
    at = one.after.find(lead)
    return one.start >= earliest and at >= 0 and one.after.find(tail, at + len(lead)) >= 0


def _takes_own(draft: Draft, edit: RemoveValue, one: Replacement) -> bool:
    """Between the entry and its neighbours only blanks, a comma or its own comment may go."""
    step = way(draft.root, edit.pointer)[-1]
    start = step.at + step.entry.at
    end = line_end(draft.text, step.at + step.entry.end)
    behind = draft.text[end : one.start + len(one.before)]
    return one.before == "" or (
        draft.text[one.start : start].strip(" ,\t\r\n") == "" and behind.strip(" \t\r\n") == ""
    )
