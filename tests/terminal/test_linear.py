"""Filling in line by line on a terminal that can do nothing: plain bytes, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_tui.cli.exit_code import ExitCode
from terminal.pty_session import PATIENCE, PtySession
from tui.report_files import draft, opened


def hang_up(session: PtySession) -> None:
    session.close_terminal()


def interrupt(session: PtySession) -> None:
    session.keys("\x03")


def end_of_input(session: PtySession) -> None:
    session.keys("\x04")


@pytest.mark.slow
@pytest.mark.parametrize("end", [hang_up, interrupt, end_of_input])
def test_answers_outlive_the_end_of_the_line(
    tmp_path: Path, end: Callable[[PtySession], None]
) -> None:
    report = draft(tmp_path)
    before = report.read_bytes()
    arguments = ["edit", "--linear", str(report)]
    with PtySession(arguments, tmp_path, (100, 40), {"TERM": "dumb"}) as session:
        session.until("年度，现为 2023")
        session.keys("/requests.new.other\n")
        session.until("表三 一、新收 其他，未填")
        session.keys("５\n")
        session.until("已填 5")
        end(session)
        session.gone(PATIENCE)
        assert b"\x1b" not in session.output
        assert session.process.returncode == ExitCode.INTERRUPTED
    assert report.read_bytes() == before
    (offer,) = opened(report).recoveries()
    assert offer.count == 1


@pytest.mark.slow
def test_a_dumb_terminal_gets_the_report_and_is_told_of_it(tmp_path: Path) -> None:
    report = draft(tmp_path)
    with PtySession(["edit", str(report)], tmp_path, (100, 40), {"TERM": "dumb"}) as session:
        session.until("disclosure edit --linear")
        assert session.ended() == ExitCode.CLEAN
        printed = session.output.decode()
    assert "一、本年新收政府信息公开申请数量" in printed
    assert "\x1b" not in printed
    assert not set("│─┼") & set(printed)
