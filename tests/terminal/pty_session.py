"""The program on a terminal of its own: keys in, bytes out, and the screen they make."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from terminal.emulator import Emulator

_QUERIES = re.compile(rb"\x1b\[[?>=][0-9;]*(\$p|u)|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
"""What a terminal is asked; pyte would print a part of it."""
_WHERE = b"\x1b[6n"
_OTHER_SCREEN = re.compile(rb"\x1b\[\?1049[hl]")
_LONGEST_SEQUENCE = 32
_SIZE = ("COLUMNS", "LINES")
"""They tell the size of another terminal: pytest-xdist sets them in its workers."""


def seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """Return what a person sees of a cell: a blank has no colour of its own, and is never bold."""
    if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough):
        return (" ", cell.bg)
    return tuple(cell)


def _plain(cell: pyte.screens.Char) -> pyte.screens.Char:
    return pyte.screens.Char(" ", bg=cell.bg) if len(seen(cell)) == 2 else cell


class PtySession:
    """`disclosure` with arguments, run on a pseudo-terminal of a given size."""

    def __init__(
        self,
        arguments: list[str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        *,
        ignore_hang_up: bool = False,
        columns: tuple[int, ...] = (),
        program: Sequence[str] = ("-m", "disclosure_tui"),
    ) -> None:
        """Start the program.

        Args:
            arguments: What is typed behind `disclosure`.
            folder: Where it runs; also its home.
            size: Columns and lines of the terminal.
            environment: What differs from the environment of the tests.
            ignore_hang_up: Whether it is started as `nohup` does.
            columns: What the terminal answers, one by one, when it is asked for the cursor;
                afterwards it does not answer.
            program: What Python runs.
        """
        self._columns = list(columns)
        self.output = b""
        self._pending = b""
        self._screen = Emulator(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = os.openpty()
        self._set_size(size)
        settings = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONUTF8", "COLORTERM", "NO_COLOR", "ESCDELAY", *_SIZE)
            and not name.startswith(("TEXTUAL", "DISCLOSURE_"))
        }
        settings |= {"TERM": "xterm-256color", "HOME": str(folder), **(environment or {})}
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=settings,
            start_new_session=True,
            preexec_fn=lambda: _take_terminal(ignore_hang_up=ignore_hang_up),
        )
        os.close(slave)

    def __enter__(self) -> PtySession:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.close_terminal()

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]

    @property
    def cursor(self) -> tuple[int, int]:
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def picture(self) -> list[list[pyte.screens.Char]]:
        """Every cell as it looks; a blank has no colour of its own."""
        screen = self._screen
        return [
            [_plain(screen.buffer[row][column]) for column in range(screen.columns)]
            for row in range(screen.lines)
        ]

    def line_of(self, text: str) -> str:
        return next((line for line in self.lines if text in line), "")

    def keys(self, *keys: str | bytes) -> None:
        """Type keys at once, as they arrive over a slow line."""
        data = b"".join(key if isinstance(key, bytes) else key.encode() for key in keys)
        os.write(self._master, data)

    def close_terminal(self) -> None:
        """Go away, as a line does that drops."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def cpu_seconds(self) -> float:
        """Return the time that the program has computed so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def blank(self) -> None:
        """Forget what is on the screen, as if something else had been written over it."""
        self._screen.reset()

    def gone(self, seconds: float, *, reading: bool = True) -> None:
        """Wait for the end of the program, however it ends."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            if reading and self._master >= 0:
                self._read(0.05)
            else:
                time.sleep(0.05)
        assert self.process.poll() is not None, "the program is still there"

    def resize(self, width: int, height: int) -> None:
        # What was on the screen goes: terminals differ in what they leave of it.
        self._screen = Emulator(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size((width, height))

    def until(self, condition: Callable[[], bool] | str, seconds: float = 20) -> None:
        """Read until a text is on the screen or a condition holds."""
        wanted = (
            condition
            if not isinstance(condition, str)
            else lambda text=condition: any(text in line for line in self.lines)
        )
        end = time.monotonic() + seconds
        while not wanted():
            gone = self.process.poll() is not None and not self._read(0.1)
            if gone or time.monotonic() > end:
                shown = "\n".join(self.lines)
                raise AssertionError(f"not seen: {condition}\n{shown}")
            self._read(0.1)

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has come for a while."""
        while self._read(seconds):
            pass

    def ended(self, seconds: float = 20) -> int:
        """Wait for the end of the program and return its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.05)
        while self._read(0.05) and time.monotonic() < end:
            pass  # what it wrote before its end
        assert self.process.poll() is not None, "\n".join(self.lines)
        return int(self.process.returncode)

    def _set_size(self, size: tuple[int, int]) -> None:
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, packed)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        for _ in range(data.count(_WHERE)):
            if self._columns:
                self.keys(f"\x1b[1;{self._columns.pop(0)}R")
        data = self._pending + data
        # An escape sequence cut in two waits for its other half.
        cut = data.rfind(b"\x1b", max(0, len(data) - _LONGEST_SEQUENCE))
        whole = cut < 0 or re.fullmatch(rb"\x1b(\[[0-9;?]*[@-~])[^\x1b]*", data[cut:])
        self._pending = b"" if whole else data[cut:]
        shown = data if whole else data[:cut]
        # pyte has one screen only: the other one is empty whenever it is changed to.
        shown = _OTHER_SCREEN.sub(b"\\g<0>\x1b[2J", _QUERIES.sub(b"", shown))
        self._stream.feed(shown)
        return bool(data)


def _take_terminal(*, ignore_hang_up: bool) -> None:
    """Run in the child: the terminal becomes the controlling one, so that it sends signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if ignore_hang_up:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
