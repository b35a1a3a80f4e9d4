"""A save loop killed at random instants: no torn file, and nothing left after the next sweep."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import warnings
from pathlib import Path

import pytest

from disclosure_tui.store.files import read_bytes, save, sweep
from disclosure_tui.store.history import keep, versions
from disclosure_tui.store.in_place import interrupted

ROUNDS = 500 if os.environ.get("DISCLOSURE_SOAK") == "1" else 50
LONGEST_RUN = 0.02


def content_of(number: int) -> bytes:
    """Return content that says itself how long it is."""
    body = b"a: %d\n" % number * (number % 400 + 1)
    return b"lines: %d\n" % body.count(b"\n") + body


def is_whole(content: bytes) -> bool:
    head, _, body = content.partition(b"\n")
    lines = body.splitlines()
    return len(lines) == int(head.split()[1]) and len(set(lines)) == 1 and body.endswith(b"\n")


@pytest.mark.soak
@pytest.mark.parametrize("shape", ["plain", "new", "linked"])
def test_a_save_loop_that_is_killed(tmp_path: Path, shape: str) -> None:
    seed = random.randrange(2**32)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    path = tmp_path / "报告.yaml"
    saves = cut_off = 0
    for _ in range(ROUNDS):
        before = number_in(path) if path.exists() else 0
        killed(path, shape, before, chance.uniform(0, LONGEST_RUN))
        swept = sweep(tmp_path)
        cut_off += len(swept)
        backups = interrupted(path)
        if backups and not is_whole(path.read_bytes()):
            # Only in place can a file be torn, and then its old content stands beside it whole.
            assert shape == "linked"
            assert is_whole(backups[-1].read_bytes())
            path.write_bytes(backups[-1].read_bytes())
        for backup in backups:
            backup.unlink()
        if path.exists():
            assert is_whole(path.read_bytes())
            saves += number_in(path) - before
            assert number_in(path) >= before
        left = [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
        assert left in ([], [".history"])
    assert all(is_whole(version.path.read_bytes()) for version in versions(path))
    sys.stdout.write(f"{shape}: {ROUNDS} kills, {saves} saves, {cut_off} leftovers swept\n")
    assert saves > ROUNDS


def number_in(path: Path) -> int:
    return int(path.read_bytes().split()[3])


def killed(path: Path, shape: str, number: int, after: float) -> None:
    """Let a process save in a loop and kill it at an instant."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            _save_for_ever(path, shape, number)
        finally:
            os._exit(1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the loop ended by itself"


def _save_for_ever(path: Path, shape: str, number: int) -> None:
    import hashlib
    from datetime import datetime

    while True:
        number += 1
        if shape == "new":
            path.unlink(missing_ok=True)
        if not path.exists():
            save(path, content_of(number), expected_sha256=None)
            continue
        other = path.with_name("other.yaml")
        if shape == "linked" and not other.exists():
            other.hardlink_to(path)
        held = read_bytes(path)
        save(path, content_of(number), expected_sha256=hashlib.sha256(held).hexdigest())
        keep(path, content_of(number), datetime.now().astimezone())
