"""1 000 generated report files with findings: what each format adds to the check itself."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generated_reports import write_reports
from disclosure_tui.batch_jobs import Batch
from disclosure_tui.discovery import modules_of
from disclosure_tui.errors import DisclosureError
from disclosure_tui.render.finding_writing import FindingFormat, Occasion
from disclosure_tui.render.located import LocatedReport

COUNT = int(os.environ.get("DISCLOSURE_BENCH_FILES", "1000"))


def run() -> Iterator[str]:
    """Measure."""
    formats: list[FindingFormat] = list(modules_of("disclosure_tui.render.finding_formats"))  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        paths = write_reports(Path(folder), COUNT, right=False)
        reports: list[LocatedReport] = []
        check = _seconds(lambda: reports.extend(Batch().check(paths)))
        yield f"{COUNT} files checked: {COUNT / check:6.0f} reports/s"
        for form in formats:
            size = 0

            def write(form: FindingFormat = form) -> None:
                nonlocal size
                writer = form.begin(Occasion())
                size = sum(len(writer.add(report)) for report in reports) + len(writer.end())

            try:
                seconds = _seconds(write)
            except (DisclosureError, ImportError) as error:
                yield f"  {form.NAME:8} not on this machine: {type(error).__name__}"
                continue
            size_of_one = size / COUNT / 1000
            told = f"{seconds / check:5.2f} of the check, {size_of_one:5.1f} kB a report"
            yield f"  {form.NAME:8} {told}"


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
