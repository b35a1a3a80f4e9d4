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
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
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
PATIENCE = 60.0
"""Seconds that a machine which does much else may take; nobody is meant to wait so long."""
_REST = 0.05
"""Seconds without any work that tell a program which waits from one between two steps."""
_WAITING = frozenset("STtZXI")
"""States of a thread that has nothing to do: asleep, stopped, ended."""


def altered(*statements: str) -> tuple[str, ...]:
    """Return what Python runs: the program, with something in it changed first.

    Args:
        statements: Statements of Python, each of which sees the package `disclosure_tui`.
    """
    lines = ["import importlib, sys", *statements, "from disclosure_tui.__main__ import main"]
    return ("-X", "utf8", "-c", "\n".join([*lines, "sys.exit(main())"]))


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
        self._slave = os.ttyname(slave)
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
        self._drain()
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
        self._drain()
        # What was on the screen goes: terminals differ in what they leave of it.
        self._screen = Emulator(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size((width, height))

    def until(self, condition: Callable[[], object] | str, seconds: float = PATIENCE) -> None:
        """Read until a text is on the screen or a condition holds.

        It is judged by all that has arrived, but the program may be in the middle of a picture:
        what else stands on the screen is known after `quiet`.
        """
        wanted = (
            condition
            if not isinstance(condition, str)
            else lambda text=condition: any(text in line for line in self.lines)
        )
        end = time.monotonic() + seconds
        self._drain()
        while not wanted():
            gone = self.process.poll() is not None and not self._read(0.1)
            if gone or time.monotonic() > end:
                shown = "\n".join(self.lines)
                raise AssertionError(f"not seen: {condition}\n{shown}")
            self._read(0.1)
            self._drain()

    def quiet(self, seconds: float = 0.1) -> None:
        """Read until nothing has come for a while, and nothing is going to.

        A busy machine may keep the program from its work for longer than that. So it must also
        have taken all keys, and rest. Only a timer that has not run out yet can change the screen
        after that, and whoever means one waits longer than it.
        """
        end = time.monotonic() + seconds + PATIENCE
        while self._read(seconds) or not self._rests():
            assert time.monotonic() < end, "the program never comes to rest"

    def _rests(self) -> bool:
        """Tell whether the program waits for keys and there are none."""
        before = self._slept()
        return before is not None and not self._read(_REST) and self._slept() == before

    def _slept(self) -> int | None:
        """Return how often the program has gone to sleep, or None if it has something to do now."""
        if self._typed_ahead():
            return None
        process = Path(f"/proc/{self.process.pid}")
        try:
            states = [
                (task / "stat").read_text().rpartition(")")[2].split()[0]
                for task in (process / "task").iterdir()
            ]
            # That of the first thread: the one that reads keys looks around now and then.
            slept = re.search(
                r"^voluntary_ctxt_switches:\s*(\d+)", (process / "status").read_text(), re.M
            )
        except (OSError, IndexError):
            # It has ended, or a thread of it has just now.
            return 0 if self.process.poll() is not None else None
        if slept is None:
            return 0
        return int(slept[1]) if _WAITING.issuperset(states) else None

    def _typed_ahead(self) -> int:
        """Return the number of bytes that were typed and that nobody has taken yet."""
        count = array("i", [0])
        with suppress(OSError):  # the terminal is gone, or nobody has it open
            terminal = os.open(self._slave, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                fcntl.ioctl(terminal, termios.FIONREAD, count)
            finally:
                os.close(terminal)
        return count[0]

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for the end of the program and return its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.05)
        while self._read(0.05) and time.monotonic() < end:
            pass  # what it wrote before its end
        assert self.process.poll() is not None, "\n".join(self.lines)
        return int(self.process.returncode)

    def _drain(self) -> None:
        """Read what is there already."""
        while self._master >= 0 and self._read(0):
            pass

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
