"""A shared value becomes one of its own: written out, or as a key of its own beside `<<`."""

from __future__ import annotations

from dataclasses import replace

from disclosure_tui.model.edit import DetachValue, InsertValue
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.store.draft import BY_HAND, Draft, refused
from disclosure_tui.store.insertion import insert_value
from disclosure_tui.store.paths import Step, find, references, way
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.sharing import Link, users
from disclosure_tui.store.splice import write_over
from disclosure_tui.store.tree import AliasNode, Collection, Node

__all__ = ["detach_value"]


def detach_value(draft: Draft, edit: DetachValue) -> Draft:
    """Write a shared value out, so that it can be changed alone; no value changes.

    Raises:
        EditRefused: It is not shared, or something that is no value refers to it.
    """
    pointer = edit.pointer
    data = Report(plain_data(draft.root, draft.text, ""))
    steps = way(draft.root, pointer)
    if len(steps) < len(pointer):
        return _merged(draft, pointer, data.value_at(pointer))
    found = find(draft.root, ()).value if not steps else _placed(steps[-1])
    if isinstance(found.node, AliasNode):
        draft = write_over(draft, pointer, steps, data.value_at(pointer))
    else:
        draft = _written_out(draft, pointer, found, data.value_at(pointer))
    return replace(draft, aliases=references(draft.root))


def _placed(step: Step) -> Placed:
    return Placed(step.at + step.entry.value_at, step.entry.value)


def _merged(draft: Draft, pointer: Pointer, value: Plain) -> Draft:
    """Put a key that is merged in beside the `<<`."""
    owner = find(draft.root, pointer.parent)
    if not owner.complete or not find(draft.root, pointer).complete:
        raise refused(pointer, "文件里没有这个位置。", "The file has no such place.")
    return insert_value(draft, InsertValue(pointer, value), overriding=True)


def _written_out(draft: Draft, pointer: Pointer, target: Placed, value: Plain) -> Draft:
    """Write a value out wherever others refer to it, from the last place to the first."""
    links = [
        link
        for link in users(draft.root, target.at, target.at + target.node.length)
        if link.target_at == target.at
    ]
    if not links or any(link.in_key for link in links):
        raise refused(pointer, "这个值不能改成单独的值。", "The value cannot be detached.", BY_HAND)
    for link in reversed(links):
        draft = write_over(draft, pointer, _way_to(draft.root, link), value)
    return draft


def _way_to(root: Placed, link: Link) -> list[Step]:
    """Return the way to a reference by its place, as a `<<` has no pointer."""
    steps: list[Step] = []
    node: Node = root.node
    at = root.at
    while isinstance(node, Collection):
        index = max(
            index for index, entry in enumerate(node.entries) if at + entry.value_at <= link.at
        )
        steps.append(Step(node, at, index))
        entry = node.entries[index]
        node, at = entry.value, at + entry.value_at
    return steps
