"""What a person should know of a file, though it can be read."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.plain_data import duplicate_keys
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.source import Position

__all__ = ["Notice", "notices_of"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the file that the person should know, though it can be read.

    Attributes:
        text: What it is.
        pointer: The value it is about.
        position: Where its key stands.
        unused: For a key that stands twice, where the pair stands that does not count;
            `Document.without_duplicate` removes it.
    """

    text: Text
    pointer: Pointer
    position: Position
    unused: Position | None = None


def notices_of(root: Placed, position: Callable[[int], Position]) -> tuple[Notice, ...]:
    """Return what is to be said of a document: keys that stand twice."""
    notices = []
    for found in duplicate_keys(root):
        used, unused = position(found.at), position(found.unused_at)
        text = _twice(found.pointer.key, unused, used)
        notices.append(Notice(text, found.pointer, used, unused))
    return tuple(notices)


def _twice(key: str, unused: Position, used: Position) -> Text:
    # Of two on one line the columns tell which is which.
    whole = unused.line == used.line
    there, here = (_place(position, with_column=whole) for position in (unused, used))
    return Text(
        f"【{key}】在同一组里重复，{there.zh}的没有用上，以{here.zh}的为准。请删去不用的一项。",
        f"`{key}` stands twice in the same map: {here.en} counts, {there.en} does "
        "not. Remove the one that does not.",
    )


def _place(position: Position, *, with_column: bool) -> Text:
    line = Text(f"第 {position.line} 行", f"line {position.line}")
    if not with_column:
        return line
    return line + Text(f"第 {position.column} 列", f", column {position.column},")
