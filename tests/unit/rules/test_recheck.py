"""What checking again rests on: differences of two states, and what each rule says it reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.model.difference import Differences
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules import basis
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.expression import Operand, Value
from disclosure_tui.rules.registry import kinds
from soak.random_rechecks import RandomWork, tiny_form, tiny_report
from soak.test_recheck_soak import ROOT
from tiny import checker

BEFORE: dict[str, Any] = {"a": {"b": 1, "c": [1]}, "d": "x"}

CASES: dict[str, tuple[Any, list[str], list[str]]] = {
    "nothing": ({"a": {"b": 1, "c": [1]}, "d": "x"}, [], []),
    "one value": ({"a": {"b": 2, "c": [1]}, "d": "x"}, ["/a/b"], []),
    "true is not 1": ({"a": {"b": True, "c": [1]}, "d": "x"}, ["/a/b"], []),
    "1.0 is not 1": ({"a": {"b": Decimal("1.0"), "c": [1]}, "d": "x"}, ["/a/b"], []),
    "a list as a whole": ({"a": {"b": 1, "c": [1, 2]}, "d": "x"}, ["/a/c"], []),
    "a key that came": ({"a": {"b": 1, "c": [1], "e": None}, "d": "x"}, ["/a/e"], ["/a"]),
    "a key that went": ({"a": {"b": 1}, "d": "x"}, ["/a/c"], ["/a"]),
    "another order": ({"d": "x", "a": {"b": 1, "c": [1]}}, [], [""]),
    "a map that became a value": ({"a": None, "d": "x"}, ["/a"], []),
    "everything": (None, [""], []),
}


@pytest.mark.parametrize("name", CASES)
def test_where_two_states_differ(name: str) -> None:
    after, values, maps = CASES[name]
    found = Differences.between(Report(BEFORE), Report(after))
    assert [str(place) for place in found.values] == values
    assert [str(place) for place in found.maps] == maps
    assert bool(found) is (name != "nothing")


def test_nothing_changed_gives_the_same_result() -> None:
    checking = checker(tiny_form())
    result = checking.check(Report(tiny_report()))
    assert checking.recheck(result, Report(tiny_report())) is result


def test_a_result_is_not_touched_by_the_next_check() -> None:
    checking = checker(tiny_form())
    first = checking.check(Report(tiny_report()))
    told = repr((first.findings.all, first.counts, first.blanks, first.basis.known))
    report = Report(tiny_report()).after(
        Transaction((SetValue(Pointer.of("counts", "a", "x"), None),))
    )
    second = checking.recheck(first, report)
    assert second.findings != first.findings
    assert told == repr((first.findings.all, first.counts, first.blanks, first.basis.known))


def test_only_rules_that_read_a_changed_cell_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    checking = load_report_type("gov-info-annual/2021").checker
    report = Report(open_document(ROOT / "samples/complete/sqs-2023.yaml").data)
    result = checking.check(report)
    cell = Pointer.of("requests", "results", "granted", "welfare")
    asked: list[str] = []
    judge = basis.verdict_of

    def noting(form: Any, instance: Any, read: Any) -> Any:
        asked.append(f"{instance.rule.identifier} {instance.name}")
        return judge(form, instance, read)

    monkeypatch.setattr(basis, "verdict_of", noting)
    checking.recheck(result, report.after(Transaction((SetValue(cell, 9),))))
    assert sorted(asked) == ["T3-COL welfare", "T3-ROW results.granted"]


def test_every_kind_of_rule_says_all_that_it_reads() -> None:
    """A place that a rule reads in secret would not make it judge again."""
    checking = checker(tiny_form())
    used = {declared.rule.kind for declared in checking.declared}
    assert used == set(kinds())
    work = RandomWork(11, tiny_report())
    contexts = list(work.contexts())
    report = Report(tiny_report())
    for number in range(60):
        result = checking.check(report, contexts[number % len(contexts)])
        _reads_what_it_says(checking, report, contexts[number % len(contexts)])
        fresh = work.chance.random() < 0.2
        report = Report(tiny_report()) if fresh else report.after(work.transaction(report, result))


def _reads_what_it_says(checking: Checker, report: Report, context: Any) -> None:
    result = checking.check(report, context)
    prepared = result.basis.prepared
    honest = basis._reader(prepared, report, context, result.basis.absent, {})
    for number, instance in enumerate(prepared.instances):
        for part in prepared.parts[number] or (instance.evaluator,):
            read: set[Operand] = set()

            def noting(operand: Operand, read: set[Operand] = read) -> Value:
                read.add(operand)
                return honest(operand)

            part.outcomes(noting) if prepared.parts[number] else part.evaluate(noting)
            assert read <= set(part.operands), instance.rule.identifier
