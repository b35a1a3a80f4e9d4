"""`disclosure doctor` on a terminal: one screen, and what the terminal says of itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from terminal.pty_session import PtySession, altered

ANSWERED = altered(
    "from disclosure_tui.machine import terminal_probe",
    "terminal_probe.asked_widths.__defaults__ = (60.0,)",
)
"""The terminal answers here, however long a busy machine takes for it."""
WELL = {"LANG": "C.UTF-8", "LC_ALL": "", "EDITOR": "sh", "TMUX": "", "STY": ""}


def examined(
    folder: Path,
    *options: str,
    size: tuple[int, int] = (80, 24),
    columns: tuple[int, ...] = (2, 2),
    **settings: str,
) -> PtySession:
    program = ANSWERED if columns else ("-m", "disclosure_tui")
    return PtySession(
        ["doctor", *options], folder, size, WELL | settings, columns=columns, program=program
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_fits_one_screen_where_all_is_well(tmp_path: Path, language: str) -> None:
    with examined(tmp_path, "--lang", language) as session:
        code = session.ended(60)
        lines = [line for line in session.lines if line]
        if any(line.startswith("*") and "PDF" in line for line in lines):
            pytest.skip("this machine has no Chinese face")
        assert code == 0
        assert len(lines) == 19
        word = "正常" if language == "zh" else "ok"
        assert all(line.startswith(word) for line in lines[:-1]), lines
        assert lines[-1] == ("可以填报" if language == "zh" else "ready for work")
        assert "80x24" in session.line_of("窗口大小" if language == "zh" else "Window")


def test_a_terminal_that_shows_signs_in_two_cells(tmp_path: Path) -> None:
    with examined(tmp_path, columns=(3, 3)) as session:
        assert session.ended(60) == 0
        assert session.line_of("引号占 2 格").startswith("*")
        assert session.line_of("export DISCLOSURE_ASCII=1")


def test_a_terminal_in_another_encoding_is_told_in_its_own_signs(tmp_path: Path) -> None:
    with examined(tmp_path, columns=(4, 4)) as session:
        assert session.ended(60) == 1
        assert "PuTTY: Window, Translation, UTF-8" in "\n".join(session.lines)


def test_a_terminal_that_does_not_answer_keeps_nobody_waiting(tmp_path: Path) -> None:
    with examined(tmp_path, columns=()) as session:
        assert session.ended(60) == 0
        assert session.line_of("终端没有回答")


def test_a_small_window_breaks_lines_and_cuts_no_command(tmp_path: Path) -> None:
    with examined(tmp_path, size=(44, 60), TERM="no-such-terminal") as session:
        assert session.ended(60) == 0
        shown = "".join(line.strip() for line in session.lines)
        assert "小于80x24" in shown.replace(" ", "")
        assert session.line_of("export TERM=xterm-256color")


@pytest.mark.parametrize("kind", ["", "dumb"])
def test_a_terminal_without_a_screen_is_not_asked(tmp_path: Path, kind: str) -> None:
    with examined(tmp_path, TERM=kind) as session:
        assert session.ended(60) == 1
        assert b"\x1b" not in session.output
        assert session.line_of("不能整屏填报").startswith("!")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize(("option", "is_utf8"), [("-u", True), ("-2", False)])
def test_inside_tmux_it_asks_whether_its_client_takes_chinese(
    tmp_path: Path, option: str, is_utf8: bool
) -> None:
    socket = str(tmp_path / "tmux.socket")
    inside = f"'{sys.executable}' -m disclosure_tui doctor --lang en | grep tmux; sleep 60"
    start = "import os, sys; del os.environ['TMUX']; os.execvp('tmux', ['tmux', *sys.argv[1:]])"
    words = [option, "-S", socket, "-f", "/dev/null", "new-session", inside]
    settings = {"LANG": "C", "LC_ALL": "C", "TMUX": "", "DISCLOSURE_LANG": "en"}
    with PtySession(words, tmp_path, environment=settings, program=("-c", start)) as session:
        try:
            if is_utf8:
                session.until("tmux, lets Chinese through", 60)
            else:
                session.until("this client is not UTF-8", 60)
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=True, capture_output=True)
