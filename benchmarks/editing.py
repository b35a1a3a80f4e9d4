"""Committing one figure in the complete 2021 sample, beside reading its file once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter

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
    document = open_document(SAMPLE)
    source = document.encode()
    change = Transaction((SetValue(CELL, 7),))
    after, _ = document.apply(change)
    reading = milliseconds(lambda: type(document).read(source), rounds=10)
    splice = milliseconds(lambda: document.apply(change))
    verify = milliseconds(lambda: after.verify(document, change), rounds=10)
    yield f"reading the file          {reading:.2f} ms"
    yield f"splice of one figure      {splice:.2f} ms, ratio {splice / reading:.3f}"
    yield f"verification by re-reading {verify:.2f} ms, ratio {verify / reading:.2f}"
    for background, what in ((False, "verification, check"), (True, "check; verified aside")):
        commit = _commit(background=background)
        yield f"commit: totals, splice, {what} {commit:.2f} ms, ratio {commit / reading:.2f}"


def _commit(*, background: bool) -> float:
    """Time the commit of a figure; a session changes its file, so it gets one of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / SAMPLE.name
        shutil.copyfile(SAMPLE, path)
        verified = Event()
        session = Session.open(
            path, ReportTypes(Catalog.of()), background=background, wake=verified.set
        )
        figures = count(1)
        times = []
        for _ in range(15):
            started = perf_counter()
            session.set_text(CELL, str(next(figures)))
            times.append((perf_counter() - started) * 1000)
            # The worker is waited for, so that what is timed is the calling thread alone.
            if background:
                verified.wait()
                verified.clear()
                session.poll()
        session.close()
    return median(times)
