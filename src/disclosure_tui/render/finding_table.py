"""Findings as rows of a table: what a reviewer sorts and filters, the same in CSV and Excel."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.causes import left_undecided
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording, number_text

__all__ = [
    "COLUMNS",
    "SEVERITIES",
    "Cell",
    "FindingRow",
    "TableColumn",
    "cell_text",
    "finding_rows",
    "shown",
    "shown_reason",
]

Cell: TypeAlias = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes:
        head: What stands over it.
        width: In characters of a sheet.
        holds_sentences: Its texts take several lines.
    """

    head: Text
    width: int
    holds_sentences: bool = False


COLUMNS = (
    TableColumn(Text("单位名称", "Office"), 28),
    TableColumn(Text("年度", "Year"), 7),
    TableColumn(Text("级别", "Severity"), 9),
    TableColumn(Text("状态", "State"), 10),
    TableColumn(Text("规则", "Rule"), 14),
    TableColumn(Text("表或部分", "Table or section"), 10),
    TableColumn(Text("行", "Row"), 20, holds_sentences=True),
    TableColumn(Text("列", "Column"), 14),
    TableColumn(Text("左边", "Left"), 10),
    TableColumn(Text("右边", "Right"), 10),
    TableColumn(Text("相差", "Difference"), 10),
    TableColumn(Text("问题和改法", "Finding"), 70, holds_sentences=True),
    TableColumn(Text("依据", "Authority"), 30, holds_sentences=True),
    TableColumn(Text("说明", "Explanation"), 34, holds_sentences=True),
    TableColumn(Text("联系人", "Contact"), 20),
    TableColumn(Text("报告文件", "File"), 34),
    TableColumn(Text("行号", "Line"), 7),
    TableColumn(Text("地址", "Pointer"), 34),
    TableColumn(Text("格式", "Schema"), 40),
)
"""In printed order. A column is never taken away or moved: scripts may count them."""

SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.QUERY: Text("待核实", "query"),
    Severity.WARNING: Text("提示", "warning"),
    Severity.NOTE: Text("参考", "note"),
}

_STATES = {
    State.OPEN: Text("待处理", "open"),
    State.LAPSED: Text("说明已失效", "lapsed"),
    State.EXPLAINED: Text("已说明", "explained"),
    State.DISMISSED: Text("已标为无关", "dismissed"),
    State.UNDECIDED: Text("暂不判定", "undecided"),
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row.

    Attributes:
        severity: How much the finding weighs.
        is_open: Something is still to do.
        cells: As many as there are columns.
    """

    severity: Severity
    is_open: bool
    cells: tuple[Cell, ...]


def finding_rows(report: LocatedReport) -> Iterator[FindingRow]:
    """Yield a row for each finding, answered ones included: a reviewer reads the answers."""
    if report.form is None:
        return
    wording = Wording(report.form, report.language, report.year)
    for item in report.findings:
        if item.finding.state is not State.UNDECIDED:
            yield _row(item, report, wording)
    for item in left_undecided(report):
        yield _row(item, report, wording)


def _row(item: LocatedFinding, report: LocatedReport, wording: Wording) -> FindingRow:
    finding = item.finding
    row, column = _row_and_column(finding.primary, wording)
    authority = "" if finding.authority is None else wording.text(finding.authority)
    cells = (
        shown(report.organ),
        report.year,
        wording.text(SEVERITIES[finding.severity]),
        wording.text(_STATES[finding.state]),
        finding.rule,
        shown(wording.table(finding.primary)),
        shown(row),
        shown(column),
        _side(finding.left),
        _side(finding.right),
        finding.difference,
        shown(wording.panel(finding)),
        shown(authority),
        shown(_explanation(finding, report)),
        shown(report.contact),
        shown(report.file),
        item.line,
        shown(str(finding.primary)),
        "" if report.stamp is None else shown(wording.text(report.stamp.words())),
    )
    return FindingRow(finding.severity, finding.counts, cells)


def _row_and_column(pointer: Pointer, wording: Wording) -> tuple[str, str]:
    """Return the labels of the row and the column of a cell; of another place its label."""
    row = wording.form.nearest(pointer, Role.ROW)
    if row is not None:
        return wording.row(pointer), "" if row.pointer == pointer else wording.column(pointer)
    section = wording.form.section_of(pointer)
    is_section = section is not None and section.pointer == pointer
    return "" if is_section or not pointer else wording.row(pointer), ""


def _side(value: int | Decimal | str | None) -> Cell:
    return shown(value) if isinstance(value, str) else value


def _explanation(finding: Finding, report: LocatedReport) -> str:
    if finding.explanation is None:
        return ""
    entry = report.explanations[finding.explanation]
    told = (str(entry.get(key) or "").strip() for key in ("reason", "text", "by"))
    return " ".join(filter(None, told))


def shown(text: str) -> str:
    """Return a text as a cell can hold it: its lines, and signs that steer nothing."""
    return "\n".join(printable(line) for line in text.split("\n"))


def shown_reason(report: LocatedReport, language: Language) -> str:
    """Return why a file was not checked."""
    return shown(report.reason.in_(language) if report.reason is not None else "")


def cell_text(value: Cell) -> str:
    """Return a cell as text; figures are exact."""
    return "" if value is None else number_text(value)
