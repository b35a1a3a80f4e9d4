"""Entry rows: added, deleted and moved, each as one transaction.

A row is known by its key, so that everything kept by pointer stays true while rows move. With a
row go the notes and remarks on it; explanations that were written for its figures lapse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure_tui.language import Text
from disclosure_tui.model.edit import (
    Edit,
    InsertValue,
    MoveValue,
    RemoveValue,
    SetValue,
    Transaction,
)
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report

__all__ = [
    "adding",
    "beside",
    "entry_maps",
    "first_cell",
    "free_key",
    "holder_of",
    "is_key",
    "key_above",
    "missing_keys",
    "moving",
    "names_of",
    "removed_with",
    "removing",
    "row_at",
]

_KEPT_BY_POINTER = ("notes", "remarks")
_LONGEST_KEY = 60


def entry_maps(form: Form) -> tuple[Node, ...]:
    """Return the maps of entry rows, in printed order."""
    return tuple(node for node in form.nodes.values() if node.entries is not None)


def holder_of(form: Form, pointer: Pointer) -> Node | None:
    """Return the map of entry rows in which a place stands, or None; a table may be one itself."""
    return next((node for node in form.upward(pointer) if node.entries is not None), None)


def row_at(form: Form, pointer: Pointer) -> Pointer | None:
    """Return the entry row in which a place stands, or None."""
    holder = holder_of(form, pointer)
    if holder is None or len(pointer) <= len(holder.pointer):
        return None
    return holder.pointer / pointer[len(holder.pointer)]


def key_above(form: Form, holder: Node, pointer: Pointer) -> str:
    """Return the key of the row of a map in which a place stands: a new one goes below it."""
    row = row_at(form, pointer)
    return row.key if row is not None and row.parent == holder.pointer else ""


def beside(form: Form, row: Pointer) -> Pointer | None:
    """Return the row behind an entry row, else the one before it; None if it is the only one."""
    rows = [node.pointer for node in form.nodes[row.parent].children]
    at = rows.index(row)
    near = rows[at + 1 : at + 2] or rows[at - 1 : at]
    return near[0] if near else None


def first_cell(form: Form, place: Pointer) -> Pointer | None:
    """Return the first cell of a row, or None if there is none."""
    row = form.node(place)
    cells = () if row is None else row.walk()
    return next((node.pointer for node in cells if node.cell is not None), None)


def names_of(holder: Node) -> Pointer | None:
    """Return the map whose keys and names these rows use, or None if they have their own."""
    assert holder.entries is not None
    source = holder.entries.source
    return Pointer(source) if source and Pointer(source) != holder.pointer else None


def missing_keys(report: Report, holder: Node) -> tuple[str, ...]:
    """Return the keys of the map that gives the names which have no row here."""
    source = names_of(holder)
    known = set(_keys(report, holder.pointer))
    return () if source is None else tuple(k for k in _keys(report, source) if k not in known)


def is_key(text: str) -> bool:
    """Tell whether a text can be the key of a row (dialect, `x-entries`)."""
    return 0 < len(text) <= _LONGEST_KEY and text.isprintable() and not {"/", "~"} & set(text)


def free_key(wanted: str, report: Report, at: Pointer) -> str:
    """Return a key that no row has: the one wanted, else with a number behind it."""
    known = set(_keys(report, at))
    key, number = wanted or "row", 2
    while key in known:
        key, number = f"{wanted or 'row'}_{number}", number + 1
    return key


def adding(
    form: Form, report: Report, holder: Node, key: str, *, name: str = "", below: str = ""
) -> Transaction:
    """Return the transaction that adds a row with all its figures blank.

    Args:
        form: The form, with the entry rows of the report.
        report: The report.
        holder: Where the row goes.
        key: Its key.
        name: Its name, where the rows carry their names themselves.
        below: The key of the row that it goes below; empty: at the end.
    """
    title = Text(f"增加一行【{name or key}】", f"row {name or key} added")
    edits = [_insertion(form, report, holder, key, name, below)]
    for other in entry_maps(form):
        wants = other.entries is not None and other.entries.complete
        if wants and names_of(other) == holder.pointer and key not in _keys(report, other.pointer):
            edits.append(_insertion(form, report, other, key, "", below))
    return Transaction(tuple(edits), title)


def _insertion(
    form: Form, report: Report, holder: Node, key: str, name: str, below: str
) -> InsertValue | SetValue:
    assert holder.entry is not None
    assert holder.entries is not None
    cells = {child.key: _blank(child) for child in holder.entry.children}
    if name and holder.entries.label:
        cells[holder.entries.label] = name
    place, keys = holder.pointer / key, _keys(report, holder.pointer)
    if keys:
        at = keys.index(below) + 1 if below in keys else len(keys)
        return InsertValue(place, cells, (*keys[:at], key, *keys[at:]))
    edits, _ = edits_for(form, report, [(holder.pointer, {key: cells})])
    (edit,) = edits
    assert isinstance(edit, InsertValue | SetValue)
    return edit


def removed_with(form: Form, report: Report, row: Pointer) -> tuple[Pointer, ...]:
    """Return the rows that go with one: itself, and those elsewhere that are named by it."""
    rows = [row]
    for other in entry_maps(form):
        place = other.pointer / row.key
        if names_of(other) == row.parent and report.has(place):
            rows.append(place)
    return tuple(rows)


def removing(report: Report, rows: Sequence[Pointer], name: str) -> Transaction:
    """Return the transaction that deletes rows with all that is kept about them.

    Args:
        report: The report.
        rows: The rows, as `removed_with` returns them.
        name: What the row is called.
    """
    edits: list[Edit] = [RemoveValue(row) for row in rows]
    edits += _without_notes(report, rows)
    edits += _lapsing(report, rows)
    return Transaction(tuple(edits), Text(f"删除【{name}】行", f"row {name} deleted"))


def _without_notes(report: Report, rows: Sequence[Pointer]) -> Iterator[Edit]:
    for name in _KEPT_BY_POINTER:
        kept = report.value_at((name,))
        if not isinstance(kept, Mapping):
            continue
        gone = [str(key) for key in kept if _is_below(str(key), rows)]
        if gone and len(gone) == len(kept):
            yield RemoveValue(Pointer.of(name))
        else:
            yield from (RemoveValue(Pointer.of(name, key)) for key in gone)


def _lapsing(report: Report, rows: Sequence[Pointer]) -> Iterator[Edit]:
    """Take the figures from the explanations that were written for those of the rows.

    An explanation without them no longer stands, also if a row of the same key comes again; its
    words are kept.
    """
    kept = report.value_at(("explanations",))
    for index, entry in enumerate(kept if isinstance(kept, list) else ()):
        values = entry.get("values") if isinstance(entry, Mapping) else None
        if isinstance(values, Mapping) and any(_is_below(str(key), rows) for key in values):
            yield SetValue(Pointer.of("explanations", str(index), "values"), None)


def _is_below(text: str, rows: Iterable[Pointer]) -> bool:
    try:
        pointer = Pointer.parse(text.removeprefix("prior:"))
    except ValueError:
        return False
    return any(pointer.starts_with(row) for row in rows)


def moving(report: Report, row: Pointer, step: int) -> Transaction | None:
    """Return the transaction that moves a row up (-1) or down (1); None at the end of the way."""
    keys = _keys(report, row.parent)
    if not 0 <= keys.index(row.key) + step < len(keys):
        return None
    return Transaction((MoveValue(row, step),), Text("移动一行", "row moved"))


def _keys(report: Report, at: tuple[str, ...]) -> tuple[str, ...]:
    kept = report.value_at(at)
    return tuple(str(key) for key in kept) if isinstance(kept, Mapping) else ()


def _blank(node: Node) -> Plain:
    return {child.key: _blank(child) for child in node.children} or None
