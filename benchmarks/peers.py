"""The editor on its terminal, beside stock Textual, visidata, sc-im and vim on the same table.

Table 3 of the 2021 edition, 80x24 and 120x40, one run. A program that is not installed is left out:
it is looked for on PATH, and in the folders that DISCLOSURE_PEERS names (as PATH does).
`DISCLOSURE_EVIDENCE=1` keeps the result in docs/evidence/wire.md.
"""

from __future__ import annotations

import csv
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.terminal_probe import Answer, TerminalProbe
from disclosure_tui.batch import check_file
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.grid import GridCell
from disclosure_tui.render.view import build_view
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

HEAD = """# At the wire

What the editor sends over the line, how soon it answers and what it needs, beside other programs
on the same table: table 3 of the 2021 edition, 25 rows with a label and seven figures.
Written by `DISCLOSURE_EVIDENCE=1 python -m benchmarks peers`.

{}

Bytes are exact and repeat; times depend on what else the machine does, so only ratios of one run
say something. Goals: key to last byte 8 ms median and 25 ms p99, first screen with figures 1.6
times a Textual hello world, 60 MiB resident. Nothing is compressed, no terminal answers, and there
is no network.

```text
{}
```

A digit and a commit of *stock Textual* go through an `Input` below a `DataTable`.
visidata and sc-im begin to type with a key of their own, vim inserts into the line of a CSV file;
that key is not counted.
The tests hold the editor to its budgets byte by byte, and every key to 1.6 times the least that the
change of its picture needs (`tests/terminal/test_byte_budgets.py`).
"""
EVIDENCE = Path(__file__).parents[1] / "docs/evidence/wire.md"
ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples/complete/sqs-2023.yaml"
TABLE = Pointer.parse("/requests")
STOCK = Path(__file__).with_name("stock_textual.py")
REPORT, CSV = SAMPLE.name, "table.csv"
SIZES = ((80, 24), (120, 40))
STARTS = int(os.environ.get("DISCLOSURE_BENCH_STARTS", "7"))
KEYS = int(os.environ.get("DISCLOSURE_BENCH_KEYS", "60"))
HELD, INTERVAL = 20, 1 / 30
UP, DOWN, RIGHT, LEFT, ENTER, ESCAPE = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\r", b"\x1b"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, and the keys that do the same in it.

    Attributes:
        name: As it is called in the table.
        command: What starts it.
        seen: What stands on its first screen with figures.
        down: The key that moves down; likewise the other three.
        before: What is typed once, so that the cursor stands in the table.
        typing: What begins to type in a cell, where a digit alone does not.
        commit: What ends the typing.
    """

    name: str
    command: tuple[str, ...]
    seen: str
    down: bytes = DOWN
    up: bytes = UP
    right: bytes = RIGHT
    left: bytes = LEFT
    before: tuple[bytes, ...] = ()
    typing: bytes = b""
    commit: bytes = ENTER


@dataclass(frozen=True, slots=True)
class Costs:
    """What a program cost on a size of terminal.

    Attributes:
        start: Bytes of its first screen.
        held: Bytes for each repetition of a held key.
        memory: Resident MiB at the end.
    """

    start: int
    moves: tuple[Answer, ...]
    digits: tuple[Answer, ...]
    commits: tuple[Answer, ...]
    held: float
    memory: float

    @property
    def latencies(self) -> tuple[float, float]:
        """Median and p99 of the milliseconds from a key to its last byte."""
        times = [answer.milliseconds for answer in (*self.moves, *self.digits, *self.commits)]
        return median(times), quantiles(times, n=100, method="inclusive")[98]


def run() -> Iterator[str]:
    """Measure."""
    lines = []
    for line in _measurements():
        lines.append(line)
        yield line
    if os.environ.get("DISCLOSURE_EVIDENCE") == "1":
        EVIDENCE.write_text(HEAD.format(_conditions(), "\n".join(lines)), encoding="utf-8")


def _conditions() -> str:
    """Return when and on what was measured."""
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "rich"))
    return (
        f"{date.today().isoformat()}, {platform.system()}, Python {platform.python_version()}, "
        f"{versions}, {os.cpu_count()} processors, load {load:.1f} at the end."
    )


def _measurements() -> Iterator[str]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder)
        shutil.copyfile(SAMPLE, folder / REPORT)
        _write_table(folder / CSV)
        peers, missing = _peers()
        yield from _starts(peers, folder, environment)
        for size in SIZES:
            yield from _costs(peers, folder, environment, size)
    if missing:
        yield f"not installed, left out: {', '.join(missing)}"


def _environment(folder: Path) -> dict[str, str]:
    """Return what a person who comes over SSH has; compiled modules are kept, as installed."""
    left_out = ("COLORTERM", "NO_COLOR", "COLUMNS", "LINES", "TMUX", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {
        **kept,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


def _write_table(path: Path) -> None:
    """Write table 3 of the sample as plain CSV: a label and seven figures a row."""
    checked = check_file(SAMPLE, ReportTypes(Catalog.of()))
    assert checked.result is not None
    assert checked.document is not None
    result = checked.result
    report = Report(checked.document.data)
    view = build_view(result.form, report, result.findings, Language.CHINESE)
    grid = next(section.grid for section in view.sections if section.pointer == TABLE)
    assert grid is not None
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in range(grid.header_rows - 1, grid.row_count):
            cells = [cell for cell in grid.cells if cell.row + cell.rowspan - 1 == row]
            first = grid.header_columns
            figures = [_short(cell) for cell in cells if cell.column >= first]
            labels = [_short(cell) for cell in cells if cell.column < first]
            if figures:
                writer.writerow([*labels[-1:], *figures])


def _short(cell: GridCell) -> str:
    return cell.short or cell.text


@contextmanager
def _started(
    peer: Peer, folder: Path, environment: dict[str, str], size: tuple[int, int]
) -> Iterator[TerminalProbe]:
    """Start a program on files of its own: it may leave something beside them."""
    with TemporaryDirectory() as name:
        for file in (REPORT, CSV):
            shutil.copyfile(folder / file, Path(name, file))
        with TerminalProbe(peer.command, Path(name), size, environment) as probe:
            yield probe


def _peers() -> tuple[list[Peer], list[str]]:
    disclosure = (sys.executable, "-m", "disclosure_tui", "edit", REPORT)
    peers = [
        Peer("disclosure", disclosure, "2023", before=(b"o", b"5\r")),
        Peer("stock Textual", (sys.executable, str(STOCK), CSV), "一、"),
    ]
    others = (
        Peer("visidata", ("vd", "--quitguard=no", CSV), "一、", typing=b"e"),
        Peer("sc-im", ("sc-im", CSV), "一、", typing=b"="),
        Peer("vim", ("vim", "-u", "NONE", "-N", CSV), "一、", typing=b"i", commit=ESCAPE),
    )
    missing = []
    path = os.pathsep.join(filter(None, (os.environ.get("DISCLOSURE_PEERS"), os.environ["PATH"])))
    for peer in others:
        found = shutil.which(peer.command[0], path=path)
        if found is None:
            missing.append(peer.name)
        else:
            peers.append(replace(peer, command=(found, *peer.command[1:])))
    return peers, missing


def _starts(peers: Sequence[Peer], folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Time the first screen with figures beside a hello world, in turn, the shortest of several."""
    hello = Peer("Textual, hello world", (sys.executable, str(STOCK)), "Hello")
    best: dict[str, float] = {}
    for turn in range(STARTS + 1):
        for peer in (hello, *peers):
            with _started(peer, folder, environment, SIZES[0]) as probe:
                took = probe.seconds_until(peer.seen) * 1000
            if turn:  # the first turn compiles
                best[peer.name] = min(took, best.get(peer.name, took))
    yield f"first screen with figures, 80x24, the shortest of {STARTS}"
    for name, took in best.items():
        goal = " (goal 1.6)" if name == "disclosure" else ""
        yield f"  {name:<22}{took:7.0f} ms, ratio {took / best[hello.name]:.2f}{goal}"


def _costs(
    peers: Sequence[Peer], folder: Path, environment: dict[str, str], size: tuple[int, int]
) -> Iterator[str]:
    yield f"{size[0]}x{size[1]}: median bytes of a move, a digit and a commit, and of a held Down"
    yield (
        f"  {'':<15}{'move':>6}{'digit':>7}{'commit':>8}{'held':>6}{'start':>8}"
        f"{'key ms, median':>17}{'p99':>7}{'MiB':>6}"
    )
    for peer in peers:
        costs = _measured(peer, folder, environment, size)
        half, most = costs.latencies
        yield (
            f"  {peer.name:<15}{_bytes(costs.moves):>6}{_bytes(costs.digits):>7}"
            f"{_bytes(costs.commits):>8}{costs.held:>6.0f}{costs.start:>8}"
            f"{half:>17.1f}{most:>7.1f}{costs.memory:>6.0f}"
        )


def _measured(
    peer: Peer, folder: Path, environment: dict[str, str], size: tuple[int, int]
) -> Costs:
    with _started(peer, folder, environment, size) as probe:
        probe.seconds_until(peer.seen)
        probe.settle(0.0)
        start = probe.sent
        for key in peer.before:
            probe.press(key)
        way = (peer.down, peer.down, peer.right, peer.down, peer.right, peer.up, peer.left)
        moves = tuple(probe.press(key) for key in islice(cycle(way), KEYS))
        digits, commits = [], []
        for number in range(KEYS // 6):
            if peer.typing:
                probe.press(peer.typing)
            digits += [probe.press(str(digit).encode()) for digit in (number % 9 + 1, 7)]
            commits.append(probe.press(peer.commit))
            probe.press(peer.up)
        for _ in range(4):
            probe.press(peer.up)
        held = probe.hold(peer.down, HELD, INTERVAL)
        return Costs(start, moves, tuple(digits), tuple(commits), held, probe.mebibytes())


def _bytes(answers: Sequence[Answer]) -> str:
    return f"{median(answer.sent for answer in answers):.0f}"
