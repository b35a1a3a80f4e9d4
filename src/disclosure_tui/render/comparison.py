"""What changed between two states of a report, as a reader of the form would tell it.

One list of changes in the order of the form: cells, texts by sentence, rows that came or went,
notes, remarks, explanations, and the fields around the tables. Formats write it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import TypeGuard

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.schema_source import SchemaStamp
from disclosure_tui.model.value import ABSENT, Side
from disclosure_tui.render.differing import Difference, differences_between
from disclosure_tui.render.sentences import SentenceChange, sentence_changes
from disclosure_tui.render.wording import Wording

__all__ = ["Change", "ChangeKind", "Comparison", "compared", "place_label"]


class ChangeKind(Enum):
    """What changed; the value is its name in the JSON output."""

    CELL = "cell"
    """A figure of a table."""
    TEXT = "text"
    """A section of prose."""
    ROW = "row"
    """A row added by the filer came or went."""
    ORDER = "order"
    """Rows added by the filer change places."""
    NOTE = "note"
    """A printed note."""
    REMARK = "remark"
    """An internal remark."""
    EXPLANATION = "explanation"
    """The answer to a query."""
    FIELD = "field"
    """Anything else."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        kind: What it is.
        pointer: Where it stands.
        old: What stood there; `ABSENT` where there was nothing.
        new: What stands there.
        sentences: Of prose, the sentences that differ.
    """

    kind: ChangeKind
    pointer: Pointer
    old: Side
    new: Side
    sentences: tuple[SentenceChange, ...] = ()

    @property
    def difference(self) -> int | Decimal | None:
        """By how much a figure grew; None where one side is no figure."""
        if _is_figure(self.old) and _is_figure(self.new):
            return self.new - self.old
        return None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed.

    Attributes:
        form: The form with the entry rows of both states.
        changes: In the order of the form; what it does not know comes last.
        without: Places that were not compared: the other edition has no counterpart.
        schema: Which schema the form is of, or None.
    """

    form: Form
    changes: tuple[Change, ...]
    without: tuple[Pointer, ...] = ()
    schema: SchemaStamp | None = None

    def count(self, kind: ChangeKind) -> int:
        """Return how many changes are of a kind."""
        return sum(change.kind is kind for change in self.changes)

    def below(self, places: Iterable[Pointer]) -> Comparison:
        """Return the part that lies at or below some places."""
        chosen = tuple(places)
        kept = tuple(
            change
            for change in self.changes
            if any(_home(change).starts_with(place) for place in chosen)
        )
        without = tuple(
            one
            for one in self.without
            if any(one.starts_with(place) or place.starts_with(one) for place in chosen)
        )
        return Comparison(self.form, kept, without, self.schema)


def compared(form: Form, old: Plain, new: Plain, without: tuple[Pointer, ...] = ()) -> Comparison:
    """Compare two states of a report.

    Args:
        form: The form of both.
        old: The older values, at the places of this form.
        new: The newer values.
        without: Places that cannot be compared.
    """
    form, found = differences_between(form, old, new)
    rows = tuple(
        change
        for change in _rows(form, old, new)
        if not any(change.pointer.starts_with(place) for place in without)
    )
    moved = tuple(change.pointer for change in rows if change.kind is ChangeKind.ROW)
    changes = [*rows]
    for one in found:
        inside = any(one.pointer.starts_with(place) for place in (*moved, *without))
        if not inside:
            changes.extend(_changes(form, one))
    order = {pointer: index for index, pointer in enumerate(form.nodes)}
    changes.sort(key=lambda change: _place(change.pointer, order))
    return Comparison(form, tuple(changes), tuple(place for place in without if form.node(place)))


def place_label(wording: Wording, pointer: Pointer) -> str:
    """Name a place; a key that is itself the address of a place is named by that place."""
    for index, key in enumerate(pointer):
        if key.startswith("/") and pointer[:index]:
            head = wording.path(Pointer(pointer[:index]))
            return f"{head} {wording.path(Pointer.parse(key))}"
    return wording.path(pointer)


def _changes(form: Form, one: Difference) -> Iterator[Change]:
    node = form.node(one.pointer)
    if one.pointer[:1] == ("explanations",):
        yield from _explanations(one)
    elif node is not None and node.role is Role.CELL:
        yield Change(ChangeKind.CELL, one.pointer, one.old, one.new)
    elif node is not None and node.role is Role.PROSE:
        told = sentence_changes(_text(one.old), _text(one.new))
        yield Change(ChangeKind.TEXT, one.pointer, one.old, one.new, told)
    else:
        kinds = {"notes": ChangeKind.NOTE, "remarks": ChangeKind.REMARK}
        kind = kinds.get(one.pointer[0] if one.pointer else "", ChangeKind.FIELD)
        yield Change(kind, one.pointer, one.old, one.new)


def _explanations(one: Difference) -> Iterator[Change]:
    """Compare answers by the query that they answer, whatever their order."""
    before, after = _answers(one.old), _answers(one.new)
    for identity in dict.fromkeys((*after, *before)):
        place, new = after.get(identity, (-1, ABSENT))
        there, old = before.get(identity, (-1, ABSENT))
        if old is ABSENT or new is ABSENT or old != new:
            pointer = Pointer.of("explanations", str(place if place >= 0 else there))
            yield Change(ChangeKind.EXPLANATION, pointer, old, new)


def _answers(side: Side) -> dict[tuple[str, ...], tuple[int, Mapping[str, Plain]]]:
    found: dict[tuple[str, ...], tuple[int, Mapping[str, Plain]]] = {}
    for index, entry in enumerate(side if isinstance(side, list) else ()):
        if isinstance(entry, Mapping):
            identity = tuple(str(entry.get(key) or "") for key in ("rule", "level", "instance"))
            # Two answers to one query are told apart by their number.
            while identity in found:
                identity = (*identity, "")
            found[identity] = (index, entry)
    return found


def _rows(form: Form, old: Plain, new: Plain) -> Iterator[Change]:
    """Yield the rows that a filer added, took away or put in another order."""
    before, after = Report(old), Report(new)
    for node in form.nodes.values():
        if node.entries is None:
            continue
        one, other = (_map(report.value_at(node.pointer)) for report in (before, after))
        for key in (*other, *(key for key in one if key not in other)):
            if (key in one) is not (key in other):
                pointer = node.pointer / str(key)
                yield Change(ChangeKind.ROW, pointer, one.get(key, ABSENT), other.get(key, ABSENT))
        stayed = [[key for key in side if key in one and key in other] for side in (one, other)]
        if stayed[0] != stayed[1]:
            yield Change(ChangeKind.ORDER, node.pointer, stayed[0], stayed[1])


def _place(pointer: Pointer, order: Mapping[Pointer, int]) -> tuple[int, Pointer]:
    """Return where a change is told: at the nearest place that the form knows."""
    for length in range(len(pointer), 0, -1):
        known = order.get(Pointer(pointer[:length]))
        if known is not None:
            return known, pointer
    return len(order), pointer


def _home(change: Change) -> Pointer:
    """Return the place that a change is about: of a note that on which it stands."""
    if change.kind in (ChangeKind.NOTE, ChangeKind.REMARK) and len(change.pointer) > 1:
        try:
            return Pointer.parse(change.pointer[1])
        except ValueError:
            return change.pointer
    if change.kind is ChangeKind.EXPLANATION:
        entry = change.new if isinstance(change.new, Mapping) else change.old
        listed = entry.get("pointers") if isinstance(entry, Mapping) else None
        if isinstance(listed, list) and listed and str(listed[0]).startswith("/"):
            return Pointer.parse(str(listed[0]))
    return change.pointer


def _map(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, Mapping) else {}


def _text(side: Side) -> str:
    return "" if side is ABSENT or side is None else str(side)


def _is_figure(side: Side) -> TypeGuard[int | Decimal]:
    return isinstance(side, int | Decimal) and not isinstance(side, bool)
