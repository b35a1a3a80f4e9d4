"""The documented names for scripts of other departments: the same verdicts as the program.

from pathlib import Path
from disclosure_tui import api

report = api.open_report(Path("tyj-2025.yaml"))
result = api.check(report)
for finding in result.findings.open:
    print(finding.rule, finding.instance, api.message(result, finding))
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Finding, Findings, Severity, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.suggestion import Suggestion
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.prior import find_prior
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import LoadedReportType, ReportTypes, load_report_type
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.settings import Settings
from disclosure_tui.suggesting import suggestions_of

__all__ = [
    "CheckResult",
    "Finding",
    "Findings",
    "Language",
    "LoadedReportType",
    "OpenedReport",
    "Pointer",
    "Report",
    "Severity",
    "State",
    "Suggestion",
    "check",
    "load_report_type",
    "message",
    "open_report",
    "suggestions",
]


@dataclass(frozen=True)
class OpenedReport:
    """A report file that was read.

    Attributes:
        path: The file.
        report: Its values.
        report_type: Form and checker.
        sha256: Digest of the file's bytes.
    """

    path: Path
    report: Report
    report_type: LoadedReportType
    sha256: str


def open_report(path: Path, schema_folders: Iterable[Path] = ()) -> OpenedReport:
    """Read a report file.

    Args:
        path: The file.
        schema_folders: Folders to look for its schema in before the places where every command
            looks: the district's, the system's, the package's.

    Raises:
        DisclosureError: It cannot be read, or its report type is not known.
    """
    document = open_document(path)
    search = SchemaSearch.of(Settings.read(start=path.parent), schema_folders)
    report_type = report_type_of(document, path, ReportTypes(search))
    return OpenedReport(path, Report(document.data), report_type, document.sha256)


def check(opened: OpenedReport) -> CheckResult:
    """Check a report against its form and all rules, last year's report included."""
    prior = find_prior(opened.report_type.form, opened.report, opened.path)
    return opened.report_type.checker.check(opened.report, prior.context)


def suggestions(result: CheckResult) -> tuple[Suggestion, ...]:
    """Return which cells may be behind sums that fail, and what blanks can only be.

    They are to be shown to a person: `fix` says what could be done, nothing is.
    """
    return suggestions_of(result)


def message(
    result: CheckResult, about: Finding | Suggestion, language: Language = Language.CHINESE
) -> str:
    """Return the full text of a finding or a suggestion."""
    return Wording(result.form, language).message(about.message)
