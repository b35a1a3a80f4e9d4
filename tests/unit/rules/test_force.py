"""Dates in force, and a rule that an extension takes out of force for some time."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.rules.explanations import rule_digest
from tiny import Data, check, checker, figure, form, group, pairs, row, schema, table

RULE = {"id": "SAME", "each": "row", "check": "a = b"}
CELLS = {"a": figure("甲"), "b": figure("乙")}
UNEQUAL = {"t": {"one": {"a": 1, "b": 2}}}


def contents(*overrides: Data, **more: Any) -> Data:
    """Return a base with one rule, and an extension that says more of it."""
    base_id = "urn:disclosure-tui:tiny:base"
    rows = {"one": row(CELLS, title="一")}
    rules = [{**RULE, **more}]
    date = {"title": "日期", "type": ["string", "null"], "format": "date"}
    base = schema(
        {"t": table("表", rows, **{"x-rules": rules}), "signature": group("落款", {"date": date})}
    )
    if not overrides:
        return base
    extended = {"x-rules": list(overrides)}
    outer = schema({"t": extended})
    del outer["properties"]["report_type"], outer["properties"]["year"]
    base = {**base, "$id": base_id}
    return {**outer, "$ref": base_id, "$defs": {"base": base}}


def verdict(contents: Data, year: int = 2024, date: str | None = None) -> str:
    data = {**UNEQUAL, "year": year, "signature": {"date": date}}
    result = check(contents, data)
    assert result.counts.held == result.counts.undecided == 0
    return "fails" if ("SAME", "one") in pairs(result.findings) else "out of force"


def test_off_without_dates_removes_the_rule() -> None:
    extended = contents({"id": "SAME", "off": True, "basis": "某文件"})
    assert checker(extended).rules == ()


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2022, "fails"), (2023, "out of force"), (2024, "out of force"), (2025, "fails")],
)
def test_off_for_some_report_years(year: int, expected: str) -> None:
    pause = {"id": "SAME", "off": True, "from": 2023, "to": 2024, "basis": "某文件", "note": "一年"}
    assert verdict(contents(pause), year) == expected


def test_off_within_the_years_of_the_rule_itself() -> None:
    pause = {"id": "SAME", "off": True, "to": 2023}
    extended = contents(pause, **{"from": 2022, "to": 2024})
    found = [verdict(extended, year) for year in (2021, 2022, 2023, 2024, 2025)]
    assert found == ["out of force"] * 3 + ["fails", "out of force"]


def test_off_by_the_day_of_filing() -> None:
    pause = {"id": "SAME", "off": True, "from": "2025-01-10", "to": "2025-01-20"}
    extended = contents(pause)
    assert verdict(extended, date="2025-01-09") == "fails"
    assert verdict(extended, date="2025-01-10") == "out of force"
    assert verdict(extended, date="2025-01-20") == "out of force"
    assert verdict(extended, date="2025-01-21") == "fails"
    assert verdict(extended) == "fails", "it is filed after every day"


@pytest.mark.parametrize(
    "dates",
    [
        {"from": 2024, "to": "2024-01-31"},
        {"from": 2024, "by": "filing"},
        {"from": "2024-01-31", "by": "year"},
        {"from": 2025, "to": 2024},
        {"from": "2025-01-02", "to": "2025-01-01"},
    ],
)
def test_dates_that_do_not_fit_are_refused(dates: Data) -> None:
    with pytest.raises(SchemaError) as refused:
        checker(contents(**dates))
    assert "SAME" in refused.value.told(Language.CHINESE)


def test_a_report_without_a_year_is_judged() -> None:
    found = checker(contents(**{"from": 2030}))
    assert found.rules[0].item["from"] == 2030
    assert verdict(contents(**{"from": 2030}), year="x") == "fails"  # type: ignore[arg-type]


def test_dates_and_wording_are_not_the_formula() -> None:
    plain = rule_digest(RULE)
    told = {"severity": "query", "from": 2024, "to": 2030, "by": "year", "reasons": ["甲"]}
    assert rule_digest({**RULE, **told, "suspended": [{"from": 2025}]}) == plain
    assert rule_digest({**RULE, "blank": "zero"}) != plain
    assert rule_digest({**RULE, "tolerance": "printed"}) != plain


def test_the_condition_knows_what_it_reads() -> None:
    built = checker(contents(**{"from": 2024, "when": "a > 0"}))
    (instance,) = built.instances(form(contents()))
    assert instance.condition is not None
    assert {str(operand.pointer) for operand in instance.condition.operands} == {
        "/t/one/a",
        "/year",
    }
