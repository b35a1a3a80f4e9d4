"""What happened to the columns of rows that both forms have.

What happened to all rows of a table, or of a block of it, is told once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from disclosure_tui.amending.aspects import aspect, cell_aspects, label_text
from disclosure_tui.amending.changes import Aspect, PlaceChangeKind
from disclosure_tui.amending.order import out_of_order
from disclosure_tui.amending.pairing import Mapped
from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.form import ColumnHeader, Node
from disclosure_tui.model.pointer import Pointer

__all__ = ["Column", "ColumnChange", "column_changes"]

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a row.

    Attributes:
        path: The keys from the row to its cell.
        label: As printed.
        over: The merged headers above it, outermost first.
    """

    path: Path
    label: Text
    over: Text


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """Something that happened to a column, whatever the row.

    Attributes:
        kind: What happened.
        old: The columns that the older row has.
        new: The columns that the newer row has.
        aspects: What is different about the column.
    """

    kind: PlaceChangeKind
    old: tuple[Column, ...]
    new: tuple[Column, ...]
    aspects: tuple[Aspect, ...] = ()


def column_changes(old: Node, new: Node, mapping: tuple[Mapped, ...]) -> tuple[ColumnChange, ...]:
    """Compare the columns of a row.

    Args:
        old: The row in the older form.
        new: The row in the newer form.
        mapping: Cells that are the same under another name.
    """
    return tuple(_changes(old, new, mapping))


def _changes(old: Node, new: Node, mapping: tuple[Mapped, ...]) -> Iterator[ColumnChange]:
    theirs, ours = _columns(old), _columns(new)
    parts = _parts(old, new, mapping, theirs, ours)
    pairs = _pairs(theirs, ours, parts)
    for there, several in parts.items():
        if len(several) > 1:
            whole = tuple(ours[path] for path in several)
            yield ColumnChange(PlaceChangeKind.SPLIT, (theirs[there],), whole)
    spent_old = {*pairs, *parts}
    spent_new = {*pairs.values(), *(path for paths in parts.values() for path in paths)}
    for there, column in theirs.items():
        if there not in spent_old:
            yield ColumnChange(PlaceChangeKind.REMOVED, (column,), ())
    back = {here: there for there, here in pairs.items()}
    moved = set(_moved(theirs, ours, pairs))
    for here, column in ours.items():
        if here not in spent_new:
            yield ColumnChange(PlaceChangeKind.ADDED, (), (column,))
        elif here in back:
            yield from _paired(old, new, theirs[back[here]], column, is_moved=here in moved)


def _columns(row: Node) -> dict[Path, Column]:
    """Return the columns of a row; those of one label are told apart by what stands over them."""
    found = [column for header in row.columns for column in _leaves(row, header, ())]
    labels = Counter(column.label for column in found)
    return {
        column.path: column
        if labels[column.label] == 1
        else replace(column, label=_joined((column.over, column.label)))
        for column in found
    }


def _leaves(row: Node, header: ColumnHeader, over: tuple[Text, ...]) -> Iterator[Column]:
    label = label_text(header.label.titles)
    if not header.columns:
        path = tuple(header.path)
        key = Text(header.path[-1], header.path[-1]) if header.path else Text("", "")
        yield Column(path, label if label.zh or label.en else key, _joined(over))
    for inner in header.columns:
        yield from _leaves(row, inner, (*over, label))


def _joined(labels: tuple[Text, ...]) -> Text:
    zh, en = (one.zh for one in labels), (one.en for one in labels)
    return Text(" ".join(filter(None, zh)), " ".join(filter(None, en)))


def _parts(
    old: Node,
    new: Node,
    mapping: tuple[Mapped, ...],
    theirs: Mapping[Path, Column],
    ours: Mapping[Path, Column],
) -> dict[Path, list[Path]]:
    """Return what the mapping says of cells of this row."""
    found: dict[Path, list[Path]] = {}
    for there, here in mapping:
        if not there.starts_with(old.pointer) or not here.starts_with(new.pointer):
            continue
        before, after = there.below(old.pointer), here.below(new.pointer)
        if before in theirs and after in ours:
            found.setdefault(before, []).append(after)
    return found


def _pairs(
    theirs: Mapping[Path, Column], ours: Mapping[Path, Column], parts: Mapping[Path, list[Path]]
) -> dict[Path, Path]:
    """Pair columns: as the mapping says, by key, and what is left by its printed label."""
    named = {path for paths in parts.values() for path in paths}
    pairs = {there: here[0] for there, here in parts.items() if len(here) == 1}
    pairs |= {
        path: path for path in theirs if path in ours and path not in parts and path not in named
    }
    left_old = [path for path in theirs if path not in pairs and path not in parts]
    left_new = [path for path in ours if path not in pairs.values() and path not in named]
    for there in left_old:
        alike = [here for here in left_new if ours[here].label == theirs[there].label]
        others = [path for path in left_old if theirs[path].label == theirs[there].label]
        if len(alike) == 1 and len(others) == 1:
            pairs[there] = alike[0]
    return pairs


def _moved(
    theirs: Mapping[Path, Column], ours: Mapping[Path, Column], pairs: Mapping[Path, Path]
) -> tuple[Path, ...]:
    before = [pairs[path] for path in theirs if path in pairs]
    kept = set(before)
    return out_of_order(before, [path for path in ours if path in kept])


def _paired(
    old: Node, new: Node, before: Column, after: Column, *, is_moved: bool
) -> Iterator[ColumnChange]:
    if is_moved or before.path != after.path:
        keys = aspect("place", Text("位置", "place"), _dotted(before.path), _dotted(after.path))
        yield ColumnChange(PlaceChangeKind.MOVED, (before,), (after,), tuple(keys))
    found = list(aspect("over", Text("上面的表头", "header above"), before.over, after.over))
    cells = _cell(old, before), _cell(new, after)
    if cells[0] is not None and cells[1] is not None:
        shorts = [label_text(node.label.shorts) for node in cells if node is not None]
        found += aspect("short", Text("简称", "short label"), *shorts)
        if cells[0].cell is not None and cells[1].cell is not None:
            found += cell_aspects(cells[0].cell, cells[1].cell)
    is_renamed = before.label != after.label
    if found or is_renamed:
        kind = PlaceChangeKind.RENAMED if is_renamed else PlaceChangeKind.CHANGED
        yield ColumnChange(kind, (before,), (after,), tuple(found))


def _dotted(path: Path) -> Text:
    return Text(".".join(path), ".".join(path))


def _cell(row: Node, column: Column) -> Node | None:
    pointer = Pointer(row.pointer.joined(column.path))
    return next((node for node in row.walk() if node.pointer == pointer), None)
