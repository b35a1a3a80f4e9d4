"""How benchmarks measure: several rounds, the median told with the spread."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median


def milliseconds(action: Callable[[], object], rounds: int = 30) -> float:
    """Return the median time of an action, after one round to warm up."""
    action()
    times = []
    gc.disable()
    try:
        for _ in range(rounds):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return median(times) * 1000
