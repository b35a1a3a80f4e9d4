"""A report with forty entry rows in every section: full check, one edit, a row added, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.timing import milliseconds
from disclosure_tui.model.edit import InsertValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckContext, Checker
from disclosure_tui.rules.context import PriorReport

SAMPLES = Path(__file__).parents[1] / "samples/foia/complete"
TIMES = 14
GOAL = 50


def widened(data: Plain) -> Plain:
    """Return a sample with its three components fourteen times over; every sum stays true."""
    found = {key: item for key, item in data.items() if key not in ("notes", "explanations")}
    numbers = range(TIMES)
    for key, section in found.items():
        if key == "components":
            found[key] = {f"{name}{n}": item for n in numbers for name, item in section.items()}
        elif isinstance(section, dict) and "overall" in section:
            rows = section["components"]
            copies = {f"{name}{n}": item for n in numbers for name, item in rows.items()}
            overall = {name: _times(figure) for name, figure in section["overall"].items()}
            found[key] = {**section, "components": copies, "overall": overall}
    return found


def _times(figure: Plain) -> Plain:
    return figure * TIMES if isinstance(figure, int) else figure


def run() -> Iterator[str]:
    """Measure."""
    documents = [open_document(SAMPLES / f"nrb-{year}.yaml") for year in (2024, 2025)]
    last, this = (widened(document.data) for document in documents)
    checker = load_report_type(this["report_type"]).checker
    report = Report({**this, "prior": None, "year": 2025})
    context = CheckContext(PriorReport(Report({**last, "year": 2024})))
    first = checker.check(report, context)
    prepared = first.basis.prepared
    rows = len(this["components"])
    yield (
        f"{rows} rows: {len(first.form.cells)} cells, {len(prepared.instances)} rule instances, "
        f"{sum(item.evaluator.terms for item in prepared.instances)} cells read, "
        f"{len(first.findings)} findings"
    )

    def afresh() -> Checker:
        fresh = Checker(checker.form)
        fresh.check(report, context)
        return fresh

    preparing = milliseconds(afresh, rounds=3)
    full = milliseconds(lambda: checker.check(report, context), rounds=10)
    yield f"first check, rules brought to their places {preparing:.0f} ms; full check {full:.1f} ms"
    cell = Pointer.parse("/v_a/components/HQ7/received")
    for name, value in (("a figure", 67), ("a blank", None)):
        edited = report.after(Transaction((SetValue(cell, value),)))
        again = partial(checker.recheck, first, edited, context)
        one = milliseconds(again, rounds=100) * 1000
        share = full * 1000 / one
        yield f"one edit, {name:9} {one:4.0f} us (goal {GOAL}), 1/{share:.0f} of a full check"
    row = report.value_at(Pointer.parse("/vi_a/components/HQ0"))
    place = Pointer.parse("/vi_a/components/NEW")
    added = report.after(Transaction((InsertValue(place, row),)))

    checkers = [afresh() for _ in range(4)]
    firsts = iter([(each, each.check(report, context)) for each in checkers])

    def add_a_row() -> None:
        # Each round with another checker: one that knows the new row brings no rule to its place.
        fresh, checked = next(firsts)
        fresh.recheck(checked, added, context)

    yield f"a row added {milliseconds(add_a_row, rounds=3):.0f} ms"
