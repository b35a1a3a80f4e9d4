"""The seed of random trials: another one at each `make soak`, the same one in the usual tests.

So a change is judged by what it changes, not by the hour; `DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import os
import time

USUAL = 20261126


def seed() -> int:
    """Return the seed of this run."""
    chosen = os.environ.get("DISCLOSURE_SEED")
    if chosen:
        return int(chosen)
    return int(time.time()) if os.environ.get("DISCLOSURE_SOAK") == "1" else USUAL
