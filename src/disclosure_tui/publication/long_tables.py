"""Reads the long table of `csv` and of several reports in `xlsx`: one figure a line, by pointer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import exact
from disclosure_tui.exchange.mapping import Reading, Unread
from disclosure_tui.exchange.picture import PageTable
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.long_table import VALUE_COLUMN, long_heads

__all__ = ["LongReading", "read_long_tables"]

_ORGAN, _YEAR, _POINTER = 0, 1, 9
_ABSENT = Text("长表里没有这个数", "the long table has no line for it")
_TWICE = Text("长表里这个数有不止一行", "the long table has several lines for it")
_OTHER = Text(
    "长表里没有这个单位、这个年度的数", "the long table has no figures of this organ and year"
)


@dataclass(frozen=True, slots=True)
class LongReading:
    """What a long table says of a report."""

    readings: dict[Pointer, Reading]
    unread: list[Unread]


def read_long_tables(
    tables: Sequence[PageTable], form: Form, organ: str, year: str
) -> LongReading | None:
    """Return the figures of one report, or None if no table is a long one."""
    long = [(table, columns) for table in tables if (columns := _columns(table)) is not None]
    if not long:
        return None
    found: dict[Pointer, list[Reading]] = {}
    for table, columns in long:
        for line in _lines(table, columns):
            if exact(line[_ORGAN].text) == exact(organ) and line[_YEAR].text.strip() == year:
                pointer = _pointer(line[_POINTER].text)
                found.setdefault(pointer, []).append(line[VALUE_COLUMN])
    pointers = [node.pointer for node in form.cells]
    if not any(pointer in found for pointer in pointers):
        return LongReading({}, [Unread(tuple(pointers), _OTHER)])
    absent = tuple(pointer for pointer in pointers if pointer not in found)
    twice = tuple(pointer for pointer in pointers if len(found.get(pointer, ())) > 1)
    unread = [Unread(places, why) for places, why in ((absent, _ABSENT), (twice, _TWICE)) if places]
    return LongReading({p: found[p][0] for p in pointers if len(found.get(p, ())) == 1}, unread)


def _columns(table: PageTable) -> list[int] | None:
    """Return where the columns of a long table stand, or None if it is none."""
    head = [exact(cell.text) if cell is not None else "" for cell in table.places[0]]
    for language in Language:
        names = [exact(name) for name in long_heads(language)]
        needed = [names[at] for at in (_ORGAN, _YEAR, VALUE_COLUMN, _POINTER)]
        if all(head.count(name) == 1 for name in needed):
            return [head.index(name) if name in head else -1 for name in names]
    return None


def _lines(table: PageTable, columns: list[int]) -> Iterator[list[Reading]]:
    for row in table.places[1:]:
        cells = [row[at] if at >= 0 else None for at in columns]
        yield [Reading(c.text, c.trouble) if c is not None else Reading("") for c in cells]


def _pointer(text: str) -> Pointer:
    try:
        return Pointer.parse(text.strip())
    except ValueError:
        return Pointer()
