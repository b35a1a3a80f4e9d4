"""Killed at any moment, an editor loses nothing that is older than a second, and tears nothing."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure_tui.store.document import Document
from disclosure_tui.store.files import sweep
from disclosure_tui.store.journal import (
    Reason,
    Recovery,
    find_journals,
    recover,
    remove,
    sweep_journals,
)
from disclosure_tui.store.journal_lines import parse
from faults.dying_editor import ASKS, LOG, PROSE, REPORT, TOOK
from seeds import seed as chosen_seed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/complete/sqs-2023.yaml"
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
EVIDENCE = ROOT / "docs/evidence/journal-soak.md"
HEAD = """# Editors killed at any moment

Written by `make soak` (`tests/faults/test_journal_kill.py`).

"""
FIGURES, PROSE_DELAY = 1.0, 2.0
LONGEST_WAIT = 60.0
USUAL_PAUSE = 0.25
TAIL = 1500


class Said(NamedTuple):
    what: str
    at: float
    state: str


class Editors:
    """Begins editors and kills them."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "faults.dying_editor"]
        environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "tests")}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def run(
        self, folder: Path, seed: int, lifetime: float, ready: Callable[[], bool] = lambda: True
    ) -> float:
        """Let an editor live for a time once it is ready, and return when it was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{seed} {folder}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        waited = time.monotonic() + LONGEST_WAIT
        while not ((folder / LOG).exists() and ready()):
            assert time.monotonic() < waited, "the editor never got ready"
            time.sleep(0.001)
        time.sleep(lifetime)
        killed = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        assert self.process.stdout.readline() == "\n"
        return killed

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(LONGEST_WAIT)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def editors() -> Iterator[Editors]:
    one = Editors()
    yield one
    one.close()


class Outcome(NamedTuple):
    """What a round showed.

    Attributes:
        lag: How many seconds before the kill the newest lost state was acknowledged; 0 for none.
        draft_lag: The same for the text being typed.
        unsaved: Steps recovered.
    """

    lag: float
    draft_lag: float
    unsaved: int


def _round(editors: Editors, folder: Path, seed: int, lifetime: float) -> Outcome:
    folder.mkdir()
    shutil.copyfile(SAMPLE, folder / REPORT)
    killed = editors.run(folder, seed, lifetime)
    said = [_said(line) for line in (folder / LOG).read_text().splitlines()]
    disk = (folder / REPORT).read_bytes()
    # It may be killed before it could say what it opened.
    opened = Said("did", 0.0, hashlib.sha256(SAMPLE.read_bytes()).hexdigest())
    states = [opened, *(one for one in said if one.what in ("does", "did"))]
    known = {one.state for one in states}
    assert hashlib.sha256(disk).hexdigest() in known, "a torn or unknown file"
    recovery = _recovered(folder, disk)
    document = Document.read(disk) if recovery.text is None else recovery.mine_document()
    document.data  # noqa: B018 - it can be read
    if recovery.text is not None:
        assert recovery.reason is Reason.ON_DISK
        assert recovery.base_document().encode() == disk
    assert document.sha256 in known, "no state that ever was"
    done = [one.at for one in said if one.what not in (ASKS, TOOK)]
    stalled = max(_longest_stall(done, killed), _longest_sync(said, killed))
    lag = max(_lag(states, "did", document.sha256, killed) - stalled, 0.0)
    draft = recovery.prose.get(PROSE, "")
    typed = [Said("typed", 0.0, _hash("")), *(one for one in said if one.what[:3] == "typ")]
    assert _hash(draft) in {one.state for one in typed}
    leftovers = {path.name for path in folder.iterdir()} - {REPORT, LOG}
    assert not leftovers, leftovers
    draft_lag = max(_lag(typed, "typed", _hash(draft), killed) - stalled, 0.0)
    return Outcome(lag, draft_lag, recovery.count)


def _longest_stall(times: list[float], killed: float) -> float:
    """Return for how long the editor did not get on at all, apart from its usual pauses.

    On a busy machine a process may have to wait for its turn; what it could not write meanwhile
    is not lost by the journal.
    """
    gaps = [later - earlier for earlier, later in pairwise([*times, killed])]
    longest = max(gaps, default=0.0)
    return longest if longest > USUAL_PAUSE else 0.0


def _longest_sync(said: list[Said], killed: float) -> float:
    """Return for how long the disk kept the journal at most, the last time until the kill.

    The journal goes on behind it; a disk that much else is written to may take a second.
    """
    longest, asked = 0.0, None
    for one in said:
        if one.what == ASKS:
            asked = one.at
        elif one.what == TOOK and asked is not None:
            longest, asked = max(longest, one.at - asked), None
    longest = max(longest, killed - asked if asked is not None else 0.0)
    return longest if longest > USUAL_PAUSE else 0.0


def _recovered(folder: Path, disk: bytes) -> Recovery:
    """Do what the next start does."""
    sweep(folder)
    sweep_journals(folder / REPORT)
    found = find_journals(folder / REPORT)
    assert len(found) <= 1
    for journal in found:
        assert not journal.in_use
        recovery = recover(journal.contents, disk)
        assert recovery.left_out == 0
        remove(journal)
        return recovery
    return Recovery(Reason.NOTHING)


def _lag(states: list[Said], acknowledged: str, recovered: str, killed: float) -> float:
    last = max(number for number, one in enumerate(states) if one.state == recovered)
    lost = [one for one in states[last + 1 :] if one.what == acknowledged]
    return killed - lost[0].at if lost else 0.0


def _said(line: str) -> Said:
    what, at, state = line.split()
    return Said(what, float(at), state)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _lifetime(chance: random.Random) -> float:
    return chance.uniform(0, 0.15) if chance.random() < 0.8 else chance.uniform(0, 2.5)


def test_a_few_killed_editors(editors: Editors, tmp_path: Path) -> None:
    for number, lifetime in enumerate([0.0, 0.02, 0.05, 0.1, 0.2, 1.6]):
        outcome = _round(editors, tmp_path / str(number), number, lifetime)
        assert outcome.lag <= FIGURES
        assert outcome.draft_lag <= PROSE_DELAY


@pytest.mark.soak
def test_editors_killed_at_any_moment(editors: Editors, tmp_path: Path) -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    rounds = 500 if FULL else 50
    outcomes = []
    for number in range(rounds):
        folder = tmp_path / str(number)
        outcome = _round(editors, folder, seed + number, _lifetime(chance))
        assert outcome.lag <= FIGURES, f"seed {seed}, round {number}: {outcome}"
        assert outcome.draft_lag <= PROSE_DELAY, f"seed {seed}, round {number}: {outcome}"
        outcomes.append(outcome)
        shutil.rmtree(folder)
    told = _told(seed, outcomes)
    sys.stdout.write(told)
    if FULL:
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")


def _told(seed: int, outcomes: list[Outcome]) -> str:
    lost = [outcome.lag for outcome in outcomes if outcome.lag]
    return (
        f"{date.today().isoformat()}, seed {seed}: {len(outcomes)} editors killed; 0 torn files, "
        f"0 leftovers after the next start, every recovered report a state that was; "
        f"{sum(bool(outcome.unsaved) for outcome in outcomes)} had unsaved work. "
        f"A step was lost in {len(lost)}, at most {max(lost, default=0) * 1000:.1f} ms old; a text "
        f"being typed at most {max(outcome.draft_lag for outcome in outcomes):.2f} s.\n"
    )


def _journal_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob(f".{REPORT}*.journal"))


def test_a_power_cut_at_any_byte_gives_a_state_that_was(editors: Editors, tmp_path: Path) -> None:
    """What the disk has after a power cut is the journal up to some byte."""
    folder = tmp_path / "report"
    folder.mkdir()
    shutil.copyfile(SAMPLE, folder / REPORT)
    # One who fills in and never rewrites a short journal (see `Editor`), killed once a good part of
    # the journal is steps: how far it gets in a given time depends on what else the machine does.
    report = (folder / REPORT).stat().st_size
    editors.run(folder, 4, 0.0, lambda: _journal_size(folder) > report + 5 * TAIL)
    disk = (folder / REPORT).read_bytes()
    known = {_said(line).state for line in (folder / LOG).read_text().splitlines()}
    (found,) = find_journals(folder / REPORT)
    whole = found.path.read_bytes()
    counts = []
    for cut in range(len(whole) - TAIL, len(whole) + 1):
        contents = parse(whole[:cut])
        recovery = recover(contents, disk)
        text = disk if recovery.text is None else recovery.text.encode()
        assert hashlib.sha256(text).hexdigest() in known
        counts.append(len(contents.entries))
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] > 0
