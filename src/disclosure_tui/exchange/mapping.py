"""From the tables of a page to the figures of a form, by labels and never by position alone.

What labels do not settle is left unread, with the reason: a figure that is guessed wrong is worse
than one that a person has to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import exact, key, likeness
from disclosure_tui.exchange.panel_fit import Fit, Reading, fit_panel
from disclosure_tui.exchange.picture import PageTable
from disclosure_tui.exchange.printed import Panel
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer

__all__ = ["AlteredLabel", "Mapping", "Reading", "Unread", "map_tables"]


@dataclass(frozen=True, slots=True)
class Unread:
    """Figures that could not be read.

    Attributes:
        pointers: Which.
        reason: Why.
    """

    pointers: tuple[Pointer, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class AlteredLabel:
    """A label that a page prints in other words, or not at all, or that the form does not have.

    Attributes:
        table: In which table.
        label: As the form has it; empty for one that it does not have.
        printed: As the page has it; empty if it has nothing like it.
    """

    table: Pointer
    label: str
    printed: str


@dataclass
class Mapping:
    """What was found.

    Attributes:
        readings: The text that stands for each figure.
        unread: What could not be read.
        labels: Labels that differ from the form.
        found: Tables of the form that stand on the page, each with the positions of page tables.
        used: Rows of each page table that are part of a table of the form.
    """

    readings: dict[Pointer, Reading] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    labels: list[AlteredLabel] = field(default_factory=list)
    found: dict[Pointer, set[int]] = field(default_factory=dict)
    used: dict[int, set[int]] = field(default_factory=dict)


def map_tables(tables: Sequence[PageTable], panels: Sequence[Panel]) -> Mapping:
    """Find the figures of a form on a page."""
    mapping = Mapping()
    captions = frozenset(key(panel.caption) for panel in panels if panel.caption)
    for panel in panels:
        fits = []
        for index, table in enumerate(tables):
            for start, stop in _segments(table, panel, captions):
                fit = fit_panel(table, panel, start, stop)
                if fit is not None:
                    fits.append((index, fit))
        _add(mapping, panel, fits)
    return mapping


def _segments(
    table: PageTable, panel: Panel, captions: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the rows of a page table that a panel can be in: below its caption, to the next."""
    if not captions:
        yield 0, table.row_count
        return
    marks = [
        (row, name) for row in range(table.row_count) if (name := _alone(table, row)) in captions
    ]
    if not panel.caption:
        # What stands below the captions belongs to a table of blocks, unless the file is one grid.
        yield 0, table.row_count
        return
    for number, (row, name) in enumerate(marks):
        if name == key(panel.caption):
            stop = marks[number + 1][0] if number + 1 < len(marks) else table.row_count
            yield row, stop


def _alone(table: PageTable, row: int) -> str:
    """Return the key of the only text in a row, or nothing."""
    names = {key(cell.text) for cell in table.distinct(row)} - {""}
    return names.pop() if len(names) == 1 else ""


def _add(mapping: Mapping, panel: Panel, fits: list[tuple[int, Fit]]) -> None:
    """Join what several page tables say of one panel."""
    if not fits:
        mapping.unread.append(Unread(panel.pointers, _nowhere(panel)))
        return
    readings: dict[Pointer, list[Reading]] = {}
    for index, fit in fits:
        mapping.found.setdefault(panel.table, set()).add(index)
        mapping.used.setdefault(index, set()).update(fit.rows)
        for pointer, reading in fit.readings.items():
            readings.setdefault(pointer, []).append(reading)
    several = [p for p, found in readings.items() if len({key_of(r) for r in found}) > 1]
    if several:
        mapping.unread.append(Unread(tuple(several), _TWICE))
    for pointer, found in readings.items():
        if pointer not in several:
            mapping.readings[pointer] = found[0]
    read = set(readings)
    for _, fit in fits:
        for unread in fit.unread:
            left = tuple(pointer for pointer in unread[0] if pointer not in read)
            if left:
                mapping.unread.append(Unread(left, unread[1]))
                read.update(left)
    printed = [text for _, fit in fits for text in fit.labels]
    mapping.labels += _altered(panel, printed, [fit for _, fit in fits])


def key_of(reading: Reading) -> tuple[str, bool]:
    """Return what tells two readings apart."""
    return exact(reading.text), reading.trouble is None


_TWICE = Text("页面上有两处，写的不一样", "it stands on the page twice, with different figures")


def _nowhere(panel: Panel) -> Text:
    if panel.caption:
        return Text(
            f"页面上没有找到【{panel.caption}】这一部分", f"the page has no part “{panel.caption}”"
        )
    return Text("页面上没有找到这张表", "the page does not have this table")


def _altered(panel: Panel, printed: list[str], fits: Iterable[Fit]) -> Iterator[AlteredLabel]:
    """Yield the labels of a panel that the page prints differently."""
    fits = list(fits)
    shown = {exact(text): text for text in printed}
    wanted = [panel.caption, panel.corner]
    wanted += [label for line in (*panel.columns, *panel.rows) for label in line.labels]
    wanted = [label for label in dict.fromkeys(wanted) if key(label)]
    own = {exact(label) for label in wanted}
    replaced = {label: text for fit in fits for label, text in fit.replaced.items()}
    missing = []
    for label in wanted:
        if exact(label) in shown:
            continue
        same = [text for name, text in shown.items() if key(text) == key(label) and name not in own]
        if label in replaced:
            yield AlteredLabel(panel.table, label, replaced[label])
        elif same:
            yield AlteredLabel(panel.table, label, same[0])
        else:
            missing.append(label)
    taken = set(map(exact, replaced.values()))
    for label in missing:
        yield AlteredLabel(panel.table, label, _nearest(label, shown, own | taken))
    known = {key(label) for label in wanted}
    for fit in fits:
        for text in fit.strange:
            if key(text) not in known and exact(text) not in taken:
                yield AlteredLabel(panel.table, "", text)


def _nearest(label: str, shown: dict[str, str], own: set[str]) -> str:
    """Return the text on the page that most likely stands for a label, or nothing."""
    free = [text for name, text in shown.items() if name not in own]
    scores = [(likeness(key(label), key(text)), text) for text in free[:200]]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] >= 0.6 else ""
