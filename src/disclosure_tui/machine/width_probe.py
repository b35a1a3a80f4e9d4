"""Asks the terminal how wide it shows an ambiguous character; nothing ever waits for the answer.

A quotation mark and a box character are written to the empty screen, each followed by the question
where the cursor is (CPR, ECMA-48 8.3.14). A terminal that does not answer is taken for one that
shows them in one cell.
"""

from __future__ import annotations

import re

from disclosure_tui.data_class import dataclass

__all__ = ["QUESTION", "WidthProbe", "Widths"]

_ASK = "\x1b[6n"
QUESTION = f"\x1b[H“{_ASK}\r─{_ASK}\r\x1b[K"
_ANSWER = re.compile(r"\x1b\[[0-9]{1,4};([0-9]{1,4})R")


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells in which the terminal shows two ambiguous characters.

    Attributes:
        quote: Those of a quotation mark.
        line: Those of a box character.
    """

    quote: int
    line: int

    @property
    def is_wide(self) -> bool:
        """Tell whether they cannot be relied on to take one cell."""
        return (self.quote, self.line) != (1, 1)

    @property
    def is_other_encoding(self) -> bool:
        """Tell whether the terminal takes the bytes of UTF-8 for something else."""
        return self.quote > 2


class WidthProbe:
    """Reads the answers to the question.

    Attributes:
        widths: What came of it, once both answers are there.
    """

    def __init__(self) -> None:
        self.widths: Widths | None = None
        self._answers: list[int] = []
        self._is_asked = False

    def question(self) -> str:
        """Return what is to be written to the empty screen; nothing after the first time."""
        if self._is_asked:
            return ""
        self._is_asked = True
        return QUESTION

    def hear(self, sequence: str) -> bool:
        """Take a sequence, if it is an answer; tell whether it was the last one."""
        answer = _ANSWER.fullmatch(sequence)
        if answer is None or not self._is_asked or self.widths is not None:
            return False
        self._answers.append(int(answer[1]) - 1)
        if len(self._answers) < 2:
            return False
        self.widths = Widths(*self._answers)
        return True
