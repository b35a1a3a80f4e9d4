"""Many reports at a glance: one line each, worst first, and how many there are of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.width import MEASURE, Align

__all__ = ["Overview", "Standing", "Tally", "standing_of"]

_HEADS = (
    Text("单位", "Office"),
    Text("年度", "Year"),
    Text("错误", "Errors"),
    Text("未填", "Blanks"),
    Text("待核实", "Queries"),
    Text("联系人", "Contact"),
    Text("文件", "File"),
)
_FIGURES = (2, 3, 4)
_WIDEST = 40
"""A longer name is not cut: it pushes its own line to the right, not all others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one report stands, kept while thousands of others are checked.

    Attributes:
        file: As it was named.
        organ: Name of the office, or empty.
        year: As printed, or empty.
        errors: Open errors.
        blanks: Blanks that count.
        queries: Open queries.
        warnings: Open warnings.
        contact: Whom to ask.
        reason: Why it could not be checked, or empty.
    """

    file: str
    organ: str = ""
    year: str = ""
    errors: int = 0
    blanks: int = 0
    queries: int = 0
    warnings: int = 0
    contact: str = ""
    reason: str = ""

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """What sorts the worst report first; one that was not checked may be worse than all."""
        return (
            0 if self.reason else 1,
            -self.errors,
            -self.blanks,
            -self.queries,
            -self.warnings,
        )

    @property
    def mark(self) -> str:
        """The sign of the worst that is open, or a blank for what is in order."""
        if self.errors or self.reason:
            return Severity.ERROR.mark
        if self.queries or self.blanks:
            return Severity.QUERY.mark
        return Severity.WARNING.mark if self.warnings else " "


def standing_of(report: LocatedReport) -> Standing:
    """Return how a report stands."""
    if report.form is None:
        reason = report.reason.in_(report.language) if report.reason is not None else ""
        head = Text("打不开：", "cannot be checked: ").in_(report.language)
        return Standing(report.where or report.file, reason=head + reason)
    counts = Counter(item.finding.severity for item in report.findings if item.finding.counts)
    return Standing(
        file=report.file,
        organ=report.organ,
        year="" if report.year is None else str(report.year),
        errors=counts[Severity.ERROR],
        blanks=report.blank,
        queries=counts[Severity.QUERY],
        warnings=counts[Severity.WARNING],
        contact=report.contact,
    )


class Overview:
    """One line for each report, worst first."""

    def __init__(self) -> None:
        self._standings: list[Standing] = []

    def add(self, report: LocatedReport) -> None:
        """Take a report in."""
        self._standings.append(standing_of(report))

    def lines(self, language: Language) -> Iterator[str]:
        """Yield a head and the lines, in columns; reports that stand alike in their order."""
        ordered = sorted(self._standings, key=lambda standing: standing.rank)
        yield from (f"{item.file}: {item.reason}" for item in ordered if item.reason)
        checked = [item for item in ordered if not item.reason]
        rows = [_cells(item) for item in checked]
        if not rows:
            return
        heads = tuple(head.in_(language) for head in _HEADS)
        columns = range(len(heads))
        widths = [_column_width([heads[at], *(row[at] for row in rows)]) for at in columns]
        yield "  " + _joined(heads, widths)
        for standing, row in zip(checked, rows, strict=True):
            yield f"{standing.mark} " + _joined(row, widths)


def _cells(standing: Standing) -> tuple[str, ...]:
    figures = (standing.errors, standing.blanks, standing.queries)
    return (
        standing.organ or "-",
        standing.year or "-",
        *map(str, figures),
        standing.contact or "-",
        standing.file,
    )


def _column_width(texts: list[str]) -> int:
    return min(_WIDEST, max(MEASURE.width(text) for text in texts))


def _joined(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = []
    for at, (text, cells_wide) in enumerate(zip(cells, widths, strict=True)):
        align = Align.RIGHT if at in _FIGURES else Align.LEFT
        fits = MEASURE.width(text) <= cells_wide
        padded.append(MEASURE.fit(text, cells_wide, align) if fits else text)
    return "  ".join(padded).rstrip()


class Tally:
    """How many reports there are, and how many of them are in order."""

    def __init__(self) -> None:
        self.reports = 0
        self.clean = 0
        self.unreadable = 0

    def count(self, report: LocatedReport) -> None:
        """Count a report in."""
        self.reports += 1
        if report.form is None:
            self.unreadable += 1
        elif not any(item.finding.counts for item in report.findings):
            self.clean += 1

    @property
    def faulty(self) -> int:
        """How many have something to do."""
        return self.reports - self.clean - self.unreadable

    def line(self, language: Language) -> str:
        """Return the counts in one line."""
        return Text(
            f"共 {self.reports} 份：{self.clean} 份没有问题，{self.faulty} 份有问题，"
            f"{self.unreadable} 份打不开",
            f"{self.reports} reports: {self.clean} without findings, "
            f"{self.faulty} with findings, {self.unreadable} could not be checked",
        ).in_(language)
