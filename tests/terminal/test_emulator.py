"""The emulator leaves no half of a wide character, and tmux, a real terminal, agrees."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from unicodedata import normalize

import pyte
import pytest

from terminal.emulator import Emulator

WRITTEN = {
    "over the second half": ("中文字\x1b[4Gx", "中 x字"),
    "over the first half": ("中文字\x1b[3Gx", "中x 字"),
    "over two halves": ("中文字\x1b[4G国", "中 国"),
    "over one character": ("中文字\x1b[3G国", "中国字"),
    "over the last cell": ("中文字\x1b[6Gx", "中文 x"),
    "a mark with it": ("中文字\x1b[4Ge\u0301", "中 é字"),
}
LONG_ENOUGH = 120.0


def shown(text: str) -> str:
    screen = Emulator(80, 3)
    pyte.Stream(screen).feed(text)
    return str(screen.display[0]).rstrip()


@pytest.mark.parametrize(("text", "expected"), WRITTEN.values(), ids=list(WRITTEN))
def test_no_half_of_a_wide_character_stays(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_blank_keeps_the_colour_of_the_half_it_was() -> None:
    screen = Emulator(80, 3)
    pyte.Stream(screen).feed("\x1b[41m中文\x1b[m\x1b[4Gx\x1b[1Gy")
    assert [(screen.buffer[0][at].data, screen.buffer[0][at].bg) for at in range(4)] == [
        ("y", "default"),
        (" ", "red"),
        (" ", "red"),
        ("x", "default"),
    ]


def test_what_stands_behind_a_joiner_is_shown() -> None:
    assert shown("a\u200db") == "ab"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not on this machine")
def test_tmux_shows_the_same(tmp_path: Path) -> None:
    """All cases on one pane, a line each; the last line tells that the others are there."""
    written = "".join(f"\x1b[{row}H{text}" for row, (text, _) in enumerate(WRITTEN.values(), 1))
    (tmp_path / "text").write_text(f"{written}\x1b[20HTHERE", encoding="utf-8")
    command = f"cat {shlex.quote(str(tmp_path / 'text'))}; sleep {LONG_ENOUGH}"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TMUX": "", "TERM": "xterm"}

    def tmux(*arguments: str) -> str:
        whole = ["tmux", "-u", "-f", "/dev/null", "-S", str(tmp_path / "socket"), *arguments]
        return subprocess.run(
            whole, env=environment, capture_output=True, encoding="utf-8", check=True
        ).stdout

    tmux("new-session", "-d", "-x", "80", "-y", "24", command)
    try:
        end = time.monotonic() + LONG_ENOUGH
        while "THERE" not in (pane := tmux("capture-pane", "-p")) and time.monotonic() < end:
            time.sleep(0.05)
        lines = normalize("NFC", pane).splitlines()  # as pyte joins marks
        seen = [line.rstrip() for line in lines[: len(WRITTEN)]]
        assert seen == [shown(text) for text, _ in WRITTEN.values()]
    finally:
        tmux("kill-server")


def test_what_is_asked_of_a_terminal_is_no_look_of_text() -> None:
    screen = Emulator(4, 1)
    pyte.Stream(screen).feed("\x1b[?4ma")
    assert screen.display == ["a   "]
    assert not screen.buffer[0][0].underscore


def test_a_half_that_is_left_over_is_a_blank() -> None:
    screen = Emulator(4, 1)
    pyte.Stream(screen).feed("中x\x1b[1;1H\x1b[1P")
    assert screen.display == [" x  "]
