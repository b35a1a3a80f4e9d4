"""`disclosure show` on a terminal: the person's pager, and none where none is wanted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from terminal.pty_session import PtySession

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[2] / "samples/complete/sqs-2023.yaml"
TITLE = "宿迁市人民政府2023年政府信息公开工作年度报告"
LAST = "2024-03-20"

needs_less = pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that keeps what it is given and what it is told."""
    path = tmp_path / "my pager"
    path.write_text('#!/bin/sh\nenv > told\ncat > "$1"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def show(folder: Path, *options: str, size: tuple[int, int] = (80, 24), **more: str) -> PtySession:
    return PtySession(["show", str(SAMPLE), "--lang", "zh", *options], folder, size, more)


@pytest.mark.slow
def test_a_long_report_goes_to_the_pager_that_was_chosen(tmp_path: Path, pager: Path) -> None:
    with show(tmp_path, PAGER=f"'{pager}' kept", LANG="en_US") as session:
        assert session.ended() == 0
        assert TITLE not in "".join(session.lines)
    kept = (tmp_path / "kept").read_text(encoding="utf-8")
    assert TITLE in kept
    assert LAST in kept
    told = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    assert "LESSCHARSET=utf-8" in told
    assert "LESS=FRX" in told


@pytest.mark.slow
def test_options_for_less_are_kept_and_colours_added(tmp_path: Path, pager: Path) -> None:
    with show(tmp_path, PAGER=f"'{pager}' kept", LESS="-i") as session:
        assert session.ended() == 0
    assert "LESS=-i -R" in (tmp_path / "told").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--no-pager"], {"PAGER": "'PAGER' kept"}),
        ([], {"PAGER": "cat"}),
        ([], {"PAGER": ""}),
        ([], {"PAGER": "no-such-pager-anywhere"}),
        ([], {"PAGER": "'PAGER' kept", "TERM": "dumb"}),
        (["--section", "六"], {"PAGER": "'PAGER' kept"}),
    ],
)
def test_no_pager_where_none_is_wanted_there_or_needed(
    tmp_path: Path, pager: Path, options: list[str], environment: dict[str, str]
) -> None:
    environment["PAGER"] = environment["PAGER"].replace("PAGER", str(pager))
    with show(tmp_path, *options, size=(80, 20), **environment) as session:
        assert session.ended() == 0
        assert LAST.encode() in session.output or "没有其他需要报告" in session.output.decode()
    assert not (tmp_path / "kept").exists()


@pytest.mark.slow
@needs_less
def test_less_shows_chinese_whatever_the_locale_and_leaves_at_q(tmp_path: Path) -> None:
    with show(tmp_path, LANG="en_US", LC_ALL="C", PAGER="less") as session:
        session.until(TITLE)
        assert LAST.encode() not in session.output
        session.keys("G")
        session.until(LAST)
        session.keys("q")
        assert session.ended() == 0


@pytest.mark.slow
@needs_less
def test_ctrl_c_in_the_pager_does_not_leave_it_alone_behind(tmp_path: Path) -> None:
    with show(tmp_path, PAGER="less") as session:
        session.until(TITLE)
        session.keys("\x03")
        session.quiet()
        assert session.process.poll() is None
        session.keys("q")
        assert session.ended() == 0


@pytest.mark.slow
def test_a_pager_left_early_is_no_fault(tmp_path: Path) -> None:
    with show(tmp_path, "--width", "400", PAGER="head -1") as session:
        assert session.ended() == 0
        session.quiet()
        assert "出错" not in "".join(session.lines)
