"""1 000 generated report files: `disclosure check` beside `check-jsonschema`, one by one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated_reports import write_reports

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schemas/gov-info-annual-2021.schema.json"
COUNT = int(os.environ.get("DISCLOSURE_BENCH_FILES", "1000"))
BIN = Path(sys.executable).parent


def run() -> Iterator[str]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        right, wrong = Path(folder, "right"), Path(folder, "wrong")
        paths = write_reports(right, COUNT, right=True)
        write_reports(wrong, COUNT, right=False)
        other = _seconds([BIN / "check-jsonschema", "--schemafile", SCHEMA, *paths], {0})
        yield f"{COUNT} files without findings"
        yield f"  check-jsonschema            {_told(other, other)}"
        for jobs in (1, 2):
            seconds = _seconds([BIN / "disclosure", "check", "--jobs", jobs, right], {0})
            goal = " (goal 5)" if jobs == 1 else ""
            yield f"  disclosure check --jobs {jobs}   {_told(seconds, other)}{goal}"
        yield f"{COUNT} files with findings, every one with its line and column"
        for jobs in (1, 2):
            seconds = _seconds([BIN / "disclosure", "check", "--jobs", jobs, wrong], {1})
            yield f"  disclosure check --jobs {jobs}   {_told(seconds, other)}"


def _told(seconds: float, other: float) -> str:
    return f"{COUNT / seconds:6.0f} reports/s, {other / seconds:5.1f} times check-jsonschema"


def _seconds(command: list[object], codes: set[int]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode in codes, done.stderr
    return time.perf_counter() - begun
