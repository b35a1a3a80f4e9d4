"""Cases of the shipped rules, as data: what a sentence or figures come to.

Every file of `report_cases` is about one rule. Its cases are sentences (`say`) and figures (`set`)
put into the clean report that the faulty samples are made of, in every edition that has the rule,
beside a report of last year that differs from it in `before`. `at` names the instances that fail.
`holds` and `fails` say the verdict, `notes` are right and worth a note, and to what is under
`silent` the rule has nothing to say: what is only about right, is about something else, or is of
another year.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import LoadedReportType, load_report_type
from disclosure_tui.rules.expression import Operand, Value
from disclosure_tui.rules.kind import Read
from disclosure_tui.rules.outcome import ManyOutcomes
from disclosure_tui.rules.prepared import prepare
from disclosure_tui.rules.reading import PriorReport, prior_value, value_of
from disclosure_tui.rules.registry import Instance
from disclosure_tui.rules.verdict import reader_for, verdict_of, verdicts_from
from disclosure_tui.store.document import Document

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "report_cases"
FILES = sorted(FOLDER.glob("*.yaml"))
EDITIONS = ("2019", "2021")
VERDICTS = ("holds", "fails", "notes", "silent", "no_prior")

Data = dict[str, Any]


@lru_cache(maxsize=1)
def tool() -> ModuleType:
    path = ROOT / "tools/make_faulty_samples.py"
    spec = importlib.util.spec_from_file_location("make_faulty_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=2)
def instances(edition: str) -> tuple[Instance, ...]:
    loaded = load_report_type(f"gov-info-annual/{edition}")
    return prepare(loaded.form, loaded.checker.declared).instances


@lru_cache(maxsize=2)
def clean(edition: str) -> Report:
    """Return the report that all cases start from; there is nothing wrong with it."""
    sample = tool().Sample("CLEAN", (), {}, edition=edition)
    return Report(Document.read(tool().report_text(sample).encode()).data)


def read_file(path: Path) -> Data:
    data = Document.read(path.read_bytes(), path.name).data
    assert data["rule"] == path.stem
    assert isinstance(data, dict)
    return data


def cases() -> Iterator[Any]:
    for path in FILES:
        data = read_file(path)
        for verdict in VERDICTS:
            for number, item in enumerate(data.get(verdict, ())):
                case = {"say": item} if isinstance(item, str) else item
                for edition in case.get("editions", data.get("editions", EDITIONS)):
                    label = f"{path.stem} {edition} {verdict} {number}"
                    yield pytest.param(data, case, verdict, edition, id=label)


def with_values(report: Report, values: Data) -> Report:
    data = report.data
    for path, value in values.items():
        data = with_value(data, path.split("."), value)
    return Report(data)


def with_value(node: Any, keys: list[str], value: Any) -> Any:
    if not keys:
        return value
    copy = dict(node) if isinstance(node, dict) else {}
    copy[keys[0]] = with_value(copy.get(keys[0]), keys[1:], value)
    return copy


def dated(text: str, year: int) -> str:
    for written, value in (("{year-1}", year - 1), ("{year+1}", year + 1), ("{year}", year)):
        text = text.replace(written, str(value))
    return text


def found(data: Data, case: Data, edition: str) -> Iterator[tuple[str, Finding | None]]:
    """Yield the verdicts of the rule of a file, told apart from all others of the report."""
    loaded = load_report_type(f"gov-info-annual/{edition}")
    year = clean(edition).data["year"]
    empty = [
        pointer
        for pointer, node in loaded.form.nodes.items()
        if case.get("empty") and pointer[0:1] == ("requests",) and node.role is Role.CELL
    ]
    values = {**{".".join(pointer): 0 for pointer in empty}, **data.get("cells", {})}
    values |= {
        path: dated(value, year) if isinstance(value, str) else value
        for path, value in case.get("set", {}).items()
    }
    if "say" in case:
        values[case.get("in", "overview")] = dated(case["say"], year)
    report = with_values(clean(edition), values)
    before = case.get("before", data.get("before"))
    prior = None if before is None else PriorReport(with_values(clean(edition), before))
    declared = [item for item in loaded.checker.declared if item.rule.identifier == data["rule"]]
    if not declared:
        yield from found_by_types(loaded, report, data["rule"])
        return

    def read(operand: Operand) -> Value:
        if operand.prior:
            return prior_value(loaded.form, prior, operand.pointer)
        return value_of(loaded.form, operand.pointer, report.value_at(operand.pointer))

    for instance in instances(edition):
        if instance.rule.identifier == data["rule"]:
            for verdict, finding in verdicts(loaded.form, instance, read):
                if finding is not None and not finding.reason:
                    check_words(loaded, finding, case, year)
                yield verdict, finding


def verdicts(form: Form, instance: Instance, read: Read) -> list[tuple[str, Finding | None]]:
    """Decide one rule for itself."""
    reading = reader_for(form, instance, read)
    if isinstance(instance.evaluator, ManyOutcomes):
        outcomes = instance.evaluator.outcomes(reading)
        return list(verdicts_from(form, instance, outcomes, reading))
    return [verdict_of(form, instance, reading)]


def found_by_types(
    loaded: LoadedReportType, report: Report, rule: str
) -> Iterator[tuple[str, Finding | None]]:
    """Yield the verdicts of a rule about the types of values, as a whole check finds them."""
    known = {
        policy.rule for node in loaded.form.nodes.values() for policy in node.findings.values()
    }
    assert rule in known, f"no rule {rule} in {loaded.form.report_type.name}"
    findings = [f for f in loaded.checker.check(report).findings if f.rule == rule]
    yield from (("failed", finding) for finding in findings)
    if not findings:
        yield "held", None


def check_words(loaded: LoadedReportType, finding: Finding, case: Data, year: int) -> None:
    """Check that the finding quotes its sentence and says in both languages what it is about."""
    wording = Wording(loaded.form, Language.CHINESE, year)
    assert wording.panel(finding).endswith("。")
    assert "{" not in wording.panel(finding) + Wording(loaded.form, Language.ENGLISH, year).panel(
        finding
    )
    if finding.quote is not None:
        text = dated(case["say"], year)
        quoted = text[finding.quote.start : finding.quote.end]
        assert finding.quote.pointer == Pointer(case.get("in", "overview").split("."))
        assert quoted
        assert finding.quote.text[:1] == quoted[:1] or finding.quote.text[0].isdigit()


@pytest.mark.parametrize(("data", "case", "verdict", "edition"), list(cases()))
def test_what_a_sentence_comes_to(data: Data, case: Data, verdict: str, edition: str) -> None:
    verdicts = list(found(data, case, edition))
    names = {name for name, _ in verdicts}
    heavy = [f for name, f in verdicts if name == "failed" and f and f.severity != Severity.NOTE]
    notes = [f for _, f in verdicts if f and not f.reason and f.severity is Severity.NOTE]
    said = [(name, f.quote.text if f and f.quote else "") for name, f in verdicts]
    if verdict == "fails":
        assert heavy, said
        if "at" in case:
            wanted = [case["at"]] if isinstance(case["at"], str) else case["at"]
            assert sorted(f.instance for f in heavy) == sorted(wanted), said
    elif verdict == "no_prior":
        assert "no_prior" in names, said
    else:
        assert not heavy, said
        assert "undecided" not in names, said
        assert bool(notes) == (verdict == "notes"), said
        assert ("held" in names or bool(notes)) == (verdict != "silent"), said


def test_there_are_three_of_each() -> None:
    for path in FILES:
        data = read_file(path)
        assert set(data) <= {"rule", "cells", "before", "editions", *VERDICTS}
        for edition in data.get("editions", EDITIONS):
            for verdict in ("holds", "fails"):
                told = [
                    case
                    for case in data[verdict]
                    if isinstance(case, str) or edition in case.get("editions", EDITIONS)
                ]
                assert len(told) >= 3, (path.stem, edition, verdict)
