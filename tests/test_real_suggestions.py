"""Published reports: what is offered for what is wrong in them, and for errors planted in them.

The reports are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import Checker
from disclosure_tui.suggesting import filling_in, suggestions_of
from planted import wrong_figure

SHARED = Path(__file__).parents[2] / "shared"
REPORTS = SHARED / "reports"
CONVERTER = SHARED / "tools" / "reports_to_yaml.py"

pytestmark = pytest.mark.skipif(
    not (REPORTS / "expected.json").is_file() or not CONVERTER.is_file(),
    reason="the published reports do not lie beside the repository (../shared/reports)",
)

ITEMS = sorted(path.name for path in REPORTS.glob("[0-9][0-9][0-9]"))
WHOLE = ("001", "002", "003", "009")
"""Every cell of table 3 is filled in."""
ROW_TOTALS = [3, 4, 5, 9, 12, 14, 25, 47, 149, 265, 272]
FILLABLE = {"005": (119, ROW_TOTALS), "007": (125, [])}
"""Blanks that only one figure fits: how many are 0, and the others.

Where nothing happened these two leave cells blank; 005 leaves the totals of its rows blank too.
The collection says that its rows make 275 (272 + 3) and 337 (265 + 47 + 25).
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Checker, Report]]:
    folder = tmp_path_factory.mktemp("reports")
    command = [sys.executable, str(CONVERTER), str(REPORTS), "-o", str(folder), "--no-prose"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    found = {}
    for item in ITEMS:
        data = open_document(folder / f"{item}.yaml").data
        found[item] = (load_report_type(data["report_type"]).checker, Report(data))
    return found


Reports = Mapping[str, tuple[Checker, Report]]


def suggested(checker: Checker, report: Report) -> tuple[Suggestion, ...]:
    return suggestions_of(checker.check(report))


def errors(checker: Checker, report: Report) -> set[Any]:
    found = checker.check(report).findings.open
    return {item.identity for item in found if item.severity is Severity.ERROR}


@pytest.mark.parametrize("item", ITEMS)
def test_no_cell_is_offered_where_the_report_does_not_tell_it(item: str, reports: Reports) -> None:
    """Only 033 has sums that fail: two rows whose columns are not all known."""
    causes = [one for one in suggested(*reports[item]) if one.standing is not Standing.BLANK]
    if item != "033":
        assert causes == []
        return
    assert [one.standing for one in causes] == [Standing.SEVERAL, Standing.SEVERAL]
    for one in causes:
        assert one.fix is None
        ((part,), (total,)) = sorted(one.ways, key=lambda way: way[0].pointer.key)
        assert (part.pointer.key, part.old, part.new) == ("legal_service", 1, 0)
        assert (total.pointer.key, total.old, total.new) == ("total", 0, 1)


@pytest.mark.parametrize("item", ITEMS)
def test_blanks_that_are_filled_in_break_nothing(item: str, reports: Reports) -> None:
    checker, report = reports[item]
    blanks = [one for one in suggested(checker, report) if one.standing is Standing.BLANK]
    if item in FILLABLE:
        figures = [one.ways[0][0].new for one in blanks]
        assert (figures.count(0), sorted(filter(None, figures))) == FILLABLE[item]
    if not blanks:
        return
    filled = report.after(filling_in(checker.form, report, blanks).transaction)
    assert errors(checker, filled) <= errors(checker, report)
    assert checker.check(filled).counts.held > checker.check(report).counts.held


@pytest.mark.parametrize("item", WHOLE)
def test_an_error_typed_into_any_cell_of_a_real_table_3_is_found(
    item: str, reports: Reports
) -> None:
    checker, report = reports[item]
    random = Random(item)
    table = Pointer.of("requests")
    cells = [node.pointer for node in checker.form.nodes.values() if node.cell is not None]
    tried = 0
    for cell in cells:
        right = report.value_at(cell)
        if not cell.starts_with(table) or not isinstance(right, int | Decimal):
            continue
        typed = wrong_figure(random, int(right))
        wrong = report.after(Transaction((SetValue(cell, typed),)))
        (found,) = (one for one in suggested(checker, wrong) if one.standing is not Standing.BLANK)
        assert found.fix is not None, cell
        assert found.fix.transaction.edits == (SetValue(cell, right),)
        tried += 1
    assert tried == (23 if item == "001" else 25) * 7
