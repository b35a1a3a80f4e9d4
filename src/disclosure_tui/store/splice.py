"""Another value is written where one stands: one replacement, and the tree is counted anew.

Nothing is read again for a scalar: the places behind the replacement move by as many characters
as the text grew. Only a new map or list is read, from its own few characters.
"""

from __future__ import annotations

import re
from dataclasses import replace

from disclosure_tui.model.edit import InsertValue, SetValue
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.model.value import same_value
from disclosure_tui.store import emit
from disclosure_tui.store.draft import (
    BY_HAND,
    Draft,
    exchanged,
    is_in_brackets,
    own_indent,
    refused,
)
from disclosure_tui.store.paths import Step, same_way
from disclosure_tui.store.reader import read_documents
from disclosure_tui.store.scalar_style import Place, TagRefused, inline_node, line_end, write
from disclosure_tui.store.sharing import refuse_shared, steps_to
from disclosure_tui.store.tree import (
    AliasNode,
    Collection,
    Layout,
    Node,
    ScalarNode,
)

__all__ = ["new_node", "set_value", "write_over"]

_COMMENT = re.compile(r"[ \t]*(?:(?<=[ \t])|^)#[^\r\n]*", re.MULTILINE)
_TAG = re.compile(r"(?<!\S)!\S*[ \t]*")
_BREAK = re.compile(r"\r\n|\n|\r")


def set_value(draft: Draft, edit: SetValue | InsertValue, value: Plain) -> Draft:
    """Write another value at a place that exists.

    Raises:
        EditRefused: It cannot be written there.
    """
    pointer = edit.pointer
    if not pointer:
        raise refused(pointer, "整份报告不能一次改写。", "The whole report cannot be replaced.")
    steps = steps_to(draft, pointer, len(pointer))
    old = steps[-1].entry.value
    if isinstance(old, ScalarNode) and not isinstance(value, (dict, list)):
        if same_value(old.value, value) and str(old.value) == str(value):
            return draft
    else:
        start = steps[-1].at + steps[-1].entry.value_at
        refuse_shared(draft, pointer, start, start + old.length)
    return write_over(draft, pointer, steps, value)


def write_over(draft: Draft, pointer: Pointer, steps: list[Step], value: Plain) -> Draft:
    """Write a value over the last one on the way, be that a reference.

    Raises:
        EditRefused: It cannot be written there.
    """
    old = steps[-1].entry.value
    draft, steps = _with_colon(draft, steps)
    if isinstance(old, Collection) or isinstance(value, (dict, list)):
        return _write_whole(draft, pointer, steps, value)
    scalar = ScalarNode(old.length, None) if isinstance(old, AliasNode) else old
    return _write_scalar(draft, steps, scalar, value)


def _write_scalar(draft: Draft, steps: list[Step], old: ScalarNode, value: Plain) -> Draft:
    step = steps[-1]
    entry = step.entry
    at = step.at + entry.value_at
    lead = " " if old.length == 0 else ""
    flow = is_in_brackets(steps)
    place = Place(draft.text, at, flow, own_indent(draft, step), draft.line_break)
    try:
        written = write(value, old, place)
    except TagRefused:
        start, lead = _without_tag(draft, step, lead)
        written = write(value, replace(old, tag=""), place)
        at = start
    value_at = at - step.at + len(lead)
    changed = replace(entry, value_at=value_at, value=written.node)
    return exchanged(draft, steps, changed, at, written.end, lead + written.text)


def _without_tag(draft: Draft, step: Step, lead: str) -> tuple[int, str]:
    """Return where the marks of a value begin, and what stays of them without the tag.

    Raises:
        TagRefused: A comment or a line break stands between.
    """
    entry = step.entry
    start = step.at + (entry.mark if entry.mark >= 0 else entry.at)
    marks = draft.text[start : step.at + entry.value_at]
    rest = _TAG.sub("", marks, count=1)
    if "#" in marks or _BREAK.search(marks):
        raise TagRefused
    return start, rest if rest[-1:] in ("", " ") else rest + lead


def _with_colon(draft: Draft, steps: list[Step]) -> tuple[Draft, list[Step]]:
    """Write the colon of a key that has none, as `{a}` and `? a` have."""
    step = steps[-1]
    entry = step.entry
    if entry.mark >= 0 or not step.node.is_map:
        return draft, steps
    if step.node.layout is Layout.BLOCK:
        at = line_end(draft.text, step.at + entry.key_at + entry.key_length)
        colon = draft.line_break + " " * own_indent(draft, step) + ":"
    else:
        at = step.at + entry.value_at
        colon = " :" if entry.explicit or entry.key_length == 0 else ":"
    mark = at - step.at + len(colon)
    changed = replace(entry, mark=mark, value_at=mark)
    draft = exchanged(draft, steps, changed, at, at, colon)
    return draft, same_way(draft.root, steps)


def _write_whole(draft: Draft, pointer: Pointer, steps: list[Step], value: Plain) -> Draft:
    """Write a map or list, or something else in the place of one; a tag or an anchor goes."""
    step = steps[-1]
    entry, old = step.entry, step.entry.value
    end = step.at + entry.value_at + old.length
    if is_in_brackets(steps):
        return _write_in_brackets(draft, pointer, steps, value)
    text = emit.block(value, own_indent(draft, step) + 2, draft.line_break)
    comment, end = _comment_of(draft, step, old, inline=text.startswith(" "))
    start = step.at + entry.mark
    if text.startswith(" "):
        value_at, node = entry.mark + 1, new_node(text[1:])
        changed = replace(entry, value_at=value_at, value=node)
        return exchanged(draft, steps, changed, start, end, text + comment)
    placed = read_documents(text, "")[0]
    value_at = entry.mark + len(comment) + placed.at
    changed = replace(entry, value_at=value_at, value=placed.node)
    return exchanged(draft, steps, changed, start, end, comment + text)


def _write_in_brackets(draft: Draft, pointer: Pointer, steps: list[Step], value: Plain) -> Draft:
    step = steps[-1]
    entry, old = step.entry, step.entry.value
    start = step.at + entry.value_at
    end = start + old.length
    lead = " " if old.length == 0 else ""
    if old.anchor or old.tag:
        start = step.at + (entry.mark if entry.mark >= 0 else entry.at)
        if "#" in draft.text[start : step.at + entry.value_at]:
            raise refused(pointer, *_MARKED, hint=BY_HAND)
        lead = " " if entry.mark >= 0 else ""
    text = emit.flow(value)
    value_at = start - step.at + len(lead)
    changed = replace(entry, value_at=value_at, value=new_node(text))
    return exchanged(draft, steps, changed, start, end, lead + text)


def _comment_of(draft: Draft, step: Step, old: Node, *, inline: bool) -> tuple[str, int]:
    """Return the comment that has to move with a rewritten value, and where the value ends.

    A comment between the key and a nested map stays behind the key; one behind a value on the
    same line moves to the key's line when the new value begins below.
    """
    entry = step.entry
    start = step.at + entry.value_at
    gap = _comments(draft.text[step.at + entry.mark : start])
    end = start + old.length
    if isinstance(old, ScalarNode) and old.style in ("|", ">"):
        head = draft.text[start : line_end(draft.text, start)]
        gap += head[head.index(" ") :].rstrip() if " #" in head else ""
        end = max(end, start + len(head))
    elif not inline:
        stop = line_end(draft.text, end)
        gap += draft.text[end:stop].rstrip()
        end = stop
    return gap, end


def _comments(gap: str) -> str:
    """Return what stands between a key and its value without the tag and the anchor."""
    parts = []
    breaks = [match.group() for match in _BREAK.finditer(gap)]
    for number, line in enumerate(_BREAK.split(gap)):
        comment = _COMMENT.search(line)
        parts.append((breaks[number - 1] if number else "") + (comment[0] if comment else ""))
    return "".join(parts).rstrip(" \t\r\n")


def new_node(text: str) -> Node:
    """Return the node for new text on one line."""
    node = read_documents(text, "")[0].node
    if isinstance(node, Collection):
        return node
    assert isinstance(node, ScalarNode)
    return inline_node(text, node.value)


_MARKED = ("这个值带有类型标记或名称，不能整个改写。", "The value here carries a tag or an anchor.")
