"""One program on a pseudo-terminal: what comes back for a key, and when."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

__all__ = ["Answer", "TerminalProbe"]

_QUIET = 0.25
"""Seconds of silence that end an answer."""
_UNKNOWN = re.compile(
    r"\x1b\[[?>=<][0-9;:]*\$?[a-zA-Z]|\x1b\[[0-9;]*[ !\"'$][a-zA-Z]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\|\x1b[=>]"
)
"""What pyte would print a part of; none of it is seen by a person."""
_CUT = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P][^\x07\x1b]*\x1b?)?\Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program did for a key.

    Attributes:
        sent: Bytes that came over the line.
        milliseconds: From the key to the last of them.
    """

    sent: int
    milliseconds: float


class TerminalProbe:
    """A program on a terminal of its own, that answers no questions."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        size: tuple[int, int],
        environment: dict[str, str],
    ) -> None:
        self.sent = 0
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._begun = time.perf_counter()
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        self._pid, self._terminal = pty.fork()
        if not self._pid:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, packed)
                os.chdir(folder)
                os.execvpe(command[0], list(command), environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, packed)

    def __enter__(self) -> TerminalProbe:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def seconds_until(self, seen: str, longest: float = 30) -> float:
        """Return how long after its start a text was on the screen."""
        return self._until(lambda: seen in self.text, longest) - self._begun

    def press(self, key: bytes) -> Answer:
        """Press a key, and wait until nothing more comes."""
        before, begun = self.sent, time.perf_counter()
        os.write(self._terminal, key)
        last = self.settle(begun)
        return Answer(self.sent - before, (last - begun) * 1000)

    def hold(self, key: bytes, times: int, interval: float) -> float:
        """Hold a key; return the bytes for each repetition."""
        before = self.sent
        for _ in range(times):
            os.write(self._terminal, key)
            end = time.perf_counter() + interval
            while (left := end - time.perf_counter()) > 0:
                self._read(left)
        self.settle(time.perf_counter())
        return (self.sent - before) / times

    def settle(self, last: float) -> float:
        """Read until nothing has come for a while; return when the last byte came."""
        while self._read(_QUIET):
            last = time.perf_counter()
        return last

    def mebibytes(self) -> float:
        """Return the resident memory of the program."""
        rollup = Path(f"/proc/{self._pid}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Rss:\s+(\d+) kB", rollup, re.MULTILINE)
        return 0.0 if found is None else int(found[1]) / 1024

    def _until(self, condition: Callable[[], bool], longest: float) -> float:
        end = time.perf_counter() + longest
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError(self.text)
            self._read(0.05)
        return time.perf_counter()

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError:
            raise TimeoutError(f"the program ended:\n{self.text}") from None
        self.sent += len(data)
        text = self._rest + self._decode(data)
        cut = _CUT.search(text)
        self._rest = "" if cut is None else cut.group()
        shown = text if cut is None else text[: cut.start()]
        self._stream.feed(_UNKNOWN.sub("", shown))
        return True
