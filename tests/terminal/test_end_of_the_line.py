"""The terminal goes, the program is killed or stopped: the work is there at the next opening."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from terminal.pty_session import PtySession, altered
from terminal.test_editing import CELL, at_requests
from tui.report_files import complete, opened

RIGHT, SAVE = b"\x1b[C", b"\x13"
OVERVIEW = Pointer.parse("/overview")
ENTERPRISE = CELL.parent / "enterprise"
LEAVES_WITHIN = 2.0
SLACK = 15.0
"""Seconds that a loaded machine may take on top; the program's own limit is in `leaving`."""


PATIENT = altered("from disclosure_tui.tui import leaving", "leaving.LONGEST = 60")
"""A program that is not ended in the middle of its leave because the machine is busy."""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return complete(tmp_path)


def hang_up(session: PtySession) -> None:
    session.close_terminal()


def terminate(session: PtySession) -> None:
    session.process.send_signal(signal.SIGTERM)


def kill(session: PtySession) -> None:
    # What was typed last may take its second to reach the disk.
    session.quiet(1.5)
    session.process.send_signal(signal.SIGKILL)


def kill_writer(session: PtySession) -> None:
    session.quiet(2.5)
    session.process.send_signal(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("end", [hang_up, terminate, kill])
def test_figures_and_the_one_being_typed_are_recovered(report: Path, end: object) -> None:
    before = report.read_bytes()
    with PtySession(["edit", str(report)], report.parent, program=PATIENT) as session:
        at_requests(session, report)
        session.keys("4", RIGHT, "7", RIGHT, "12")
        session.until("未保存 2 处")
        session.until(lambda: "12" in session.line_of("一、新收"))
        end(session)  # type: ignore[operator]
        session.gone(LEAVES_WITHIN + SLACK)
    assert report.read_bytes() == before
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("3 处改动没有保存")
        session.keys("2", "\r")
        session.until("表三 一、新收 企业：0 -> 7")
        session.until("表三 一、新收 科研：0 -> 12")
        session.keys("\r")
        session.until("未保存 2 处")
        session.until(lambda: "12" in session.line_of("一、新收"))
        session.keys("5", "\r", SAVE)
        session.until("已保存")
        session.keys("q")
        assert session.ended() == 0
    assert "new: {natural_person: 4, enterprise: 7, research: 125," in report.read_text("utf-8")
    assert not list(report.parent.glob(".*journal*"))
    assert not list(report.parent.glob(".*lock*"))


@pytest.mark.slow
@pytest.mark.parametrize("end", [hang_up, terminate, kill_writer])
def test_a_text_being_written_is_recovered(report: Path, end: object) -> None:
    with PtySession(["edit", str(report)], report.parent, program=PATIENT) as session:
        session.until("Ctrl+S")
        session.keys("o")
        session.until("各部分")
        session.keys("3", "\r")
        session.until("第一部分")
        session.keys("全年没有收到申请。")
        session.until("全年没有收到申请。")
        end(session)  # type: ignore[operator]
        session.gone(LEAVES_WITHIN + SLACK)
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("1 处改动没有保存")
        session.keys("\r")
        session.until("全年没有收到申请。")
        session.until("未保存 1 处")
        session.keys(SAVE)
        session.until("已保存")
        session.keys(b"\x11")
        assert session.ended() == 0
    assert "全年没有收到申请。" in str(opened(report).report.value_at(OVERVIEW))


@pytest.mark.slow
def test_where_hanging_up_is_ignored_the_end_of_input_ends_it_without_spinning(
    report: Path,
) -> None:
    with PtySession(["edit", str(report)], report.parent, ignore_hang_up=True) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("已填 4")
        session.quiet(1.0)
        before, sent = session.cpu_seconds(), len(session.output)
        session.quiet(7.0)  # the lock is looked at twice meanwhile
        assert session.cpu_seconds() - before < 1.0, "an idle editor does nothing"
        assert len(session.output) == sent, "nothing is sent while idle"
        session.close_terminal()
        session.gone(LEAVES_WITHIN + SLACK)
        assert session.process.returncode == 128 + signal.SIGHUP
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("1 处改动没有保存")


def test_putting_the_work_aside_keeps_a_copy(report: Path) -> None:
    before = report.read_bytes()
    with PtySession(["edit", str(report)], report.parent, program=PATIENT) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("已填 4")
        terminate(session)
        assert session.ended() == 128 + signal.SIGTERM
        assert "下次打开时可以找回" in session.output.decode(errors="replace")
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("1 处改动没有保存")
        session.keys("3", "\r")
        session.until("另存了一份到历史版本")
        session.keys("q")
        assert session.ended() == 0
    assert report.read_bytes() == before
    copies = [path for path in report.parent.glob(".history/*/*") if "set-aside" in path.name]
    assert any("natural_person: 4," in path.read_text("utf-8") for path in copies)
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("Ctrl+S")
        session.quiet()
        assert not session.line_of("没有保存")


def test_a_stopped_editor_comes_back_with_its_screen(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("已填 4")
        for stop in (signal.SIGTSTP, signal.SIGSTOP):
            session.process.send_signal(stop)
            session.until(lambda: state(session.process.pid) == "T")
            session.blank()
            session.process.send_signal(signal.SIGCONT)
            session.until("表三 二、上年结转")
            session.until("未保存 1 处")
        session.keys("6", "\r")
        session.until("已填 6")
        readers = [name for name in threads(session.process.pid) if name == "textual-input"]
        assert len(readers) <= 1


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def threads(pid: int) -> list[str]:
    return [(task / "comm").read_text().strip() for task in Path(f"/proc/{pid}/task").iterdir()]


def test_a_terminal_that_takes_nothing_more_does_not_keep_the_program(report: Path) -> None:
    """The line is stuck: what is drawn piles up. The system ends the program all the same."""
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("已填 4")
        for _ in range(60):
            session.keys(b"\x0c")  # draw the whole screen, unread
        time.sleep(0.5)
        session.process.send_signal(signal.SIGTERM)
        session.gone(LEAVES_WITHIN + SLACK, reading=False)


def test_a_file_that_is_gone_says_how_its_work_comes_back(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent, program=PATIENT) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("未保存 1 处")
        terminate(session)
        session.ended()
    report.unlink()
    with PtySession(["edit", str(report)], report.parent) as session:
        assert session.ended() == 3
        assert "disclosure recover" in session.output.decode(errors="replace")
