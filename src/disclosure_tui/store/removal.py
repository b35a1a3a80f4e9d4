"""A key or a list item goes away: whole lines in a block, with its comma between brackets.

The usual cases are counted; what stands more closely with others is tried (`trial`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from disclosure_tui.model.edit import RemoveDuplicates, RemoveValue
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.draft import BY_HAND, Draft, column, refused
from disclosure_tui.store.paths import Step, last_block_text, regrown
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.removal_trials import candidates
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.sharing import refuse_shared, steps_to
from disclosure_tui.store.tree import Collection, Entry, Layout, ScalarNode
from disclosure_tui.store.trial import first_as_expected

__all__ = ["remove_duplicates", "remove_value"]

_COMMA = re.compile(r"[ \t]*,[ \t]*\Z")
_LINE = re.compile(r"( *)([^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z)")
_BREAK = re.compile(r"\r\n|\n|\r")


def remove_value(draft: Draft, edit: RemoveValue) -> Draft:
    """Take a key or list item out of the text.

    Raises:
        EditRefused: It is not there, is shared, or stands too closely with others.
    """
    steps = _steps(draft, edit.pointer)
    owner, entry = steps[-1].node, steps[-1].entry
    if owner.is_map and _count(owner, entry.key) > 1:
        raise refused(
            edit.pointer,
            "这个名称重复出现，请先删去不用的一项。",
            "The key stands there twice; remove the pair that does not count first.",
        )
    return _without(draft, edit, steps)


def remove_duplicates(draft: Draft, edit: RemoveDuplicates) -> Draft:
    """Take out the pairs of a key that do not count because it stands again below.

    Raises:
        EditRefused: The key stands there only once, or a pair is shared or stands too closely
            with others.
    """
    steps = _steps(draft, edit.pointer)
    owner, key = steps[-1].node, steps[-1].entry.key
    if not owner.is_map or _count(owner, key) < 2:
        raise refused(edit.pointer, "这个名称没有重复。", "The key stands there only once.")
    while _count(owner, key) > 1:
        first = [entry.key for entry in owner.entries].index(key)
        draft = _without(draft, edit, [*steps[:-1], replace(steps[-1], index=first)])
        steps = _steps(draft, edit.pointer)
        owner = steps[-1].node
    return draft


def _steps(draft: Draft, pointer: Pointer) -> list[Step]:
    """Return the way to an entry; what it holds may be a reference."""
    if not pointer:
        raise refused(pointer, "整份报告不能删去。", "The whole report cannot be removed.")
    steps = steps_to(draft, pointer, len(pointer) - 1)
    owner = steps[-1].entry.value if steps else draft.root.node
    at = steps[-1].at + steps[-1].entry.value_at if steps else draft.root.at
    index = owner.index_of(pointer.key) if isinstance(owner, Collection) else -1
    if index < 0:
        return steps_to(draft, pointer, len(pointer))
    assert isinstance(owner, Collection)
    return [*steps, Step(owner, at, index)]


def _count(owner: Collection, key: str) -> int:
    return sum(entry.key == key and not entry.merge for entry in owner.entries)


def _without(draft: Draft, edit: RemoveValue | RemoveDuplicates, steps: list[Step]) -> Draft:
    """Return the draft without the last entry on the way."""
    target = steps[-1]
    start = target.at + target.entry.at
    refuse_shared(draft, edit.pointer, start, target.at + target.entry.end)
    merges = any(other.merge for other in target.node.entries)
    done = None if merges else _counted(draft, steps)
    if done is None:
        done = first_as_expected(draft, edit, candidates(draft, steps))
    if done is not None:
        return done
    raise refused(edit.pointer, *(_UNCOVERS if merges else _TOO_CLOSE), hint=BY_HAND)


def _counted(draft: Draft, steps: list[Step]) -> Draft | None:
    """Take a usual entry out, without reading anew; None where it stands closely with others."""
    target = steps[-1]
    if target.node.layout is Layout.FLOW:
        span = _between_brackets(draft, target)
    elif target.node.layout is Layout.PAIR:
        return None
    elif len(target.node.entries) == 1:
        return _last_of_block(draft, steps)
    else:
        span = _lines(draft, target)
    return None if span is None else _removed(draft, steps, *span)


def _between_brackets(draft: Draft, target: Step) -> tuple[int, int] | None:
    """Return the part of the text with the entry and one comma."""
    entries, index, base = target.node.entries, target.index, target.at
    if index + 1 < len(entries):
        start, end = entries[index].at, entries[index + 1].at
        between = draft.text[base + entries[index].end : base + end]
    elif index:
        before = entries[index - 1]
        if before.value.length == 0 and before.mark >= 0:
            # A bracket straight behind a colon would become part of the key.
            return None
        start, end = before.end, entries[index].end
        between = draft.text[base + start : base + entries[index].at]
    else:
        start, end = 1, target.node.length - 1
        inside = draft.text[base + start : base + end]
        between = "," if inside.replace(_source(draft, target), "").strip(" \t") == "" else ""
    return (base + start, base + end) if _COMMA.match(between) else None


def _source(draft: Draft, step: Step) -> str:
    return draft.text[step.at + step.entry.at : step.at + step.entry.end]


def _removed(draft: Draft, steps: list[Step], start: int, end: int) -> Draft:
    target = steps[-1]
    entries = target.node.entries
    shrunk = start - end
    behind = (entry.moved(shrunk) for entry in entries[target.index + 1 :])
    root = regrown(draft.root, steps, (*entries[: target.index], *behind), shrunk)
    return replace(draft.replaced(start, end, ""), root=root)


def _lines(draft: Draft, target: Step) -> tuple[int, int] | None:
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
        return None
    if target.index == 0:
        following = target.at + target.node.entries[1].at
        if line_break is None or text[line_break.end() : following].strip(" "):
            return None
        return at, following
    if text[at - indent : at].strip(" "):
        return None
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


def _last_of_block(draft: Draft, steps: list[Step]) -> Draft | None:
    """Take away the only entry: the key above gets empty brackets, comments stay."""
    target = steps[-1]
    if len(steps) < 2 or target.node.anchor or target.node.tag:
        return None
    above = steps[-2]
    entry = above.entry
    at = target.at + target.entry.at
    indent = column(draft.text, at)
    mark = above.at + entry.mark
    brackets = " {}" if target.node.is_map else " []"
    end = line_end(draft.text, target.at + target.entry.end)
    if draft.text[at - indent : at].strip(" ") or entry.mark < 0:
        return None
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


_TOO_CLOSE = (
    "这一项和别的内容写在一起，不能单独删去。",
    "The entry stands too closely with others to be removed.",
)
_UNCOVERS = (
    "这一组并入了别处的内容，删去这一项会露出并入的值。",
    "Other maps are merged in here; the entry that one of them brings in would come to light.",
)
