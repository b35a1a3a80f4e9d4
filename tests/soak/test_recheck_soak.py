"""Checking again after a change finds what a full check finds: 10 000 random transactions.

`DISCLOSURE_SOAK=1` runs them all and writes the counts to docs/evidence/recheck-soak.md; otherwise
a tenth runs. `DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckContext, Checker, CheckResult
from seeds import seed as chosen_seed
from soak.random_rechecks import RandomWork, tiny_form, tiny_report
from tiny import checker

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "docs/evidence/recheck-soak.md"
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
TRANSACTIONS = 10_000 if FULL else 1_000
CHAIN = 40


def forms() -> dict[str, tuple[Checker, Report]]:
    """Return the forms that are tried, each with a report to begin with."""
    found = {"tiny, with entry rows": (checker(tiny_form()), Report(tiny_report()))}
    for name in ("complete/sqs-2023", "complete/sptyj-2020", "draft/jyj-2025"):
        data = open_document(ROOT / f"samples/{name}.yaml").data
        found[name] = (load_report_type(data["report_type"]).checker, Report(data))
    return found


def told_apart(result: CheckResult) -> tuple[object, ...]:
    """Return everything of a result, with its order; in words too, for 1 is not true there."""
    found = (result.findings.all, result.counts, list(result.blanks.items()))
    return *found, result.form, repr(found)


@pytest.mark.soak
def test_checking_again_finds_what_a_full_check_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    counted: Counter[str] = Counter()
    full_check = Checker.check

    def counting(self: Checker, report: Report, context: CheckContext) -> CheckResult:
        counted["full checks"] += 1
        return full_check(self, report, context)

    monkeypatch.setattr(Checker, "check", counting)
    trial = 0
    while counted["transactions"] < TRANSACTIONS:
        for checking, first in forms().values():
            trial += 1
            _chain(checking, first, RandomWork(seed + trial, first.data), counted, f"seed {seed}")
    # One full check begins a chain, one judges each transaction; the rest were no re-checks.
    begun = trial + counted["transactions"]
    counted["again"] = counted["transactions"] - (counted["full checks"] - begun)
    told = (
        f"# Checking again after a change\n\nWritten by `make soak` "
        f"(`tests/soak/test_recheck_soak.py`).\n\n{date.today().isoformat()}, seed {seed}: "
        f"{counted['transactions']} random transactions in reports of {len(forms())} forms, "
        f"{counted['again']} of them checked again without a full check, "
        f"{counted['undone']} taken back, {counted['prior']} changes of last year's report, "
        f"{counted['findings']} findings compared. Every result was equal to a full check: "
        "findings, their order and states, verdicts, blanks, entry rows.\n"
    )
    sys.stdout.write(told)
    if FULL:
        EVIDENCE.write_text(told, encoding="utf-8")
    # A run in which nothing happened would prove nothing.
    assert counted["again"] > counted["transactions"] * 0.5
    assert counted["findings"] > counted["transactions"]


def _chain(
    checking: Checker, first: Report, work: RandomWork, counted: Counter[str], seed: str
) -> None:
    contexts = list(work.contexts())
    context: CheckContext = contexts[0]
    report, result = first, checking.check(first, context)
    states = [report]
    for _ in range(CHAIN):
        if work.chance.random() < 0.1:
            context = work.chance.choice(contexts)
            counted["prior"] += 1
        if len(states) > 1 and work.chance.random() < 0.15:
            states.pop()
            # An undone state comes from the text again and shares nothing.
            after = work.rebuilt(states[-1]) if work.chance.random() < 0.5 else states[-1]
            counted["undone"] += 1
        else:
            after = report.after(work.transaction(report, result))
            states.append(after)
        counted["transactions"] += 1
        again = checking.recheck(result, after, context)
        full = checking.check(after, context)
        assert told_apart(again) == told_apart(full), f"{seed}: {after.data}"
        counted["findings"] += len(full.findings)
        report, result = after, again
