"""The editor's side of a change: committing, opening a large file, keys while it is verified."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator
from io import StringIO
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter

from ruamel.yaml import YAML
from textual import events

from benchmarks.timing import milliseconds
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.report import ReportScreen

SAMPLE = Path(__file__).parents[1] / "samples/complete/sqs-2023.yaml"
CELL = Pointer.parse("/requests/results/granted/natural_person")
LARGE = 220_000
KEYS = 400
SWITCH_INTERVAL = 0.0005


def run() -> Iterator[str]:
    """Measure."""
    types = ReportTypes(Catalog.of())
    types.load("gov-info-annual/2021")
    with TemporaryDirectory() as folder:
        small, large = Path(folder) / SAMPLE.name, Path(folder) / "large.yaml"
        shutil.copyfile(SAMPLE, small)
        large.write_text(_large(SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
        for path in (small, large):
            yield from _opening(path, types)
        yield from asyncio.run(_keys(small, types))
        yield from asyncio.run(_keys(large, types))


def _large(text: str) -> str:
    """Return the sample with material behind it, as rich in values as a table."""
    lines = [text.rstrip("\n"), "material:"]
    size = len(text.encode())
    for number in count(1):
        line = f"  row_{number}: {{" + ", ".join(f"c{i}: {number + i}" for i in range(12)) + "}"
        size += len(line) + 1
        if size > LARGE:
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _opening(path: Path, types: ReportTypes) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    rounds = 3 if len(text) > LARGE // 2 else 10
    parse = milliseconds(lambda: YAML(pure=True).load(StringIO(text)), rounds=rounds)
    opened = milliseconds(lambda: Session.open(path, types), rounds=rounds)
    document = open_document(path)
    source = document.encode()
    again = milliseconds(lambda: type(document).read(source), rounds=rounds)
    yield f"{len(source) / 1000:.0f} kB: bare parse {parse:.1f} ms"
    yield f"   opening      {opened:8.1f} ms, ratio {opened / parse:.2f}"
    yield f"   verification {again:8.1f} ms, ratio {again / parse:.2f} (a worker does it)"


async def _keys(path: Path, types: ReportTypes) -> list[str]:
    """Time commits and cursor keys on the screen, the worker idle and the worker reading."""
    text = path.read_text(encoding="utf-8")
    parse = milliseconds(lambda: YAML(pure=True).load(StringIO(text)), rounds=3)
    verified = Event()
    session = Session.open(path, types, background=True, wake=verified.set)
    screen = ReportScreen(session)
    app = DisclosureApp(screen, Language.CHINESE)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    lines = []
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            screen.go_to(CELL)
            await pilot.pause()
            figures = count(1)
            commits = []
            for _ in range(15):
                commits.append(await _typed(app, str(next(figures) % 10), "enter", "up"))
                # The worker is waited for, so that what is timed is the screen's thread alone.
                await asyncio.to_thread(verified.wait)
                verified.clear()
                session.poll()
            commit = median(commits)
            size = f"{len(text.encode()) / 1000:.0f} kB"
            ratio = commit / parse
            lines.append(f"{size}: commit on the screen {commit:.2f} ms, ratio {ratio:.3f}")
            for what in ("idle", "reading"):
                times = []
                for number in range(KEYS):
                    if what == "reading" and number % 40 == 0:
                        await _typed(app, str(next(figures) % 10), "enter")
                    times.append(await _typed(app, "down" if number % 2 else "up"))
                half, most = median(times), quantiles(times, n=100)[98]
                lines.append(f"   key, worker {what:8} p50 {half:.2f} ms, p99 {most:.2f} ms")
    finally:
        sys.setswitchinterval(before)
        session.hang_up()
    return lines


async def _typed(app: DisclosureApp, *keys: str) -> float:
    """Return the milliseconds from keys arriving to the widgets having drawn what they changed."""
    start = perf_counter()
    for key in keys:
        await app.on_event(events.Key(key, key if len(key) == 1 else None))
    await asyncio.sleep(0)
    return (perf_counter() - start) * 1000
