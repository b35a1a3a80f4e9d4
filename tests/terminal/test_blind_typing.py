"""Whatever comes from the keyboard, the program lives and the work can be accounted for.

`DISCLOSURE_SOAK=1` types all bytes and writes the counts to docs/evidence/blind-typing.md;
otherwise a tenth is typed. `DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run as run_command
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import offers_for
from disclosure_tui.store.journal import Saved, find_journals
from disclosure_tui.store.recovery import Replay
from seeds import seed as chosen_seed
from terminal.blind_typing import blows
from terminal.pty_session import PATIENCE, PtySession
from tui.report_files import complete, draft, opened

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
EVIDENCE = PROJECT / "docs/evidence/blind-typing.md"
KEPT_OPEN = Path(__file__).with_name("kept_open.py")
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
RUNS = 50 if FULL else 5
SAVING_RUNS = 20 if FULL else 2
BYTES = 2_000
"""So many in each run: 100 000 in all of them."""
JOURNAL_BEHIND = 2.0
"""Seconds that the journal may lag behind what is typed, for prose."""
REDRAW = b"\x0c"

HEAD = """# Typing blindly

Written by `make soak` (`tests/terminal/test_blind_typing.py`).

"""


class Blind:
    """One program that is typed at, and what became of it."""

    def __init__(self, folder: Path, seed: int, *, may_save: bool) -> None:
        folder.mkdir()
        self.chance = random.Random(seed)
        self.report = (draft if seed % 2 else complete)(folder)
        self.before = self.report.read_bytes()
        self.memory = folder / "memory.json"
        arguments = [str(self.report), str(self.memory), "saving" if may_save else "kept"]
        size = self.chance.choice([(80, 24), (120, 40), (60, 15)])
        # No other program takes the terminal: what it makes of the bytes is not looked at here.
        self.session = PtySession(
            arguments,
            folder,
            size,
            program=[str(KEPT_OPEN)],
            environment={"VISUAL": "", "EDITOR": "no-such-editor"},
        )
        self.counts: Counter[str] = Counter()

    def type(self, count: int) -> None:
        """Type bytes, and see that the program lives."""
        session = self.session
        session.until("Ctrl+S", 60)
        for number, piece in enumerate(blows(self.chance, count)):
            session.keys(piece)
            self.counts["bytes"] += len(piece)
            if number % 8 == 0:
                session.quiet(0.05)
        session.quiet(0.5)
        assert session.process.poll() is None, "\n".join(session.lines)

    def redraw(self) -> None:
        """See that the whole screen can be drawn again, the same one each time."""
        session, end = self.session, time.monotonic() + 60
        before: list[str] = []
        while time.monotonic() < end:
            session.blank()
            # It may be within a paste that has lost its end: that is given up after a while,
            # and said in a line of its own.
            session.keys(REDRAW)
            session.quiet(1.0)
            shown = session.lines
            if any(shown) and shown == before:
                return
            before = shown
        raise AssertionError("not drawn anew:\n" + "\n".join(before))

    def held(self) -> tuple[str, dict[Pointer, str]]:
        """Return what the program has in memory: the text, and what is being typed."""
        self.session.process.send_signal(signal.SIGUSR1)
        self.session.until(self.memory.exists, 60)
        held = json.loads(self.memory.read_text("utf-8"))
        drafts = {Pointer.parse(at): text for at, text in held["drafts"].items()}
        return held["text"], drafts

    def kill(self) -> None:
        """End it as a power cut does, once the journal has had its time."""
        self.session.quiet(JOURNAL_BEHIND + 1)
        assert self.session.process.poll() is None, "\n".join(self.session.lines)
        self.session.process.send_signal(signal.SIGKILL)
        self.session.gone(PATIENCE)


def _without_saving(folder: Path, seed: int, count: int) -> Counter[str]:
    blind = Blind(folder, seed, may_save=False)
    with blind.session:
        blind.type(count)
        blind.redraw()
        text, drafts = blind.held()
        blind.kill()
    assert blind.report.read_bytes() == blind.before
    offers = offers_for(blind.report)
    changed = text.encode() != blind.before
    if not offers:
        assert not changed
        assert not drafts
        return blind.counts
    recovery = offers[-1].recovery
    assert recovery.left_out == 0
    assert recovery.text == text
    assert {**recovery.prose, **recovery.cells} == drafts
    target = folder / "recovered.yaml"
    assert run_command(["recover", str(blind.report), "--to", str(target)]) == 0
    opened(target).close()
    assert blind.report.read_bytes() == blind.before
    blind.counts.update(changed=1, steps=len(recovery.steps), unfinished=len(drafts))
    return blind.counts


def _with_saving(folder: Path, seed: int, count: int) -> Counter[str]:
    blind = Blind(folder, seed, may_save=True)
    with blind.session:
        blind.type(count)
        blind.redraw()
        blind.session.keys(b"\x1b\x1b\x1b")
        blind.kill()
    content = blind.report.read_bytes()
    if content == blind.before:
        opened(blind.report).close()
        return blind.counts
    texts, saves = _passed_through(blind.report)
    # Only now: whoever opens the report removes a journal whose work is all in the file.
    opened(blind.report).close()
    assert texts[0].encode() == blind.before, "the journal does not begin with the file"
    assert content == texts[-1].encode(), "the file is not what the journal says was saved"
    blind.counts.update(changed=1, saves=saves)
    return blind.counts


def _passed_through(report: Path) -> tuple[list[str], int]:
    """Return the texts that the journal says were in the file, and how often it was saved."""
    (journal,) = find_journals(report)
    first, *entries = journal.contents.entries
    replay = Replay(first, None)  # type: ignore[arg-type]
    texts = [replay.text]
    for entry in entries:
        assert replay.take(entry)
        if isinstance(entry, Saved):
            texts.append(replay.text)
    return texts, len(texts) - 1


def test_a_few_bytes_typed_blindly(tmp_path: Path) -> None:
    assert _without_saving(tmp_path / "kept", 3, 400)["bytes"] == 400


@pytest.mark.slow
@pytest.mark.soak
def test_bytes_typed_blindly_break_nothing(tmp_path: Path) -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    kept, saved = Counter[str](), Counter[str]()
    for number in range(RUNS):
        kept += _without_saving(tmp_path / f"kept-{number}", seed + number, BYTES)
    for number in range(SAVING_RUNS):
        saved += _with_saving(tmp_path / f"saved-{number}", seed + 1000 + number, BYTES)
    told = (
        f"{date.today().isoformat()}, seed {seed}: {RUNS} runs without saving, {kept['bytes']} "
        f"bytes; {kept['changed']} of them changed the report, in {kept['steps']} steps, "
        f"{kept['unfinished']} values were still being typed. Every program lived and drew its "
        "screen again, the file was untouched, and after a kill file and journal gave what had "
        f"been in memory. {SAVING_RUNS} runs with saving, {saved['bytes']} bytes: "
        f"{saved['changed']} files changed, {saved['saves']} saves; every file could be read and "
        "was what the journal said had been saved.\n"
    )
    sys.stdout.write(told)
    assert kept["changed"] > RUNS // 2
    if FULL:
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")
