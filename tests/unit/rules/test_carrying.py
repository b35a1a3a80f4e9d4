"""Cells that come from last year's report: known from the rules alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.carrying import kept_blank, last_years_figures, offered_figures
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.context import PriorReport
from tiny import Data, checker, figure, row, schema, table

COLUMNS = {key: figure(key) for key in ("a", "b", "total")}
SUMS: Data = {"id": "ROW", "each": "row", "total": "total", "of": ["*"]}


def sheet(check: str, each: Any = "column", **more: Any) -> Checker:
    rows = {key: row(COLUMNS, title=key) for key in ("started", "new", "left")}
    rule = {"id": "CARRY", "each": each, "check": check, **more}
    return checker(schema({"t": table("表", rows, **{"x-rules": [SUMS, rule]})}))


def prior(**rows: Any) -> PriorReport:
    return PriorReport(Report({"t": rows}))


def figures(checking: Checker, known: PriorReport | None) -> dict[str, Any]:
    found = last_years_figures(checking.form, checking.carried(checking.form), known)
    return {".".join(pointer[1:]): value for pointer, value in found.items()}


def kept(checking: Checker) -> set[str]:
    return {".".join(cell[1:]) for cell in kept_blank(checking.carried(checking.form))}


LEFT = {"left": {"a": 3, "b": 0, "total": 3}}


@pytest.mark.parametrize(
    "check", ["started = prior.left", "prior.left = started", "started - 1 + 1 = prior.left"]
)
def test_a_cell_equal_to_one_of_last_year_is_known(check: str) -> None:
    checking = sheet(check)
    alone = "1" not in check
    wanted = {"started.a": 3, "started.b": 0, "started.total": 3} if alone else {}
    assert figures(checking, prior(**LEFT)) == wanted
    assert figures(checking, None) == {}
    assert figures(checking, prior(left={"a": 3})) == ({"started.a": 3} if alone else {})


def test_sums_of_last_year_settle_a_cell_and_figures_of_this_year_do_not() -> None:
    both = sheet("started = prior.left + prior.new - 1")
    known = prior(left={"a": 3}, new={"a": 4})
    assert figures(both, known) == {"started.a": 6}
    stock = sheet("left = prior.left + new - started")
    assert figures(stock, prior(**LEFT)) == {}
    assert kept(stock) == {"left.a", "left.b", "left.total"}, "tied all the same"


def test_the_balance_that_next_year_begins_with_is_kept_blank_too() -> None:
    assert kept(sheet("started = prior.left")) == {
        f"{line}.{column}" for line in ("started", "left") for column in COLUMNS
    }


@pytest.mark.parametrize(
    "check",
    [
        "started <= prior.left",
        "started + new = prior.left",
        "2 * started = prior.left",
        "if new > 0 then started = prior.left",
        "started = new + left",
    ],
)
def test_what_ties_no_single_cell_ties_nothing(check: str) -> None:
    assert kept(sheet(check)) == set()


def test_a_rule_under_a_condition_ties_nothing() -> None:
    assert kept(sheet("started = prior.left", when="new > 0")) == set()


def test_two_rules_that_disagree_settle_nothing() -> None:
    rows = {key: row(COLUMNS, title=key) for key in ("started", "new", "left")}
    rules = [
        {"id": name, "each": "column", "check": f"started = prior.{name}"}
        for name in ("left", "new")
    ]
    checking = checker(schema({"t": table("表", rows, **{"x-rules": rules})}))
    known = prior(left={"a": 3, "b": 1}, new={"a": 4, "b": 1})
    assert figures(checking, known) == {"started.b": 1}


def test_a_decimal_of_last_year_is_no_count() -> None:
    known = prior(left={"a": Decimal("1.5"), "b": 2})
    assert figures(sheet("started = prior.left"), known) == {"started.b": 2}


def test_only_blanks_are_offered_and_totals_are_left_to_follow() -> None:
    checking = sheet("started = prior.left")
    totals = checking.totals(checking.form)
    known = last_years_figures(checking.form, checking.carried(checking.form), prior(**LEFT))

    def offered(started: dict[str, int], following: bool = True) -> set[str]:
        report = Report({"t": {"started": started}})
        found = offered_figures(known, report, totals if following else ())
        return {pointer.key for pointer in found}

    assert offered({}) == {"a", "b"}
    assert offered({"a": 9}) == {"b"}, "what a person typed stays"
    assert offered({}, following=False) == {"a", "b", "total"}
    assert offered({"a": 3, "b": 0, "total": 3}) == set()
    del known[Pointer.of("t", "started", "b")]
    assert offered({}) == {"a", "total"}, "a total with a blank part cannot follow"
