"""The file cannot be written: the editor says so, keeps the work, and saves elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.pty_session import PtySession
from terminal.test_editing import CELL, at_requests
from tui.report_files import complete, opened

SAVE, QUIT = b"\x13", b"\x11"

FULL = """
import errno, os
def refusing(write):
    def refused(descriptor, *rest):
        name = os.readlink(f"/proc/self/fd/{descriptor}")
        if os.path.exists(FLAG) and name.startswith(FOLDER):
            raise OSError(errno.ERROR, os.strerror(errno.ERROR))
        return write(descriptor, *rest)
    return refused
os.write, os.pwrite = refusing(os.write), refusing(os.pwrite)
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    folder.mkdir()
    return complete(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "sentence"), [("EDQUOT", "磁盘配额已用完"), ("ENOSPC", "磁盘已满")]
)
def test_no_room_left_is_said_and_the_report_saved_elsewhere(
    report: Path, tmp_path: Path, error: str, sentence: str
) -> None:
    flag, elsewhere = tmp_path / "full", tmp_path / "elsewhere.yaml"
    planted = FULL.replace("FLAG", repr(str(flag))).replace("FOLDER", repr(str(report.parent)))
    (tmp_path / "sitecustomize.py").write_text(planted.replace("ERROR", error), encoding="utf-8")
    before = report.read_bytes()
    environment = {"PYTHONPATH": str(tmp_path)}
    with PtySession(["edit", str(report)], report.parent, environment=environment) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("未保存 1 处（断线不丢）")
        flag.touch()
        session.keys("6", "\r")
        session.until("未保存 2 处（没能记下，请保存）")
        session.keys(SAVE)
        session.until(sentence)
        session.until("之后的 2 处改动还在")
        session.keys("2", "\r")
        session.until(sentence)
        session.keys("1", "\r")
        session.until("写明文件夹和文件名")
        session.keys(b"\x1b[H", b"\x1b[3~" * 200, str(elsewhere), "\r")
        session.until("已保存")
        session.until(lambda: "已保存" in session.lines[-2])
        session.keys(QUIT)
        assert session.ended() == 0
    assert report.read_bytes() == before
    data = opened(elsewhere).report
    assert data.value_at(CELL) == 4
    assert data.value_at(CELL.parent.parent / "carried_in" / "natural_person") == 6


def test_a_file_that_went_away_is_made_again_under_its_own_name(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent) as session:
        at_requests(session, report)
        session.keys("4", "\r")
        session.until("未保存 1 处")
        report.unlink()
        session.keys(SAVE)
        session.until("已经不在了")
        session.keys("1", "\r")
        session.until("写明文件夹和文件名")
        session.keys("\r")
        session.until("已保存")
        session.keys(QUIT)
        assert session.ended() == 0
    assert opened(report).report.value_at(CELL) == 4
