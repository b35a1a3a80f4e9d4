"""Which places of a document share a value by reference, and the refusals that come of it."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.draft import Draft, refused
from disclosure_tui.store.paths import Step, find, merged_from, way
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.source import LineIndex
from disclosure_tui.store.tree import AliasNode, Collection

__all__ = ["Link", "pointer_of", "refuse_shared", "steps_to", "users"]


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: where it stands, what it is called, where that is; -1 where it is nowhere.

    `in_key` references stand in the place of a key; they cannot be written out.
    """

    at: int
    name: str
    target_at: int
    in_key: bool


def users(root: Placed, start: int, end: int) -> list[Link]:
    """Return the references from outside a part of the text to values inside it."""
    return [
        link
        for link in _links(root)
        if start <= link.target_at <= end and not start <= link.at <= end
    ]


def steps_to(draft: Draft, pointer: Pointer, depth: int) -> list[Step]:
    """Return the way along the first `depth` keys of a pointer.

    Raises:
        EditRefused: The place does not exist, or others share it by reference.
    """
    steps = way(draft.root, pointer[:depth])
    shared = [draft.root]
    shared += [Placed(step.at + step.entry.value_at, step.entry.value) for step in steps]
    for length, placed in enumerate(shared):
        place = Pointer(pointer[:length])
        if isinstance(placed.node, AliasNode):
            raise _reference(draft, pointer, place, placed)
        if placed.node.anchor in draft.aliases:
            found = [one for one in _links(draft.root) if one.target_at == placed.at]
            if found:
                raise _shared(draft, pointer, place, found)
    if len(steps) == depth:
        return steps
    last = shared[-1]
    place = Pointer(pointer[: len(steps) + 1])
    if isinstance(last.node, Collection) and find(draft.root, place).complete:
        raise _merged(draft, pointer, place, last)
    raise refused(pointer, "文件里没有这个位置。", "The file has no such place.")


def refuse_shared(draft: Draft, pointer: Pointer, start: int, end: int) -> None:
    """Make sure that nothing outside a part of the text refers to values inside it.

    Raises:
        EditRefused: Something does.
    """
    if not draft.aliases:
        return
    found = users(draft.root, start, end)
    if found:
        target = found[0].target_at
        same = [link for link in found if link.target_at == target]
        raise _shared(draft, pointer, pointer_of(draft.root, target), same)


def pointer_of(root: Placed, at: int) -> Pointer | None:
    """Return the pointer of the value that begins at a place; None if there is none."""
    stack = [(Pointer(), root)]
    while stack:
        pointer, placed = stack.pop()
        node = placed.node
        if placed.at == at and (not isinstance(node, Collection) or node.anchor):
            return pointer
        if isinstance(node, Collection):
            for index, entry in enumerate(node.entries):
                start = placed.at + entry.value_at
                key = entry.key if node.is_map else str(index)
                counts = not node.is_map or node.index_of(key) == index
                if counts and start <= at <= start + entry.value.length:
                    stack.append((pointer / key, Placed(start, entry.value)))
    return None


def _links(root: Placed) -> list[Link]:
    definitions: dict[str, int] = {}
    found: list[Link] = []
    for at, mark, in_key in _marks(root):
        if mark[0] == "&":
            definitions[mark[1:]] = at
        else:
            found.append(Link(at, mark[1:], definitions.get(mark[1:], -1), in_key))
    return found


def _marks(root: Placed) -> Iterator[tuple[int, str, bool]]:
    """Yield the `&name` and `*name` of a document in the order of the text."""
    stack: list[Placed | tuple[int, str, bool]] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            yield item
            continue
        node = item.node
        if isinstance(node, AliasNode):
            yield item.at, "*" + node.name, False
            continue
        if node.anchor:
            yield item.at, "&" + node.anchor, False
        if isinstance(node, Collection):
            for entry in reversed(node.entries):
                stack.append(Placed(item.at + entry.value_at, entry.value))
                if entry.key_mark:
                    stack.append((item.at + entry.key_at, entry.key_mark, True))


def _line(draft: Draft, at: int) -> int:
    return LineIndex(draft.text).position(at).line


def _defined(draft: Draft, at: int, name: str) -> int:
    """Return the line of the `&name` in front of a value."""
    return _line(draft, max(draft.text.rfind("&" + name, 0, at + 1), 0))


def _reference(draft: Draft, pointer: Pointer, place: Pointer, alias: Placed) -> EditRefused:
    assert isinstance(alias.node, AliasNode)
    name = alias.node.name
    target = next((one.target_at for one in _links(draft.root) if one.at == alias.at), alias.at)
    line = _defined(draft, target, name)
    error = refused(
        pointer,
        f"这个值引用的是第 {line} 行的 &{name}，不能单独改。",
        f"The value here is a reference to &{name}, defined in line {line}.",
        _detach_or_change(line),
    )
    error.detachable = place
    return error


def _shared(
    draft: Draft, pointer: Pointer, place: Pointer | None, links: list[Link]
) -> EditRefused:
    lines = sorted({_line(draft, link.at) for link in links})
    error = refused(
        pointer,
        f"第 {'、'.join(map(str, lines))} 行也引用这个值（&{links[0].name}），不能只改一处。",
        f"Other places refer to this value (&{links[0].name}): line {', '.join(map(str, lines))}.",
        Text(
            "请先把引用它的地方改成单独的值。",
            "Make those places values of their own first.",
        ),
    )
    if place is not None and not any(link.in_key for link in links):
        error.detachable = place
    return error


def _merged(draft: Draft, pointer: Pointer, place: Pointer, owner: Placed) -> EditRefused:
    source, name = merged_from(draft.root, owner, place.key)
    line = _defined(draft, source, name) if name else _line(draft, source)
    error = refused(
        pointer,
        f"这个值是从第 {line} 行{f'的 &{name} ' if name else ''}并入的，不能单独改。",
        f"The value here is merged in from {f'&{name} in ' if name else ''}line {line}.",
        _detach_or_change(line),
    )
    error.detachable = place
    return error


def _detach_or_change(line: int) -> Text:
    return Text(
        f"请先改成单独的值，或者到第 {line} 行改。",
        f"Make it a value of its own first, or change it in line {line}.",
    )
