"""What a reviewer waits for: a report shown, last year beside, two years compared."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples/complete"
DISCLOSURE = Path(sys.executable).with_name("disclosure")
COMMANDS = (
    ("show", "sqs-2024.yaml"),
    ("show", "sqs-2024.yaml", "--findings"),
    ("show", "sqs-2024.yaml", "--year-over-year"),
    ("show", "sqs-2024.yaml", "--changed"),
    ("diff", "sqs-2023.yaml", "sqs-2024.yaml"),
    ("diff", "sptyj-2020.yaml", "sqs-2023.yaml", "--format", "json"),
    ("diff", "--textconv", "sqs-2024.yaml"),
)


def run() -> Iterator[str]:
    """Measure each command in a process of its own, the start of the program included."""
    for words in COMMANDS:
        yield f"{' '.join(words):50} {_best(words):5.2f} s"


def _best(words: tuple[str, ...]) -> float:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run(
            [str(DISCLOSURE), *words],
            cwd=SAMPLES,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        times.append(time.perf_counter() - begun)
    return min(times)
