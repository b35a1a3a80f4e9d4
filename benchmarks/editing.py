"""Committing one figure in the complete 2021 sample, beside reading its file once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.timing import milliseconds
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

SAMPLE = Path(__file__).parents[1] / "samples/complete/sqs-2023.yaml"
CELL = Pointer.parse("/requests/results/granted/natural_person")


def run() -> Iterator[str]:
    """Measure."""
    session = Session.open(SAMPLE, ReportTypes(Catalog.of()))
    document = open_document(SAMPLE)
    source = document.encode()
    figures = count(1)
    change = Transaction((SetValue(CELL, 7),))
    after, _ = document.apply(change)
    reading = milliseconds(lambda: type(document).read(source), rounds=10)
    splice = milliseconds(lambda: document.apply(change))
    verify = milliseconds(lambda: after.verify(document, change), rounds=10)
    commit = milliseconds(lambda: session.set_text(CELL, str(next(figures))), rounds=15)
    yield f"reading the file          {reading:.2f} ms"
    yield f"splice of one figure      {splice:.2f} ms, ratio {splice / reading:.3f}"
    yield f"verification by re-reading {verify:.2f} ms, ratio {verify / reading:.2f}"
    yield f"commit: totals, splice, verification, check {commit:.2f} ms"
