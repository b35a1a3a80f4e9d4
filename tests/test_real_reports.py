"""Published reports: what fails in them is what was found in them by hand, no more, no less.

The reports are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckResult

SHARED = Path(__file__).parents[2] / "shared"
REPORTS = SHARED / "reports"
CONVERTER = SHARED / "tools" / "reports_to_yaml.py"

pytestmark = pytest.mark.skipif(
    not (REPORTS / "expected.json").is_file() or not CONVERTER.is_file(),
    reason="the published reports do not lie beside the repository (../shared/reports)",
)

ITEMS = sorted(path.name for path in REPORTS.glob("[0-9][0-9][0-9]"))
WHOLE = ("001", "002", "003")

TABLE_RULES = {
    *("T3-BAL", "T3-ROW", "T3-COL", "T3-INT", "T3-BLANK", "T4-SUM", "T4-INT", "T4-BLANK"),
    *("T2-INT", "T2-NUMBER", "T2-BLANK", "T2-STOCK", "T2-AUTHORITY"),
    *("T2-OLD-ITEMS", "T2-OLD-DISCLOSED", "T2-OLD-DECISIONS", "S-FORMAT-YEAR", "S-PERIOD"),
}
WITHOUT_PROSE = {
    *{("S-FIVE", ""), ("schema.blank", "overview"), ("schema.blank", "other_matters")},
    *{("X-PRIOR", ""), ("S-SIGN", "")},
}
BLANKS = {"T2-BLANK": "table2", "T3-BLANK": "table3", "T4-BLANK": "table4"}

Pair = tuple[str, str]
Data = Mapping[str, Any]
Keys = tuple[str, ...]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(tmp_path_factory.mktemp("tables"), "--no-prose")


@pytest.fixture(scope="module")
def whole_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(tmp_path_factory.mktemp("prose"))


def converted(folder: Path, *options: str) -> Path:
    command = [sys.executable, str(CONVERTER), str(REPORTS), "-o", str(folder), *options]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder


def check(data: Data) -> CheckResult:
    return load_report_type(data["report_type"]).checker.check(Report(data))


def failing(data: Data) -> set[Pair]:
    found = [(f.rule, f.instance) for f in check(data).findings if f.counts]
    assert len(found) == len(set(found))
    return set(found)


def test_there_are_all_of_them() -> None:
    told = json.loads((REPORTS / "expected.json").read_text(encoding="utf-8"))["expected"]
    assert sorted(told) == ITEMS
    assert len(ITEMS) == 17


@pytest.mark.parametrize("item", ITEMS)
def test_what_fails_is_what_is_known_to_be_wrong(item: str, tables: Path) -> None:
    told = json.loads((REPORTS / "expected.json").read_text(encoding="utf-8"))["expected"][item]
    whole = json.loads((REPORTS / item / "tables.json").read_text(encoding="utf-8"))["complete"]
    found = failing(open_document(tables / f"{item}.yaml").data)

    def compared(pair: Pair) -> bool:
        return pair[0] not in BLANKS or bool(whole.get(BLANKS[pair[0]]))

    expected = {(rule, instance) for rule, instance in told}
    assert {pair for pair in found if pair[0] in TABLE_RULES and compared(pair)} == expected
    assert {pair for pair in found if pair[0] not in TABLE_RULES} <= WITHOUT_PROSE


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_opens_with_its_prose(item: str, whole_reports: Path) -> None:
    document = open_document(whole_reports / f"{item}.yaml")
    assert report_type_name(document).startswith("gov-info-annual/")
    result = check(document.data)
    for finding in result.findings:
        assert document.locate(finding.primary) is not None


# An evaluation of its own: plain formulas over the raw data, nothing of the engine.

PARTS = ("natural_person", "enterprise", "research", "welfare", "legal_service", "other")
COLUMNS = (*PARTS, "total")
OUTCOMES = ("upheld", "corrected", "other", "pending")
RULE_MAKERS = ("ministry", "province", "prefecture_city")


def at(data: Data, keys: Keys) -> Any:
    value: Any = data
    for key in keys:
        value = value[key]
    return value


def rows(data: Data, keys: Keys) -> Iterator[Keys]:
    """Yield the places of the rows: maps that hold no maps."""
    node = at(data, keys)
    if not any(isinstance(value, dict) for value in node.values()):
        yield keys
        return
    for key in node:
        yield from rows(data, (*keys, key))


Equation = tuple[Pair, list[Keys], list[Keys]]


def equations(data: Data) -> Iterator[Equation]:
    """Yield every equation: its name, and the cells of both sides."""
    three = list(rows(data, ("requests",)))
    assert len(three) == (23 if data["report_type"].endswith("2019") else 25)
    for row in three:
        name = ("T3-ROW", ".".join(row[1:]))
        yield name, [(*row, part) for part in PARTS], [(*row, "total")]
    results = ("requests", "results")
    for column in COLUMNS:
        parts = [(*row, column) for row in three if row[:2] == results and row[2] != "total"]
        yield ("T3-COL", column), parts, [(*results, "total", column)]
        yield (
            ("T3-BAL", column),
            [("requests", "new", column), ("requests", "carried_in", column)],
            [(*results, "total", column), ("requests", "carried_forward", column)],
        )
    for row in rows(data, ("disputes",)):
        name = ("T4-SUM", ".".join(row[1:]))
        yield name, [(*row, outcome) for outcome in OUTCOMES], [(*row, "total")]


def unbalanced(data: Data) -> set[Pair]:
    return {
        name
        for name, left, right in equations(data)
        if sum(at(data, cell) for cell in left) != sum(at(data, cell) for cell in right)
    }


def others(data: Data) -> set[Pair]:
    """Return what fails of all rules that are no sums."""
    two = data["proactive"]
    found: set[Pair] = set()
    documents = two["article_20_1"]
    if data["organ"]["level"] not in RULE_MAKERS:
        for column, count in documents["administrative_rules"].items():
            if count != 0:
                found.add(("T2-AUTHORITY", f"article_20_1.administrative_rules.{column}"))
    old = data["report_type"] == "gov-info-annual/2019"
    for name, row in documents.items():
        if old and row["newly_disclosed"] > row["total_disclosed"]:
            found.add(("T2-OLD-DISCLOSED", f"article_20_1.{name}"))
        if not old and row["in_force"] - row["made"] + row["repealed"] < 0:
            found.add(("T2-STOCK", f"article_20_1.{name}"))
    for block in ("article_20_5", "article_20_6", "article_20_8") if old else ():
        for name, row in two[block].items():
            items = row["prior_items"] + row["change"]
            if items < 0:
                found.add(("T2-OLD-ITEMS", f"{block}.{name}"))
            if row["change"] != 0 and row.get("decisions") == items:
                found.add(("T2-OLD-DECISIONS", f"{block}.{name}"))
    if old != (data["year"] in (2019, 2020)):
        found.add(("S-FORMAT-YEAR", ""))
    year = data["year"]
    if data["period"] != {"start": f"{year}-01-01", "end": f"{year}-12-31"}:
        found.add(("S-PERIOD", ""))
    return found | not_of_type(data)


DECIMALS = {
    ("article_20_8", "fees", "amount"): 6,
    ("article_20_9", "central_procurement", "amount"): 2,
}


def not_of_type(data: Data) -> set[Pair]:
    """Return the figures that are negative, no whole numbers, or too exact."""
    found: set[Pair] = set()
    for table, rule in (("proactive", "T2-INT"), ("requests", "T3-INT"), ("disputes", "T4-INT")):
        for row in rows(data, (table,)):
            for key, value in at(data, row).items():
                cell = (*row[1:], key)
                exact = -value.as_tuple().exponent if isinstance(value, Decimal) else 0
                signed = table == "proactive" and key == "change"
                if (value < 0 and not signed) or exact > DECIMALS.get(cell, 0):
                    found.add((rule, ".".join(cell)))
    return found


def raised(data: Data, cell: Keys) -> Data:
    changed: Data = (
        Report(data).after(Transaction((SetValue(Pointer(cell), at(data, cell) + 1),))).data
    )
    return changed


@pytest.mark.parametrize("item", WHOLE)
def test_every_figure_raised_by_one(item: str, tables: Path) -> None:
    data = open_document(tables / f"{item}.yaml").data
    assert failing(data) == WITHOUT_PROSE
    assert unbalanced(data) == others(data) == set()
    sums = list(equations(data))
    cells = [
        (*row, key)
        for table in ("proactive", "requests", "disputes")
        for row in rows(data, (table,))
        for key in at(data, row)
    ]
    assert len(cells) == (198 if item == "001" else 200)
    for cell in cells:
        changed = raised(data, cell)
        concerned = {name for name, left, right in sums if cell in left or cell in right}
        assert unbalanced(changed) == concerned
        assert failing(changed) - WITHOUT_PROSE == concerned | others(changed), cell
