"""One edit's rule work, and what the linear rules of a report take beside reading it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from benchmarks.checking import SAMPLE
from benchmarks.timing import milliseconds
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.expression import Operand, Value
from disclosure_tui.rules.outcome import ManyOutcomes
from disclosure_tui.rules.reading import value_of
from disclosure_tui.rules.verdict import reader_for, verdict_of
from disclosure_tui.store.reader import read_report

CELL = Pointer.parse("/requests/results/granted/natural_person")
GOAL = 50


def run() -> Iterator[str]:
    """Measure."""
    checker = load_report_type("gov-info-annual/2021").checker
    document = open_document(SAMPLE)
    report = Report(document.data)
    right = checker.check(report)
    wrong_report = report.after(Transaction((SetValue(CELL, 7),)))
    wrong = checker.recheck(right, wrong_report)
    blank_report = report.after(Transaction((SetValue(CELL, None),)))
    full = milliseconds(lambda: checker.check(report))
    told = {
        "rules fail that held": lambda: checker.recheck(right, wrong_report),
        "rules hold that failed": lambda: checker.recheck(wrong, report),
        "a figure becomes blank": lambda: checker.recheck(right, blank_report),
    }
    yield f"full check {full:.2f} ms"
    for name, action in told.items():
        edit = milliseconds(action, rounds=300) * 1000
        yield f"one edit, {name:23} {edit:4.0f} us (goal {GOAL}), 1/{full * 1000 / edit:.0f} of it"
    prose = Pointer.of("overview")
    texts = cycle(f"{document.data['overview']}{number}" for number in range(100))
    written = milliseconds(
        lambda: checker.recheck(right, report.after(Transaction((SetValue(prose, next(texts)),))))
    )
    yield f"one edit, prose of a section read anew {written:.2f} ms"
    yield from _linear()


def _linear() -> Iterator[str]:
    checker = load_report_type("gov-info-annual/2021").checker
    document = open_document(SAMPLE)
    report, form, source = Report(document.data), checker.form, document.encode()
    linear = [
        instance
        for instance in checker.instances(form)
        if not isinstance(instance.evaluator, ManyOutcomes)
    ]

    def judged() -> None:
        known: dict[Operand, Value] = {}

        def read(operand: Operand) -> Value:
            value = known.get(operand)
            if value is None:
                value = value_of(form, operand.pointer, report.value_at(operand.pointer))
                known[operand] = value
            return value

        for instance in linear:
            verdict_of(form, instance, reader_for(form, instance, read))

    rules = milliseconds(judged)
    quick = milliseconds(lambda: type(document).read(source))
    exact = milliseconds(lambda: read_report(document.text, ""), rounds=10)
    yield (
        f"{len(linear)} rules over cells {rules:.2f} ms: {rules / quick:.0%} of reading the file "
        f"({quick:.2f} ms), {rules / exact:.1%} of reading it by tokens ({exact:.2f} ms, goal 2%)"
    )
