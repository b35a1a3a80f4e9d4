"""Workflow commands of GitHub Actions: findings are shown at their lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin"]

NAME = "github"
SUFFIX = ".github.txt"
SUMMARY = Text("GitHub Actions 的批注命令", "Workflow commands of GitHub Actions")
STREAMS = True

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.QUERY: "warning",
    Severity.WARNING: "notice",
    Severity.NOTE: "notice",
}


def begin(_occasion: Occasion) -> _Commands:
    """Begin the commands."""
    return _Commands()


class _Commands:
    """One command for each finding with something to do."""

    def add(self, report: LocatedReport) -> bytes:
        """Return the commands of a report."""
        return "".join(f"{line}\n" for line in _lines(report)).encode("utf-8", "backslashreplace")

    def end(self) -> bytes:
        """Return nothing: every line stands for itself."""
        return b""


def _lines(report: LocatedReport) -> Iterator[str]:
    if report.form is None:
        reason = "" if report.reason is None else report.reason.in_(report.language)
        title = Text("打不开", "not read").in_(report.language)
        where = report.reason_place
        place = "" if where is None else f",line={where[0]},col={where[1]}"
        named = f"file={_property(report.file)}{place},title={_property(title)}"
        yield f"::error {named}::{_data(reason)}"
        return
    for notice, row, column in report.notices:
        place = f"file={_property(report.file)},line={row},col={column}"
        yield f"::notice {place}::{_data(notice.in_(report.language))}"
    wording = Wording(report.form, report.language, report.year)
    for item in report.findings:
        if item.finding.counts:
            yield _command(item.finding, report.file, item.line, item.column, wording)


def _command(
    finding: Finding, file: str, line: int | None, column: int | None, wording: Wording
) -> str:
    title = " ".join(filter(None, (finding.rule, wording.path(finding.primary))))
    properties = {"file": file, "line": line, "col": column, "title": title}
    told = ",".join(
        f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None
    )
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(wording.panel(finding))}"


def _data(text: str) -> str:
    """Escape what would end the line; a text can then be no command of its own."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    """Escape what would end a property as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
