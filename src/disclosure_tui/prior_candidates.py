"""Where last year's report may lie: the folder of the year before, looked through by content.

In a district that is `units/CODE/YEAR-1`, of the office and of those that became part of it
(`successor` in `units.csv`); without a district the neighbour folder named after the year.
Where a year has several reports, the one before mostly lies in the same folder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.settings import district_root

__all__ = ["Wanted", "candidates", "predecessors"]

ROSTER = "units.csv"
_MOST_SEARCHED = 40
"""So many files of one folder are looked into."""
_MOST_UNITS = 50
"""So many offices may have become one; also the end of a roster that goes in circles."""
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        code: Code of the office.
        year: Year of the report whose last one is wanted.
        kinds: Report types that it may have.
        year_before: Year of the one wanted.
        number: Where the number of its period within the year stands, and that number; or None.
    """

    code: str
    year: int
    kinds: frozenset[str]
    year_before: int
    number: tuple[tuple[str, ...], int] | None = None


def candidates(wanted: Wanted, path: Path) -> Iterator[tuple[Path, ...]]:
    """Yield the files that may be last year's, together those of one office.

    Args:
        wanted: What is looked for.
        path: The file of the report itself; never a candidate.
    """
    root = district_root(path.parent)
    before = str(wanted.year_before)
    if root is not None:
        codes = (wanted.code, *predecessors(root / ROSTER, wanted.code))
        folders = [(code, root / "units" / code / before) for code in codes]
    elif path.parent.name == str(wanted.year):
        folders = [(wanted.code, path.parent.parent / before)]
    else:
        folders = []
    for code, folder in folders:
        found = tuple(
            place
            for place in _files(folder)
            if not _same_file(place, path) and _matches(place, code, wanted)
        )
        if found:
            yield found


def predecessors(roster: Path, code: str) -> tuple[str, ...]:
    """Return the offices that became part of one, directly or by way of another."""
    try:
        with roster.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()
    after = {_field(row, "code"): _field(row, "successor") for row in rows}
    found: list[str] = []
    waiting = [code]
    while waiting and len(found) < _MOST_UNITS:
        heir = waiting.pop(0)
        for unit, successor in after.items():
            if successor == heir and unit and unit != code and unit not in found:
                found.append(unit)
                waiting.append(unit)
    return tuple(found)


def _field(row: dict[str, str | None], name: str) -> str:
    for key, value in row.items():
        if str(key).strip().casefold() == name:
            return (value or "").strip()
    return ""


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(
            place
            for place in folder.iterdir()
            if place.suffix in (".yaml", ".yml") and not place.name.startswith(".")
        )
    except OSError:
        return []
    return found[:_MOST_SEARCHED]


def _same_file(place: Path, path: Path) -> bool:
    try:
        return place.samefile(path)
    except OSError:
        return False


def _matches(place: Path, code: str, wanted: Wanted) -> bool:
    try:
        if not place.is_file() or place.stat().st_size > _MOST_BYTES:
            return False
        report = Report(open_document(place).data)
    except (OSError, DisclosureError):
        return False
    found = (report.value_at(("organ", "code")), report.value_at(("year",)))
    if wanted.number is not None and report.value_at(wanted.number[0]) != wanted.number[1]:
        return False
    return found == (code, wanted.year_before) and report.value_at(("report_type",)) in wanted.kinds
