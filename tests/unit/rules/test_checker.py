"""Findings as a check gives them: order, identity, numbers, words, fixes."""

from __future__ import annotations

import pytest

from disclosure_tui.model.edit import SetValue
from disclosure_tui.model.finding import Severity, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckContext
from disclosure_tui.rules.context import PriorReport
from tiny import Data, check, figure, line, pairs, row, schema, table, words

CELLS = {
    "a": figure("自然人", **{"x-short": "甲"}),
    "b": figure("企业", **{"x-short": "乙"}),
    "total": figure("总计"),
}


def sheet(*rules: Data) -> Data:
    rows = {
        "new": row(CELLS, title="一、本年新收", **{"x-short": "一、新收"}),
        "done": row(CELLS, title="二、办结"),
    }
    short = {"x-short": "表三", "x-rules": list(rules)}
    return schema({"t": table("申请情况", rows, **short)})


ROW = {
    "id": "ROW",
    "each": "row",
    "total": "total",
    "of": ["*"],
    "advice": {"zh": "请核对。", "en": "Look."},
}
BAL = {
    "id": "BAL",
    "each": "column",
    "check": "new = done",
    "authority": {"zh": "表头", "en": "head"},
}


def cells(a: object, b: object, total: object) -> Data:
    return {"a": a, "b": b, "total": total}


def test_a_total_that_is_wrong() -> None:
    result = check(sheet(ROW), {"t": {"new": cells(3, 2, 4), "done": cells(0, 0, 0)}})
    (finding,) = result.findings
    assert finding.identity == ("ROW", Pointer.of("t"), "new")
    assert (finding.left, finding.right, finding.difference) == (5, 4, 1)
    assert finding.primary == Pointer.of("t", "new", "total")
    assert finding.marked == 1
    assert words(result, finding) == (
        "表三【一、本年新收】行各项相加与总计不符。甲 3 + 乙 2 = 5，总计填了 4，相差 1。请核对。"
    )
    assert line(result, finding) == "! 表三【一、新收】行：甲 3 + 乙 2 = 5，总计填了 4，相差 1"
    assert finding.fix is not None
    assert finding.fix.transaction.edits == (SetValue(finding.primary, 5),)
    assert finding.fix.title.zh == "改为自动计算"


def test_a_balance_that_is_wrong() -> None:
    result = check(sheet(BAL), {"t": {"new": cells(3, 2, 5), "done": cells(3, 2, 4)}})
    (finding,) = result.findings
    assert finding.identity == ("BAL", Pointer.of("t"), "total")
    assert finding.pointers == (Pointer.of("t", "new", "total"), Pointer.of("t", "done", "total"))
    assert finding.difference == 1
    assert finding.fix is None
    assert words(result, finding) == (
        "表三【总计】列勾稽关系不符。一、新收 5；二、办结 4；相差 1。依据：表头。"
    )


def test_own_message_with_slots() -> None:
    message = {
        "zh": "{row}、{column}、{place}、{left}、{right}、{difference}、{year}、{prior_year}",
        "en": "x",
    }
    result = check(
        sheet({**BAL, "message": message}), {"t": {"new": cells(1, 0, 1), "done": cells(3, 0, 1)}}
    )
    (finding,) = result.findings
    assert words(result, finding).startswith("一、新收、甲、表三 一、新收 甲、1、3、2、2024、2023")


def test_a_value_with_braces_is_not_a_slot() -> None:
    result = check(sheet(), {"t": {"new": cells("{place}", "{0}", "{"), "done": cells(0, 0, 0)}})
    told = [words(result, finding) for finding in result.findings]
    assert [
        value for value in ("{place}", "{0}", "【{】") if not any(value in t for t in told)
    ] == []


def test_worst_first_then_in_the_order_of_the_form() -> None:
    query = {**BAL, "id": "Q", "severity": "query"}
    data = {"t": {"new": cells(1, 1, 3), "done": cells(2, 2, 5)}}
    result = check(sheet(query, ROW), data)
    assert [(f.rule, f.instance) for f in result.findings] == [
        ("ROW", "new"),
        ("ROW", "done"),
        ("Q", "a"),
        ("Q", "b"),
        ("Q", "total"),
    ]


def test_undecided_findings_are_apart() -> None:
    result = check(sheet(ROW), {"t": {"new": cells(1, None, 1), "done": cells(0, 0, 0)}})
    (undecided,) = [f for f in result.findings if f.rule == "ROW"]
    assert undecided.state is State.UNDECIDED
    assert undecided.reason == "blank"
    assert not undecided.counts
    assert undecided.primary == Pointer.of("t", "new", "b")
    assert pairs(result.findings) == [("schema.blank", "")]
    assert words(result, undecided) == "暂不判定：表三 一、新收 乙 未填或不是数字。"
    counts = result.counts
    assert (counts.held, counts.failed, counts.undecided) == (1, 0, 1)


def test_findings_by_place() -> None:
    result = check(sheet(ROW), {"t": {"new": cells(3, 2, 4), "done": cells(0, 0, 0)}})
    findings, part = result.findings, Pointer.of("t", "new", "a")
    total = Pointer.of("t", "new", "total")
    assert findings.at(part) == findings.at(total) == findings.open
    assert findings.mark(total) is Severity.ERROR
    assert findings.mark(part) is None
    assert findings.worst(Pointer.of("t")) is Severity.ERROR
    assert findings.worst(Pointer.of("t", "done")) is None


CARRY: Data = {"id": "CARRY", "each": "column", "check": "new = prior.done", "severity": "query"}
EQUAL: Data = {"t": {"new": cells(1, 1, 2), "done": cells(1, 1, 2)}}


class TestPrior:
    def context(self, *without: str, **done: int) -> CheckContext:
        before = Report({"t": {"new": cells(0, 0, 0), "done": done}})
        return CheckContext(PriorReport(before, tuple(map(Pointer.parse, without))))

    def test_without_last_year(self) -> None:
        result = check(sheet(CARRY), EQUAL)
        assert {f.reason for f in result.findings} == {"no_prior"}
        assert result.counts.no_prior == 3
        assert result.counts.undecided == 0

    def test_with_last_year(self) -> None:
        result = check(sheet(CARRY), EQUAL, self.context(a=1, b=3, total=2))
        (finding,) = result.findings
        assert finding.instance == "b"
        assert finding.pointers == (Pointer.of("t", "new", "b"),)
        assert "上年 二、办结 3" in words(result, finding)
        assert "last year 二、办结 3" in words(result, finding, "en")

    def test_a_blank_of_last_year(self) -> None:
        result = check(sheet(CARRY), EQUAL, self.context(a=1, b=1))
        assert (result.counts.no_prior, result.counts.undecided) == (1, 0)

    def test_a_place_that_last_years_edition_lacks(self) -> None:
        result = check(sheet(CARRY), EQUAL, self.context("/t/done"))
        assert result.counts.inapplicable == 3
        assert list(result.findings) == []


@pytest.mark.parametrize(
    "data", [{}, {"requests": 3}, {"requests": {"new": []}}, {"disputes": None}]
)
def test_a_check_never_fails_on_odd_data(data: Data) -> None:
    checking = load_report_type("gov-info-annual/2021").checker
    result = checking.check(Report({"report_type": "gov-info-annual/2021", "year": "x", **data}))
    for finding in result.findings:
        words(result, finding)
        line(result, finding)


def test_a_check_changes_nothing_and_repeats() -> None:
    data = {"t": {"new": cells(3, 2, 4), "done": cells(0, 0, 0)}}
    first = check(sheet(ROW, BAL), data)
    again = check(sheet(ROW, BAL), data)
    assert [f.identity for f in first.findings] == [f.identity for f in again.findings]
    assert data == {"t": {"new": cells(3, 2, 4), "done": cells(0, 0, 0)}}
