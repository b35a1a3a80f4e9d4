"""Terminals that differ: width of quotation marks, encoding, colours, size, what they can do."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_tui.render.width import MEASURE
from terminal.pty_session import PtySession
from terminal.test_editing import at_requests
from tui.report_files import complete

pytestmark = pytest.mark.slow

REDRAW, ESCAPE, UP, DOWN = b"\x0c", b"\x1b", b"\x1b[A", b"\x1b[B"
MOUSE = re.compile(rb"\x1b\[\?(?:9|100[0-356]|1015|1016)h")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return complete(tmp_path)


@pytest.fixture
def opened(report: Path) -> Iterator[PtySession]:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.quiet()
        yield session


def in_overview(session: PtySession) -> None:
    session.until("Ctrl+S")
    session.keys("o")
    session.until("各部分")
    session.keys("3", "\r")
    session.until("一、总体情况")
    session.keys("甲“乙”丙①丁—完")


def test_a_terminal_that_does_not_answer_is_not_waited_for(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        in_overview(session)
        session.until("甲“乙”丙①丁—完")
        assert session.output.count(b"\x1b[6n") == 2


@pytest.mark.parametrize("columns", [(2, 2), (3, 3), (2, 3)], ids=str)
def test_the_answer_about_widths_is_never_text(report: Path, columns: tuple[int, ...]) -> None:
    before = report.read_bytes()
    with PtySession(["edit", str(report)], report.parent, columns=columns) as session:
        session.until("Ctrl+S")
        if columns == (2, 2):
            session.quiet()
            assert not session.line_of("两格")
        else:
            session.until("显示成两格")
        in_overview(session)
        session.until("甲“乙”丙①丁—完" if columns == (2, 2) else '甲"乙"丙?丁-完')
        session.keys(b"\x13")
        session.until("已保存")
        # An answer that comes late, or that nobody asked for, is no text either.
        session.keys(b"\x1b[1;3R", b"\x1b[7;9R", "尾")
        session.until("完尾")
    changed = report.read_text("utf-8")
    assert "甲“乙”丙①丁—完" in changed
    assert changed.replace("甲“乙”丙①丁—完", "").encode() == before


@pytest.mark.parametrize("how", ["option", "environment"])
def test_signs_of_one_cell_on_request(report: Path, how: str) -> None:
    option = ["--ascii"] if how == "option" else []
    environment = {"DISCLOSURE_ASCII": "1"} if how == "environment" else {}
    arguments = ["edit", *option, str(report)]
    with PtySession(arguments, report.parent, environment=environment) as session:
        in_overview(session)
        session.until('甲"乙"丙?丁-完')
        assert b"\x1b[6n" not in session.output, "there is nothing to ask"


def test_the_stock_driver_shows_signs_too(report: Path) -> None:
    environment = {"DISCLOSURE_ASCII": "1", "DISCLOSURE_DRIVER": "stock"}
    with PtySession(["edit", str(report)], report.parent, environment=environment) as session:
        in_overview(session)
        session.until('甲"乙"丙?丁-完')


def test_a_terminal_that_is_not_set_to_utf8_is_told_in_ascii(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent, columns=(4, 4)) as session:
        session.until("! The terminal is not set to UTF-8.")


def test_characters_of_another_encoding_are_left_out_with_a_hint(opened: PtySession) -> None:
    before = opened.line_of("一、新收")
    opened.keys("中文腬".encode("gbk"))
    opened.until("请把终端的字符集设为 UTF-8")
    opened.quiet()
    assert opened.line_of("一、新收") == before
    opened.keys("8", "\r")
    opened.until("已填 8")


def give_up(session: PtySession, *, figure: str) -> float:
    """Type a figure and Escape; return after how many seconds the figure is gone."""
    session.keys(figure)
    session.until(lambda: figure in session.line_of("一、新收"))
    began = time.monotonic()
    session.keys(ESCAPE)
    session.until(lambda: figure not in session.line_of("一、新收"))
    return time.monotonic() - began


def test_a_lone_escape_is_quick(opened: PtySession) -> None:
    """It waits for less than the rest of a sequence would; a busy machine gets several chances."""
    assert any(give_up(opened, figure="5") < 1.0 for _ in range(20))


def test_the_rest_of_a_key_that_comes_too_late_is_no_text(opened: PtySession) -> None:
    opened.keys(DOWN)
    opened.until("表三 二、上年结转")
    opened.keys("5")
    opened.until(lambda: "5" in opened.line_of("二、上年结转"))
    # Escape was meant by the time that the figure is gone, and Up is still no text.
    opened.keys(ESCAPE)
    opened.until(lambda: "5" not in opened.line_of("二、上年结转"))
    opened.keys(b"[A")
    opened.until("表三 一、新收")
    opened.quiet()
    assert not opened.line_of("[A")


def test_the_pieces_of_a_key_may_take_a_quarter_of_a_second() -> None:
    code = "import disclosure_tui.tui, textual.constants as c; print(c.ESCAPE_DELAY)"
    environment = {name: value for name, value in os.environ.items() if name != "ESCDELAY"}
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    assert 0.25 < float(said) < 1.0


def test_a_key_in_pieces_is_a_key_as_long_as_the_person_wants(report: Path) -> None:
    """Longer than the program waits by itself: what is being typed would be given up then."""
    slow = {"ESCDELAY": "30000"}
    with PtySession(["edit", str(report)], report.parent, environment=slow) as session:
        at_requests(session, report)
        session.keys("5")
        session.until(lambda: "5" in session.line_of("一、新收"))
        for piece in (b"\x1b", b"[", b"B"):
            session.keys(piece)
            time.sleep(0.9)
        session.until("表三 二、上年结转")
        session.until("已填 5")


def test_hostile_pasted_text_is_shown_before_anything_is_written(
    opened: PtySession, report: Path
) -> None:
    before = report.read_bytes()
    hostile = b"1\t2\x1b]0;gone\x07\r3\x1b[2J\t\x134\r\x1b[200~5\t6\x03\x1b"
    opened.keys(b"\x1b[200~", hostile, b"\x1b[201~")
    opened.until("3 行")
    opened.quiet()
    assert report.read_bytes() == before
    assert b"\x1b]0;gone" not in opened.output
    opened.keys(ESCAPE)
    opened.until("表三 一、新收 自然人")


def test_a_window_that_is_dragged_is_drawn_once(opened: PtySession) -> None:
    opened.keys(REDRAW)
    opened.quiet(0.5)
    before = len(opened.output)
    opened.keys(REDRAW)
    opened.until(lambda: len(opened.output) > before)
    opened.quiet(0.5)
    one = len(opened.output) - before
    before, began = len(opened.output), time.monotonic()
    for step in range(50):
        size = struct.pack("HHHH", 24 + step % 3, 80 + step % 7, 0, 0)
        fcntl.ioctl(opened._master, termios.TIOCSWINSZ, size)
        opened.process.send_signal(signal.SIGWINCH)
        time.sleep(0.002)
    opened.resize(80, 24)
    # A machine that is held up makes several storms of one: a quarter of a second is the longest.
    pictures = 2 + (time.monotonic() - began) // 0.25
    opened.until(lambda: len(opened.output) > before)
    opened.until("表三 一、新收 自然人")
    opened.quiet(0.6)
    assert len(opened.output) - before <= pictures * (one + 200)
    assert opened.line_of("一、新收")


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("", "表三 一、新收"),
        (b"\x10", "数字或上下键选"),
        (b"\x1bOP", "直接输入数字"),
        ("o", "各部分"),
        (b"\x1b", "表三 一、新收"),
    ],
)
def test_the_whole_screen_is_drawn_again_on_request(
    opened: PtySession, key: str | bytes, seen: str
) -> None:
    opened.keys(key)
    opened.until(seen)
    opened.quiet(0.5)
    shown = opened.lines
    opened.blank()
    opened.keys(REDRAW)
    opened.until(lambda: opened.lines == shown)


def test_the_mouse_is_the_terminals_unless_asked_for(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("Ctrl+S")
        assert not MOUSE.search(session.output)
    for arguments, environment in ((["--mouse"], {}), ([], {"DISCLOSURE_MOUSE": "1"})):
        command = ["edit", *arguments, str(report)]
        with PtySession(command, report.parent, environment=environment) as session:
            session.until("Ctrl+S")
            assert {b"\x1b[?1000h", b"\x1b[?1006h"} == set(MOUSE.findall(session.output))
            session.quiet()
            session.keys(b"\x11")
            session.ended()
            assert b"\x1b[?1000l" in session.output


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_the_terminals_cursor_stands_in_the_cell_on_narrow_and_wide_screens(
    report: Path, size: tuple[int, int]
) -> None:
    with PtySession(["edit", str(report)], report.parent, size) as session:
        at_requests(session, report)

        def is_in_cell() -> bool:
            column, row = session.cursor
            return session.picture[row][column].reverse

        session.until(is_in_cell)


def test_a_click_goes_to_a_cell_and_a_line_of_the_outline(report: Path) -> None:
    arguments = ["edit", "--mouse", str(report)]
    with PtySession(arguments, report.parent, (120, 40)) as session:
        at_requests(session, report)
        session.quiet()
        x, y = session.cursor
        session.keys("7")
        session.until(lambda: "7" in session.line_of("一、本年新收"))
        click(session, x, y + 1)
        session.until("表三 二、上年结转 自然人")
        session.quiet()
        assert "7" in session.line_of("一、本年新收")
        session.keys(b"\x1b[<65;9;9M")  # the wheel
        session.until("国家秘密 自然人")
        click(session, 3, 1)
        session.until("未保存 1 处")
        session.until("统计期限起")
        session.keys("o")
        session.until("4  二、主动公开")
        session.quiet()
        place = place_of(session, "4  二、主动公开")
        click(session, *place)
        click(session, *place)
        session.until("第二十条第（一）项")


def place_of(session: PtySession, text: str) -> tuple[int, int]:
    row = next(row for row, line in enumerate(session.lines) if text in line)
    return MEASURE.width(session.lines[row].partition(text)[0]), row


def click(session: PtySession, x: int, y: int) -> None:
    session.keys(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")


COLOURS = re.compile(rb"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    "environment",
    [{}, {"NO_COLOR": "1"}, {"COLORTERM": "truecolor"}, {"TERM": "xterm"}, {"TERM": "screen"}],
    ids=str,
)
def test_colours_are_the_sixteen_of_the_terminal(report: Path, environment: dict[str, str]) -> None:
    with PtySession(["edit", str(report)], report.parent, environment=environment) as session:
        at_requests(session, report)
        session.keys("7", "\r", UP)
        session.until("! 表三")
        session.keys("o")
        session.until("各部分")
        session.keys("3", "\r")
        session.until("一、总体情况")
        session.keys(b"\x1b[C", b"\x1b[1;2C", b"\x1b[1;2C")
        session.quiet()
        codes = {
            code
            for found in COLOURS.findall(session.output)
            for code in found[2:-1].split(b";")
            if code
        }
    # Black and white would be the background of some terminal.
    assert b"7" in codes
    coloured = {code for code in codes if re.fullmatch(rb"3[0-8]|4[0-8]|9[0-7]|10[0-7]", code)}
    if "NO_COLOR" in environment:
        assert not coloured
    else:
        assert coloured <= {b"31", b"35", b"36"}
