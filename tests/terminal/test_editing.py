"""A report changed on a terminal of 80x24, and what the file is afterwards."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.render.pages import page_of, pages_of
from terminal.pty_session import PtySession
from tui.report_files import NEW, complete, opened

SAMPLE = Path(__file__).parents[2] / "samples" / "complete" / "sqs-2023.yaml"
CELL = NEW / "natural_person"
F1, DOWN, ESCAPE, SAVE, UNDO = b"\x1bOP", b"\x1b[B", b"\x1b", b"\x13", b"\x1a"
RIGHT = b"\x1b[C"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    if not SAMPLE.exists():
        return complete(tmp_path)
    path = tmp_path / SAMPLE.name
    path.write_bytes(SAMPLE.read_bytes())
    return path


def at_requests(session: PtySession, path: Path) -> None:
    """Choose the section of the table from the list."""
    session.until("Ctrl+S")
    form = opened(path).form
    index = page_of(pages_of(form, Language.CHINESE), CELL)
    assert index is not None
    session.keys("o")
    session.until("各部分")
    session.keys(str(index + 1), "\r")
    session.until("表三 一、新收 自然人")
    session.quiet()


def test_a_figure_is_changed_undone_changed_again_and_saved(report: Path) -> None:
    before = report.read_text(encoding="utf-8")
    data = opened(report).report
    old, total = data.value_at(CELL), data.value_at(NEW / "total")
    assert isinstance(old, int)
    assert isinstance(total, int)
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        row = session.line_of("一、新收")
        assert f"={total}" in row
        session.keys(str(old + 2), "\r")
        session.until(f"已填 {old + 2}；总计 {total + 2} 自动计算")
        session.until("未保存 1 处")
        session.quiet()
        assert f"!{old + 2}" in session.line_of("一、新收")
        assert f"!{total + 2}" in session.line_of("一、新收")
        session.keys("\x1b[A")
        session.until("! 表三【自然人】列")
        session.keys(UNDO)
        session.until("已撤销")
        session.quiet()
        assert session.line_of("一、新收") == row
        assert report.read_text(encoding="utf-8") == before
        session.keys(str(old + 1), "\r")
        session.until("未保存 1 处")
        session.keys(SAVE)
        session.until(lambda: re.search(r"已保存 \d\d:\d\d$", session.lines[-2]))
        session.keys("q")
        assert session.ended() == 0
    line = next(line for line in before.splitlines() if line.lstrip().startswith("new:"))
    changed = re.sub(rf"(natural_person: *){old}\b", rf"\g<1>{old + 1}", line)
    changed = re.sub(rf"(total: *){total}\b", rf"\g<1>{total + 1}", changed)
    assert report.read_text(encoding="utf-8") == before.replace(line, changed)


def test_a_typed_total_keeps_its_bytes(report: Path) -> None:
    data = opened(report).report
    old, total = data.value_at(CELL), data.value_at(NEW / "total")
    text = report.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.lstrip().startswith("new:"))
    typed = re.sub(rf"(total: *){total}\b", r"\g<1>0009", line)
    before = text.replace(line, typed)
    report.write_text(before, encoding="utf-8")
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.keys("5", "\r")
        session.until("已填 5")
        session.quiet()
        assert "总计" not in session.line_of("已填 5")
        session.keys(SAVE)
        session.until(lambda: re.search(r"已保存 \d\d:\d\d$", session.lines[-2]))
        session.keys(b"\x11")
        assert session.ended() == 0
    changed = re.sub(rf"(natural_person: *){old}\b", r"\g<1>5", typed)
    assert report.read_text(encoding="utf-8") == before.replace(typed, changed)


def test_quitting_asks_and_the_file_stays(report: Path) -> None:
    before = report.read_bytes()
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.keys("7", "\r", "q")
        session.until("1 处改动没有保存")
        session.keys("3", "\r")
        session.until(lambda: not session.line_of("1 处改动没有保存"))
        assert session.process.poll() is None
        session.keys("q", "2", "\r")
        assert session.ended() == 0
    assert report.read_bytes() == before


def test_resizing_and_bytes_of_another_encoding_do_no_harm(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        for size in ((40, 10), (120, 40), (40, 10), (80, 24)):
            session.resize(*size)
            session.until(lambda: session.lines[-2].startswith("表三 一、新收"))
            session.quiet()
        session.keys("你好".encode("gbk"), "6", "\r")
        session.until("已填 6")
        session.keys(F1)
        session.until("直接输入数字")
        session.quiet()
        session.keys(ESCAPE)
        session.until("表三 二、上年结转")
        session.quiet()
        session.keys(b"\x11")
        session.until("1 处改动没有保存")
        session.keys("2", "\r")
        assert session.ended() == 0
        assert b"Traceback" not in session.output


def test_the_terminals_cursor_stands_in_the_cell_and_nothing_is_sent_idle(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.quiet()
        row = next(i for i, line in enumerate(session.lines) if "一、新收" in line)
        x, y = session.cursor
        assert y == row
        session.keys(RIGHT)
        session.until("新收 企业")
        session.quiet()
        assert session.cursor[0] > x
        assert b"\x1b[?25h" in session.output
        assert b"\x1b[?1003h" not in session.output, "the mouse is left to the terminal"
        sent = len(session.output)
        session.quiet(2.0)
        assert len(session.output) == sent


def test_the_end_of_the_terminal_ends_the_program(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.process.terminate()
        assert session.ended() == 128 + signal.SIGTERM
