"""Proof, apart from the writing itself, that an edit stays inside its own place in the text."""

from __future__ import annotations

import re

from disclosure_tui.model.edit import (
    DetachValue,
    Edit,
    InsertValue,
    MoveValue,
    RemoveDuplicates,
    RemoveValue,
    SetValue,
)
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.draft import Draft, Replacement, hull
from disclosure_tui.store.paths import Step, way
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.tree import Collection, Node

__all__ = ["is_confined"]

_BLANKS = re.compile(r"[ \t\r\n,]+")
_MARK = re.compile(r"(?<!\S)[&!]\S*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


def is_confined(before: Draft, edit: Edit, after: Draft) -> bool:
    """Tell whether an edit replaced nothing but what it may.

    Adding takes no character away; removing takes the entry with its own comment, and blanks and
    commas around it; a new value takes the old one, and puts back what stood around it; moving
    loses and adds no line.
    """
    whole = hull(before, after)
    if whole is None:
        return True
    if isinstance(edit, SetValue):
        return _puts_back(before, edit.pointer, whole)
    if isinstance(edit, InsertValue):
        if isinstance(_value_at(before, edit.pointer.parent), Collection):
            return _only_adds(before, after)
        return _puts_back(before, edit.pointer.parent, whole)
    if isinstance(edit, DetachValue):
        return all(_writes_out(one) for one in after.done[len(before.done) :])
    if isinstance(edit, MoveValue):
        return sorted(whole.before.splitlines()) == sorted(whole.after.splitlines())
    return _takes_own(before, edit, whole)


def _value_at(draft: Draft, pointer: Pointer) -> Node:
    steps = way(draft.root, pointer)
    return steps[-1].entry.value if steps else draft.root.node


def _only_adds(before: Draft, after: Draft) -> bool:
    return all(one.before == "" for one in after.done[len(before.done) :])


def _puts_back(draft: Draft, pointer: Pointer, whole: Replacement) -> bool:
    """Behind its key and before its line's end a value may go; comments around it come back."""
    step = way(draft.root, pointer)[-1]
    entry = step.entry
    start = step.at + entry.value_at
    end = start + entry.value.length
    earliest = step.at + max(entry.mark, entry.key_at + entry.key_length)
    lead = draft.text[whole.start : max(start, whole.start)]
    tail = draft.text[max(end, whole.start) : whole.start + len(whole.before)]
    at = 0
    for part in (*_unmarked(lead), tail.strip()):
        at = whole.after.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return whole.start >= earliest


def _unmarked(lead: str) -> list[str]:
    """Return what stands before a value without its anchor and tag, which may go with it."""
    rest = _MARK.sub("", _COMMENT.sub("", lead)).strip()
    return [lead] if rest else [comment.rstrip() for comment in _COMMENT.findall(lead)]


def _writes_out(one: Replacement) -> bool:
    """A reference becomes a value, with its comment put back; or a key is added."""
    reference, _, comment = one.before.strip().partition("#")
    return one.before == "" or (reference.startswith("*") and comment in one.after)


def _takes_own(draft: Draft, edit: RemoveValue | RemoveDuplicates, whole: Replacement) -> bool:
    step = way(draft.root, edit.pointer)[-1]
    indexes = [step.index]
    if isinstance(edit, RemoveDuplicates):
        keys = enumerate(entry.key for entry in step.node.entries)
        indexes = [index for index, key in keys if key == edit.pointer.key and index < step.index]
    after = _BLANKS.sub("", whole.after)
    return any(
        after == rest or any(after.replace(pair, "", 1) == rest for pair in ("{}", "[]"))
        for rest in (
            _left(draft, [Step(step.node, step.at, index) for index in indexes], whole, keep)
            for keep in (False, True)
        )
    )


def _left(draft: Draft, gone: list[Step], whole: Replacement, keep_comments: bool) -> str:  # noqa: FBT001 - both are tried
    """Return what is left of a part of the text without entries; their comments may stay."""
    rest, at = "", whole.start
    stop = whole.start + len(whole.before)
    for step in gone:
        start, end = _own(draft, step)
        if keep_comments:
            end = step.at + step.entry.end
        rest += draft.text[at : max(start, at)]
        at = max(at, min(end, stop))
    return _BLANKS.sub("", rest + draft.text[at:stop])


def _own(draft: Draft, step: Step) -> tuple[int, int]:
    """Return the part of the text with an entry, its comma and the comment behind it."""
    start, end = step.at + step.entry.at, step.at + step.entry.end
    line = draft.text[end : line_end(draft.text, end)]
    return start, end + len(line) if line.lstrip(" \t,").startswith("#") else end
