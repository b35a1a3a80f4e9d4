"""A key or a list item goes away: whole lines in a block, with its comma between brackets."""

from __future__ import annotations

import re
from dataclasses import replace

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import RemoveValue
from disclosure_tui.store.paths import Step, anchored, last_block_text, regrown
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.splice import Draft, column, refused, steps_to
from disclosure_tui.store.tree import Collection, Entry, Layout, ScalarNode

__all__ = ["remove_value"]

_COMMA = re.compile(r"[ \t]*,[ \t]*\Z")
_LINE = re.compile(r"( *)([^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z)")
_BREAK = re.compile(r"\r\n|\n|\r")


def remove_value(draft: Draft, edit: RemoveValue) -> Draft:
    """Take a key or list item out of the text.

    Raises:
        EditRefused: It is not there, is shared, or stands too closely with others.
    """
    pointer = edit.pointer
    steps = steps_to(draft, pointer, len(pointer)) if pointer else []
    if not steps:
        raise refused(pointer, "整份报告不能删去。", "The whole report cannot be removed.")
    owner, entry = steps[-1].node, steps[-1].entry
    if owner.is_map and sum(other.key == entry.key for other in owner.entries) > 1:
        raise refused(pointer, "这个名称重复出现，请先手工整理。", "The key stands there twice.")
    if any(other.merge for other in owner.entries):
        raise refused(
            pointer,
            "这一组并入了别处的内容，不能单独删去一项。",
            "Keys of other maps are merged in here; one of them may come to light.",
        )
    if (anchored(entry.value) | {entry.key_mark[1:]}) & draft.aliases:
        raise refused(
            pointer, "别处还在引用这个值。", "Other places of the file refer to this value."
        )
    if owner.layout is Layout.FLOW:
        return _from_brackets(draft, edit, steps)
    if owner.layout is Layout.PAIR:
        raise _too_close(edit)
    if len(owner.entries) == 1:
        return _last_of_block(draft, edit, steps)
    start, end = _lines(draft, edit, steps[-1])
    return _removed(draft, steps, start, end)


def _from_brackets(draft: Draft, edit: RemoveValue, steps: list[Step]) -> Draft:
    target = steps[-1]
    entries, index, base = target.node.entries, target.index, target.at
    if index + 1 < len(entries):
        start, end = entries[index].at, entries[index + 1].at
        between = draft.text[base + entries[index].end : base + end]
    elif index:
        before = entries[index - 1]
        if before.value.length == 0 and before.mark >= 0 and index + 1 == len(entries):
            # A bracket straight behind a colon would become part of the key.
            raise _too_close(edit)
        start, end = before.end, entries[index].end
        between = draft.text[base + start : base + entries[index].at]
    else:
        start, end = 1, target.node.length - 1
        inside = draft.text[base + start : base + end]
        between = "" if "#" in inside.replace(_source(draft, target), "") else ","
    if not _COMMA.match(between):
        raise _too_close(edit)
    return _removed(draft, steps, base + start, base + end)


def _source(draft: Draft, step: Step) -> str:
    return draft.text[step.at + step.entry.at : step.at + step.entry.end]


def _removed(draft: Draft, steps: list[Step], start: int, end: int) -> Draft:
    target = steps[-1]
    entries = target.node.entries
    shrunk = start - end
    behind = (entry.moved(shrunk) for entry in entries[target.index + 1 :])
    root = regrown(draft.root, steps, (*entries[: target.index], *behind), shrunk)
    return replace(draft.replaced(start, end, ""), root=root)


def _lines(draft: Draft, edit: RemoveValue, target: Step) -> tuple[int, int]:
    """Return the lines of an entry, from their start to the start of the next line.

    The first entry begins the collection: its indentation stays and that of the next one goes.
    """
    text, entry = draft.text, target.entry
    at = target.at + entry.at
    indent = column(text, at)
    end = line_end(text, target.at + entry.end)
    line_break = _BREAK.match(text, end)
    above = last_block_text(replace(target, index=target.index - 1)) if target.index else None
    if above is not None and line_break and not _safe_behind(text, line_break.end(), above):
        raise _too_close(edit)
    if target.index == 0:
        following = target.at + target.node.entries[1].at
        if line_break is None or text[line_break.end() : following].strip(" "):
            raise _too_close(edit)
        return at, following
    if text[at - indent : at].strip(" "):
        raise _too_close(edit)
    if line_break is not None:
        return at - indent, line_break.end()
    start = at - indent - 1
    if above is not None:
        # The line break before belongs to the text above.
        return start + 1, end
    return start - (text[start - 1 : start + 1] == "\r\n"), end


def _safe_behind(text: str, at: int, above: Placed) -> bool:
    """Tell whether the lines from a place on cannot become part of a block text above them."""
    node = above.node
    indent = max(node.indent, 0) if isinstance(node, ScalarNode) else 0
    keeps = "+" in text[above.at : above.at + 3]
    for match in _LINE.finditer(text, at):
        rest = match[2].rstrip("\r\n")
        if rest:
            return len(match[1]) <= indent and rest.strip() != ""
        if len(match[1]) > indent or keeps:
            return False
    return True


def _last_of_block(draft: Draft, edit: RemoveValue, steps: list[Step]) -> Draft:
    """Take away the only entry: the key above gets empty brackets, comments stay."""
    target = steps[-1]
    if len(steps) < 2 or target.node.anchor or target.node.tag:
        raise _too_close(edit)
    above = steps[-2]
    entry = above.entry
    at = target.at + target.entry.at
    indent = column(draft.text, at)
    mark = above.at + entry.mark
    brackets = " {}" if target.node.is_map else " []"
    end = line_end(draft.text, target.at + target.entry.end)
    if draft.text[at - indent : at].strip(" ") or entry.mark < 0:
        raise _too_close(edit)
    start = at - indent
    start -= 2 if draft.text[start - 2 : start] == "\r\n" else 1
    empty = Collection(target.node.is_map, Layout.FLOW, (), 2)
    changed = replace(entry, value_at=entry.mark + 1, value=empty)
    grown = len(brackets) - (end - start)
    root = _above(draft, steps[:-1], changed, grown)
    lines_gone = draft.replaced(start, end, "")
    return replace(lines_gone.replaced(mark, mark, brackets), root=root)


def _above(draft: Draft, steps: list[Step], changed: Entry, grown: int) -> Placed:
    step = steps[-1]
    behind = (entry.moved(grown) for entry in step.node.entries[step.index + 1 :])
    entries = (*step.node.entries[: step.index], changed, *behind)
    return regrown(draft.root, steps, entries, grown)


def _too_close(edit: RemoveValue) -> EditRefused:
    return refused(
        edit.pointer,
        "这一项和别的内容写在一起，不能单独删去。",
        "The entry stands too closely with others to be removed.",
    )
