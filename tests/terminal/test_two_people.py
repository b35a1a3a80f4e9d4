"""Two people at one report, each at a terminal of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from terminal.pty_session import PtySession
from terminal.test_editing import CELL, at_requests
from tui.report_files import complete, opened

RIGHT, SAVE, QUIT = b"\x1b[C", b"\x13", b"\x11"
ENTERPRISE = CELL.parent / "enterprise"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return complete(tmp_path)


def editor(report: Path, name: str) -> PtySession:
    environment = {"DISCLOSURE_NAME": name}
    return PtySession(["edit", str(report)], report.parent, environment=environment)


@pytest.mark.slow
def test_the_second_is_told_takes_over_and_the_first_turns_read_only(report: Path) -> None:
    with editor(report, "张某") as first, editor(report, "李某") as second:
        second.until("Ctrl+S")
        second.quiet(1.0)
        at_requests(first, report)
        first.keys("4", "\r")
        first.until("未保存 1 处")
        with editor(report, "李某") as third:
            third.until("张某正在填报")
            third.keys("1", "\r")
            third.until("只读")
            at_requests(third, report)
            third.keys("8")
            third.until("只读：这次打开选了只读查看")
            third.keys("\r", "q")
            assert third.ended() == 0
        at_requests(second, report)
        second.keys("9")
        second.until("张某正在填报")
        second.keys("2", "\r")
        second.until("表三 一、新收 自然人")
        second.until(lambda: "9" in second.line_of("一、新收"))
        first.until("【李某】已接着填报这份报告")
        first.until("1 处改动还在")
        first.keys("\r")
        first.until("只读，未保存 1 处")
        first.keys("5")
        first.until("只读：【李某】已接着填报")
        second.keys("\r", SAVE)
        second.until("已保存")
        first.keys(QUIT)
        first.until("下次可以找回")
        first.keys("2", "\r")
        assert first.ended() == 0
        second.keys(QUIT)
        assert second.ended() == 0
    assert opened(report).report.value_at(CELL) == 9
    with editor(report, "张某") as again:
        again.until("1 处改动没有保存")
        again.keys("\r")
        again.until("两人都改过的格（1/1）")
        again.until("我填的：4")
        again.until("对方填的：9")
        again.until("原来的：0")
        again.keys("1", "\r", SAVE)
        again.until("已保存")
        again.keys(QUIT)
        assert again.ended() == 0
    assert opened(report).report.value_at(CELL) == 4


@pytest.mark.slow
def test_a_file_changed_before_the_save_is_joined_and_only_what_both_changed_is_asked(
    report: Path,
) -> None:
    with editor(report, "张某") as first:
        at_requests(first, report)
        first.keys("4", RIGHT, "7", "\r")
        first.until("未保存 2 处")
        text = report.read_text(encoding="utf-8")
        changed = text.replace("new: {natural_person: 0,", "new: {natural_person: 6,")
        changed = changed.replace(
            "carried_in: {natural_person: 0,", "carried_in: {natural_person: 2,"
        )
        assert changed != text
        report.write_text(changed, encoding="utf-8")
        first.keys(SAVE)
        first.until("两人都改过的格（1/1）")
        first.until("表三 一、新收 自然人")
        first.until("对方填的：6")
        first.keys(b"\x1b")
        first.until("没有选完，没有保存")
        assert report.read_text(encoding="utf-8") == changed
        first.keys(SAVE)
        first.until("两人都改过的格（1/1）")
        first.keys("2", "\r")
        first.until("已保存")
        first.until(lambda: re.search(r"已保存 \d\d:\d\d$", first.lines[-2]))
        first.keys("q")
        assert first.ended() == 0
    data = opened(report).report
    assert data.value_at(CELL) == 6
    assert data.value_at(ENTERPRISE) == 7
    assert data.value_at(CELL.parent.parent / "carried_in" / "natural_person") == 2
