"""A text written in the person's own editor: the terminal is lent, the text comes back."""

from __future__ import annotations

import signal
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from terminal.pty_session import PtySession
from terminal.test_end_of_the_line import LEAVES_WITHIN, SLACK
from tui.report_files import PROSE, complete, opened

pytestmark = pytest.mark.slow

OVERVIEW = Pointer.parse("/overview")
OUTSIDE, SAVE, UNDO, END = b"\x17", b"\x13", b"\x1a", b"\x1b[1;5F"
BEFORE = PROSE["overview"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return complete(tmp_path)


def an_editor(folder: Path, body: str) -> dict[str, str]:
    """Make an editor of a few lines of shell; it says that it is there."""
    script = folder / "my editor"
    script.write_text(f'#!/bin/sh\nfile="$2"\necho EDITOR: $1\n{body}\n', encoding="utf-8")
    script.chmod(stat.S_IRWXU)
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    return {"VISUAL": f"'{script}' --wait", "EDITOR": "false", "TMPDIR": str(temporary)}


def left_behind(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "temporary").rglob("*") if path.is_file())


def at_overview(session: PtySession) -> None:
    session.until("Ctrl+S")
    session.keys("o")
    session.until("各部分")
    session.keys("3", "\r")
    session.until("（一）主动公开")


@pytest.mark.slow
def test_the_text_comes_back_as_one_step_and_the_terminal_as_it_was(report: Path) -> None:
    folder = report.parent
    body = f"""
    cd '{folder}'
    stat -c %a "$file" > mode; stat -c %a "$(dirname "$file")" >> mode
    stty -a > modes; cat "$file" > given
    printf '\\357\\273\\277%s\\r\\n第二段\\007\\r\\n' "$(cat "$file")" > "$file"
    while ! test -e go; do sleep 0.1; done
    """
    with PtySession(["edit", str(report)], folder, environment=an_editor(folder, body)) as session:
        at_overview(session)
        session.keys("新", OUTSIDE)
        session.until("EDITOR: --wait")
        session.until(lambda: is_noted(folder, "新（一）"))
        (folder / "go").touch()
        session.until("已取回")
        assert (folder / "mode").read_text() == "600\n700\n"
        modes = (folder / "modes").read_text()
        assert " icanon" in modes
        assert " echo " in modes
        assert (folder / "given").read_text("utf-8") == f"新{BEFORE}\n"
        session.until("第二段")
        session.until("未保存 2 处")
        session.keys(UNDO)
        session.until(lambda: not session.line_of("第二段"))
        session.keys("\x19")
        session.until("第二段")
        session.keys(SAVE)
        session.until("已保存")
        session.keys(b"\x11")
        assert session.ended() == 0
    assert opened(report).report.value_at(OVERVIEW) == f"新{BEFORE}\n第二段"
    assert left_behind(folder) == []


def is_noted(folder: Path, text: str) -> bool:
    """Tell whether a journal holds a text; it may be written, or be replaced, at this moment."""
    for path in folder.glob(".*journal*"):
        with suppress(OSError):
            if text.encode() in path.read_bytes():
                return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "told", "kept"),
    [
        ("exit 0", "没有改动", None),
        ('touch "$file"', "没有改动", None),
        ("exit 3", "编辑器没有正常结束（代码 3），文字没有改动", None),
        ('echo x >> "$file"; exit 1', "编辑器没有正常结束（代码 1），文字没有改动", b"\nx\n"),
        ('printf "\\304\\343" > "$file"', "编辑器存的不是 UTF-8，没有写入", b"\xc4\xe3"),
        ('rm "$file"', "编辑器留下的文件读不出", None),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_is_lost(
    report: Path, body: str, told: str, kept: bytes | None
) -> None:
    folder = report.parent
    with PtySession(["edit", str(report)], folder, environment=an_editor(folder, body)) as session:
        at_overview(session)
        session.keys(OUTSIDE)
        session.until(told)
        session.until("已保存")
        session.until("（一）主动公开")
        session.keys("新")
        session.until("新（一）主动公开")
        files = left_behind(folder)
        assert len(files) == (kept is not None)
        for path in files:
            assert kept is not None
            assert path.read_bytes().endswith(kept)
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.slow
def test_an_editor_that_is_not_there_is_named(report: Path) -> None:
    environment = {"VISUAL": "", "EDITOR": "no-such-editor -x"}
    with PtySession(["edit", str(report)], report.parent, environment=environment) as session:
        at_overview(session)
        session.keys(OUTSIDE)
        session.until("找不到 EDITOR 指定的编辑器【no-such-editor -x】")
        session.until("（一）主动公开")


@pytest.mark.slow
def test_a_change_of_size_and_an_interrupt_meanwhile_are_survived(report: Path) -> None:
    folder = report.parent
    body = f"""
    trap 'echo INTERRUPTED' INT
    echo LISTENING
    while ! test -e '{folder}/go'; do sleep 0.1; done
    echo 第三段 >> "$file"
    """
    with PtySession(["edit", str(report)], folder, environment=an_editor(folder, body)) as session:
        at_overview(session)
        session.keys(OUTSIDE)
        session.until("LISTENING")
        session.keys(b"\x03")
        session.until("INTERRUPTED")
        session.resize(100, 30)
        session.quiet(0.3)
        (folder / "go").touch()
        session.until("已取回")
        session.until("第三段")
        session.until(lambda: len(session.lines) == 30 and "Ctrl+S" in session.lines[29])


@pytest.mark.slow
def test_what_was_saved_in_the_editor_outlives_a_program_that_is_ended(report: Path) -> None:
    folder = report.parent
    body = """
    printf '第四段，存过的。\n' > "$file"
    while true; do sleep 0.1; done
    """
    with PtySession(["edit", str(report)], folder, environment=an_editor(folder, body)) as session:
        at_overview(session)
        session.keys(OUTSIDE)
        session.until("EDITOR: --wait")
        session.until(lambda: is_noted(folder, "第四段"))
        session.process.send_signal(signal.SIGTERM)
        session.gone(LEAVES_WITHIN + SLACK)
    with PtySession(["edit", str(report)], folder) as session:
        session.until("1 处改动没有保存")
        session.keys("\r")
        session.until("未保存 1 处")
        session.until("第四段，存过的。")
