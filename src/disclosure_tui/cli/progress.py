"""How far a long command is: one line on stderr, on a terminal only."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from disclosure_tui.language import Language, Text

__all__ = ["Progress"]

_Item = TypeVar("_Item")

_BEFORE_SHOWN = 0.5
"""What takes no longer needs no bar."""

_BETWEEN = 0.1
_WIDEST = 30


class Progress:
    """Counts what is done; shows it while it takes long, and leaves no trace."""

    def __init__(self, total: int, language: Language) -> None:
        """Begin.

        Args:
            total: How many there are.
            language: The language of the line.
        """
        self.done = 0
        self.total = total
        self._language = language
        self._begun = time.monotonic()
        self._shown_at = 0.0
        self._visible = False
        self._wanted = total > 1 and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def over(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield the items, counting them; the line is gone when they end or break off."""
        try:
            for item in items:
                yield item
                self.done += 1
                self._show()
        finally:
            self.clear()

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._visible:
            sys.stderr.write("\r" + " " * (self._columns() - 1) + "\r")
            sys.stderr.flush()
            self._visible = False

    def _show(self) -> None:
        now = time.monotonic()
        early = now - self._begun < _BEFORE_SHOWN or now - self._shown_at < _BETWEEN
        if not self._wanted or (early and self.done < self.total) or not self._room():
            return
        if self.done == self.total and not self._visible:
            return
        self._shown_at = now
        self._visible = True
        sys.stderr.write("\r" + self._line(now))
        sys.stderr.flush()

    def _line(self, now: float) -> str:
        width = min(_WIDEST, self._room())
        filled = width * self.done // self.total
        left = (now - self._begun) / self.done * (self.total - self.done)
        bar = "[" + "#" * filled + "-" * (width - filled) + "]"
        told = Text(
            f"校验 {bar} {self.done}/{self.total} 还需约 {left:.0f} 秒  ",
            f"checking {bar} {self.done}/{self.total}, about {left:.0f} s left  ",
        )
        return told.in_(self._language)

    def _room(self) -> int:
        """Return how many columns the bar may have beside the words, 0 on a tiny terminal."""
        return max(0, self._columns() - 42)

    @staticmethod
    def _columns() -> int:
        return shutil.get_terminal_size((80, 24)).columns
