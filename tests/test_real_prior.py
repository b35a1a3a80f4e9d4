"""Published reports of one city for two years: what they carry over agrees, figure by figure.

The reports are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.batch import check_file
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.prior import find_prior
from disclosure_tui.render.comparison import ChangeKind, compared
from disclosure_tui.report_type import ReportTypes, load_report_type
from disclosure_tui.rules.checker import CheckContext, CheckResult
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.hand_over import hand_overs
from disclosure_tui.schema.catalog import Catalog

SHARED = Path(__file__).parents[2] / "shared"
REPORTS = SHARED / "reports"
CONVERTER = SHARED / "tools" / "reports_to_yaml.py"

pytestmark = pytest.mark.skipif(
    not (REPORTS / "003").is_dir() or not CONVERTER.is_file(),
    reason="the published reports do not lie beside the repository (../shared/reports)",
)

LOADED = load_report_type("gov-info-annual/2021")
TYPES = ReportTypes(Catalog.of())
APPLICANTS = ("natural_person", "enterprise", "research", "welfare", "legal_service", "other")
DOCUMENTS = ("administrative_rules", "normative_documents")
COMPARED = ("X-CARRY", "X-STOCK", "X-PENDING", "T2-SCALE")

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    """Return the reports of 2023 and 2024."""
    folder = tmp_path_factory.mktemp("pair")
    command = [sys.executable, str(CONVERTER), str(REPORTS), "002", "003", "-o", str(folder)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run([*command, "--no-prose"], check=True, capture_output=True, env=environment)
    before, now = (Report(open_document(folder / f"{item}.yaml").data) for item in ("002", "003"))
    assert before.value_at(("year",)) + 1 == now.value_at(("year",)) == 2024
    return before, now


def check(before: Report, now: Report) -> CheckResult:
    return LOADED.checker.check(now, CheckContext(PriorReport(before)))


def failing(result: CheckResult) -> set[Pair]:
    return {(f.rule, f.instance) for f in result.findings.open if f.rule in COMPARED}


def instances(rule: str) -> int:
    found = LOADED.checker.instances(LOADED.form)
    return sum(item.rule.identifier == rule for item in found)


def test_everything_agrees_with_the_year_before(pair: tuple[Report, Report]) -> None:
    result = check(*pair)
    assert (instances("X-CARRY"), instances("X-STOCK")) == (7, 2)
    assert failing(result) == set()
    assert result.counts.no_prior == 0
    assert {f.rule for f in result.findings if f.reason} == set()


def test_by_path_as_an_office_names_it(pair: tuple[Report, Report], tmp_path: Path) -> None:
    before, now = pair
    for name, report in (("a.yaml", before), ("b.yaml", now)):
        (tmp_path / name).write_text(_yaml(report.data), encoding="utf-8")
    text = (tmp_path / "b.yaml").read_text(encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text + "prior: {file: a.yaml}\n", encoding="utf-8")
    checked = check_file(tmp_path / "b.yaml", TYPES)
    assert checked.result is not None
    assert failing(checked.result) == set()
    assert checked.result.counts.no_prior == 0
    assert checked.prior == find_prior(
        LOADED.form, Report(open_document(tmp_path / "b.yaml").data), tmp_path / "b.yaml"
    )


def test_every_figure_of_last_year_raised_by_one(pair: tuple[Report, Report]) -> None:
    """What fails is what plain formulas over the raw figures say."""
    before, now = pair
    assert broken(before, now) == set()
    tried = 0
    for node in LOADED.form.nodes.values():
        if node.role is Role.CELL:
            changed = raised(before, node.pointer)
            assert failing(check(changed, now)) == broken(changed, now), str(node.pointer)
            tried += 1
    assert tried == 200


def test_every_figure_carried_in_or_in_stock_raised_by_one(pair: tuple[Report, Report]) -> None:
    before, now = pair
    cells = [Pointer.of("requests", "carried_in", column) for column in (*APPLICANTS, "total")]
    for row in DOCUMENTS:
        for column in ("made", "repealed", "in_force"):
            cells.append(Pointer.of("proactive", "article_20_1", row, column))
    for cell in cells:
        changed = raised(now, cell)
        expected = broken(before, changed)
        assert len(expected) == 1
        assert failing(check(before, changed)) == expected, str(cell)


def test_the_hand_over_of_a_reviewer_shows_every_figure_of_both_years(
    pair: tuple[Report, Report],
) -> None:
    carried, stock = hand_overs(check(*pair))
    assert [one.rule for one in (carried, stock)] == ["X-CARRY", "X-STOCK"]
    before, now = pair
    for column, place in zip((*APPLICANTS, "total"), carried.places, strict=True):
        assert place.here == now.value_at(("requests", "carried_in", column))
        assert place.there == before.value_at(("requests", "carried_forward", column))
        assert place.difference == 0
    assert [place.difference for place in stock.places] == [0, 0]


def test_both_years_are_compared_figure_by_figure(pair: tuple[Report, Report]) -> None:
    before, now = pair
    changes = compared(LOADED.form, before.data, now.data).changes
    told = {change.pointer for change in changes if change.kind is ChangeKind.CELL}
    cells = [node.pointer for node in LOADED.form.cells]
    assert told == {cell for cell in cells if before.value_at(cell) != now.value_at(cell)}
    assert len(told) > 50


def raised(report: Report, cell: Pointer) -> Report:
    return report.after(Transaction((SetValue(cell, report.value_at(cell) + 1),)))


def broken(before: Report, now: Report) -> set[Pair]:
    """Return what breaks a rule about two years, written out anew."""
    return set(_broken(before.data, now.data))


def _broken(before: Any, now: Any) -> Iterator[Pair]:
    for column in (*APPLICANTS, "total"):
        if now["requests"]["carried_in"][column] != before["requests"]["carried_forward"][column]:
            yield "X-CARRY", column
    for row in DOCUMENTS:
        new = now["proactive"]["article_20_1"][row]
        stock = before["proactive"]["article_20_1"][row]["in_force"]
        if new["in_force"] != stock + new["made"] - new["repealed"]:
            yield "X-STOCK", f"article_20_1.{row}"
    old, new = before["disputes"], now["disputes"]
    if new["review"]["total"] < old["review"]["pending"]:
        yield "X-PENDING", "review"
    pending = sum(suit["pending"] for suit in old["litigation"].values())
    if sum(suit["total"] for suit in new["litigation"].values()) < pending:
        yield "X-PENDING", "litigation"
    for path in (
        ("article_20_5", "licensing", "decisions"),
        ("article_20_6", "penalty", "decisions"),
        ("article_20_6", "compulsion", "decisions"),
        ("article_20_8", "fees", "amount"),
    ):
        first = Report(before["proactive"]).value_at(path)
        second = Report(now["proactive"]).value_at(path)
        if first > 0 and not first / 10 <= second <= first * 10:
            yield "T2-SCALE", ".".join(path)


def _yaml(data: Any, indent: str = "") -> str:
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:\n{_yaml(value, indent + '  ')}")
        else:
            shown = f'"{value}"' if isinstance(value, str) else value
            lines.append(f"{indent}{key}: {shown}\n")
    return "".join(lines)
