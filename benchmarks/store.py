"""Reading, changing and verifying a report text beside a bare parse by the YAML library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.timing import milliseconds
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document

SAMPLE = Path(__file__).parents[1] / "samples/complete/sqs-2023.yaml"
CELL = Pointer.parse("/requests/results/granted/natural_person")
LARGE = 220_000


def run() -> Iterator[str]:
    """Measure a usual report, and a large file of the same density."""
    usual = SAMPLE.read_bytes()
    yield from _measured("a report", usual, rounds=15)
    yield from _measured("a large file", _large(usual), rounds=3)


def _large(usual: bytes) -> bytes:
    """Return the report with its tables so many times that it is a large file, dense as they."""
    lines = usual.decode().splitlines(keepends=True)
    first = lines.index("requests:\n")
    rest = lines[first + 1 :]
    size = next(at for at, line in enumerate(rest) if not line.startswith((" ", "#", "\n")))
    table = "".join(rest[:size])
    times = (LARGE - len(usual)) // len(table.encode())
    return usual + "".join(f"requests_{number}:\n{table}" for number in range(times)).encode()


def _measured(name: str, source: bytes, rounds: int) -> Iterator[str]:
    text = source.decode()
    document = Document.read(source)
    change = Transaction((SetValue(CELL, 7),))
    after, done = document.apply(change)
    bare = milliseconds(lambda: list(YAML(pure=True).parse(text)), rounds)
    yield f"{name}: {len(source) / 1000:.0f} kB, {text.count(chr(10))} lines"
    yield f"  bare parse (ruamel, events) {bare:8.2f} ms"
    for what, step, times in (
        ("read", lambda: Document.read(source), rounds),
        ("apply one figure", lambda: document.apply(change), 20),
        ("take it back", lambda: after.revert(done), 20),
        ("verify", lambda: after.verify(document, change), rounds),
        ("locate", lambda: document.locate(CELL), 20),
        ("encode and hash", lambda: document.sha256, 20),
    ):
        spent = milliseconds(step, times)
        yield f"  {what:27} {spent:8.2f} ms, ratio {spent / bare:.3f}"
