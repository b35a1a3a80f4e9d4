"""Findings as text: one line a finding with file, line and column, then a line of counts.

Findings that one wrong cell may have caused stand below a line that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Identity, Severity, State
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.render.answers import MARK, answered, answers_of
from disclosure_tui.render.located import LocatedFinding, LocatedReport, LocatedSuggestion
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["NAME", "write"]

NAME = "text"

_NAMES = {
    Severity.ERROR: Text("错误", "errors"),
    Severity.QUERY: Text("待核实", "queries"),
    Severity.WARNING: Text("提示", "warnings"),
    Severity.NOTE: Text("参考", "notes"),
}


SHOWN_BLANKS = 5

MISTYPED = Text("疑似错填", "Mistyped?")


def write(reports: Sequence[LocatedReport]) -> str:
    """Return the batch as lines."""
    lines = [line for report in reports for line in _report(report)]
    if len(reports) > 1:
        lines.append(_summary(reports))
    return "".join(printable(line) + "\n" for line in lines)


def _report(report: LocatedReport) -> Iterator[str]:
    if report.form is None or report.rules is None:
        reason = Text("", "") if report.reason is None else report.reason
        head = Text("打不开：", "cannot be checked: ")
        yield f"{report.where or report.file}: {(head + reason).in_(report.language)}"
        return
    wording = Wording(report.form, report.language, report.year)
    for notice, line, column in report.notices:
        yield f"{report.file}:{line}:{column}: * {notice.in_(report.language)}"
    yield from _findings(report, wording)
    yield from _answered(report, wording)
    yield from _undecided(report, wording)
    yield from _fillable(report, wording)
    yield _counts(report, wording)


def _findings(report: LocatedReport, wording: Wording) -> Iterator[str]:
    """Yield what is to do; findings with one cause stand below it."""
    causes = [item for item in report.suggestions if _folds(item.suggestion)]
    cause_of = {identity: item for item in causes for identity in item.suggestion.settles}
    told: set[Identity] = set()
    for item in report.findings:
        if not item.finding.counts or item.finding.identity in told:
            continue
        cause = cause_of.get(item.finding.identity)
        if cause is None:
            yield f"{_place(report, item)}: {_finding(item.finding, wording)}"
            continue
        message = wording.message(cause.suggestion.message)
        head = f"{item.finding.severity.mark} {wording.text(MISTYPED)} {message}"
        yield f"{_place(report, cause)}: {head}"
        told |= set(cause.suggestion.settles)
        for other in report.findings:
            if other.finding.counts and cause_of.get(other.finding.identity) is cause:
                yield f"{_place(report, other)}:   {_finding(other.finding, wording)}"


def _folds(suggestion: Suggestion) -> bool:
    """Tell whether a cause says more than its one finding does."""
    if suggestion.standing is Standing.BLANK:
        return False
    return len(suggestion.settles) > 1 or suggestion.fix is not None


def _fillable(report: LocatedReport, wording: Wording) -> Iterator[str]:
    """Name the blanks that only one figure can fill, in one line."""
    blanks = [item for item in report.suggestions if item.suggestion.standing is Standing.BLANK]
    if not blanks:
        return
    line = wording.message(blanks[0].suggestion.line)
    if len(blanks) > 1:
        named = [_filled(item.suggestion, wording) for item in blanks[:SHOWN_BLANKS]]
        more = len(blanks) - SHOWN_BLANKS
        line = wording.text(
            Text(
                f"未填的格中有 {len(blanks)} 格按勾稽关系只能填一个数：{'，'.join(named)}",
                f"{len(blanks)} blanks can hold one figure only: {', '.join(named)}",
            )
        )
        if more > 0:
            line += wording.text(Text(f"，还有 {more} 格", f", and {more} more"))
    yield f"{_place(report, blanks[0])}: {Severity.NOTE.mark} {line}"


def _filled(suggestion: Suggestion, wording: Wording) -> str:
    """Name a blank with its figure."""
    ((change,),) = suggestion.ways
    assert change.new is not None
    return f"{wording.path(change.pointer)} {number_text(change.new)}"


def _place(report: LocatedReport, item: LocatedFinding | LocatedSuggestion) -> str:
    if item.line is None:
        return report.file
    return f"{report.file}:{item.line}:{item.column}"


def _finding(finding: Finding, wording: Wording) -> str:
    return f"{finding.severity.mark} {finding.rule} {wording.panel(finding)}"


def _answered(report: LocatedReport, wording: Wording) -> Iterator[str]:
    """Name the queries that are closed, with the answers: a reviewer reads them."""
    for item in report.findings:
        for finding in answered([item.finding]):
            text = answers_of(finding, report.explanations, wording)
            yield f"{_place(report, item)}: {MARK} {finding.rule} {text}"


def _undecided(report: LocatedReport, wording: Wording) -> Iterator[str]:
    """Fold the undecided into one line, and name those that no counted blank explains."""
    blank = {
        pointer
        for item in report.findings
        if item.finding.state is State.OPEN
        for pointer in item.finding.pointers
    }
    for item in report.findings:
        finding = item.finding
        undecided = finding.state is State.UNDECIDED and finding.reason != "no_prior"
        if undecided and blank.isdisjoint(finding.pointers):
            yield f"{_place(report, item)}: {_finding(finding, wording)}"


def _counts(report: LocatedReport, wording: Wording) -> str:
    rules = report.rules or {}
    kind = report.form.report_type if report.form is not None else None
    assert kind is not None
    assert report.form is not None
    open_counts = Counter(item.finding.severity for item in report.findings if item.finding.counts)
    parts = [
        f"{_NAMES[severity].in_(wording.language)} {open_counts[severity]}"
        for severity in Severity
        if open_counts[severity]
    ]
    clean = not parts and not rules.get("undecided")
    verdict = (
        Text("没有问题", "nothing to correct")
        if clean
        else Text("，".join(parts), ", ".join(parts))
    )
    answered = sum(
        item.finding.state in (State.EXPLAINED, State.DISMISSED) for item in report.findings
    )
    if answered:
        verdict = verdict + Text(f"，已说明 {answered}", f", explained {answered}")
    rest = Text(
        f"；未填 {report.blank} 格；勾稽关系相符 {rules['held']}，不符 {rules['failed']}，"
        f"暂不判定 {rules['undecided'] + rules['no_prior']}",
        f"; {report.blank} blank; rules held {rules['held']}, failed {rules['failed']}, "
        f"undecided {rules['undecided'] + rules['no_prior']}",
    )
    digest = report.form.sha256[:12]
    schema = Text(
        f"（格式 {kind.name}，版本 {kind.version}，校验码 {digest}，{report.origin}）",
        f" ({kind.name}, version {kind.version}, digest {digest}, {report.origin})",
    )
    title = " ".join(filter(None, (report.organ, "" if report.year is None else str(report.year))))
    return f"{report.file}: {title}: " + (verdict + rest + schema).in_(wording.language)


def _summary(reports: Sequence[LocatedReport]) -> str:
    unreadable = sum(report.form is None for report in reports)
    clean = sum(
        report.form is not None and not any(item.finding.counts for item in report.findings)
        for report in reports
    )
    language = reports[0].language if reports else Language.CHINESE
    return Text(
        f"共 {len(reports)} 份：{clean} 份没有问题，{len(reports) - clean - unreadable} 份有问题，"
        f"{unreadable} 份打不开",
        f"{len(reports)} reports: {clean} without findings, "
        f"{len(reports) - clean - unreadable} with findings, {unreadable} could not be checked",
    ).in_(language)
