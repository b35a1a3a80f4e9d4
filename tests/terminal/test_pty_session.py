"""Quiet is a program that rests, not one that a busy machine keeps from its work."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.pty_session import PtySession

COMPUTES = """
import os, time, tty
tty.setraw(0)
os.write(1, b"ready\\r\\n")
{before}
os.read(0, 1)
{after}
os.write(1, b"done\\r\\n")
os.read(0, 1)
"""
WORK = "end = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
"""It says nothing for longer than a test waits for silence."""


@pytest.mark.parametrize(
    ("before", "after"),
    [("", WORK), (WORK, ""), ("time.sleep(0.8)", "")],
    ids=["works on a key", "works before a key", "has not taken a key"],
)
def test_what_comes_of_a_key_is_there_when_it_is_quiet(
    tmp_path: Path, before: str, after: str
) -> None:
    program = ("-c", COMPUTES.format(before=before, after=after))
    with PtySession([], tmp_path, program=program) as session:
        session.until("ready")
        session.keys("x")
        session.quiet()
        assert session.line_of("done")


def test_a_program_that_ended_is_quiet(tmp_path: Path) -> None:
    with PtySession([], tmp_path, program=("-c", "print('done')")) as session:
        session.until("done")
        session.quiet()
        assert session.ended() == 0
