"""From a checked report to a copy that export formats write out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from disclosure_tui.batch import Checked
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Findings, Severity, State
from disclosure_tui.model.form import Form, Node, Role, localized
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.render.copies import (
    Appendix,
    Balance,
    Copy,
    CopyKind,
    Figure,
    Provenance,
    Sum,
)
from disclosure_tui.render.view import build_view
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.explanations import Explanation, explanations_of
from disclosure_tui.rules.formula import formula

__all__ = ["NotFinal", "Request", "copy_of", "file_name", "output_folder", "usable_name"]

_UNUSABLE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 200
"""Bytes of a file name, so that an ending and a number still fit."""


class NotFinal(DisclosureError):  # noqa: N818 - it says what the report is, not what went wrong
    """A report with open errors or blanks was to leave the program as if it were final.

    Attributes:
        left: What is open in it.
    """

    def __init__(self, left: Text, path: Path) -> None:
        """Word it for a command line.

        Args:
            left: What is open in the report.
            path: Its file.
        """
        super().__init__(
            left + Text("，没有生成。", "; no copy was made."),
            hint=Text(
                f"请先改正，用 disclosure check {path} 查看；要草稿的，加 --draft，"
                "每页都会标明草稿。",
                f"Correct them first (disclosure check {path} lists them), or ask for a draft "
                "with --draft: every page will say so.",
            ),
            where=str(path),
        )
        self.left = left


@dataclass(frozen=True, slots=True)
class Request:
    """What copy is wanted.

    Attributes:
        kind: For whom.
        is_draft: It may be unfinished, and says so on every page.
        language: Language of labels and sentences; None: the form's own.
    """

    kind: CopyKind = CopyKind.PUBLIC
    is_draft: bool = False
    language: Language | None = None


def copy_of(checked: Checked, request: Request) -> Copy:
    """Make the copy of a report.

    Raises:
        DisclosureError: It could not be checked; or, `NotFinal`, something is open in it that a
            final copy must not have.
    """
    if checked.error is not None:
        raise checked.error
    assert checked.result is not None
    assert checked.document is not None
    assert checked.report_type is not None
    form, report = checked.result.form, Report(checked.document.data)
    language = request.language or form.report_type.language
    if not request.is_draft:
        _require_final(checked, checked.result.findings, checked.result.blank)
    year, organ = report.value_at(("year",)), report.value_at(("organ", "name"))
    wording = Wording(form, language, year if isinstance(year, int) else None)
    is_public = request.kind is CopyKind.PUBLIC
    return Copy(
        view=build_view(form, report, Findings(()), language),
        kind=request.kind,
        is_draft=request.is_draft,
        provenance=_provenance(checked),
        organ=organ if isinstance(organ, str) else "",
        year="" if year is None else str(year),
        figures=tuple(_figures(form, report, wording)),
        sums=tuple(_sums(checked.report_type, form)),
        balances=tuple(_balances(checked.report_type, checked.result, language)),
        appendix=None if is_public else _appendix(checked, form, report, wording),
    )


def file_name(copy: Copy) -> str:
    """Return the name of a copy's file, without its ending: the printed title."""
    sign = Text(f"（{copy.sign}）", f" ({copy.sign})").in_(copy.language) if copy.sign else ""
    return usable_name(copy.view.title, sign)


def usable_name(title: str, end: str = "") -> str:
    """Return a title as the name of a file, and what is to stand behind it."""
    name = (_UNUSABLE.sub("_", title).strip(" .") or "report") + end
    return name.encode(errors="ignore")[:_LONGEST_NAME].decode(errors="ignore")


def _require_final(checked: Checked, findings: Findings, blank: int) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in findings.open)
    if not errors and not blank:
        return
    said = []
    if errors:
        said.append(Text(f"还有 {errors} 处必须改正的错误", f"{errors} errors are open"))
    if blank:
        said.append(Text(f"还有 {blank} 格未填", f"{blank} cells are blank"))
    raise NotFinal(_joined(said), checked.path)


def _joined(said: list[Text]) -> Text:
    return Text("，".join(text.zh for text in said), ", ".join(text.en for text in said))


def _provenance(checked: Checked) -> Provenance:
    assert checked.document is not None
    assert checked.report_type is not None
    return Provenance(checked.report_type.stamp, checked.document.sha256)


def _figures(form: Form, report: Report, wording: Wording) -> Iterator[Figure]:
    for table in form.tables:
        for row in form.rows(table.pointer):
            for cell in row.walk():
                if cell.role is Role.CELL and cell.cell is not None:
                    yield _figure(cell, row, table, report, wording)


def _figure(cell: Node, row: Node, table: Node, report: Report, wording: Wording) -> Figure:
    assert cell.cell is not None
    value = report.value_at(cell.pointer)
    return Figure(
        table=wording.table(cell.pointer),
        table_key=str(table.pointer),
        row=_row_label(row, table, wording),
        row_key=".".join(row.pointer.below(table.pointer)),
        column=wording.column(cell.pointer, exact=True),
        column_key=".".join(cell.pointer.below(row.pointer)),
        pointer=str(cell.pointer),
        value=cell.cell.show(value),
        unit=localized(cell.cell.unit, wording.language),
        number=_number(value),
    )


def _row_label(row: Node, table: Node, wording: Wording) -> str:
    """Return the labels from the table down to the row: 三、本年度办理结果 / （一）予以公开."""
    labels = []
    for length in range(len(table.pointer) + 1, len(row.pointer) + 1):
        node = wording.form.node(row.pointer[:length])
        if node is not None and node.label:
            labels.append(node.label.title(wording.language))
    return " / ".join(labels)


def _number(value: Plain) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _sums(report_type: LoadedReportType, form: Form) -> Iterator[Sum]:
    for total in report_type.checker.totals(form):
        yield Sum(str(total.target), tuple(str(part) for part in total.sums[0]))


def _balances(
    report_type: LoadedReportType, result: CheckResult, language: Language
) -> Iterator[Balance]:
    """Yield the equations of this report that are no totals, as the search for errors has them.

    Those with last year's report are left out: its figures do not stand in the copy.
    """
    declared = {item.rule.identifier: item for item in report_type.checker.declared}
    for placed in result.basis.prepared.equations.equations:
        rule = placed.instance.rule
        equation = placed.in_force(result.basis.read)
        if equation is None or placed.prior or placed.instance.evaluator.total is not None:
            continue
        yield Balance(
            rule.identifier,
            formula(declared[rule.identifier], result.form).in_(language),
            tuple((str(pointer), factor) for pointer, factor in equation.coefficients.items()),
            equation.constant,
        )


def _appendix(checked: Checked, form: Form, report: Report, wording: Wording) -> Appendix:
    assert checked.result is not None
    findings = checked.result.findings
    return Appendix(
        people=tuple(_people(form, report, wording.language)),
        findings=tuple(
            (finding.severity.mark, wording.panel(finding)) for finding in findings.open
        ),
        explanations=tuple(_explanations(findings, report, wording)),
    )


def _people(form: Form, report: Report, language: Language) -> Iterator[tuple[str, str]]:
    filing = form.node(Pointer(("filing",)))
    for field in filing.children if filing is not None else ():
        value = report.value_at(field.pointer)
        yield field.label.title(language), "" if value is None else str(value)


def _explanations(
    findings: Findings, report: Report, wording: Wording
) -> Iterator[tuple[str, str, str]]:
    entries = explanations_of(report)
    for finding in findings:
        if finding.state not in (State.EXPLAINED, State.DISMISSED, State.LAPSED):
            continue
        for entry in entries:
            if entry.answers(finding):
                yield wording.panel(finding), entry.text, _signed(entry, finding, wording)


def _signed(entry: Explanation, finding: Finding, wording: Wording) -> str:
    lapsed = finding.state is State.LAPSED
    state = wording.text(Text("说明已失效", "lapsed")) if lapsed else ""
    return " ".join(part for part in (entry.by, entry.at, state) if part)


def output_folder(path: Path) -> Path:
    """Return where the copies of a report go unless another folder is named."""
    return path.parent / "out"
