"""Two published FOIA reports: what is found in them is what was found in them by hand.

The figures are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui import api
from disclosure_tui.cli.main import run
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.store.emit import flow

FIGURES = Path(__file__).parents[2] / "shared" / "reports-foia"
YEARS = (2016, 2017)
SECTIONS = ("v_a", "v_b_1", "vi_a", "vii_a", "xii_a")

pytestmark = pytest.mark.skipif(
    not all((FIGURES / f"doj-{year}.json").is_file() for year in YEARS),
    reason="the published figures do not lie beside the repository (../shared/reports-foia)",
)

DIFFERING = """
ATF 1338 1318, BOP 1248 1312, Civil 33 35, CRS 4 1, Criminal 311 332, DEA 241 258, ENRD 18 20,
EOIR 3224 3227, EOUSA 1936 1999, FBI 5167 5798, NSD 69 66, OIP 89 75, OJP 89 94, OLP 21 20,
OLA 72 74, Public Affairs 43 50, Office of the Assoc. AG 37 34, Office of the AG 250 255,
Office of the DAG 145 151, Pardon Attorney 85 74, OSG 45 49, PRAO 1 0, Tax 14 16, USMS 496 488
"""
"""Component, what it closed with in 2016, what it opened with in 2017: as their page says."""

Data = Mapping[str, Any]


def published(year: int) -> Data:
    loaded: Data = json.loads((FIGURES / f"doj-{year}.json").read_text(encoding="utf-8"))
    return loaded


def value(text: Any) -> Any:
    """Return a published figure exactly; codes stay texts."""
    if isinstance(text, dict):
        return {key: value(inner) for key, inner in text.items()}
    if text in ("N/A", "<1"):
        return text
    return Decimal(text) if "." in text else int(text)


def report(data: Data) -> dict[str, Any]:
    """Build a report of the published figures."""
    year = int(data["fiscal_year"])
    components = {item["abbreviation"]: item for item in data["components"].values()}
    built: dict[str, Any] = {
        "report_type": "us-foia-annual/2008",
        "year": year,
        "organ": {"name": data["agency"], "code": data["abbreviation"]},
        "period": {"start": f"{year - 1}-10-01", "end": f"{year}-09-30"},
        "components": {item["abbreviation"]: {"name": n} for n, item in data["components"].items()},
    }
    for section in SECTIONS:
        rows = {key: value(item[section]) for key, item in components.items() if section in item}
        built[section] = {"components": rows, "overall": value(data["agency_overall"][section])}
    built["notes"] = {
        f"/{section}": "\n".join(notes) for section, notes in data["footnotes"].items() if notes
    }
    return built


def written(data: Data, prior: str = "") -> str:
    """Write a report as a file: one printed row a line."""
    lines = []
    for key, item in data.items():
        if key in SECTIONS:
            lines += [f"{key}:", "  components:"]
            lines += [f"    {flow(name)}: {flow(row)}" for name, row in item["components"].items()]
            lines.append(f"  overall: {flow(item['overall'])}")
        else:
            lines.append(f"{key}: {flow(item)}")
    return "\n".join([*lines, *([f"prior: {{file: {prior}}}"] if prior else [])]) + "\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("foia")
    found = {year: folder / f"doj-{year}.yaml" for year in YEARS}
    found[2016].write_text(written(report(published(2016))), encoding="utf-8")
    found[2017].write_text(written(report(published(2017)), "doj-2016.yaml"), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def results(files: dict[int, Path]) -> dict[int, CheckResult]:
    return {year: api.check(api.open_report(path)) for year, path in files.items()}


def failing(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.counts]


def instances(result: CheckResult, rule: str) -> list[tuple[str, str]]:
    return [(str(f.level), f.instance) for f in failing(result) if f.rule == rule]


def test_every_figure_is_in_the_file_as_published(files: dict[int, Path]) -> None:
    counts = {}
    for year, path in files.items():
        kept = api.open_report(path).report
        cells = dict(kept.leaves())
        figures = [cells[pointer] for pointer in cells if pointer[0] in SECTIONS]
        counts[year] = len(figures)
        told = [
            text
            for section in SECTIONS
            for item in (*published(year)["components"].values(), published(year)["agency_overall"])
            for text in texts(item.get(section, {}))
        ]
        assert Counter(map(str, figures)) == Counter(told)
    assert counts == {2016: 1190, 2017: 1186}


def texts(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        for inner in item.values():
            yield from texts(inner)
    else:
        yield item


def test_within_a_year_nothing_is_wrong_but_a_habit(results: dict[int, CheckResult]) -> None:
    """`0` where the form wants `N/A`: a warning for every component without appeals."""
    for year, components in ((2016, 35), (2017, 36)):
        named = Counter(finding.rule for finding in failing(results[year]))
        assert named.pop("XIIA-APP-ZERO") == components
        between_years = {"X-PRIOR"} if year == 2016 else {"X-REQ", "X-APP", "X-JUMP"}
        assert set(named) == between_years
        assert results[year].blank == results[year].counts.undecided == 0


def test_the_openings_that_differ(results: dict[int, CheckResult]) -> None:
    """24 components and the agency in V.A, OIP and the agency in VI.A: no more, no less."""
    listed = [item.rsplit(" ", 2) for item in DIFFERING.replace("\n", " ").strip().split(", ")]
    expected = {key.strip(): (int(closed), int(opened)) for key, closed, opened in listed}
    assert len(expected) == 24
    found = {}
    for finding in failing(results[2017]):
        if finding.rule == "X-REQ" and finding.instance != "overall":
            found[finding.instance.removeprefix("components.")] = (finding.right, finding.left)
    assert found == expected
    assert ("/v_a", "overall") in instances(results[2017], "X-REQ")
    assert len(instances(results[2017], "X-REQ")) == 25
    appeals = instances(results[2017], "X-APP")
    assert appeals == [("/vi_a", "components.OIP"), ("/vi_a", "overall")]
    overall = next(
        f for f in failing(results[2017]) if (f.rule, f.instance) == ("X-REQ", "overall")
    )
    assert (overall.right, overall.left, overall.difference) == (15462, 16232, 770)


def test_a_row_of_zeros_that_is_gone_asks_nothing(results: dict[int, CheckResult]) -> None:
    """USPC had a row in VI.A in 2016, with nothing pending."""
    assert not instances(results[2017], "X-APP-ROWS")
    assert not instances(results[2017], "X-ROWS")


def test_what_jumped(results: dict[int, CheckResult]) -> None:
    """Worked out here from the published figures, without the engine."""

    def jumped(section: str, key: str) -> set[str]:
        years = [published(year)["components"].values() for year in YEARS]
        figures = [
            {item["abbreviation"]: int(item[section][key]) for item in items} for items in years
        ]
        before, after = figures
        return {
            name
            for name, new in after.items()
            for old in [before[name]]
            if max(old, new) >= 50 and (new > 2 * old or old > 2 * new)
        }

    found = instances(results[2017], "X-JUMP")
    for section, key, number in (("v_a", "received", 6), ("xii_a", "requests", 9)):
        expected = {f"components.{name}" for name in jumped(section, key)}
        assert len(expected) == number
        assert {name for level, name in found if level == f"/{section}"} == expected


def test_rules_as_often_as_the_figures_page_counts_them(results: dict[int, CheckResult]) -> None:
    """How often each rule could be decided, and that it held."""
    for year, decided in (
        (2016, {"VA-BAL": 38, "VIA-BAL": 3, "VB1-TOTAL": 38, "VA-VB1": 38, "XIIA-REQ": 38,
                "VA-SUM": 4, "VB1-SUM": 13, "VIA-SUM": 4, "XIIA-SUM": 2, "VIIA-ORDER": 91,
                "VIIA-SINGLE": 5, "VIIA-NA": 114, "VIIA-LOW": 3, "VIIA-HIGH": 3, "VIIA-MID": 3}),
        (2017, {"VA-BAL": 38, "VIA-BAL": 2, "VB1-TOTAL": 38, "VA-VB1": 38, "XIIA-REQ": 38,
                "VA-SUM": 4, "VB1-SUM": 13, "VIA-SUM": 4, "XIIA-SUM": 2, "VIIA-ORDER": 93,
                "VIIA-SINGLE": 3, "VIIA-NA": 114, "VIIA-LOW": 3, "VIIA-HIGH": 3, "VIIA-MID": 3}),
    ):  # fmt: skip
        basis = results[year].basis
        held = Counter(
            instance.rule.identifier
            for instance, verdicts in zip(basis.prepared.instances, basis.verdicts, strict=True)
            if verdicts.counted == ("held",)
        )
        assert {rule: held[rule] for rule in decided} == decided


@pytest.mark.slow
def test_every_query_can_be_answered_and_then_the_report_is_done(
    files: dict[int, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The footnotes account for the differences: the pair is a test of explanations."""
    for path in files.values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    place = tmp_path / "doj-2017.yaml"
    queries = [
        f for f in failing(api.check(api.open_report(place))) if f.rule[:4] in ("X-RE", "X-AP")
    ]
    assert len(queries) == 27
    for finding in queries:
        arguments = [finding.rule, finding.instance, "--text", "See the footnote", "--by", "OIP"]
        assert run(["explain", str(place), *arguments]) == 0
    capsys.readouterr()
    assert run(["check", str(place)]) == 0
    assert Report(api.open_report(place).report.data).value_at(("explanations",)) is not None
