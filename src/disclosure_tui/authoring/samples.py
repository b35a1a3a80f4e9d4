"""Samples: report files near a schema, and what a check of each must find.

`NAME.expected.json` beside `NAME.yaml` lists rule and instance of every finding. A sample
without it is complete or a draft: nothing in it is an error, but that something is blank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from disclosure_tui.batch import find_files
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.prior import find_prior
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.checker import CheckResult

__all__ = ["Sample", "SampleTried", "failing_rules", "read_samples", "try_samples"]

SUFFIX = ".expected.json"

_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One report file.

    Attributes:
        path: The file.
        report_type: What it is a report of.
        report: Its values.
        expected: Rule and instance of what a check must find, or None: not told.
    """

    path: Path
    report_type: str
    report: Report
    expected: _Pairs | None


@dataclass(frozen=True, slots=True)
class SampleTried:
    """A sample that was checked.

    Attributes:
        sample: The sample.
        failing: The rules that failed in it.
        problem: What differs, or None.
    """

    sample: Sample
    failing: frozenset[str]
    problem: Text | None


def read_samples(folders: Iterable[Path]) -> tuple[Sample, ...]:
    """Read the report files in some folders and the folders below them.

    Raises:
        DisclosureError: A file, or what stands beside it, cannot be read.
    """
    # The same file may be found by two names; messages say the one that it was found by first.
    paths = {path.resolve(): path for path in reversed(find_files(folders).files)}
    return tuple(map(_sample, reversed(paths.values())))


def _sample(path: Path) -> Sample:
    document = open_document(path)
    beside = path.with_suffix(SUFFIX)
    expected = _expected(beside) if beside.is_file() else None
    return Sample(path, report_type_name(document), Report(document.data), expected)


def _expected(path: Path) -> _Pairs:
    try:
        told: Any = json.loads(path.read_bytes())
        return tuple(sorted((str(rule), str(instance)) for rule, instance in told["findings"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise SchemaError(
            Text(
                '应写成 {"findings": [["规则编号", "实例"], ...]}',
                'must be {"findings": [["rule", "instance"], ...]}',
            ),
            where=str(path),
        ) from error


def try_samples(loaded: LoadedReportType, samples: Iterable[Sample]) -> Iterator[SampleTried]:
    """Check the samples of a report type and say what differs."""
    for sample in samples:
        if sample.report_type != loaded.form.report_type.name:
            continue
        prior = find_prior(loaded.form, sample.report, sample.path)
        result = loaded.checker.check(sample.report, prior.context)
        found = _errors(result) if sample.expected is None else _pairs(result.findings.open)
        failing = frozenset(finding.rule for finding in result.findings if finding.counts)
        yield SampleTried(sample, failing, _difference(found, sample.expected or ()))


def _pairs(findings: Iterable[Finding]) -> _Pairs:
    return tuple(sorted((finding.rule, finding.instance) for finding in findings))


def _errors(result: CheckResult) -> _Pairs:
    about_blanks = {finding.identity for finding in result.basis.about_blanks.values()}
    return _pairs(
        finding
        for finding in result.findings.open
        if finding.severity is Severity.ERROR and finding.identity not in about_blanks
    )


def _difference(found: _Pairs, expected: _Pairs) -> Text | None:
    missing = [pair for pair in expected if pair not in found]
    excess = [pair for pair in found if pair not in expected]
    if not missing and not excess:
        return None
    told = []
    if missing:
        told.append(Text("没有发现 ", "not found: ") + _names(missing))
    if excess:
        told.append(Text("多出 ", "not expected: ") + _names(excess))
    first, *rest = told
    for each in rest:
        first = first + Text("；", "; ") + each
    return first


def _names(pairs: Iterable[tuple[str, str]]) -> Text:
    names = [" ".join(filter(None, pair)) for pair in pairs]
    return Text("、".join(names), ", ".join(names))


def failing_rules(tried: Iterable[SampleTried]) -> frozenset[str]:
    """Return the rules that at least one sample makes fail."""
    return frozenset().union(*(each.failing for each in tried))
