"""Many changes of size in a row, as a window is dragged, answered once they have come to an end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

__all__ = ["Resizing"]

_CALM = 0.05
_LONGEST = 0.25
"""Seconds of calm after which the size is taken as settled, and the longest wait for it."""


class Resizing:
    """Collects the signals of one change of size."""

    def __init__(self, loop: asyncio.AbstractEventLoop, settled: Callable[[], None]) -> None:
        """Prepare.

        Args:
            loop: Where the signals arrive.
            settled: What is done once the size has come to rest.
        """
        self._loop = loop
        self._settled = settled
        self._began = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Take note of a signal; to be called in the event loop."""
        now = self._loop.time()
        if self._waiting is None:
            self._began = now
        else:
            self._waiting.cancel()
        due = min(now + _CALM, self._began + _LONGEST)
        self._waiting = self._loop.call_at(due, self._end)

    def _end(self) -> None:
        self._waiting = None
        self._settled()
