"""What an office has to correct, numbered, in plain words for a letter or a message.

It names places as they are printed and says what to do. It names no rule, and a line of the file
only where nothing is printed. It sets no date: that is for whoever sends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity, State
from disclosure_tui.model.suggestion import Standing
from disclosure_tui.render.causes import Group, by_cause
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin", "concerns"]

NAME = "notice"
SUFFIX = ".txt"
SUMMARY = Text("给填报单位的修改意见，逐条编号", "What an office has to correct, numbered")
STREAMS = True

_HEADS = {
    Severity.ERROR: Text("必须改正：", "To be corrected:"),
    Severity.QUERY: Text(
        "需要核实，有误的改正，无误的写明原因：",
        "To be verified; correct what is wrong, and give the reason for what is right:",
    ),
    Severity.WARNING: Text("请留意：", "Worth a look:"),
}
_ORDINALS = "一二三四五六七八九"
_BETWEEN = "\n" + "-" * 40 + "\n\n"


def begin(_occasion: Occasion) -> _Notices:
    """Begin the notices, one behind the other."""
    return _Notices()


def concerns(report: LocatedReport) -> bool:
    """Tell whether there is something to write to the office."""
    return report.form is None or any(_grouped(report))


class _Notices:
    """One notice a report, a line between two."""

    def __init__(self) -> None:
        self._before = ""

    def add(self, report: LocatedReport) -> bytes:
        """Return the notice of a report."""
        text = self._before + "".join(printable(line) + "\n" for line in _notice(report))
        self._before = _BETWEEN
        return text.encode()

    def end(self) -> bytes:
        """Return nothing: every notice is complete."""
        return b""


def _notice(report: LocatedReport) -> Iterator[str]:
    if report.form is None:
        yield from _unread(report)
        return
    wording = Wording(report.form, report.language, report.year)
    groups = _grouped(report)
    count = sum(len(group.findings) for listed in groups for _, group in listed)
    yield _address(report, wording)
    yield ""
    yield _opening(report, wording, count)
    number = 0
    for position, listed in enumerate(groups):
        yield ""
        yield _heading(position, len(groups), listed[0][0], wording)
        for _, group in listed:
            for item in group.findings:
                number += 1
                yield f"{number}. {_point(item, wording)}"
            if group.cause is not None:
                yield from _cause(group, number, wording)
    if count:
        yield ""
        yield wording.text(
            Text("请逐条处理后重新报送。", "Please settle each point and send the report again.")
        )


def _grouped(report: LocatedReport) -> list[list[tuple[Severity, Group]]]:
    """Return what is to do by weight; what is only for information is left out."""
    told: dict[Severity, list[tuple[Severity, Group]]] = {severity: [] for severity in _HEADS}
    for group in by_cause(report):
        severity = group.findings[0].finding.severity
        if severity in told:
            told[severity].append((severity, group))
    return [listed for listed in told.values() if listed]


def _address(report: LocatedReport, wording: Wording) -> str:
    return wording.text(
        Text(f"{report.organ or '填报单位'}：", f"To: {report.organ or 'the office'}")
    )


def _opening(report: LocatedReport, wording: Wording, count: int) -> str:
    title = f"《{report.title}》" if report.title else ""
    if not count:
        return wording.text(
            Text(
                f"你单位报送的{title}，经校验没有需要改正或者核实的问题。",
                f"Your report {report.title}: nothing to correct or to verify was found.",
            )
        )
    points = "1 point was" if count == 1 else f"{count} points were"
    blank = Text("", "")
    if report.blank:
        cells = "1 cell is" if report.blank == 1 else f"{report.blank} cells are"
        blank = Text(f"，其中还有 {report.blank} 格未填", f"; {cells} blank")
    told = Text(
        f"你单位报送的{title}，经校验有 {count} 个问题",
        f"Your report {report.title}: {points} found",
    )
    return wording.text(told + blank + Text("，请按下面所列处理。", ", as listed below."))


def _heading(position: int, count: int, severity: Severity, wording: Wording) -> str:
    head = wording.text(_HEADS[severity])
    if count == 1:
        return head
    return wording.text(Text(f"{_ORDINALS[position]}、{head}", head))


def _point(item: LocatedFinding, wording: Wording) -> str:
    finding = item.finding
    text = wording.panel(finding)
    if finding.state is State.LAPSED:
        text = wording.text(Text("原来的说明已失效。", "The explanation no longer holds. ")) + text
    if not wording.table(finding.primary) and item.line is not None:
        # Nothing is printed there: the line of the file is the only place there is.
        place = Text(f"报告文件第 {item.line} 行：", f"Line {item.line} of the report file: ")
        if finding.primary not in wording.form.nodes:
            text = wording.text(place) + text
    return text


def _cause(group: Group, last: int, wording: Wording) -> Iterator[str]:
    """Say what may be behind points that one figure would settle, where only one could."""
    assert group.cause is not None
    suggestion = group.cause.suggestion
    if suggestion.standing is not Standing.ONLY:
        return
    line = wording.message(suggestion.line)
    first = last - len(group.findings) + 1
    points = Text(f"第 {first} 条", f"Point {first}")
    if first < last:
        points = Text(f"第 {first} 至第 {last} 条", f"Points {first} to {last}")
    yield "   " + wording.text(
        points + Text(f"可能出于同一处：{line}", f" may have one cause: {line}")
    )


def _unread(report: LocatedReport) -> Sequence[str]:
    reason = "" if report.reason is None else report.reason.in_(report.language)
    name = report.file.rpartition("/")[2]
    return [
        Text(
            f"报告文件【{name}】打不开，没有校验：{reason}",
            f"The report file {name} could not be read and was not checked: {reason}",
        ).in_(report.language)
    ]
