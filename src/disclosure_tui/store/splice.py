"""One edit becomes one replacement in the text, and the tree of places is counted anew.

Nothing is read again for a scalar: the places behind the replacement move by as many characters
as the text grew. Only a new map or list is read, from its own few characters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.store import emit
from disclosure_tui.store.paths import Step, anchored, regrown, way
from disclosure_tui.store.reader import Placed, read_documents
from disclosure_tui.store.scalar_style import Place, inline_node, line_end, write
from disclosure_tui.store.tree import (
    AliasNode,
    Collection,
    Entry,
    Layout,
    Node,
    ScalarNode,
    same_value,
)

__all__ = [
    "Draft",
    "Replacement",
    "column",
    "is_in_brackets",
    "new_node",
    "own_indent",
    "refused",
    "set_value",
    "steps_to",
]


@dataclass(frozen=True, slots=True)
class Replacement:
    """One changed place: `before` stood at `start`, now `after` stands there."""

    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its tree, on its way through the edits of a transaction.

    Attributes:
        aliases: The names that some place of the file refers to.
        line_break: How lines end in the file.
        done: What was replaced so far, in order.
    """

    text: str
    root: Placed
    aliases: frozenset[str]
    line_break: str
    done: tuple[Replacement, ...] = ()

    def replaced(self, start: int, end: int, after: str) -> Draft:
        """Return the draft with other text at a place; the tree is not yet right."""
        before = self.text[start:end]
        text = self.text[:start] + after + self.text[end:]
        return replace(self, text=text, done=(*self.done, Replacement(start, before, after)))


def refused(pointer: Pointer, zh: str, en: str, hint: Text | None = None) -> EditRefused:
    """Return the error for an edit that cannot be written."""
    return EditRefused(Text(zh, en), hint=hint, where=str(pointer))


def steps_to(draft: Draft, pointer: Pointer, depth: int) -> list[Step]:
    """Return the way along the first `depth` keys of a pointer.

    Raises:
        EditRefused: The place does not exist, or others share it by reference.
    """
    steps = way(draft.root, pointer[:depth])
    shared = [draft.root.node, *(step.entry.value for step in steps)]
    for node in shared:
        if isinstance(node, AliasNode):
            raise refused(pointer, *_REFERENCE, hint=_BY_HAND)
        if node.anchor in draft.aliases:
            raise refused(pointer, *_SHARED, hint=_BY_HAND)
    if len(steps) == depth:
        return steps
    last = shared[-1]
    if isinstance(last, Collection) and any(entry.merge for entry in last.entries):
        raise refused(pointer, *_MERGED, hint=_BY_HAND)
    raise refused(pointer, "文件里没有这个位置。", "The file has no such place.")


def set_value(draft: Draft, edit: Edit, value: Plain) -> Draft:
    """Write another value at a place that exists.

    Raises:
        EditRefused: It cannot be written there.
    """
    pointer = edit.pointer
    if not pointer:
        raise refused(pointer, "整份报告不能一次改写。", "The whole report cannot be replaced.")
    steps = steps_to(draft, pointer, len(pointer))
    old = steps[-1].entry.value
    if not isinstance(old, Collection) and not isinstance(value, (dict, list)):
        assert isinstance(old, ScalarNode)
        return _set_scalar(draft, pointer, steps, old, value)
    if anchored(old) & draft.aliases:
        raise refused(pointer, *_SHARED, hint=_BY_HAND)
    return _set_whole(draft, pointer, steps, value)


def _set_scalar(
    draft: Draft, pointer: Pointer, steps: list[Step], old: ScalarNode, value: Plain
) -> Draft:
    if same_value(old.value, value) and str(old.value) == str(value):
        return draft
    step = steps[-1]
    entry = step.entry
    at = step.at + entry.value_at
    lead, mark = "", entry.mark
    if old.length == 0:
        lead = " "
        if mark < 0:
            lead, mark = _missing_colon(pointer, steps), entry.value_at
            mark += lead.index(":") + 1
    flow = is_in_brackets(steps)
    place = Place(draft.text, at, flow, own_indent(draft, step), draft.line_break)
    written = write(value, old, place)
    changed = replace(entry, mark=mark, value_at=entry.value_at + len(lead), value=written.node)
    return _exchanged(draft, steps, changed, at, written.end, lead + written.text)


def _missing_colon(pointer: Pointer, steps: list[Step]) -> str:
    """Return the colon for a key in braces that has none."""
    step = steps[-1]
    if step.node.layout is Layout.BLOCK or not step.node.is_map:
        raise refused(pointer, "这个名称后面没有冒号，写不进值。", "The key here has no colon.")
    return " : " if step.entry.explicit or step.entry.key_length == 0 else ": "


def _exchanged(
    draft: Draft, steps: list[Step], changed: Entry, start: int, end: int, after: str
) -> Draft:
    """Replace text of the last entry on the way; all behind it moves on."""
    step = steps[-1]
    grown = len(after) - (end - start)
    entries = (
        *step.node.entries[: step.index],
        changed,
        *(entry.moved(grown) for entry in step.node.entries[step.index + 1 :]),
    )
    root = regrown(draft.root, steps, entries, grown)
    return replace(draft.replaced(start, end, after), root=root)


def _set_whole(draft: Draft, pointer: Pointer, steps: list[Step], value: Plain) -> Draft:
    """Write a map or list, or something else in the place of one."""
    step = steps[-1]
    entry, old = step.entry, step.entry.value
    if isinstance(old, AliasNode) or old.anchor or old.tag:
        raise refused(pointer, *_MARKED, hint=_BY_HAND)
    start = step.at + entry.value_at
    end = start + old.length
    if entry.mark < 0 and step.node.is_map:
        raise refused(pointer, "这个名称后面没有冒号，写不进值。", "The key here has no colon.")
    if is_in_brackets(steps):
        lead = " " if old.length == 0 else ""
        node = new_node(emit.flow(value))
        changed = replace(entry, value_at=entry.value_at + len(lead), value=node)
        return _exchanged(draft, steps, changed, start, end, lead + emit.flow(value))
    text = emit.block(value, own_indent(draft, step) + 2, draft.line_break)
    comment, end = _comment_of(draft, step, old, inline=text.startswith(" "))
    start = step.at + entry.mark
    if text.startswith(" "):
        value_at, node = entry.mark + 1, new_node(text[1:])
        return _exchanged(
            draft, steps, replace(entry, value_at=value_at, value=node), start, end, text + comment
        )
    placed = read_documents(text, "")[0]
    value_at = entry.mark + len(comment) + placed.at
    changed = replace(entry, value_at=value_at, value=placed.node)
    return _exchanged(draft, steps, changed, start, end, comment + text)


def _comment_of(draft: Draft, step: Step, old: Node, *, inline: bool) -> tuple[str, int]:
    """Return the comment that has to move with a rewritten value, and where the value ends.

    A comment between the key and a nested map stays behind the key; one behind a value on the
    same line moves to the key's line when the new value begins below.
    """
    entry = step.entry
    start = step.at + entry.value_at
    gap = draft.text[step.at + entry.mark : start].rstrip(" \t\r\n")
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


def new_node(text: str) -> Node:
    """Return the node for new text on one line."""
    if text[0] in "{[":
        return read_documents(text, "")[0].node
    value = read_documents(text, "")[0].node
    assert isinstance(value, ScalarNode)
    return inline_node(text, value.value)


def is_in_brackets(steps: list[Step]) -> bool:
    """Tell whether the values of the last collection on the way stand inside brackets."""
    return any(step.node.layout is not Layout.BLOCK for step in steps)


def own_indent(draft: Draft, step: Step) -> int:
    """Return the column, from 0, in which the entries of a block collection begin."""
    return column(draft.text, step.at)


def column(text: str, at: int) -> int:
    """Return how many characters stand before a place on its line."""
    return at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) - 1


_BY_HAND = Text("请在文本编辑器里改写这一处。", "Change this place in a text editor.")
_REFERENCE = ("这个值是引用来的，不能在这里改。", "The value here is a reference.")
_SHARED = ("这个值别处也在引用，不能只改一处。", "Other places of the file refer to this value.")
_MERGED = ("这个值是从别处并入的，不能在这里改。", "The value here is merged in from elsewhere.")
_MARKED = ("这个值带有类型标记或名称，不能整个改写。", "The value here carries a tag or an anchor.")
