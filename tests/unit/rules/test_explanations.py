"""A query is closed by an explanation, as long as its figures and its rule stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui import api
from disclosure_tui.errors import EditRefused
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.report import Report
from disclosure_tui.rules.explanations import entry_for, rule_digest

ROOT = Path(__file__).parents[3]
TEXT = "本市有规章制定权，数字属实"


@pytest.fixture(scope="module")
def opened() -> api.OpenedReport:
    return api.open_report(ROOT / "samples/faulty/T2-AUTHORITY.yaml")


def query(opened: api.OpenedReport) -> Finding:
    (finding,) = api.check(opened).findings.open
    return finding


def checked(opened: api.OpenedReport, *entries: Any, figure: int = 6) -> list[Finding]:
    data = opened.report.data
    proactive = data["proactive"]
    block = proactive["article_20_1"]
    rules = {**block["administrative_rules"], "in_force": figure}
    changed = {**proactive, "article_20_1": {**block, "administrative_rules": rules}}
    report = Report({**data, "proactive": changed, "explanations": list(entries)})
    result = opened.report_type.checker.check(report)
    return [finding for finding in result.findings if finding.rule == "T2-AUTHORITY"]


def entry(opened: api.OpenedReport, **more: Any) -> dict[str, Any]:
    return {**entry_for(query(opened), TEXT, by="李某", at="2026-01-12"), **more}


def states(findings: list[Finding]) -> list[State]:
    return [finding.state for finding in findings]


def test_an_explanation_closes_its_query(opened: api.OpenedReport) -> None:
    assert states(checked(opened, entry(opened))) == [State.EXPLAINED]


def test_it_lapses_when_an_operand_changes(opened: api.OpenedReport) -> None:
    assert states(checked(opened, entry(opened), figure=7)) == [State.LAPSED]


def test_it_lapses_when_the_formula_changes(opened: api.OpenedReport) -> None:
    assert states(checked(opened, entry(opened, digest="0" * 16))) == [State.LAPSED]


def test_wording_and_severity_do_not_belong_to_the_formula() -> None:
    rule = {"id": "A", "check": "a = b", "each": "row"}
    assert rule_digest(rule) == rule_digest({**rule, "message": "x", "severity": "query"})
    assert rule_digest(rule) != rule_digest({**rule, "check": "a <= b"})


def test_another_instance_stays_open(opened: api.OpenedReport) -> None:
    other = entry(opened, instance="article_20_1.administrative_rules.made")
    assert states(checked(opened, other)) == [State.OPEN]


def test_the_entry_that_stands_wins_over_a_newer_one(opened: api.OpenedReport) -> None:
    newer = entry(opened, digest="0" * 16)
    (finding,) = checked(opened, entry(opened), newer)
    assert (finding.state, finding.explanation) == (State.EXPLAINED, 0)


def test_dismissed(opened: api.OpenedReport) -> None:
    assert states(checked(opened, entry(opened, dismissed=True))) == [State.DISMISSED]


def test_errors_cannot_be_explained_away(opened: api.OpenedReport) -> None:
    error = api.open_report(ROOT / "samples/faulty/T3-BAL.yaml")
    finding = api.check(error).findings.open[0]
    with pytest.raises(EditRefused):
        entry_for(finding, TEXT, by="李某", at="2026-01-12")
    forced = entry_for(replace(finding, severity=query(opened).severity), TEXT, by="", at="")
    report = Report({**error.report.data, "explanations": [forced]})
    result = error.report_type.checker.check(report)
    assert State.EXPLAINED not in {item.state for item in result.findings}


@pytest.mark.parametrize("text", ["", "无", "属实", "情况属实。", " 是 ", "abc"])
def test_a_text_that_says_nothing_is_refused(text: str, opened: api.OpenedReport) -> None:
    with pytest.raises(EditRefused) as refused:
        entry_for(query(opened), text, by="李某", at="2026-01-12")
    assert refused.value.hint is not None
    assert "例如" in refused.value.hint.zh


@pytest.mark.parametrize("text", ["", "无", "属实"])
def test_an_entry_typed_into_the_file_must_say_why_too(text: str, opened: api.OpenedReport) -> None:
    assert states(checked(opened, entry(opened, text=text))) == [State.LAPSED]


@pytest.mark.parametrize("entries", [None, 5, "x", [None], [[]], [{"rule": 5}], [{}]])
def test_entries_of_any_shape_are_survived(entries: Any, opened: api.OpenedReport) -> None:
    report = Report({**opened.report.data, "explanations": entries})
    assert query(opened).identity in {
        finding.identity for finding in opened.report_type.checker.check(report).findings.open
    }


def test_the_report_stays_valid_with_the_entry(opened: api.OpenedReport) -> None:
    report = Report({**opened.report.data, "explanations": [entry(opened)]})
    left = {f.rule for f in opened.report_type.checker.check(report).findings.open}
    assert left <= {"X-PRIOR"}
