"""Rows that the filer adds: joined across tables, compared with last year, summed, kept equal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import pytest

from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import CheckContext, CheckResult
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.totals import following, in_step, sum_of
from tiny import Data, check, checker, figure, form, pairs, row, schema, table, words

COUNT = figure("数")
CODED = {
    "title": "数",
    "anyOf": [{"type": ["number", "null"]}, {"enum": ["N/A", "<1"]}],
    "x-cell": {
        "codes": {
            "N/A": {"means": "not_applicable"},
            "<1": {"means": "range", "from": 0, "below": 1},
        }
    },
}
NAMED = row({"name": {"title": "全称", "type": ["string", "null"]}})


def entries(cells: Data, **more: Any) -> Data:
    return {
        "type": ["object", "null"],
        "maxProperties": 9,
        "x-entries": more,
        "additionalProperties": row(cells),
    }


def sheet(title: str, cells: Data, *rules: Data, **more: Any) -> Data:
    rows = {"units": entries(cells, **more), "all": row(cells, title="合计")}
    return table(title, rows, **{"x-rules": list(rules)})


def made(*rules: Data, cells: Data | None = None, **more: Any) -> Data:
    """Return a schema with a list of units and two tables over them."""
    cells = cells or {"a": COUNT, "b": COUNT}
    units = table("单位", {}, **{"x-entries": {}, "maxProperties": 9})
    units["additionalProperties"] = NAMED
    one = sheet("甲表", cells, *rules, **more)
    two = sheet("乙表", cells)
    return schema({"units": units, "one": one, "two": two})


def data(*, one: Data | None = None, two: Data | None = None, **more: Any) -> Data:
    def filled(rows: Data) -> Data:
        return {key: {"a": a, "b": b} for key, (a, b) in rows.items()}

    named = {key: {"name": key} for key in one or {}}
    report = {"units": named, "one": {"units": filled(one or {})}}
    return {**report, "two": {"units": filled(two or {})}, **more}


def before(**more: Any) -> CheckContext:
    values = {"report_type": "tiny/1", "year": 2023, **data(**more)}
    return CheckContext(PriorReport(Report(values)))


def told(result: CheckResult) -> list[tuple[str, str]]:
    return [pair for pair in pairs(result.findings) if pair[0] == "R"]


class TestJoined:
    RULE: ClassVar[Data] = {"id": "R", "each": ["units.*"], "check": "a = report.two.units.@.b"}

    def test_rows_of_two_tables_are_compared_by_their_key(self) -> None:
        report = data(one={"x": (1, 0), "y": (2, 0)}, two={"y": (0, 3), "x": (0, 1)})
        assert told(check(made(self.RULE), report)) == [("R", "units.y")]

    def test_a_row_that_the_other_table_lacks_leaves_nothing_to_compare(self) -> None:
        result = check(made(self.RULE), data(one={"x": (1, 0)}, two={"y": (0, 3)}))
        assert (result.counts.inapplicable, result.counts.failed) == (1, 0)

    def test_whether_the_other_row_is_there_can_be_asked(self) -> None:
        rule = {**self.RULE, "check": "count(report.two.units.@.*) = 0"}
        report = data(one={"x": (1, 0), "y": (1, 0)}, two={"y": (0, 3)})
        assert told(check(made(rule), report)) == [("R", "units.y")]

    def test_it_is_compared_again_once_the_row_is_there(self) -> None:
        checking = checker(made(self.RULE))
        head = {"report_type": "tiny/1", "year": 2024}
        first = checking.check(Report({**head, **data(one={"x": (1, 0)})}))
        with_row = Report({**head, **data(one={"x": (1, 0)}, two={"x": (0, 2)})})
        again = checking.recheck(first, with_row)
        assert again == checking.check(with_row)
        assert told(again) == [("R", "units.x")]

    def test_a_key_with_dots_is_named_as_it_is(self) -> None:
        rule = {**self.RULE, "message": {"zh": "{place}不对", "en": "{place} is wrong"}}
        report = data(one={"Assoc. A.G.": (1, 0)}, two={"Assoc. A.G.": (0, 2)})
        result = check(made(rule), report)
        (finding,) = (found for found in result.findings if found.rule == "R")
        assert words(result, finding).startswith("甲表 Assoc. A.G.不对")


class TestLastYear:
    GONE: ClassVar[Data] = {
        "id": "R",
        "each": ["units.*", "prior.units.*"],
        "check": "count(a) = count(prior.a)",
    }

    def test_rows_of_either_year_are_looked_at_once(self) -> None:
        prior = before(one={"x": (1, 0), "old": (1, 0)})
        result = check(made(self.GONE), data(one={"x": (1, 0), "new": (1, 0)}), prior)
        assert told(result) == [("R", "units.new"), ("R", "units.old")]
        assert result.counts.held == 1

    def test_a_row_that_is_gone_is_named_and_found_in_the_file(self) -> None:
        rule = {**self.GONE, "message": {"zh": "{place}不见了", "en": "{place} is gone"}}
        result = check(made(rule), data(one={}), before(one={"old": (1, 0)}))
        (finding,) = (found for found in result.findings if found.rule == "R")
        assert finding.pointers == (Pointer.of("one", "units"),)
        assert words(result, finding).startswith("甲表 old不见了")

    def test_without_last_year_it_stays_open(self) -> None:
        result = check(made(self.GONE), data(one={"x": (1, 0)}))
        assert [found.reason for found in result.findings if found.rule == "R"] == ["no_prior"]

    def test_a_sum_over_last_year_is_over_its_rows(self) -> None:
        rule = {"id": "R", "check": "sum(prior.units.*.b) = sum(units.*.a)"}
        prior = before(one={"x": (0, 1), "old": (0, 4)})
        assert told(check(made(rule), data(one={"x": (5, 0)}), prior)) == []
        assert told(check(made(rule), data(one={"x": (1, 0)}), prior)) == [("R", "")]

    def test_a_new_row_is_no_matter_of_the_edition(self) -> None:
        rules = [
            {"id": "R", "each": ["units.*"], "check": "a = prior.b"},
            {"id": "X-PRIOR", "prior_report": "compared", "severity": "query"},
        ]
        report = data(one={"x": (1, 0), "new": (7, 0)})
        result = check(made(*rules), report, before(one={"x": (0, 1)}))
        assert [found for found in result.findings if found.rule in ("R", "X-PRIOR")] == []
        missing = check(made(*rules), report)
        (finding,) = (found for found in missing.findings if found.rule == "X-PRIOR")
        assert "2 个数未与上年核对" in words(missing, finding)


class TestSums:
    RULE: ClassVar[Data] = {"id": "R", "each": "column", "total": "all", "of": ["units.*"]}

    def total(self, report: Data) -> tuple[Any, Report]:
        checking = checker(made(self.RULE, cells={"a": CODED, "b": CODED}))
        values = Report({"report_type": "tiny/1", "year": 2024, **report})
        totals = checking.totals(checking.form.populated(values))
        return totals, values

    def test_a_code_for_not_applicable_adds_nothing(self) -> None:
        rows = {"x": (1, "N/A"), "y": ("N/A", "N/A"), "z": (Decimal("2.5"), "N/A")}
        report = data(one=rows)
        report["one"]["all"] = {"a": Decimal("3.5"), "b": "N/A"}
        totals, values = self.total(report)
        assert [sum_of(total, values) for total in totals] == [Decimal("3.5"), None]
        assert in_step(totals, values) == {Pointer.of("one", "all", "a")}
        result = check(made(self.RULE, cells={"a": CODED, "b": CODED}), report)
        assert (result.counts.held, result.counts.inapplicable) == (1, 1)

    def test_a_range_cannot_be_added_up(self) -> None:
        totals, values = self.total(data(one={"x": (1, 1), "y": ("<1", 1)}))
        assert [sum_of(total, values) for total in totals] == [None, 2]

    def test_the_total_follows_when_a_code_takes_the_place_of_a_figure(self) -> None:
        report = data(one={"x": (1, 1), "y": (4, 1)})
        report["one"]["all"] = {"a": 5, "b": 2}
        totals, values = self.total(report)
        changed = Pointer.of("one", "units", "y", "a")
        after = values.after(Transaction((SetValue(changed, "N/A"),), Text("", "")))
        found = following(totals, values, after, frozenset({changed}))
        assert found == (SetValue(Pointer.of("one", "all", "a"), 1),)

    def test_without_rows_there_is_no_total(self) -> None:
        totals, _ = self.total(data())
        assert totals == ()

    def test_a_count_may_be_a_factor(self) -> None:
        rule = {"id": "R", "each": ["all.*"], "check": "this * count(report.one.units.*.a) = 9"}
        report = data(one={"x": (1, 0), "y": (1, 0), "z": (1, 0)})
        report["one"]["all"] = {"a": 3, "b": 4}
        assert told(check(made(rule), report)) == [("R", "all.b")]
        checking = made({"id": "R", "each": ["all"], "check": "a * sum(b, a) = 9"})
        assert told(check(checking, report)) == [("R", "all")]


class TestKeys:
    def findings(self, report: Data, **more: Any) -> list[Finding]:
        result = check(made(of="units", **more), report)
        return [found for found in result.findings if found.rule.startswith("schema.")]

    def named(self, report: Data, **more: Any) -> list[tuple[str, str]]:
        found = self.findings(report, **more)
        return [(one.rule, one.instance) for one in found if one.rule != "schema.blank"]

    def test_a_row_of_no_listed_key_is_an_error(self) -> None:
        report = data(one={"ATF": (1, 1), "AFT": (1, 1)})
        del report["units"]["AFT"]
        assert self.named(report) == [("schema.entry", "units.AFT")]
        result = check(made(of="units"), report)
        text = words(result, next(f for f in result.findings if f.rule == "schema.entry"))
        assert "【单位】里没有【AFT】" in text
        assert "是不是【ATF】" in text

    def test_a_row_may_be_missing_unless_all_are_wanted(self) -> None:
        report = data(one={"x": (1, 1)})
        report["units"]["y"] = {"name": "丙"}
        assert self.named(report) == []
        assert self.named(report, complete=True) == [("schema.missing", "units.y")]
        (found,) = (f for f in self.findings(report, complete=True) if f.rule == "schema.missing")
        assert found.state is State.OPEN
        assert found.severity.value == "query"
        assert found.pointers == (Pointer.of("one", "units"),)

    @pytest.mark.parametrize("key", ["", " ", "a/b", "~", "a\tb", "a\u0085b"])
    def test_a_key_that_pointers_cannot_hold_is_refused(self, key: str) -> None:
        assert ("schema.entry", f"units.{key}") in self.named(data(one={key: (1, 1)}))

    @pytest.mark.parametrize("key", ["ATF", "Civil Rights", "Assoc. AG", "民政局", "x-1"])
    def test_any_other_key_will_do(self, key: str) -> None:
        assert self.named(data(one={key: (1, 1)})) == []

    def test_a_list_that_is_not_there_lists_nothing(self) -> None:
        report = data(one={"x": (1, 1)})
        report["units"] = None
        assert self.named(report, complete=True) == [("schema.entry", "units.x")]


def test_a_place_in_a_row_that_is_not_there_is_known_by_its_kind() -> None:
    compiled = form(made())
    report = Report({"report_type": "tiny/1", "year": 2024, **data(one={"x": (1, 0)})})
    populated = compiled.populated(report, Report(data(one={"old": (1, 0)})))
    gone = Pointer.of("one", "units", "old", "a")
    assert populated.node(gone) is None
    place = populated.place(gone)
    assert place is not None
    assert place.pointer == gone
    assert place.cell is not None
    assert populated.was_there(gone)
    assert not populated.was_there(Pointer.of("one", "units", "x", "a"))
    assert populated.place(Pointer.of("one", "nothing")) is None


def test_of_very_many_figures_those_of_the_place_are_told() -> None:
    rule = {"id": "R", "each": ["all.*"], "check": "this >= max(report.one.units.*.a)"}
    report = data(one={f"x{number}": (number, 0) for number in range(9)})
    report["one"]["all"] = {"a": 7, "b": 9}
    result = check(made(rule), report)
    (finding,) = (found for found in result.findings if found.rule == "R")
    assert words(result, finding).endswith("不符合校验规则。甲表 合计 数 7。")
