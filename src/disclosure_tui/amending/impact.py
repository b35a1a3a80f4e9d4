"""What a new schema would change for reports that are there: nothing is written anywhere.

Every report is checked twice, with the schema in force and with the new one, each with last
year's report as that schema finds it. A report that asks for another version by itself goes on to
be checked with that. A version that a district asks for is no obstacle: whoever installs a new
one changes that line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from enum import Enum
from pathlib import Path

from disclosure_tui.amending.naming import under_overlay
from disclosure_tui.batch import Checked, check_file
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.report import Report
from disclosure_tui.opening import pin_of, report_type_name
from disclosure_tui.prior import find_prior
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.versions import version_key
from disclosure_tui.store.document import Document, Position

__all__ = ["FindingImpact", "ImpactKind", "ReportImpact", "ReportStatus", "impact_on", "impacts"]

_ANSWERED = (State.EXPLAINED, State.DISMISSED)


class ImpactKind(Enum):
    """What becomes of a finding; the value is its name in the JSON output."""

    APPEARS = "appears"
    """There is something to do that there was not."""
    VANISHES = "vanishes"
    """There is nothing to do any more."""
    REGRADED = "regraded"
    """It weighs more or less."""
    LAPSES = "lapses"
    """It was explained, and the explanation does not answer it any more."""


class ReportStatus(Enum):
    """Whether a report could be compared; the value is its name in the JSON output."""

    COMPARED = "compared"
    OTHER_TYPE = "other_type"
    """The schema is not for it."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FindingImpact:
    """What becomes of one finding.

    Attributes:
        kind: What.
        old: The finding as it is, or None.
        new: The finding as it would be, or None.
        position: Where its value stands in the file, or None.
    """

    kind: ImpactKind
    old: Finding | None
    new: Finding | None
    position: Position | None = None

    @property
    def told(self) -> Finding:
        """The finding to name: as it would be, if it would be."""
        finding = self.new or self.old
        assert finding is not None
        return finding

    @property
    def severity(self) -> Severity:
        """How much it would weigh, or did."""
        return self.told.severity


@dataclass(frozen=True, slots=True)
class ReportImpact:
    """What a new schema would change for one report.

    Attributes:
        path: The file.
        status: Whether it could be compared.
        reason: Why not, or None.
        where: File and line of the reason, or empty.
        sha256: Digest of its bytes; empty if it could not be read.
        report_type: What it is a report of; empty if it does not say.
        year: Report year, or None.
        organ: Name of the office, or empty.
        current: The schema it is checked with now, or None.
        old: What that finds, or None.
        new: What the new one finds, or None.
        changes: What becomes of its findings, worst first.
        pinned: The version that the report asks for, and the new schema is not; or empty.
    """

    path: Path
    status: ReportStatus
    reason: Text | None = None
    where: str = ""
    sha256: str = ""
    report_type: str = ""
    year: int | None = None
    organ: str = ""
    current: LoadedReportType | None = None
    old: CheckResult | None = field(default=None, repr=False)
    new: CheckResult | None = field(default=None, repr=False)
    changes: tuple[FindingImpact, ...] = ()
    pinned: str = ""

    @property
    def blanks(self) -> tuple[int, int]:
        """How many blanks count now, and how many would."""
        before = 0 if self.old is None else self.old.blank
        return before, 0 if self.new is None else self.new.blank

    @property
    def is_changed(self) -> bool:
        """Tell whether anything would be different."""
        before, after = self.blanks
        return bool(self.changes) or before != after

    @property
    def rank(self) -> tuple[int, ...]:
        """What sorts the report with most to do first; one that cannot be read may be worse."""
        more = [one for one in self.changes if one.kind is not ImpactKind.VANISHES]
        weights = [sum(one.severity is severity for one in more) for severity in Severity]
        before, after = self.blanks
        unread = self.status is ReportStatus.UNREADABLE
        return (0 if unread else 1, *(-count for count in weights), before - after)


def impacts(
    paths: Iterable[Path], new: LoadedReportType, report_types: ReportTypes
) -> Iterator[ReportImpact]:
    """Yield what a new schema would change for each report, in their order.

    Args:
        paths: The report files.
        new: The new schema.
        report_types: The report types in force.
    """
    for path in paths:
        yield impact_on(check_file(path, report_types), new)


def impact_on(checked: Checked, new: LoadedReportType) -> ReportImpact:
    """Compare what is found in a report now with what a new schema finds.

    Raises:
        SchemaError: The overlay of the report's district does not fit the new schema.
    """
    document = checked.document
    if document is None:
        return _unreadable(checked)
    report, known = Report(document.data), _name(document)
    if not known:
        return _unreadable(checked)
    year, organ = report.value_at(("year",)), report.value_at(("organ", "name"))
    about = ReportImpact(
        path=checked.path,
        status=ReportStatus.OTHER_TYPE,
        sha256=document.sha256,
        report_type=known,
        year=year if isinstance(year, int) else None,
        organ=organ if isinstance(organ, str) else "",
        current=checked.report_type,
    )
    if known != new.form.report_type.name:
        return about
    pin = pin_of(document)
    if pin is not None and not _is_asked_for(pin, new):
        if checked.report_type is None:
            return _unreadable(checked)
        now, result = checked.report_type, checked.result
        about = replace(about, pinned=pin.version or pin.sha256)
        if new.form.overlay is None:
            return replace(about, status=ReportStatus.COMPARED, old=result, new=result)
        new = under_overlay(now, new.source.overlay, new.source.overlay_sha256)
    new = _as_in_force(new, checked.report_type)
    prior = find_prior(new.form, report, checked.path)
    result = new.checker.check(report, prior.context)
    changes = tuple(_changes(checked, result))
    return replace(
        about, status=ReportStatus.COMPARED, old=checked.result, new=result, changes=changes
    )


def _is_asked_for(pin: Pin, new: LoadedReportType) -> bool:
    """Tell whether a new schema is the version that a report asks for."""
    version = new.form.report_type.version
    is_version = not pin.version or version_key(pin.version) == version_key(version)
    return is_version and new.form.sha256.startswith(pin.sha256)


def _as_in_force(new: LoadedReportType, now: LoadedReportType | None) -> LoadedReportType:
    """Return the new schema with what the district of a report adds to it.

    Raises:
        SchemaError: The overlay does not fit the new schema.
    """
    if now is None or now.form.overlay is None or new.form.overlay is not None:
        return new
    return under_overlay(new, now.source.overlay, now.source.overlay_sha256)


def _name(document: Document) -> str:
    """Return what a document says it is a report of; empty if it does not."""
    try:
        return report_type_name(document)
    except DisclosureError:
        return ""


def _unreadable(checked: Checked) -> ReportImpact:
    error = checked.error
    if error is None:
        return ReportImpact(checked.path, ReportStatus.UNREADABLE)
    reason = error.what
    if error.hint is not None:
        stop = Text(
            "" if reason.zh.endswith("。") else "。", " " if reason.en.endswith(".") else ". "
        )
        reason = reason + stop + error.hint
    return ReportImpact(checked.path, ReportStatus.UNREADABLE, reason, error.where)


def _changes(checked: Checked, result: CheckResult) -> list[FindingImpact]:
    """Return what becomes of findings, what is to do first and worst first."""
    # Without a schema in force there is nothing that was found so far.
    known = checked.result.findings if checked.result is not None else ()
    before = {finding.identity: finding for finding in known}
    after = {finding.identity: finding for finding in result.findings}
    order = {pointer: at for at, pointer in enumerate(result.form.nodes)}
    found = [
        FindingImpact(kind, old, new, checked.locate(new or old))  # type: ignore[arg-type]
        for name in dict.fromkeys((*after, *before))
        if (kind := _became(old := before.get(name), new := after.get(name))) is not None
    ]
    found.sort(
        key=lambda one: (
            one.kind is ImpactKind.VANISHES,
            one.severity.weight,
            order.get(one.told.primary, len(order)),
        )
    )
    return found


def _became(old: Finding | None, new: Finding | None) -> ImpactKind | None:
    """Tell what becomes of a finding; None if a person would not notice."""
    was, is_now = old is not None and old.counts, new is not None and new.counts
    if is_now and old is not None and old.state in _ANSWERED:
        return ImpactKind.LAPSES
    if is_now and not was:
        return ImpactKind.APPEARS
    if was and not is_now:
        return ImpactKind.VANISHES
    if old is None or new is None or old.severity is new.severity:
        return None
    if State.UNDECIDED in (old.state, new.state):
        return None
    return ImpactKind.REGRADED
