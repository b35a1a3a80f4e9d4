"""A report with an overlay on a terminal: a figure of the overlay is typed and saved."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from terminal.pty_session import PtySession

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[2] / "samples" / "district"


def test_a_figure_of_the_overlay_is_typed_and_saved(tmp_path: Path) -> None:
    root = tmp_path / "qu"
    shutil.copytree(SAMPLE, root)
    report = root / "units/tyj/2025/tyj-2025.yaml"
    before = report.read_text(encoding="utf-8")
    with PtySession(["edit", str(report)], report.parent, size=(100, 30)) as session:
        session.until("Ctrl+S")
        session.keys("o")
        session.until("政府信息公开平台建设情况")
        session.quiet()
        number = next(
            match[1]
            for line in session.lines
            if (match := re.search(r"(\d+) +附", line)) is not None
        )
        session.keys(number, "\r")
        session.until("附表 政府网站 数量")
        session.keys("4", "\r")
        session.until("合计")
        session.keys(b"\x13")
        session.until(lambda: re.search(r" 已保存 \d\d:\d\d$", session.lines[-2]) is not None)
        session.keys("q")
        assert session.ended() == 0
    after = report.read_text(encoding="utf-8")
    changed = before.replace("website: {number: 1,", "website: {number: 4,")
    assert after == changed.replace("total: {number: 3,", "total: {number: 6,")
