"""Findings as text: one line a finding with file, line and column, then a line of counts.

Findings that one wrong cell may have caused stand below a line that says so.
Of a folder one line a report is enough at first, worst first (`render.overview`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from disclosure_tui.language import Language, Text, counted
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.schema_source import SchemaStamp
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.render.answers import MARK, answered, answers_of
from disclosure_tui.render.causes import by_cause, left_undecided
from disclosure_tui.render.finding_writing import FindingWriter, Occasion
from disclosure_tui.render.located import LocatedFinding, LocatedReport, LocatedSuggestion
from disclosure_tui.render.overview import Overview, Tally
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import SEVERITY_COUNTS, Wording, number_text

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin"]

NAME = "text"
SUFFIX = ".txt"
SUMMARY = Text("文字，供人阅读", "Text to read")
STREAMS = True


SHOWN_BLANKS = 5

MISTYPED = Text("疑似错填", "Mistyped?")


def begin(occasion: Occasion) -> FindingWriter:
    """Begin the lines of every report, or one line for each."""
    return _Lines(Overview() if occasion.is_overview else None, occasion)


class _Lines:
    """Lines of reports as they come, or of all at the end, and the counts of the batch."""

    def __init__(self, overview: Overview | None, occasion: Occasion) -> None:
        self._overview = overview
        self._tally = Tally()
        self._usual = occasion.language
        self._languages: set[Language] = set()
        self._stamps: Counter[SchemaStamp] = Counter()

    @property
    def _language(self) -> Language:
        """The language of words about all reports: theirs, if they have one in common."""
        return next(iter(self._languages)) if len(self._languages) == 1 else self._usual

    def add(self, report: LocatedReport) -> bytes:
        """Return the lines of a report, unless it has to find its place among the others."""
        self._tally.count(report)
        if report.form is not None:
            self._languages.add(report.language)
        if self._overview is None:
            return _encoded(_report(report))
        self._overview.add(report)
        if report.stamp is not None:
            self._stamps[report.stamp] += 1
        return b""

    def end(self) -> bytes:
        """Return what can only be said of all."""
        lines: list[str] = []
        if self._overview is not None:
            lines += self._overview.lines(self._language)
        for stamp, count in sorted(self._stamps.items(), key=lambda item: item[0].report_type):
            told = Text("校验所用", "Checked by ") + stamp.words()
            told = told + Text(f"：{count} 份", f": {counted(count, 'report')}")
            lines.append(told.in_(self._language))
        if self._overview is not None or self._tally.reports > 1:
            lines.append(self._tally.line(self._language))
        return _encoded(lines)


def _encoded(lines: Iterable[str]) -> bytes:
    return "".join(printable(line) + "\n" for line in lines).encode()


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
    for group in by_cause(report):
        cause = group.cause
        if cause is not None:
            message = wording.message(cause.suggestion.message)
            severity = group.findings[0].finding.severity
            head = f"{severity.mark} {wording.text(MISTYPED)} {message}"
            yield f"{_place(report, cause)}: {head}"
        indent = "" if cause is None else "  "
        for item in group.findings:
            yield f"{_place(report, item)}: {indent}{_finding(item.finding, wording)}"


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
    """Name what could not be decided, unless a counted blank says so already."""
    for item in left_undecided(report):
        yield f"{_place(report, item)}: {_finding(item.finding, wording)}"


def _counts(report: LocatedReport, wording: Wording) -> str:
    rules = report.rules or {}
    open_counts = Counter(item.finding.severity for item in report.findings if item.finding.counts)
    parts = [
        f"{SEVERITY_COUNTS[severity].in_(wording.language)} {open_counts[severity]}"
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
    schema = Text("", "")
    if report.stamp is not None:
        schema = Text("（", " (") + report.stamp.words() + Text("）", ")")
    title = " ".join(filter(None, (report.organ, "" if report.year is None else str(report.year))))
    return f"{report.file}: {title}: " + (verdict + rest + schema).in_(wording.language)
