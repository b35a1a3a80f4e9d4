"""Published reports: what fails in them is what was found in them by hand, no more, no less.

The reports are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckContext, CheckResult
from disclosure_tui.rules.context import PriorReport

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


# What the prose says. Nothing is judged that a copy cut out or does not contain.

WITH_PROSE = ("001", "002", "003", "005", "007", "009")
EVIDENCE = Path(__file__).parents[1] / "docs" / "evidence" / "prose-findings.md"
SECTIONS = ("preamble", "overview", "problems", "other_matters")
CUT = re.compile(r"[^。；！？\n]*〔…〕[^。；！？\n]*[。；！？]?")
NOT_CONTAINED = {"002": ["preamble"], "003": ["preamble"], "009": ["problems"]}
CUT_OUT = {"001": 0, "002": 0, "003": 0, "005": 8, "007": 5, "009": 5}

KNOWN = {
    ("003", "TX-REVIEWS", "134", "170"),
    ("003", "TX-LITIGATION", "57", "77"),
    ("003", "TX-GROWTH", "1.05", ""),
    ("005", "TX-GROUP", "258", "275"),
    ("005", "TX-GROUP", "265", "337"),
    ("005", "TX-PERCENT", "33.9", ""),
    ("005", "TX-PERCENT", "4.34", ""),
    ("005", "TX-BREAKDOWN", "716", "805"),
    ("005", "TX-NO-LOSS", "0", "3"),
}
"""What is written down beside the reports: item, rule, what the prose says, what the table says."""

Told = tuple[str, str, str, str]


def as_contained(data: Data) -> tuple[Data, list[str], list[str]]:
    """Return a report without the sentences that were cut; those, and the sections that lack."""
    kept = dict(data)
    cut: list[str] = []
    for key in SECTIONS:
        if isinstance(data.get(key), str):
            cut += [piece for piece in CUT.findall(data[key]) if piece.strip()]
            kept[key] = CUT.sub("", data[key])
    return kept, cut, [key for key in SECTIONS if not data.get(key)]


def told(item: str, finding: Finding) -> Told:
    left, right = ("" if value is None else str(value) for value in (finding.left, finding.right))
    return item, finding.rule, left, right


def about_prose(item: str, folder: Path) -> list[Finding]:
    """Check a report with its prose; 003 beside 002, the report of the year before."""
    data = open_document(folder / f"{item}.yaml").data
    if item in WITH_PROSE:
        data, _, _ = as_contained(data)
    prior = None
    if item == "003":
        prior = PriorReport(Report(open_document(folder / "002.yaml").data))
    checker = load_report_type(data["report_type"]).checker
    result = checker.check(Report(data), CheckContext(prior))
    return [f for f in result.findings if f.rule.startswith(("TX-", "L-", "X-SAME")) and f.counts]


@pytest.mark.parametrize("item", WITH_PROSE)
def test_what_is_left_out_is_listed(item: str, whole_reports: Path) -> None:
    _, cut, absent = as_contained(open_document(whole_reports / f"{item}.yaml").data)
    listing = [f"{item}: the source has no {key}" for key in absent]
    listing += [f"{item}: cut in the copy: {piece.strip()}" for piece in cut]
    assert absent == NOT_CONTAINED.get(item, []), listing
    assert len(cut) == CUT_OUT[item], listing
    sys.stdout.write("".join(f"{line}\n" for line in listing))


def test_what_the_prose_gets_wrong_is_found(whole_reports: Path) -> None:
    found = {told(item, f) for item in WITH_PROSE for f in about_prose(item, whole_reports)}
    assert found >= KNOWN


def adjudicated() -> dict[Told, str]:
    """Read the judgement on each finding: rows of the table of the page of evidence."""
    rows = {}
    for line in EVIDENCE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and re.fullmatch("[0-9]{3}", cells[0]):
            rows[cells[0], cells[1], cells[2], cells[3]] = cells[5]
    return rows


def test_every_finding_in_prose_was_judged_and_at_most_one_is_wrong(whole_reports: Path) -> None:
    judged = adjudicated()
    found = [told(item, f) for item in ITEMS for f in about_prose(item, whole_reports)]
    assert set(found) == set(judged)
    assert set(judged.values()) <= {"right", "wrong"}
    assert sum(judged[item] == "wrong" for item in set(found)) <= 1


@pytest.mark.parametrize("item", WITH_PROSE)
def test_a_finding_in_prose_quotes_its_sentence(item: str, whole_reports: Path) -> None:
    document = open_document(whole_reports / f"{item}.yaml")
    result = check(document.data)
    for finding in result.findings:
        if finding.quote is None:
            continue
        quote = finding.quote
        position = document.locate(quote.pointer, quote.start)
        assert position is not None
        text = document.text.splitlines()[position.line - 1][position.column - 1 :]
        start = document.data[quote.pointer.key][quote.start : quote.end].split("\n")[0]
        assert text.startswith(start.rstrip())


@pytest.mark.parametrize(
    ("item", "rule", "words"),
    [
        ("034", "S-TEMPLATE", "该部分以表格形式报告"),
        ("020", "S-PREAMBLE", "四个部分"),
    ],
)
def test_wording_that_was_found_by_hand(
    item: str, rule: str, words: str, whole_reports: Path
) -> None:
    result = check(open_document(whole_reports / f"{item}.yaml").data)
    quotes = [f.quote.text for f in result.findings if f.rule == rule and f.quote is not None]
    assert any(words in quote for quote in quotes)


def test_last_year_and_this_year(whole_reports: Path) -> None:
    data = open_document(whole_reports / "003.yaml").data
    prior = PriorReport(Report(open_document(whole_reports / "002.yaml").data))
    checker = load_report_type(data["report_type"]).checker
    result = checker.check(Report(data), CheckContext(prior))
    rules = [instance.rule.identifier for instance in checker.instances(result.form)]
    assert (rules.count("X-CARRY"), rules.count("X-STOCK")) == (7, 2)
    assert not [f for f in result.findings if f.rule in ("X-CARRY", "X-STOCK")]
    (growth,) = [f for f in result.findings if f.rule == "TX-GROWTH"]
    assert (growth.severity, growth.left) == (Severity.QUERY, Decimal("1.05"))
    assert Pointer.of("overview") == growth.primary
