"""What a file holds is text: it never steers the terminal, and is never read as markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.pty_session import PtySession
from terminal.test_end_of_the_line import PATIENT
from tui.report_files import complete

ESCAPES = "\\e[38;5;199m\\e]0;OWNED\\a\\x9b5A\\u202Edrow\\u200B\\x85"
MARKUP = "[bold red]粗[/bold red][link=x]"
FORBIDDEN = ("\x1b[38;5;199m", "\x1b]0;OWNED", "\x9b", "\u202e", "\u200b", "\x85", "OWNED\x07")
QUIT, SAVE, NEXT = b"\x11", b"\x13", b"\x14"


def hostile(path: Path) -> Path:
    """Write hostile texts into a name, texts, a cell, a key that nobody knows."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: 某县退役军人事务局", f'name: "局{MARKUP}{ESCAPES}"', 1)
    text = text.replace("new: {natural_person: 0,", f'new: {{natural_person: "{ESCAPES}7",', 1)
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("overview:"))
    end = next(i for i in range(start + 1, len(lines)) if lines[i][:1].strip())
    lines[start:end] = [f'overview: "开头{ESCAPES}{MARKUP}\\n结尾"']
    lines.append(f'"key{ESCAPES}{MARKUP}": 1')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def assert_harmless(session: PtySession) -> None:
    output = session.output.decode(errors="replace")
    for forbidden in FORBIDDEN:
        assert forbidden not in output, ascii(forbidden)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return hostile(complete(tmp_path))


@pytest.mark.slow
def test_nothing_of_a_hostile_report_reaches_the_terminal_raw(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("Ctrl+S")
        session.until("[bold red]粗[/bold red]")
        for _ in range(9):
            session.keys(NEXT)
            session.quiet()
        session.keys("o")
        session.until("各部分")
        session.keys("5", "\r")
        session.until("表三 一、新收 自然人")
        session.keys("\r")
        session.until("只填数字")
        session.keys(b"\x1b")
        session.quiet(0.5)
        session.keys("f")
        session.until("问题")
        for _ in range(12):
            session.keys(b"\x1b[B")
            session.quiet(0.1)
        session.keys(b"\x1b")
        session.quiet(0.5)
        session.keys(b"\x1b[C", "4", "\r", SAVE)
        session.until("已保存")
        session.keys("n")
        session.quiet()
        session.keys(QUIT)
        assert session.ended() == 0
        assert_harmless(session)


@pytest.mark.slow
def test_hostile_texts_in_what_is_recovered_compared_and_asked(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent, program=PATIENT) as session:
        session.until("Ctrl+S")
        session.keys("\x1b[B\x1b[B\x1b[B\x1b[B")
        session.quiet()
        session.keys("o", "3", "\r")
        session.until("结尾")
        session.keys("新")
        session.until("未保存 1 处")
        session.process.terminate()
        session.ended()
        assert_harmless(session)
    with PtySession(["edit", str(report)], report.parent) as session:
        session.until("1 处改动没有保存")
        session.keys("2", "\r")
        session.until("第一部分")
        session.until("]0;OWNED^G")
        session.keys("\r")
        session.until("未保存 1 处")
        text = report.read_text(encoding="utf-8")
        report.write_text(text.replace("结尾", "尾声"), encoding="utf-8")
        session.keys(SAVE)
        session.until("两人都改过的格")
        session.until("[bold red]")
        session.keys("1", "\r")
        session.until("已保存")
        session.keys(b"\x10")
        session.until("命令菜单")
        session.keys("历史版本")
        session.until("（1 项）")
        session.keys("\r")
        session.until("字节")
        session.keys("\r")
        session.until("没有不同")
        session.keys(b"\x1b")
        session.until("字节")
        session.keys(b"\x1b")
        session.quiet(0.5)
        session.keys(QUIT)
        assert session.ended() == 0
        assert_harmless(session)


@pytest.mark.slow
def test_hostile_names_of_files_and_people(tmp_path: Path) -> None:
    name = "年\x1b[38;5;199m\x1b]0;OWNED\x07\u202e[bold red]报.yaml"
    path = complete(tmp_path)
    path = path.rename(path.with_name(name))
    person = {"DISCLOSURE_NAME": "张\x1b[38;5;199m\x1b]0;OWNED\x07\u202e[bold red]某"}
    with PtySession([], tmp_path, environment=person) as session:
        session.until("本文件夹有 1 份报告")
        session.keys("\r")
        session.until("Ctrl+S")
        session.keys("o", "5", "\r")
        session.until("表三 一、新收")
        session.keys("4", "\r")
        session.until("未保存 1 处")
        with PtySession(["edit", name], tmp_path) as second:
            second.until("正在填报这份报告")
            second.until("[bold red]")
            second.keys("1", "\r")
            second.keys(QUIT)
            assert second.ended() == 0
            assert_harmless(second)
        path.unlink()
        session.keys(SAVE)
        session.until("已经不在了")
        session.keys("1", "\r")
        session.until("写明文件夹和文件名")
        session.keys(b"\x1b")
        session.quiet(0.5)
        session.process.terminate()
        session.ended()
        assert_harmless(session)
    with PtySession(["edit", name], tmp_path) as session:
        session.ended()
        assert_harmless(session)
