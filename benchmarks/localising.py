"""Finding the wrong cells of table 3 with up to 4 errors, and all suggestions of one report."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.timing import milliseconds
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.suggesting import suggestions_of

ROOT = Path(__file__).parents[1]
TABLES = 200
CELL = Pointer.parse("/requests/results/granted/natural_person")


def run() -> Iterator[str]:
    """Measure."""
    planted = _planted()
    for number in (1, 2, 3, 4):
        random = Random(number)
        times = []
        for trial in range(TABLES):
            table = planted.right_table(random, planted.SCALES[trial % len(planted.SCALES)])
            wrong = {**table, **planted.plant(random, table, number)}
            times.append(_once(lambda wrong=wrong: planted.localised(wrong)))
        times.sort()
        middle, high = times[TABLES // 2], times[TABLES * 95 // 100]
        yield f"{number} errors: median {middle:.2f} ms, p95 {high:.2f} ms, most {times[-1]:.2f} ms"
    checker = load_report_type("gov-info-annual/2021").checker
    report = Report(open_document(ROOT / "samples/complete/sqs-2023.yaml").data)
    wrong = report.after(Transaction((SetValue(CELL, 7),)))
    result = checker.check(wrong)
    check = milliseconds(lambda: checker.check(wrong))
    suggest = milliseconds(lambda: suggestions_of(result))
    yield f"suggestions of a report {suggest:.2f} ms; its check {check:.2f} ms"


def _once(action: Callable[[], object]) -> float:
    """Return the time of the processor, which other programs do not lengthen."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def _planted() -> Any:
    """Return the generator of the tests, which is no package."""

    sys.path.insert(0, str(ROOT / "tests"))
    import planted

    return planted
