"""Blocks of cells as terminals paste them: announced, and as mere keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from terminal.pty_session import PtySession, altered
from tui.report_files import NEW, complete, opened

pytestmark = pytest.mark.slow

CARRIED_IN = Pointer.parse("/requests/carried_in")
KEYS = ("natural_person", "enterprise", "research")
BLOCK = "1\t2\t3\r4\tn\t6\r"


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("pieces", [1, 3])
def test_a_block_is_previewed_and_written_at_once(
    tmp_path: Path, announced: bool, pieces: int
) -> None:
    path = complete(tmp_path)
    # The pieces come as they would over a line; how long a busy machine holds them up is no matter.
    program = altered("from disclosure_tui.tui import driver", "driver._BLOCK_GAP = 2.0")
    sent = f"\x1b[200~{BLOCK}\x1b[201~" if announced else BLOCK
    with PtySession(["edit", str(path)], tmp_path, program=program) as session:
        session.until("Ctrl+S")
        session.keys("o")
        session.until("各部分")
        session.keys("5", "\r")
        session.until("表三 一、新收 自然人")
        session.quiet()
        whole = len(sent) if pieces == 1 else 9
        session.keys(sent[:whole])
        for start in range(whole, len(sent), 3):
            session.keys(sent[start : start + 3])
        session.until("将写入 2 行 3 列")
        session.until("请先看这 1 格")
        session.keys("\r")
        session.until("已改：粘贴 2 行 3 列")
        session.keys("\x13")
        session.until("已保存")
        session.keys("\x11")
        assert session.ended() == 0
    report = opened(path).report
    assert [report.value_at(NEW / key) for key in KEYS] == [1, 2, 3]
    assert [report.value_at(CARRIED_IN / key) for key in KEYS] == [4, 0, 6]
