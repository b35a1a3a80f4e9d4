"""Begins a report: what last year's file says of the office, which edition, where it belongs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.errors import SaveError, SchemaError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.opening import open_document
from disclosure_tui.prior import prior_at
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.session import carried_over
from disclosure_tui.store.files import save
from disclosure_tui.system_reasons import reason

__all__ = [
    "Begun",
    "Kind",
    "LastReport",
    "begin",
    "is_folder",
    "kinds",
    "level_type",
    "likely_period",
    "placed",
    "report_type_for",
    "year_of",
]

FIRST_YEAR, LAST_YEAR = 1900, 2999
_EDITION = re.compile(r"\s*[（(][^（）()]*[）)]$")
"""What the title of a schema says of its edition: the year decides that."""


@dataclass(frozen=True, slots=True)
class LastReport:
    """What last year's report says.

    Attributes:
        file: Where it is.
        sha256: Its digest.
        report_type: Its report type.
        year: Its year, or None.
        organ: What it says of the office, by key.
        data: All that it says.
    """

    file: Path
    sha256: str
    report_type: str
    year: int | None
    organ: Mapping[str, str]
    data: Plain

    @classmethod
    def read(cls, file: Path) -> LastReport:
        """Read it.

        Raises:
            DocumentError: It cannot be read.
        """
        document = open_document(file)
        data = document.data if isinstance(document.data, Mapping) else {}
        organ = data.get("organ")
        said = organ.items() if isinstance(organ, Mapping) else ()
        year = data.get("year")
        return cls(
            file,
            document.sha256,
            str(data.get("report_type", "")),
            year if isinstance(year, int) else None,
            {str(key): str(value) for key, value in said if value is not None},
            data,
        )

    @property
    def kind(self) -> str:
        """The report type without the edition."""
        return self.report_type.partition("/")[0]

    def at_places_of(self, form: Form) -> Report | None:
        """Return what it says at the places of a form; None if the two cannot be compared."""
        found = prior_at(form, self.report_type, self.data)
        return None if found is None else found.report

    def named_from(self, place: Path) -> dict[str, str]:
        """Return how a report at a place names it: relative to its folder, with the digest."""
        relative = os.path.relpath(self.file.resolve(), place.resolve().parent)
        return {"file": relative, "sha256": self.sha256}


def likely_period(last: LastReport | None, report_types: ReportTypes, folder: Path) -> ReportPeriod:
    """Return what a new report is probably for: the period after the last one.

    Without a last one it is last year: reports are written in January.
    """
    if last is None or last.year is None:
        return ReportPeriod(date.today().year - 1)
    try:
        form = report_types.load(last.report_type, folder).form
    except SchemaError:
        return ReportPeriod(last.year + 1)
    period = ReportPeriod.of(form, Report(last.data))
    return ReportPeriod(last.year + 1) if period is None else period.after(form)


def year_of(text: str) -> int | None:
    """Read a report year; None if it is none."""
    stripped = fold_width(text).strip()
    # Digits of other scripts are no year that a report could hold.
    known = stripped.isascii() and stripped.isdecimal()
    return int(stripped) if known and FIRST_YEAR <= int(stripped) <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Kind:
    """A report type without its editions.

    Attributes:
        name: What stands before the edition in a report file: `gov-info-annual`.
        language: Its own language.
        title: By language, what it is called, without the edition.
    """

    name: str
    language: str
    title: Mapping[str, str]


def kinds(report_types: ReportTypes, language: Language, folder: Path) -> Mapping[str, Kind]:
    """Return the report types by name that a report of a folder may have.

    Those in a language come first: probably they are meant.
    """
    catalog = report_types.catalog_at(folder)
    entries = [entry for entry in catalog.entries() if catalog.counts(entry)]
    found: dict[str, Kind] = {}
    for entry in sorted(entries, key=lambda entry: entry.language != language.value):
        title = {key: _EDITION.sub("", text) for key, text in entry.title.items()}
        found.setdefault(entry.kind, Kind(entry.kind, entry.language, title))
    return found


def report_type_for(
    report_types: ReportTypes, kind: str, year: int, folder: Path
) -> LoadedReportType:
    """Return the report type for a year, as it holds for reports of a folder.

    Args:
        report_types: Where it is looked up.
        kind: The report type, with its edition or without.
        year: The report year.
        folder: Where the report is to stand.

    Raises:
        SchemaError: There is no edition for that year, or it cannot be used.
    """
    if "/" in kind:
        return report_types.load(kind, folder)
    entry = report_types.catalog_at(folder).for_year(kind, year)
    if entry is None:
        raise SchemaError(
            Text(f"{kind} 没有用于 {year} 年的格式", f"{kind} has no edition for {year}"),
            hint=Text("请用 disclosure schema list 查看", "see disclosure schema list"),
        )
    return report_types.load(entry.name, folder)


def level_type(form: Form) -> CellType:
    """Return what the level of an office may be."""
    node = form.node(Pointer.of("organ", "level"))
    return node.cell if node is not None and node.cell is not None else CellType(frozenset())


def placed(named: Path, usual: Path) -> Path:
    """Return the file to write: a folder gets a file of the usual name."""
    place = named.expanduser()
    return place / usual.name if is_folder(place) else place


def is_folder(place: Path) -> bool:
    """Tell whether a place that a person named is meant as a folder."""
    return place.is_dir() or place.suffix == ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was filled in when a report was begun.

    Attributes:
        file: Last year's file, by which the report names it; empty without one.
        count: The cells that were filled from it.
    """

    file: str
    count: int


def begin(place: Path, report_type: LoadedReportType, new: NewReport, language: Language) -> Begun:
    """Write a new report with the figures that last year's hands on, and its folder.

    Raises:
        SaveError: It cannot be written, or there is a file of that name.
    """
    text = draft_text(report_type.form, new, language)
    try:
        # Last year's report is named by a path that starts at the folder: it must be there.
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(
            Text("建不了文件夹：", "the folder cannot be made: ") + reason(error),
            where=str(place.parent),
        ) from error
    text, file, count = carried_over(text, report_type, place)
    save(place, text.encode(), expected_sha256=None)
    return Begun(file, count)
