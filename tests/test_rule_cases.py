"""Rule cases as data: a file for every rule kind, a tiny table, and the verdict of each place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import CheckContext
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.registry import kinds
from disclosure_tui.store.document import Document
from tiny import Data, checker, group, row, schema, table

FOLDER = Path(__file__).parent / "rule_cases"
DATE = {"title": "日期", "type": ["string", "null"], "format": "date"}
ENVELOPE = {"report_type": "tiny/1", "year": 2024}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        data = Document.read(path.read_bytes(), path.name).data
        assert data["kind"] == path.stem
        for case in data["cases"]:
            yield pytest.param(data["kind"], case, id=f"{path.stem}: {case['name']}")


def rows_of(named: Any, number: bool) -> Data:
    """Return the rows and groups that a case names."""
    found: Data = {}
    for key, inner in named.items():
        if isinstance(inner, list):
            kind = "number" if number else "integer"
            decimals = {"x-cell": {"decimals": 9}} if number else {}
            cells = {name: {"title": name, "type": [kind, "null"], **decimals} for name in inner}
            found[key] = row(cells, title=key)
        else:
            found[key] = group(key, rows_of(inner, number))
    return found


def test_every_kind_has_its_cases() -> None:
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert files == set(kinds())


TABLE_CASES = [case for case in cases() if "texts" not in case.values[1]]
PROSE_CASES = [case for case in cases() if "texts" in case.values[1]]


@pytest.mark.parametrize(("kind", "case"), TABLE_CASES)
def test_verdicts(kind: str, case: Data) -> None:
    assert all(kind in rule for rule in case["rules"])
    rules = [*case["rules"], *case.get("beside", [])]
    rows = rows_of(case["rows"], case.get("number", False))
    dates = case.get("dates", {})
    fields = {key: group(key, {"date": DATE}) for key in dates}
    checking = checker(schema({"t": table("表", rows, **{"x-rules": rules}), **fields}))
    dated = {key: {"date": date} for key, date in dates.items()}
    report = Report({**ENVELOPE, **dated, "t": case["report"]})
    prior = Report({**ENVELOPE, "year": 2023, "t": case["prior"]}) if "prior" in case else None
    context = CheckContext(PriorReport(prior) if prior is not None else None)
    result = checking.check(report, context)
    found = {
        f"{rule.identifier} {instance.name}": "decided"
        for instance in checking.instances(result.form)
        for rule in [instance.rule]
        if kind in rule.item
    }
    for finding in result.findings:
        if finding.rule in {rule["id"] for rule in case["rules"]}:
            verdict = "fails" if finding.counts else "undecided"
            if finding.reason == "no_prior":
                verdict = "no_prior"
            found[f"{finding.rule} {finding.instance}"] = verdict
    expected: dict[str, str] = case["verdicts"]
    assert found == {
        key: "decided" if verdict in ("holds", "inapplicable") else verdict
        for key, verdict in expected.items()
    }
    if "beside" in case:
        return
    told = list(expected.values())
    assert result.counts.held == told.count("holds")
    assert result.counts.inapplicable == told.count("inapplicable")
    assert result.counts.failed == told.count("fails")
    assert result.counts.undecided == told.count("undecided")
    assert result.counts.no_prior == told.count("no_prior")


@pytest.mark.parametrize(("kind", "case"), PROSE_CASES)
def test_verdicts_on_prose(kind: str, case: Data) -> None:
    """A rule about prose may come to several verdicts; they are compared in any order."""
    (rule,) = case["rules"]
    assert kind in rule
    prose = {key: {"title": key, "type": ["string", "null"], "x-section": {}} for key in "pq"}
    rows = rows_of(case["rows"], number=False)
    checking = checker(schema({**prose, "t": table("表", rows, **{"x-rules": case["rules"]})}))
    report = Report({**ENVELOPE, **case["texts"], "t": case["report"]})
    before = None
    if "prior" in case or "texts_before" in case:
        texts = case.get("texts_before", {})
        data = {**ENVELOPE, "year": 2023, **texts, "t": case.get("prior", {})}
        before = PriorReport(Report(data))
    result = checking.check(report, CheckContext(before))
    findings = [finding for finding in result.findings if finding.rule == rule["id"]]
    failing = [finding for finding in findings if finding.counts]
    counts = result.counts
    told = {
        "holds": counts.held,
        "fails": counts.failed,
        "undecided": counts.undecided,
        "no_prior": counts.no_prior,
        "inapplicable": counts.inapplicable,
    }
    expected = case["verdicts"][rule["id"]]
    assert told == {verdict: expected.count(verdict) for verdict in told}
    assert len({finding.identity for finding in findings}) == len(findings)
    quotes = [
        case["texts"][finding.quote.pointer.key][finding.quote.start : finding.quote.end]
        for finding in failing
        if finding.quote is not None
    ]
    assert case.get("quotes", quotes) == quotes
    if "severities" in case:
        assert [finding.severity.value for finding in failing] == case["severities"]
