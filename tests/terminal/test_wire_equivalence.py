"""The diffing driver and Textual's own bytes make the same screens, whatever is typed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from disclosure_tui.tui.screen import hosts
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import ReportScreen
from disclosure_tui.tui.wire.line import Line
from terminal.emulator import Emulator
from terminal.pty_session import seen
from terminal.recording import Hands, Resized, record
from tui.report_files import complete, draft, opened

KEYS = [
    *("up", "down", "left", "right", "tab", "shift+tab", "enter", "escape", "home", "end"),
    *("pageup", "pagedown", "backspace", "delete", "f1", "f2", "ctrl+p", "ctrl+z", "ctrl+y"),
    *("ctrl+l", "ctrl+home", "ctrl+end"),
    *"0123456789.-=+onpqzfhgls?/[]",
]
BASE = int(os.environ.get("DISCLOSURE_SEED", "0"))
"""Other scripts than usual, for whoever wants more of them."""
CHARACTERS = [*"中文，。é“①—１？、", "e\u0301", "\U00020000", "👩‍💻", "𝄞"]
PASTES = ["1\t2\t3\r\n4\t5\t6", "办结 12 件。\n　　第二段", "e\u0301中\u0301", "7"]
SIZES = [(80, 24), (120, 40), (81, 25), (40, 12), (200, 60)]


def _keys() -> list[str]:
    """Every key of every screen, those of screens that were added since included."""
    own = {
        key for host in hosts() for command in (*host.fixed, *host.commands) for key in command.keys
    }
    return [*KEYS, *sorted(own - {*KEYS, "0-9"})]


def _screens(record: list[str | Resized]) -> Iterator[tuple[pyte.Screen, pyte.Screen] | None]:
    """Yield what both ways of sending show after each thing written; None at a resize."""
    line = Line(80, 24)
    stock = lean = Emulator(80, 24)
    to_stock = to_lean = pyte.Stream(stock)
    is_first = True
    for item in record:
        if isinstance(item, Resized):
            stock, lean = Emulator(*item), Emulator(*item)
            to_stock, to_lean = pyte.Stream(stock), pyte.Stream(lean)
            for screen in (stock, lean):
                screen.reset_mode(7, private=True)
            if is_first:
                line = Line(*item)
            else:
                line.resize(*item)
                # A terminal keeps something of the old picture; the lean way must not rely on it.
                to_lean.feed("\x1b[31;44m" + "x" * 300 + "\x1b[m")
            is_first = False
            yield None
        else:
            to_stock.feed(item)
            to_lean.feed(line.translate(item))
            yield stock, lean


def _looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [
        [seen(screen.buffer[row][column]) for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


def _compare(record: list[str | Resized], script: list[str]) -> None:
    """Compare both screens after everything written.

    Just after a resize Textual may still send a piece of the old size, which makes garbage of the
    terminal until the whole picture follows. From the first agreement on there is no excuse.
    """
    is_settled = True
    for shown in _screens(record):
        if shown is None:
            is_settled = False
            continue
        stock, lean = shown
        is_settled = is_settled or _looks(lean) == _looks(stock)
        if is_settled:
            # Cell by cell: pyte cannot print a screen on which half of a wide character is left.
            assert _looks(lean) == _looks(stock), script
            assert (lean.cursor.x, lean.cursor.y) == (stock.cursor.x, stock.cursor.y), script
    assert is_settled, script


async def _type(hands: Hands, randomness: random.Random, script: list[str]) -> None:
    keys = _keys()
    for _ in range(40):
        kind = randomness.random()
        if not hands.is_there:
            return
        if kind < 0.8:
            key = randomness.choice(keys)
            script.append(key)
            await hands.press(key, key if len(key) == 1 else None)
        elif kind < 0.9:
            character = randomness.choice(CHARACTERS)
            script.append(character)
            await hands.press(character, character)
        elif kind < 0.96:
            text = randomness.choice(PASTES)
            script.append(repr(text))
            await hands.paste(text)
        else:
            size = randomness.choice([size for size in SIZES if size != hands.app.size])
            script.append(f"{size}")
            await hands.resize(*size)


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 200))]
)
def test_both_drivers_show_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    randomness = random.Random(BASE + seed)
    path = (draft if seed % 3 else complete)(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    first = DeskScreen(Path()) if seed % 7 == 0 else ReportScreen(opened(path))
    script: list[str] = []
    written = record(first, lambda hands: _type(hands, randomness, script), SIZES[seed % 2])
    assert sum(len(item) for item in written if isinstance(item, str)) > 1000
    _compare(written, script)
