"""SARIF 2.1.0, for services that show findings beside the lines of a file and remember them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from disclosure_tui import __version__
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.form import Form
from disclosure_tui.render.causes import left_undecided
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.render.rule_words import rule_words
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["NAME", "STREAMS", "SUFFIX", "SUMMARY", "begin"]

NAME = "sarif"
SUFFIX = ".sarif"
SUMMARY = Text("SARIF 2.1.0，供代码托管平台", "SARIF 2.1.0, for code hosting services")
STREAMS = False

Object = dict[str, Any]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.ERROR: "error",
    Severity.QUERY: "warning",
    Severity.WARNING: "note",
    Severity.NOTE: "note",
}
_TAGS = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en-US"}
_FINGERPRINT = "disclosureFinding/v1"
_DIGITS = 32
_ANSWERED = (State.EXPLAINED, State.DISMISSED)
_DISMISSED = Text("已标为无关", "dismissed: another figure")


def begin(occasion: Occasion) -> _Log:
    """Begin a log of one run."""
    return _Log(occasion.language)


class _Log:
    """Results are written as they come; rules and files, known at the end, stand behind them."""

    def __init__(self, language: Language) -> None:
        run = {
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
            "language": _TAGS[language],
        }
        log = _dumped({"version": "2.1.0", "$schema": _SCHEMA})[:-1]
        self._before = f'{log},"runs":[{_dumped(run)[:-1]},"results":['
        self._language = language
        self._rules: dict[str, int] = {}
        self._descriptors: list[Object] = []
        self._artifacts: list[Object] = []
        self._notifications: list[Object] = []
        self._is_complete = True

    def add(self, report: LocatedReport) -> bytes:
        """Return the results of a report."""
        index = len(self._artifacts)
        self._artifacts.append(_artifact(report))
        if report.form is None:
            self._is_complete = False
            reason = "" if report.reason is None else report.reason.in_(report.language)
            where = report.reason_place
            self._notifications.append(_notification("error", reason, report.file, index, where))
            return b""
        for notice, line, column in report.notices:
            text, where = notice.in_(report.language), (line, column)
            self._notifications.append(_notification("note", text, report.file, index, where))
        written = []
        for item in _told(report):
            written.append(self._before + "\n" + _dumped(self._result(item, report, index)))
            self._before = ","
        return _encoded("".join(written))

    def end(self) -> bytes:
        """Return the end of the log."""
        begun = self._before if self._before != "," else ""
        driver = {
            "name": "disclosure-tui",
            "version": __version__,
            "language": _TAGS[self._language],
            "rules": self._descriptors,
        }
        rest: Object = {
            "tool": {"driver": driver},
            "artifacts": self._artifacts,
            "invocations": [
                {
                    "executionSuccessful": self._is_complete,
                    "toolExecutionNotifications": self._notifications,
                }
            ],
        }
        return _encoded(f"{begun}\n],{_dumped(rest)[1:]}]}}\n")

    def _result(self, item: LocatedFinding, report: LocatedReport, index: int) -> Object:
        finding, form = item.finding, report.form
        assert form is not None
        wording = Wording(form, report.language, report.year)
        undecided = finding.state is State.UNDECIDED
        return {
            "ruleId": finding.rule,
            "ruleIndex": self._rule(finding, form),
            "kind": "open" if undecided else "fail",
            "level": "none" if undecided else _LEVELS[finding.severity],
            "message": {"text": wording.panel(finding)},
            "locations": [_location(item, report, index, wording)],
            "partialFingerprints": {_FINGERPRINT: _fingerprint(finding, report)},
            # Of one run either all results have this or none.
            "suppressions": list(_suppressions(finding, report)),
            "properties": _properties(finding, report),
        }

    def _rule(self, finding: Finding, form: Form) -> int:
        """Return the position of a rule, described when it is first met."""
        known = self._rules.get(finding.rule)
        if known is None:
            known = self._rules[finding.rule] = len(self._descriptors)
            self._descriptors.append(_descriptor(finding, form, self._language))
        return known


def _told(report: LocatedReport) -> Iterator[LocatedFinding]:
    yield from (item for item in report.findings if item.finding.state is not State.UNDECIDED)
    yield from left_undecided(report)


def _descriptor(finding: Finding, form: Form, language: Language) -> Object:
    words = rule_words(form, finding.rule, language)
    described: Object = {
        "id": finding.rule,
        "shortDescription": {"text": words["description"]},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"severity": finding.severity.value},
    }
    more = [words[key] for key in ("description", "authority", "advice") if key in words]
    if len(more) > 1:
        described["fullDescription"] = {"text": "\n".join(more)}
    if "advice" in words:
        described["help"] = {"text": words["advice"]}
    return described


def _artifact(report: LocatedReport) -> Object:
    artifact: Object = {"location": {"uri": _uri(report.file)}, "encoding": "utf-8"}
    if report.sha256:
        artifact["hashes"] = {"sha-256": report.sha256}
    if report.stamp is not None:
        artifact["properties"] = {"schema": report.stamp.record()}
    return artifact


def _location(item: LocatedFinding, report: LocatedReport, index: int, wording: Wording) -> Object:
    physical: Object = {"artifactLocation": {"uri": _uri(report.file), "index": index}}
    if item.line is not None and item.column is not None:
        physical["region"] = {"startLine": item.line, "startColumn": item.column}
    pointer = item.finding.primary
    logical = {"fullyQualifiedName": str(pointer), "name": wording.path(pointer)}
    named = {key: text for key, text in logical.items() if text}
    location: Object = {"physicalLocation": physical}
    if named:
        location["logicalLocations"] = [named]
    return location


def _fingerprint(finding: Finding, report: LocatedReport) -> str:
    """Return what stays while lines move, files are renamed and figures or words change."""
    assert report.form is not None
    kind, year = report.form.report_type.name, str(report.year)
    parts = (kind, year, report.organ, finding.rule, str(finding.level), finding.instance)
    joined = "\0".join(parts).encode("utf-8", "backslashreplace")
    return hashlib.sha256(joined).hexdigest()[:_DIGITS]


def _suppressions(finding: Finding, report: LocatedReport) -> Iterator[Object]:
    if finding.state not in _ANSWERED or finding.explanation is None:
        return
    entry = report.explanations[finding.explanation]
    told = [str(entry.get(key) or "").strip() for key in ("reason", "text", "by", "at")]
    if finding.state is State.DISMISSED:
        told.insert(0, _DISMISSED.in_(report.language))
    yield {
        "kind": "inSource",
        "status": "accepted",
        "justification": " ".join(filter(None, told)),
    }


def _properties(finding: Finding, report: LocatedReport) -> Object:
    properties: Object = {
        "organ": report.organ,
        "year": report.year,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "level": str(finding.level),
        "instance": finding.instance,
        "pointers": [str(pointer) for pointer in finding.pointers],
    }
    overlay = None if report.form is None else report.form.overlay_of(finding)
    if overlay is not None:
        properties["overlay"] = overlay.identifier
    for name in ("left", "right", "difference"):
        value = getattr(finding, name)
        if value is not None:
            properties[name] = number_text(value)
    return properties


def _notification(
    level: str, text: str, file: str, index: int, where: tuple[int, int] | None
) -> Object:
    physical: Object = {"artifactLocation": {"uri": _uri(file), "index": index}}
    if where is not None:
        physical["region"] = {"startLine": where[0], "startColumn": where[1]}
    return {
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
    }


def _uri(file: str) -> str:
    """Return a file as a reference: relative to where the program was run, if it was named so."""
    path = quote(file.encode("utf-8", "surrogateescape"), safe="/")
    return f"file://{path}" if path.startswith("/") else path


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
