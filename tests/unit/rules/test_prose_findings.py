"""What becomes of findings in prose: dismissed, explained, lapsed; and what they depend on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.explanations import entry_for, rule_digest
from disclosure_tui.rules.formula import formula
from disclosure_tui.rules.outcome import ManyOutcomes
from tiny import Data, checker, figure, row, schema, table

RULE: Data = {
    "id": "FIG",
    "severity": "query",
    "text": ["report.p"],
    "text_figure": [{"label": "申请", "says": ["收到申请{n}件"], "equals": ["new.a"]}],
}


def checking(rule: Data) -> Checker:
    prose = {"title": "文字", "type": ["string", "null"], "x-section": {}}
    rows = {"new": row({"a": figure("甲"), "b": figure("乙")}, title="新收")}
    return checker(schema({"p": prose, "t": table("表", rows, **{"x-rules": [rule]})}))


def report(text: str, count: int | None = 3, entries: list[Any] | None = None) -> Report:
    data: Data = {
        "report_type": "tiny/1",
        "year": 2024,
        "p": text,
        "t": {"new": {"a": count, "b": 1}},
    }
    return Report({**data, "explanations": entries or []})


def findings(text: str, entries: list[Any], count: int = 3, rule: Data = RULE) -> list[Finding]:
    found = checking(rule).check(report(text, count, entries)).findings
    return [finding for finding in found if finding.rule == "FIG"]


def entry(text: str, *, dismissed: bool) -> Data:
    (finding,) = findings(text, [])
    return entry_for(finding, "申请以外的来信", by="李四", at="2025-01-12", dismissed=dismissed)


class TestDismissed:
    TEXT = "全年工作平稳。\n收到申请9件。"

    def test_it_is_remembered(self) -> None:
        (finding,) = findings(self.TEXT, [entry(self.TEXT, dismissed=True)])
        assert finding.state is State.DISMISSED

    def test_it_stays_where_the_sentence_moves_and_where_the_cell_changes(self) -> None:
        kept = [entry(self.TEXT, dismissed=True)]
        (moved,) = findings("另起一段。收到申请9件，均已答复。", kept)
        (changed,) = findings(self.TEXT, kept, count=5)
        assert moved.state is changed.state is State.DISMISSED

    def test_another_figure_is_another_finding(self) -> None:
        (finding,) = findings("收到申请8件。", [entry(self.TEXT, dismissed=True)])
        assert finding.state is State.OPEN

    def test_it_lapses_with_the_formula(self) -> None:
        other = {**RULE, "text_figure": [{**RULE["text_figure"][0], "equals": ["new.a", "new.b"]}]}
        kept = [entry(self.TEXT, dismissed=True)]
        data = {"new": {"a": 3, "b": 1}}
        text = {"report_type": "tiny/1", "year": 2024, "p": self.TEXT, "t": data}
        found = checking(other).check(Report({**text, "explanations": kept})).findings
        assert [f.state for f in found if f.rule == "FIG"] == [State.LAPSED]


class TestExplained:
    TEXT = "收到申请9件。"

    def test_it_lapses_with_the_cell(self) -> None:
        kept = [entry(self.TEXT, dismissed=False)]
        (standing,) = findings(self.TEXT, kept)
        (lapsed,) = findings(self.TEXT, kept, count=5)
        assert (standing.state, lapsed.state) == (State.EXPLAINED, State.LAPSED)

    def test_other_labels_and_wording_lapse_nothing(self) -> None:
        kept = [entry(self.TEXT, dismissed=False)]
        renamed = {**RULE["text_figure"][0], "label": "全部申请"}
        other = {**RULE, "text_figure": [renamed], "severity": "warning"}
        assert rule_digest(other) == rule_digest(RULE)
        (finding,) = findings(self.TEXT, kept, rule=other)
        assert finding.state is State.EXPLAINED


def test_a_rule_about_prose_names_every_value_that_its_verdict_depends_on() -> None:
    checks = checking(RULE)
    before = report("收到申请9件。")
    (instance,) = [
        item
        for item in checks.instances(checks.check(before).form)
        if isinstance(item.evaluator, ManyOutcomes)
    ]
    named = {str(operand.pointer) for operand in instance.evaluator.operands}
    assert named == {"/p", "/year", "/t/new/a"}
    for path, value in (("t.new.b", 7), ("t.new.b", None)):
        after = before.after(Transaction((SetValue(Pointer(path.split(".")), value),)))
        one, two = (
            [replace(f, explanation=None) for f in checks.check(each).findings if f.rule == "FIG"]
            for each in (before, after)
        )
        assert one == two


def test_a_figure_looked_for_in_two_ways_stands_once_in_the_formula() -> None:
    (claim,) = RULE["text_figure"]
    other = {**claim, "says": ["申请{n}件"]}
    last = {**claim, "label": "来信", "equals": ["new.b"]}
    checked = checking({**RULE, "text_figure": [claim, other, last]})
    (declared,) = checked.declared
    told = formula(declared, checked.form)
    assert told.zh.split("；") == ["【申请】= 新收 甲", "【来信】= 新收 乙"]
    assert told.en.count(";") == 1
