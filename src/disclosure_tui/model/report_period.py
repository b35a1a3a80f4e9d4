"""Which period a report is for, and which one comes before it.

Most report types are yearly. One that says where the number of the period within the year
stands (`within_year` of `x-report`) is quarterly or monthly: the report before the first of a
year is the last one of the year before.
"""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

__all__ = ["ReportPeriod"]


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A year, or a part of one.

    Attributes:
        year: The year.
        number: The number of the part within the year; None if the report is for all of it.
    """

    year: int
    number: int | None = None

    @classmethod
    def of(cls, form: Form, report: Report) -> ReportPeriod | None:
        """Return the period of a report; None while it does not say it."""
        year = report.value_at(("year",))
        if not _is_number(year):
            return None
        place = form.report_type.within_year
        if not place:
            return cls(year)
        number = report.value_at(place)
        return cls(year, number) if _is_number(number) else None

    def before(self, form: Form) -> ReportPeriod:
        """Return the period before this one."""
        if self.number is None:
            return ReportPeriod(self.year - 1)
        if self.number > 1:
            return ReportPeriod(self.year, self.number - 1)
        return ReportPeriod(self.year - 1, periods_of(form))

    def after(self, form: Form) -> ReportPeriod:
        """Return the period after this one."""
        if self.number is None:
            return ReportPeriod(self.year + 1)
        if self.number < periods_of(form):
            return ReportPeriod(self.year, self.number + 1)
        return ReportPeriod(self.year + 1, 1)

    def within(self, year: int) -> ReportPeriod:
        """Return this period if it is one of a year, else the year as a whole."""
        return self if self.year == year else ReportPeriod(year)

    @property
    def words(self) -> Text:
        """The period as a person says it."""
        if self.number is None:
            return Text(f"{self.year} 年", str(self.year))
        return Text(f"{self.year} 年第 {self.number} 期", f"{self.year}, number {self.number}")


def periods_of(form: Form) -> int:
    """Return how many periods a year has: the greatest number that the form allows."""
    node = form.node(Pointer(form.report_type.within_year))
    greatest = None if node is None or node.cell is None else node.cell.maximum
    return int(greatest) if greatest is not None else 1


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
