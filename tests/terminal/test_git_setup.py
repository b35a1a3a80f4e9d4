"""`disclosure git-setup` asks on a terminal before it installs a hook or moves that of others."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from terminal.pty_session import PtySession

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

OFFER = "提交前校验暂存的报告吗"
MOVE = "已有别的 pre-commit"


def set_up(folder: Path) -> PtySession:
    subprocess.run(["git", "init", "-q", str(folder)], check=True, capture_output=True)
    environment = {"DISCLOSURE_LANG": "zh", "GIT_CONFIG_NOSYSTEM": "1", "PAGER": "cat"}
    return PtySession(["git-setup", "."], folder, environment=environment)


@pytest.mark.parametrize(("answer", "installed"), [("y\r", True), ("n\r", False), ("\r", False)])
def test_the_hook_is_offered(tmp_path: Path, answer: str, installed: bool) -> None:
    with set_up(tmp_path) as session:
        session.until(OFFER)
        session.keys(answer)
        assert session.ended() == 0
    assert (tmp_path / ".git/hooks/pre-commit").exists() is installed
    assert (tmp_path / ".gitattributes").exists()


@pytest.mark.parametrize("moved", [True, False])
def test_a_hook_of_others_is_moved_only_if_the_person_says_so(tmp_path: Path, moved: bool) -> None:
    hook = tmp_path / ".git/hooks/pre-commit"
    hook.parent.mkdir(parents=True)
    hook.write_text("#!/bin/sh\n", encoding="utf-8")
    with set_up(tmp_path) as session:
        session.until(OFFER)
        session.keys("y\r")
        session.until(MOVE)
        session.keys("y\r" if moved else "n\r")
        assert session.ended() == (0 if moved else 1)
    assert hook.with_name("pre-commit.before-disclosure").exists() is moved
    assert ("check-staged" in hook.read_text(encoding="utf-8")) is moved
