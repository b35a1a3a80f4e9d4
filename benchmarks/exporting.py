"""One report written in every format. Goal: 2 s each, the start of the program included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import milliseconds
from disclosure_tui.batch import check_file
from disclosure_tui.discovery import modules_of
from disclosure_tui.errors import DisclosureError
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples/complete/sqs-2023.yaml"
DISCLOSURE = Path(sys.executable).with_name("disclosure")


def run() -> Iterator[str]:
    """Measure."""
    copy = copy_of(check_file(SAMPLE, ReportTypes(Catalog.of(()))), Request())
    for module in modules_of("disclosure_tui.render.export_formats"):
        try:
            inner = milliseconds(lambda module=module: module.write(copy), rounds=5)
        except (DisclosureError, ImportError) as error:
            yield f"{module.NAME:14} not on this machine: {type(error).__name__}"
            continue
        whole = _command(module.NAME)
        yield f"{module.NAME:14} {inner:6.0f} ms written, {whole:5.2f} s as a command"


def _command(name: str) -> float:
    """Return the best time of the whole command in a process of its own."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run(
                [str(DISCLOSURE), "export", str(SAMPLE), "--to", name, "--output", folder],
                env={**os.environ, "PYTHONUTF8": "1"},
                capture_output=True,
                check=True,
            )
            times.append(time.perf_counter() - begun)
    return min(times)
