"""What is filled in when a report is begun, and what one field answers for another. No Textual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from disclosure_tui.beginning import (
    LastReport,
    begin,
    kinds,
    level_type,
    likely_period,
    placed,
    report_type_for,
    year_of,
)
from disclosure_tui.drafting import NewReport, default_place
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.pinyin import initials
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.settings import district_root
from disclosure_tui.tui.widgets.field_drawing import FieldEntry

__all__ = ["KIND", "LAST", "LEVEL", "Missing", "NewReportForm"]

KIND, LAST, _YEAR, _NAME, _CODE, LEVEL, _REGION, _PLACE = (
    Pointer.of(key) for key in ("kind", "last", "year", "name", "code", "level", "region", "place")
)
_LABELS = {
    KIND: Text("报告类型", "Type of report"),
    LAST: Text("上年年报文件", "Last year's file"),
    _YEAR: Text("年度", "Year"),
    _NAME: Text("单位名称（必填）", "Name of the office (needed)"),
    _CODE: Text("单位代码（必填）", "Its short code (needed)"),
    LEVEL: Text("单位层级", "Its level"),
    _REGION: Text("所在地区", "Its region"),
    _PLACE: Text("写到", "Write to"),
}
_ANY_TEXT = CellType(frozenset({"string"}))
_WRONG_YEAR = Text("年度请写四位数字，例如 2025", "write the year in four digits, 2025")
_NO_NAME = Text("请填写单位名称", "name the office")
_NO_CODE = Text(
    "请填写单位代码：英文字母和数字，例如名称的拼音首字母",
    "give the office a code of ASCII letters and digits",
)


@dataclass(frozen=True, slots=True)
class Missing:
    """What has to be filled in first.

    Attributes:
        field: Where.
        what: What to do.
    """

    field: Pointer
    what: Text


class NewReportForm:
    """The fields of a report that is begun."""

    def __init__(self, folder: Path, report_types: ReportTypes, language: Language) -> None:
        """Begin with what can be known.

        Args:
            folder: Where the person is; relative names start there.
            report_types: Of which a report can be begun.
            language: The language of the words; it tells which report is probably meant.
        """
        self._folder, self._report_types, self._language = folder, report_types, language
        self._kinds = kinds(report_types, language, folder)
        self._last: LastReport | None = None
        self._values = dict.fromkeys(_LABELS, "")
        self._likely = likely_period(None, report_types, folder)
        self._values[_YEAR] = str(self._likely.year)
        own = [kind.name for kind in self._kinds.values() if kind.language == language.value]
        if len(own) > 1:
            self._values[KIND] = own[0]
        self._begun_with = dict(self._values)

    @property
    def is_untouched(self) -> bool:
        """Tell whether nothing was filled in yet."""
        return self._values == self._begun_with

    @property
    def usual_place(self) -> str:
        """The file that is written unless another is named; empty while it cannot be known."""
        year, code = year_of(self._values[_YEAR]), self._values[_CODE]
        if year is None or not code:
            return ""
        return str(default_place(code, self._likely.within(year), district_root(self._folder)))

    def entries(self) -> Iterator[FieldEntry]:
        """Yield the fields as they are now; the type only where there is a choice."""
        for pointer, value in self._values.items():
            if pointer == KIND and not value:
                continue
            cell = self.choices(pointer)
            shown = cell.label(value, self._language.value) if cell.values else ""
            if pointer == _PLACE and not value:
                value = self.usual_place
            label = _LABELS[pointer].in_(self._language)
            yield FieldEntry(label, pointer, value, shown, cell)

    def label(self, field: Pointer) -> Text:
        """Return what a field is called."""
        return _LABELS[field]

    def choices(self, field: Pointer) -> CellType:
        """Return what may stand in a field."""
        if field == KIND:
            titles = {name: kind.title for name, kind in self._kinds.items()}
            return replace(_ANY_TEXT, values=titles)
        form = self._form() if field == LEVEL else None
        levels = level_type(form) if form is not None else _ANY_TEXT
        return levels if levels.values else _ANY_TEXT

    def chosen(self, field: Pointer) -> str:
        """Return what is chosen in a field, or would be without a choice."""
        return self._values[field] or (self._likely_kind if field == KIND else "")

    def take(self, field: Pointer, text: str) -> None:
        """Take what was typed or chosen, and what follows from it.

        Raises:
            DisclosureError: Last year's file cannot be read.
        """
        if field == _PLACE and text == self.usual_place:
            text = ""
        self._values[field] = text
        if field == LAST:
            self._take_last(text)
        elif field == _NAME and not self._values[_CODE]:
            self._values[_CODE] = initials(text)
        elif field == KIND and self._values[LEVEL] not in self.choices(LEVEL).values:
            self._values[LEVEL] = ""

    def missing(self) -> Missing | None:
        """Return what has to be filled in before the report can be written."""
        if year_of(self._values[_YEAR]) is None:
            return Missing(_YEAR, _WRONG_YEAR)
        if not self._values[_NAME]:
            return Missing(_NAME, _NO_NAME)
        code = self._values[_CODE]
        return None if code.isascii() and code.isalnum() else Missing(_CODE, _NO_CODE)

    def write(self) -> Path:
        """Write the report, once nothing is missing; return its file.

        Raises:
            DisclosureError: It cannot be written.
        """
        values, last, year = self._values, self._last, year_of(self._values[_YEAR])
        assert year is not None
        place = self._place()
        prior = last.named_from(place) if last is not None else None
        office = NewReport(
            year, values[_NAME], values[_CODE], values[LEVEL], values[_REGION], prior
        )
        report_type = self._report_type(year, place.parent)
        if last is not None:
            office = replace(office, before=last.at_places_of(report_type.form))
        begin(place, report_type, office, self._language)
        return place

    @property
    def _likely_kind(self) -> str:
        return self._last.kind if self._last is not None else next(iter(self._kinds))

    def _place(self) -> Path:
        """Return the file that is written."""
        usual = Path(self.usual_place)
        return placed(self._folder / Path(self._values[_PLACE] or usual).expanduser(), usual)

    def _report_type(self, year: int, folder: Path) -> LoadedReportType:
        """Return the report type that was chosen, or last year's, or the language's."""
        return report_type_for(self._report_types, self.chosen(KIND), year, folder)

    def _form(self) -> Form | None:
        """Return the form for the year, or None while there is none."""
        year = year_of(self._values[_YEAR])
        try:
            folder = self._place().parent if self._values[_PLACE] else self._folder
            return None if year is None else self._report_type(year, folder).form
        except DisclosureError:
            return None

    def _take_last(self, text: str) -> None:
        """Copy what last year's report says of the office."""
        self._last = None
        if not text:
            return
        last = self._last = LastReport.read(self._folder / Path(text).expanduser())
        if self._values[KIND] and last.kind in self._kinds:
            self._values[KIND] = last.kind
        self._likely = likely_period(last, self._report_types, self._folder)
        self._values[_YEAR] = str(self._likely.year)
        for pointer in (_NAME, _CODE, LEVEL, _REGION):
            self._values[pointer] = last.organ.get(pointer.key, self._values[pointer])
