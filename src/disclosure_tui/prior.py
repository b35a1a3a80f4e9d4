"""Last year's report: found as the report says, and brought to the places of this edition.

It is named by path and digest, typed in by hand, or found by its content in the folder of the
year before: the same report type or one that the schema lists, the same office or one that
became part of it, the year before. Merged offices have several reports; their figures are added.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Argument, Finding, Fix, Message, Severity, State
from disclosure_tui.model.form import Form, Node, PriorType
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.prior_candidates import Wanted, candidates
from disclosure_tui.rules.context import CheckContext, PriorReport
from disclosure_tui.store.document import Document

__all__ = ["FoundPrior", "PriorKeeper", "PriorStatus", "find_prior", "prior_at"]

RULE = "report.prior"
"""Name of the findings about a report of last year that is named but cannot be used."""

_PLACE = Pointer.of("prior")


_DEEPEST = 32
"""An address of more keys than this is none of a form."""

_LONGEST_NAMED = 200
"""So much of a file's name is shown."""


class PriorStatus:
    """What became of last year's report; the values are those of the JSON output."""

    USED = "used"
    TYPED = "typed"
    NONE = "none"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    DIGEST_DIFFERS = "digest_differs"
    WRONG_REPORT = "wrong_report"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class FoundPrior:
    """Last year's report, or why there is none.

    Attributes:
        status: One of `PriorStatus`.
        prior: Its values at this edition's places, or None.
        file: The file, as named or relative to the report; several joined; or empty.
        sha256: Digest of the file read; empty for several.
        findings: What is wrong with a named one.
    """

    status: str
    prior: PriorReport | None = None
    file: str = ""
    sha256: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def context(self) -> CheckContext:
        """What a check needs of it."""
        return CheckContext(self.prior, self.findings)


def find_prior(form: Form, report: Report, path: Path) -> FoundPrior:
    """Find last year's report of a report.

    Args:
        form: The report's form.
        report: The report.
        path: Its file: paths in it start at its folder.
    """
    named = report.value_at(_PLACE)
    listed = isinstance(named, list)
    items = named if isinstance(named, list) else [named]
    found = [
        _named(form, report, item, path, _PLACE / str(index) if listed else _PLACE)
        for index, item in enumerate(items)
        if isinstance(item, Mapping)
    ]
    parts = [part for part in found if part.status != PriorStatus.NONE]
    return _added(form, parts) if parts else _by_content(form, report, path)


class PriorKeeper:
    """Finds last year's report of a report being filled in; again only if it may be another."""

    def __init__(self, form: Form, path: Path) -> None:
        self._form, self._path = form, path
        self._asked: tuple[Plain, ...] | None = None
        self.found = FoundPrior(PriorStatus.NONE)

    def context(self, report: Report) -> CheckContext:
        """Return what a check needs of last year's report."""
        within = self._form.report_type.within_year
        places = (_PLACE, ("year",), ("organ", "code"), *([within] if within else []))
        asked = tuple(report.value_at(place) for place in places)
        if asked != self._asked:
            self._asked = asked
            self.found = find_prior(self._form, report, self._path)
        return self.found.context


def _named(
    form: Form, report: Report, item: Mapping[str, Any], path: Path, place: Pointer
) -> FoundPrior:
    values = item.get("values")
    file = item.get("file")
    if isinstance(values, Mapping) and values:
        data = _from_pointers(values)
        period = ReportPeriod.of(form, report)
        if period is not None and isinstance(data, Mapping):
            data = {**data, "year": period.before(form).year}
        return FoundPrior(PriorStatus.TYPED, PriorReport(Report(data)))
    if not isinstance(file, str) or not file.strip():
        return FoundPrior(PriorStatus.NONE)
    found = _opened(form, report, path.parent / file, file, place / "file")
    noted = item.get("sha256")
    if found.prior is None or not isinstance(noted, str) or noted in ("", found.sha256):
        return found
    finding = _finding(place / "sha256", _DIFFERS, {"file": file}, _refreshed(place, found.sha256))
    return FoundPrior(
        PriorStatus.DIGEST_DIFFERS, found.prior, file, found.sha256, (*found.findings, finding)
    )


def _opened(form: Form, report: Report, place: Path, file: str, at: Pointer) -> FoundPrior:
    if not _is_file(place):
        named = file if len(file) <= _LONGEST_NAMED else file[:_LONGEST_NAMED] + "..."
        return _unusable(PriorStatus.MISSING, named, _finding(at, _MISSING, {"file": named}))
    try:
        document = open_document(place)
        name = report_type_name(document)
    except DisclosureError as error:
        slots: dict[str, Argument] = {"file": file, "reason": error.what}
        return _unusable(PriorStatus.UNREADABLE, file, _finding(at, _UNREADABLE, slots))
    kind = next((item for item in form.report_type.prior if item.name == name), None)
    if kind is None:
        known = "、".join(item.name for item in form.report_type.prior)
        slots = {"file": file, "kind": name, "known": known}
        return _unusable(PriorStatus.WRONG_REPORT, file, _finding(at, _OTHER_KIND, slots))
    period = ReportPeriod.of(form, report)
    theirs = ReportPeriod.of(form, Report(document.data))
    if period is not None and theirs != period.before(form):
        slots = {"file": file, "theirs": _said(theirs), "wanted": period.before(form).words}
        return _unusable(PriorStatus.WRONG_REPORT, file, _finding(at, _OTHER_YEAR, slots))
    return _mapped(form, kind, document, file)


def _said(period: ReportPeriod | None) -> Text:
    return Text("另一期", "another period") if period is None else period.words


def _is_file(place: Path) -> bool:
    """Tell whether there is a file; a name that no file can have is none."""
    try:
        return place.is_file()
    except (OSError, ValueError):
        return False


def _unusable(status: str, file: str, finding: Finding) -> FoundPrior:
    return FoundPrior(status, file=file, findings=(finding,))


def _by_content(form: Form, report: Report, path: Path) -> FoundPrior:
    """Take the report of the year before, and those of offices that became part of this one."""
    period, code = ReportPeriod.of(form, report), report.value_at(("organ", "code"))
    if period is None or not isinstance(code, str) or not code:
        return FoundPrior(PriorStatus.NONE)
    before = period.before(form)
    number = None if before.number is None else (form.report_type.within_year, before.number)
    kinds = frozenset(item.name for item in form.report_type.prior)
    parts = []
    for places in candidates(Wanted(code, period.year, kinds, before.year, number), path):
        files = [os.path.relpath(place, path.parent) for place in places]
        if len(files) > 1:
            slots: dict[str, Argument] = {"files": "、".join(files), "period": before.words}
            finding = _finding(_PLACE, _SEVERAL, slots)
            return _unusable(PriorStatus.AMBIGUOUS, ", ".join(files), finding)
        parts.append(_opened(form, report, places[0], files[0], _PLACE))
    return _added(form, parts) if parts else FoundPrior(PriorStatus.NONE)


def _mapped(form: Form, kind: PriorType, document: Document, file: str) -> FoundPrior:
    """Bring a report of one of the types that last year's may have to this edition's places."""
    return FoundPrior(PriorStatus.USED, _brought(form, kind, document.data), file, document.sha256)


def prior_at(form: Form, report_type: str, data: Plain) -> PriorReport | None:
    """Bring the values of a report to this form's places; None if it is of no comparable type."""
    kinds = form.report_type.prior
    kind = next((item for item in kinds if item.name == report_type), None)
    return None if kind is None else _brought(form, kind, data)


def _brought(form: Form, kind: PriorType, data: Plain) -> PriorReport:
    without = tuple(Pointer(text.split(".")) for text in kind.without)
    report = Report(_renamed(kind, data))
    since = _not_asked_before(form.root, report) if form.overlay is not None else ()
    return PriorReport(report, (*without, *since))


def _not_asked_before(node: Node, report: Report) -> Iterator[Pointer]:
    """Yield the places that an overlay has added since last year's report was filled in."""
    for child in node.children:
        if child.added and not report.has(child.pointer):
            yield child.pointer
        else:
            yield from _not_asked_before(child, report)


def _renamed(kind: PriorType, data: Plain) -> Plain:
    """Put the values of renamed paths where this edition has them."""
    result = data
    for here, there in kind.renamed.items():
        value = Report(data).value_at(tuple(there.split(".")))
        result = _with(result, here.split("."), value)
    return result


def _with(node: Plain, keys: Sequence[str], value: Plain) -> Plain:
    if not keys:
        return value
    copy = dict(node) if isinstance(node, Mapping) else {}
    copy[keys[0]] = _with(copy.get(keys[0]), keys[1:], value)
    return copy


def _from_pointers(values: Mapping[str, Plain]) -> Plain:
    result: Plain = {}
    for text, value in values.items():
        try:
            pointer = Pointer.parse(str(text))
        except ValueError:
            continue
        if 0 < len(pointer) <= _DEEPEST:
            result = _with(result, pointer, value)
    return result


def _added(form: Form, parts: Sequence[FoundPrior]) -> FoundPrior:
    """Add the figures of merged offices; a figure that one of them lacks is blank."""
    if len(parts) == 1:
        return parts[0]
    findings = tuple(finding for part in parts for finding in part.findings)
    files = ", ".join(part.file for part in parts if part.file)
    status = next((part.status for part in parts if part.findings), PriorStatus.USED)
    priors = [part.prior for part in parts if part.prior is not None]
    if len(priors) < len(parts):
        # The sum without one of them would be compared as if it were whole.
        return FoundPrior(status, file=files, findings=findings)
    without = dict.fromkeys(place for prior in priors for place in prior.without)
    years = {prior.report.value_at(("year",)) for prior in priors}
    result: Plain = {"year": next(iter(years))} if len(years) == 1 else {}
    for pointer, figures in _figures(form, priors):
        if all(isinstance(f, int | Decimal) and not isinstance(f, bool) for f in figures):
            result = _with(result, pointer, sum(figures))
    prior = PriorReport(Report(result), tuple(without))
    return FoundPrior(status, prior, files, findings=findings)


def _figures(form: Form, priors: Sequence[PriorReport]) -> Iterator[tuple[Pointer, list[Plain]]]:
    for node in form.cells:
        yield node.pointer, [prior.report.value_at(node.pointer) for prior in priors]


def _refreshed(place: Pointer, sha256: str) -> Fix:
    title = Text("改为现在的校验码", "note the present digest")
    return Fix(title, Transaction((SetValue(place / "sha256", sha256),), title))


def _finding(
    pointer: Pointer, said: tuple[Text, Text], slots: Mapping[str, Argument], fix: Fix | None = None
) -> Finding:
    line, rest = said
    return Finding(
        rule=RULE,
        level=ROOT,
        instance=".".join(pointer),
        severity=Severity.ERROR,
        state=State.OPEN,
        pointers=(pointer,),
        line=Message(line, slots),
        message=Message(line + rest, slots),
        fix=fix,
    )


_MISSING = (
    Text("找不到上年年报文件【{file}】", "there is no file {file} of last year"),
    Text(
        "，上年的数没有核对。请核对文件夹和文件名；文件不在的，按纸质年报录入上年的数。",
        ", so nothing is compared with it. Correct the path, or type the figures of the printed "
        "report.",
    ),
)
_UNREADABLE = (
    Text("上年年报文件【{file}】打不开：{reason}", "last year's file {file}: {reason}"),
    Text(
        "。上年的数没有核对。请改正那份文件，或指定另一份。",
        ". Nothing is compared with it. Correct that file, or name another one.",
    ),
)
_OTHER_KIND = (
    Text(
        "上年年报文件【{file}】的格式是 {kind}，不能与本年报比较",
        "last year's file {file} is of {kind} and cannot be compared",
    ),
    Text("。可用的格式：{known}。请指定另一份文件。", ". Known: {known}. Name another file."),
)
_OTHER_YEAR = (
    Text(
        "上年年报文件【{file}】是 {theirs}的，应为 {wanted}",
        "last year's file {file} is of {theirs}, not of {wanted}",
    ),
    Text("。请指定 {wanted}的年报。", ". Name the report of {wanted}."),
)
_DIFFERS = (
    Text(
        "上年年报文件【{file}】的内容与记下的校验码不同",
        "last year's file {file} is not what it was: its digest differs",
    ),
    Text(
        "，记下之后改过。请核对是不是报送的那一份；是的，改为现在的校验码。",
        ", it was changed since. See whether it is the report that was filed; "
        "if so, note the present digest.",
    ),
)
_SEVERAL = (
    Text("{period}年报有几份：{files}", "there are several reports of {period}: {files}"),
    Text(
        "。不知道与哪一份核对。请在【上年年报】中写明一份的文件名。",
        ". Nothing is compared. Name one of them under prior.",
    ),
)
