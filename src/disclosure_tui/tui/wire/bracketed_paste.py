"""A text that the terminal sends between two marks, so that it is not taken for keys."""

from __future__ import annotations

import re
from enum import Enum

__all__ = ["BEGIN", "BracketedPaste", "Fate"]

BEGIN = b"\x1b[200~"
_END = b"\x1b[201~"
_LONGEST = 1024 * 1024
"""Bytes; no report is that long."""
_SILENCE = 5.0
_FEWEST = 64
"""A paste that brings fewer bytes than this in so many seconds has lost its end: what comes then
are keys. The slowest line brings more."""
_SEQUENCES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Fate(Enum):
    """What became of a paste."""

    OPEN = "open"
    WHOLE = "whole"
    TOO_LONG = "too long"
    FOREIGN = "foreign"


class BracketedPaste:
    """Collects a pasted text.

    Attributes:
        fate: What became of it so far.
        text: The text, once it is whole, without what steers a terminal.
    """

    def __init__(self, now: float) -> None:
        self.fate = Fate.OPEN
        self.text = ""
        self._content = bytearray()
        self._is_too_long = False
        self._window = now
        self._came = 0

    def is_abandoned(self, now: float) -> bool:
        """Tell whether its end was lost."""
        if now - self._window < _SILENCE:
            return False
        came, self._came, self._window = self._came, 0, now
        return came < _FEWEST

    def take(self, data: bytes) -> bytes:
        """Take bytes; return those behind its end, or that may belong to the mark of its end."""
        end = data.find(_END)
        if end >= 0:
            self._keep(data[:end])
            self._finish()
            return data[end + len(_END) :]
        kept = len(data) - _length_of_begun_end(data)
        self._keep(data[:kept])
        return data[kept:]

    def _keep(self, data: bytes) -> None:
        self._came += len(data)
        self._is_too_long = self._is_too_long or len(self._content) + len(data) > _LONGEST
        if not self._is_too_long:
            self._content += data

    def _finish(self) -> None:
        if self._is_too_long:
            self.fate = Fate.TOO_LONG
            return
        try:
            text = self._content.decode()
        except UnicodeDecodeError:
            self.fate = Fate.FOREIGN
            return
        self.text = _CONTROLS.sub("", _SEQUENCES.sub("", text))
        self.fate = Fate.WHOLE


def _length_of_begun_end(data: bytes) -> int:
    """Return how many of the last bytes may be the beginning of the mark of the end."""
    for length in range(min(len(_END) - 1, len(data)), 0, -1):
        if data.endswith(_END[:length]):
            return length
    return 0
