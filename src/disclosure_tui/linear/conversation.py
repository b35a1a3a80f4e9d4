"""Questions and answers as lines of plain text; no cursor is addressed, nothing is coloured."""

from __future__ import annotations

import contextlib
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from threading import current_thread, main_thread
from types import FrameType
from typing import TextIO

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.cell_type import fold_width
from disclosure_tui.render.width import printable

__all__ = ["Conversation", "EndOfInput"]


_IDLE = 5.0
"""Seconds between two looks at what happens by itself."""


class EndOfInput(Exception):  # noqa: N818 - not an error: the person, or the line, has gone
    """Nothing more will be typed."""


class Conversation:
    """What is said to a person, and what the person types.

    Attributes:
        language: The language of what is said.
        idle: Called every few seconds while a terminal is waited for.
    """

    def __init__(self, source: TextIO, target: TextIO, language: Language) -> None:
        self._source, self._target = source, target
        self.language = language
        self._is_terminal = source.isatty()
        self._is_waiting = self._is_gone = False
        self.idle: Callable[[], None] = lambda: None

    def say(self, text: Text) -> str:
        """Return a text in the language of the conversation."""
        return text.in_(self.language)

    def tell(self, text: Text | str) -> None:
        """Say something, each line of it on a line of its own."""
        told = self.say(text) if isinstance(text, Text) else text
        self._write("".join(printable(line) + "\n" for line in told.split("\n")))

    def _write(self, text: str) -> None:
        try:
            self._target.write(text)
            self._target.flush()
        except OSError as error:
            raise EndOfInput from error

    def refuse(self, error: DisclosureError) -> None:
        """Say why something was not done."""
        self.tell(Text("没有做：", "not done: ") + Text(*_both(error)))

    def ask(self, prompt: str) -> str:
        """Ask, and return the line that is typed.

        Raises:
            EndOfInput: Nothing more will be typed.
        """
        while True:
            # What is typed at a terminal ends the line; a pipe shows nothing.
            self._write(printable(prompt) + ("" if self._is_terminal else "\n"))
            typed = _understood(self._read())
            if typed is not None:
                return typed
            self.tell(_GARBLED)

    def _read(self) -> str:
        self._is_waiting = True
        try:
            if self._is_gone:
                raise EndOfInput
            # A terminal hands over one line at a time, so none waits in a buffer.
            while self._is_terminal and not select.select([self._source], [], [], _IDLE)[0]:
                self.idle()
            line = self._source.readline()
        except OSError as error:
            # A terminal that went away answers with an error of its own.
            raise EndOfInput from error
        finally:
            self._is_waiting = False
        if not line:
            raise EndOfInput
        return line.rstrip("\r\n")

    @contextlib.contextmanager
    def signals_end_it(self) -> Iterator[None]:
        """Take the signals that end a program for an end of the input, while this lasts."""
        numbers = (signal.SIGHUP, signal.SIGTERM) if current_thread() is main_thread() else ()
        # Who starts the program with a signal ignored means it.
        kept = {
            number: signal.signal(number, self._on_signal)
            for number in numbers
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        try:
            yield
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """End the waiting for an answer at once; a change is finished first."""
        del number, frame
        self._is_gone = True
        if self._is_waiting:
            raise EndOfInput

    def choose(self, title: str, options: Sequence[str]) -> int | None:
        """Have one of several numbered options chosen.

        Returns:
            Its position, or None if Enter was pressed without a number.

        Raises:
            EndOfInput: Nothing more will be typed.
        """
        self.tell(title)
        for number, option in enumerate(options, 1):
            self.tell(f"{number} {option}")
        prompt = self.say(
            Text(
                f"请输入 1 到 {len(options)}，回车不选：",
                f"Type 1 to {len(options)}, Enter for none: ",
            )
        )
        while True:
            typed = fold_width(self.ask(prompt)).strip()
            if not typed:
                return None
            if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(options):
                return int(typed) - 1


def _both(error: DisclosureError) -> tuple[str, str]:
    hint = error.hint or Text("", "")
    return (
        f"{error.what.zh}。{hint.zh}".replace("。。", "。").replace("\n", " "),
        f"{error.what.en}. {hint.en}".replace(". .", ".").strip().replace("\n", " "),
    )


def _understood(line: str) -> str | None:
    """Return a line as it was meant; bytes that are no UTF-8 may be those of an older terminal."""
    try:
        line.encode()
    except UnicodeEncodeError:
        try:
            return line.encode("utf-8", "surrogateescape").decode("gb18030")
        except UnicodeError:
            return None
    return line


_GARBLED = Text(
    "这一行的编码看不懂，没有采用。请把终端的编码改为 UTF-8，再输入一次。",
    "That line is in an unknown encoding and was not taken. Set the terminal to UTF-8 and retype.",
)
