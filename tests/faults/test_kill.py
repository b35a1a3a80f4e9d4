"""A save loop killed at random instants: no torn file, and nothing left after the next sweep."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import time
import warnings
from datetime import date, datetime
from pathlib import Path

import pytest

from disclosure_tui.store.files import read_bytes, save, sweep
from disclosure_tui.store.history import keep, versions
from disclosure_tui.store.in_place import interrupted
from seeds import seed as chosen_seed

FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
ROUNDS = 500 if FULL else 50
MOST_SAVES = 6
EVIDENCE = Path(__file__).parents[2] / "docs/evidence"
SHAPES = {
    "plain": "a file replaced by rename",
    "new": "a file made anew",
    "linked": "a file with two names, written in place",
}
HEAD = """# A save loop killed at random instants

Written by `make soak` (`tests/faults/test_kill.py`).

"""


def content_of(number: int) -> bytes:
    """Return content that says itself how long it is."""
    body = b"a: %d\n" % number * (number % 400 + 1)
    return b"lines: %d\n" % body.count(b"\n") + body


def is_whole(content: bytes) -> bool:
    head, _, body = content.partition(b"\n")
    lines = body.splitlines()
    return len(lines) == int(head.split()[1]) and len(set(lines)) == 1 and body.endswith(b"\n")


@pytest.mark.soak
@pytest.mark.parametrize("shape", SHAPES)
def test_a_save_loop_that_is_killed(tmp_path: Path, shape: str) -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    path = tmp_path / "报告.yaml"
    saves = cut_off = mended = 0
    for _ in range(ROUNDS):
        before = number_in(path) if path.exists() else 0
        saves += killed(path, shape, before, chance)
        swept = sweep(tmp_path)
        cut_off += len(swept)
        backups = interrupted(path)
        if backups and not is_whole(path.read_bytes()):
            # Only in place can a file be torn, and then its old content stands beside it whole.
            assert shape == "linked"
            assert is_whole(backups[-1].read_bytes())
            path.write_bytes(backups[-1].read_bytes())
            mended += 1
        for backup in backups:
            backup.unlink()
        if path.exists():
            assert is_whole(path.read_bytes())
            assert number_in(path) >= before
        left = [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
        assert left in ([], [".history"])
    assert all(is_whole(version.path.read_bytes()) for version in versions(path))
    told = (
        f"{date.today().isoformat()}, seed {seed}, {SHAPES[shape]}: {ROUNDS} kills in {saves} "
        f"saves; 0 torn files, {mended} in-place writes cut off and whole in their backup, "
        f"{cut_off} temporary files swept, 0 leftovers after that.\n"
    )
    sys.stdout.write(told)
    assert saves > ROUNDS
    if FULL:
        page = EVIDENCE / f"save-soak-{shape}.md"
        page.write_text(HEAD + told, encoding="utf-8")


def number_in(path: Path) -> int:
    return int(path.read_bytes().split()[3])


def killed(path: Path, shape: str, number: int, chance: random.Random) -> int:
    """Let a process save in a loop, kill it at an instant, and return its number of whole saves.

    The instant is counted in saves first, so that a busy machine gets as far as an idle one, and
    then lies anywhere in the next one.
    """
    telling, told = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            _save_for_ever(path, shape, number, told)
        finally:
            os._exit(1)
    os.close(told)
    begun = time.monotonic()
    whole = 1 + chance.randrange(MOST_SAVES)
    done = sum(len(os.read(telling, 1)) for _ in range(whole))
    time.sleep(chance.uniform(0, 1.5 * (time.monotonic() - begun) / whole))
    os.kill(child, signal.SIGKILL)
    os.close(telling)
    _, status = os.waitpid(child, 0)
    assert done == whole, "the loop ended by itself"
    assert os.WIFSIGNALED(status), "the loop ended by itself"
    return whole - 1


def _save_for_ever(path: Path, shape: str, number: int, told: int) -> None:
    os.write(told, b".")
    while True:
        number += 1
        _save_once(path, shape, number)
        os.write(told, b".")


def _save_once(path: Path, shape: str, number: int) -> None:
    if shape == "new":
        path.unlink(missing_ok=True)
    if not path.exists():
        save(path, content_of(number), expected_sha256=None)
        return
    other = path.with_name("other.yaml")
    if shape == "linked" and not other.exists():
        other.hardlink_to(path)
    held = read_bytes(path)
    save(path, content_of(number), expected_sha256=hashlib.sha256(held).hexdigest())
    keep(path, content_of(number), datetime.now().astimezone())
