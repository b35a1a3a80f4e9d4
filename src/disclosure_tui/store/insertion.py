"""A key or a list item is added on a line of its own, or between brackets."""

from __future__ import annotations

from dataclasses import replace

from disclosure_tui.model.edit import InsertValue
from disclosure_tui.model.report import Plain
from disclosure_tui.store import emit
from disclosure_tui.store.draft import Draft, column, is_in_brackets, refused
from disclosure_tui.store.paths import Step, find, regrown
from disclosure_tui.store.reader import read_documents
from disclosure_tui.store.scalar_style import Place, block_text, line_end
from disclosure_tui.store.sharing import steps_to
from disclosure_tui.store.splice import new_node, set_value
from disclosure_tui.store.tree import Collection, Entry, Layout, Node, ScalarNode
from disclosure_tui.store.trial import first_as_expected

__all__ = ["insert_value"]


def insert_value(draft: Draft, edit: InsertValue, *, overriding: bool = False) -> Draft:
    """Write a key that its map does not have, or a list item.

    Args:
        draft: The text before.
        edit: What is written where.
        overriding: The key may be one that is merged in.

    Raises:
        EditRefused: It is there already, or it cannot be written.
    """
    pointer = edit.pointer
    if not pointer:
        raise refused(pointer, "整份报告不能一次改写。", "The whole report cannot be replaced.")
    steps = steps_to(draft, pointer, len(pointer) - 1)
    owner = steps[-1].entry.value if steps else draft.root.node
    at = steps[-1].at + steps[-1].entry.value_at if steps else draft.root.at
    if isinstance(owner, ScalarNode) and owner.value is None:
        return set_value(draft, replace(edit, pointer=pointer.parent), {pointer.key: edit.value})
    if not isinstance(owner, Collection):
        raise refused(pointer, "上一级不是一组值，加不进去。", "The place above is no map or list.")
    if not overriding and owner.is_map and find(draft.root, pointer).complete:
        raise refused(pointer, "这个名称已经有了。", "The key is there already.")
    index = _index(edit, owner)
    if owner.layout is Layout.PAIR:
        return _beside_pair(draft, edit, at, at + owner.length)
    target = Step(owner, at, index)
    if owner.layout is Layout.FLOW:
        return _in_brackets(draft, edit, [*steps, target])
    if not owner.entries or is_in_brackets(steps):
        raise refused(pointer, "这里加不进新的内容。", "Nothing can be added here.")
    return _in_block(draft, edit, [*steps, target])


def _index(edit: InsertValue, owner: Collection) -> int:
    """Return the position that the new entry will have."""
    key = edit.pointer.key
    count = len(owner.entries)
    if not owner.is_map:
        index = int(key) if key.isdecimal() and len(key) < 10 else count + 1
        if index > count:
            raise refused(edit.pointer, "列表里没有这个位置。", "The list has no such position.")
        return index
    if key not in edit.order:
        return count
    for before in reversed(edit.order[: edit.order.index(key)]):
        index = owner.index_of(before)
        if index >= 0:
            return index + 1
    return 0


def _beside_pair(draft: Draft, edit: InsertValue, start: int, end: int) -> Draft:
    """Put braces around a single `key: value` in a list, with the new key."""
    more = f", {emit.key(edit.pointer.key)}: {emit.flow(edit.value)}}}"
    done = first_as_expected(draft, edit, [[(end, end, more), (start, start, "{")]])
    if done is None:
        raise refused(edit.pointer, "这一组没有括号，加不进去。", "The map here has no braces.")
    return done


def _in_brackets(draft: Draft, edit: InsertValue, steps: list[Step]) -> Draft:
    target = steps[-1]
    owner, index = target.node, target.index
    head = f"{emit.key(edit.pointer.key)}: " if owner.is_map else ""
    body = emit.flow(edit.value)
    before = owner.entries[index - 1] if index else None
    if before is not None:
        # A comma straight behind a colon would become part of the key.
        lead = " , " if before.value.length == 0 and (before.mark >= 0 or before.explicit) else ", "
        start, tail = before.end, ""
    else:
        start = owner.entries[0].at if owner.entries else 1
        lead, tail = "", ", " if owner.entries else ""
    entry = _entry(edit, owner, start + len(lead), len(head), new_node(body))
    text = lead + head + body + tail
    return _inserted(draft, steps, entry, start, text)


def _in_block(draft: Draft, edit: InsertValue, steps: list[Step]) -> Draft:
    target = steps[-1]
    owner, index = target.node, target.index
    indent = column(draft.text, target.at)
    margin = draft.line_break + " " * indent
    head = f"{emit.key(edit.pointer.key)}:" if owner.is_map else "-"
    if index:
        before = owner.entries[index - 1]
        start = line_end(draft.text, target.at + before.end) - target.at
        lead, tail = margin, ""
    else:
        start, lead, tail = 0, "", margin
    body, value_at, node = _body(draft, edit.value, target.at + start, indent)
    entry = _entry(edit, owner, start + len(lead), len(head), node)
    entry = replace(entry, value_at=entry.at + len(head) + value_at)
    return _inserted(draft, steps, entry, start, lead + head + body + tail)


def _body(draft: Draft, value: Plain, at: int, indent: int) -> tuple[str, int, Node]:
    """Return the text behind `key:` or `-`, where in it the value begins, and its node."""
    if isinstance(value, str) and "\n" in value:
        place = Place(draft.text, at, False, indent, draft.line_break)
        written = block_text(value, place, "|", "", at) if _at_line_end(draft.text, at) else None
        if written is not None:
            return " " + written.text, 1, written.node
    text = emit.block(value, indent + 2, draft.line_break)
    if text.startswith(" "):
        return text, 1, new_node(text[1:])
    placed = read_documents(text, "")[0]
    return text, placed.at, placed.node


def _at_line_end(text: str, at: int) -> bool:
    return line_end(text, at) == at


def _entry(edit: InsertValue, owner: Collection, at: int, head: int, node: Node) -> Entry:
    """Return the entry for new text whose key (or dash) begins at a place."""
    key = edit.pointer.key if owner.is_map else ""
    flow = owner.layout is Layout.FLOW
    if not owner.is_map:
        return Entry("", at, at, 0, -1 if flow else at + 1, at + head, node)
    length = len(emit.key(key))
    return Entry(key, at, at, length, at + length + 1, at + head, node)


def _inserted(draft: Draft, steps: list[Step], entry: Entry, start: int, text: str) -> Draft:
    target = steps[-1]
    grown = len(text)
    before = target.node.entries[: target.index]
    behind = (old.moved(grown) for old in target.node.entries[target.index :])
    root = regrown(draft.root, steps, (*before, entry, *behind), grown)
    start += target.at
    return replace(draft.replaced(start, start, text), root=root)
