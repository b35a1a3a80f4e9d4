"""Compares the figures of a report with what stands in their places on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import exact
from disclosure_tui.exchange.mapping import Reading
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report, Scalar
from disclosure_tui.model.typed_figure import typed_figure
from disclosure_tui.publication.proof import CellDifference, NotRead
from disclosure_tui.render.wording import Wording

__all__ = ["FigureComparison", "compare_figures"]

_MINUS = re.compile(r"^[\u2212\u2013\u2014](?=\d)")
_NOTED = re.compile(r"(?P<figure>[^（(]+)[（(](?P<note>[^（()）]*)[）)]")
_UNREADABLE = Text("这一格的字读不出来", "the characters of this cell cannot be read")


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """The outcome for all figures."""

    differences: tuple[CellDifference, ...]
    unread: tuple[NotRead, ...]
    compared: int


def compare_figures(
    form: Form, report: Report, readings: Mapping[Pointer, Reading], wording: Wording
) -> FigureComparison:
    """Compare every figure that was read."""
    differences, unread, compared = [], [], 0
    notes = report.value_at(("notes",))
    for node in form.cells:
        reading = readings.get(node.pointer)
        if reading is None or node.cell is None:
            continue
        place = wording.path(node.pointer)
        trouble = reading.trouble or (_UNREADABLE if "\ufffd" in reading.text else None)
        value = report.value_at(node.pointer)
        if trouble is not None:
            unread.append(NotRead((node.pointer,), place, trouble))
            continue
        compared += 1
        note = notes.get(str(node.pointer)) if isinstance(notes, Mapping) else None
        if not is_same(node.cell, value, reading.text, note if isinstance(note, str) else ""):
            shown = node.cell.show(value)
            differences.append(
                CellDifference(node.pointer, place, shown, " ".join(reading.text.split()))
            )
    return FigureComparison(tuple(differences), tuple(unread), compared)


def is_same(cell: CellType, value: Scalar, text: str, note: str = "") -> bool:
    """Tell whether a page shows the value of a report.

    `1,234` and full-width digits are 1234, `12元` is 12 where the unit is 元; a blank is never 0.
    A note in brackets is part of the copy only where the report has the same.
    """
    if any(_is_value(cell, value, written) for written in _figures_in(text)):
        return True
    noted = _NOTED.fullmatch("".join(text.split()))
    if noted is None or exact(noted["note"]) != exact(note):
        return False
    return any(_is_value(cell, value, written) for written in _figures_in(noted["figure"]))


def _figures_in(text: str) -> Iterator[str]:
    # A text copy marks what a spreadsheet would run as a formula.
    yield text[1:] if re.match(r"'[=+\-@]", text) else text


def _is_value(cell: CellType, value: Scalar, text: str) -> bool:
    plain = _MINUS.sub("-", " ".join(text.split()))
    found = cell.read(plain)
    if isinstance(found, str) and cell.numeric and "+" not in plain:
        with_unit = typed_figure(cell, plain)
        found = with_unit.value if with_unit is not None else found
    if _is_number(value) and _is_number(found):
        return value == found
    if value is None or found is None:
        return value is None and found is None
    return not _is_number(found) and exact(cell.show(value)) == exact(plain)


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
