"""Many files checked one after the other: what `check` does, without printing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.prior import FoundPrior, PriorStatus, find_prior
from disclosure_tui.render.answers import explanations_in
from disclosure_tui.render.located import LocatedFinding, LocatedReport, LocatedSuggestion
from disclosure_tui.render.view import report_title
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.store.document import Document, Position
from disclosure_tui.store.files import read_head
from disclosure_tui.suggesting import suggestions_of

__all__ = [
    "Checked",
    "Selection",
    "check_document",
    "check_file",
    "find_files",
    "located",
]

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a batch.

    Attributes:
        path: The file, as it was named.
        document: Its text, or None where it could not be read.
        report_type: What it is a report of, or None.
        result: What the check found, or None.
        error: Why it could not be checked, or None.
        prior: What became of last year's report, or None.
    """

    path: Path
    document: Document | None = None
    report_type: LoadedReportType | None = None
    result: CheckResult | None = None
    error: DisclosureError | None = None
    prior: FoundPrior | None = None

    def locate(self, finding: Finding) -> Position | None:
        """Return where the value that a finding is shown at stands in the file."""
        if self.document is None:
            return None
        if finding.rule in ("schema.unevaluatedProperties", "schema.additionalProperties"):
            return self.document.locate_key(finding.primary)
        if finding.quote is not None:
            return self.document.locate(finding.quote.pointer, finding.quote.start)
        return self.document.locate(finding.primary)


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that a command line names.

    Attributes:
        files: Report files, in the order named; those of a folder by path.
        skipped: Files of folders that are no reports.
        closed: Folders on the way that could not be looked into: reports may be missing.
        linked: Links to folders on the way: they are not followed.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    closed: tuple[Path, ...] = ()
    linked: tuple[Path, ...] = ()


def find_files(paths: Iterable[Path]) -> Selection:
    """Collect report files: files as named, folders recursively.

    Hidden files and folders and symlinked folders are left out, and under a district's root
    everything but `units`, unless another folder is named. A file of a folder that does not
    say its report type is skipped.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    closed: list[Path] = []
    linked: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        for found in _below(path, closed, linked):
            if _says_report_type(found):
                files[found] = None
            else:
                skipped.append(found)
    return Selection(
        tuple(files),
        tuple(skipped),
        tuple(dict.fromkeys(closed)),
        tuple(dict.fromkeys(linked)),
    )


def _below(folder: Path, closed: list[Path], linked: list[Path]) -> Iterator[Path]:
    def cannot_enter(error: OSError) -> None:
        closed.append(Path(error.filename))

    start = folder
    if (folder / "disclosure.yaml").is_file() and (folder / "units").is_dir():
        start = folder / "units"
    for root, folders, names in os.walk(start, onerror=cannot_enter):
        seen = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in seen if (Path(root) / name).is_symlink()]
        linked.extend(Path(root) / name for name in links)
        folders[:] = [name for name in seen if name not in links]
        for name in sorted(names):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(root) / name


def _says_report_type(path: Path) -> bool:
    """Look for the key without parsing: a broken report must not pass for no report."""
    try:
        head = read_head(path, 2_000_000)
    except DisclosureError:
        return True
    # In UTF-16 a zero stands between the letters; such a report is to be named as unreadable.
    return b"report_type" in head.replace(b"\0", b"")


def check_file(path: Path, report_types: ReportTypes) -> Checked:
    """Read and check one file. What cannot be checked is a value too, never an exception."""
    try:
        document = open_document(path)
    except DisclosureError as error:
        return Checked(path, error=error)
    return check_document(document, path, report_types)


def check_document(document: Document, path: Path, report_types: ReportTypes) -> Checked:
    """Check a report whose text is at hand, as if it stood in its file.

    Args:
        document: The text.
        path: The file that it belongs to: last year's report is looked for from there.
        report_types: The report types that are known.
    """
    try:
        report_type = report_type_of(document, path, report_types)
    except DisclosureError as error:
        return Checked(path, document, error=error)
    report = Report(document.data)
    prior = find_prior(report_type.form, report, path)
    result = report_type.checker.check(report, prior.context)
    return Checked(path, document, report_type, result, prior=prior)


def located(item: Checked, chosen: Language | None) -> LocatedReport:
    """Join findings and positions for the finding formats.

    Args:
        item: A checked file.
        chosen: The language somebody chose, or None: then the form's own.
    """
    sha256 = item.document.sha256 if item.document is not None else ""
    if item.result is None or item.document is None or item.report_type is None:
        error = item.error
        hint = error.hint if error is not None and error.hint is not None else None
        reason = error.what if error is not None else None
        if reason is not None and hint is not None:
            stop = Text(
                "" if reason.zh.endswith("。") else "。", " " if reason.en.endswith(".") else ". "
            )
            reason = reason + stop + hint
        return LocatedReport(
            file=str(item.path),
            language=chosen or Language.CHINESE,
            sha256=sha256,
            reason=reason,
            where=error.where if error is not None else "",
        )
    report = Report(item.document.data)
    year, organ = report.value_at(("year",)), report.value_at(("organ", "name"))
    counts = item.result.counts
    findings = []
    for finding in item.result.findings:
        place = item.locate(finding)
        findings.append(
            LocatedFinding(finding, place.line if place else None, place.column if place else None)
        )
    return LocatedReport(
        file=str(item.path),
        language=chosen or item.result.form.report_type.language,
        sha256=sha256,
        form=item.result.form,
        year=year if isinstance(year, int) else None,
        organ=organ if isinstance(organ, str) else "",
        title=report_title(item.result.form, report),
        contact=_contact(report),
        stamp=item.report_type.stamp,
        prior=_prior(item.prior),
        rules={
            "held": counts.held,
            "failed": counts.failed,
            "undecided": counts.undecided,
            "no_prior": counts.no_prior,
            "inapplicable": counts.inapplicable,
        },
        blank=item.result.blank,
        findings=tuple(findings),
        suggestions=tuple(_suggestions(item.result, item.document)),
        notices=tuple(
            (notice.text, notice.position.line, notice.position.column)
            for notice in item.document.notices
        ),
        explanations=explanations_in(report),
    )


def _contact(report: Report) -> str:
    """Return who prepared a report, and the telephone number, as far as it says so."""
    told = (report.value_at(("filing", key)) for key in ("prepared_by", "phone"))
    return " ".join(str(value).strip() for value in told if value not in (None, ""))


def _suggestions(result: CheckResult, document: Document) -> Iterator[LocatedSuggestion]:
    """Yield what may be behind the findings, with the place of the first cell."""
    for suggestion in suggestions_of(result):
        place = document.locate(suggestion.primary)
        line, column = (place.line, place.column) if place else (None, None)
        yield LocatedSuggestion(suggestion, line, column)


def _prior(found: FoundPrior | None) -> dict[str, str | None] | None:
    """Say which report of last year was compared with, or what stood in the way."""
    if found is None or found.status == PriorStatus.NONE:
        return None
    return {"file": found.file or None, "sha256": found.sha256 or None, "status": found.status}
