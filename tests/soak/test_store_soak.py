"""Thousands of random changes of hard files: each exact, verified, agreed on and taken back.

`DISCLOSURE_SOAK=1` runs them all and writes the counts to docs/evidence/store-soak.md; otherwise
a tenth is run. `DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.report import Report
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.trial import expected_data
from seeds import seed as chosen_seed
from soak.independent_reader import alike, comparable, independent_data
from soak.random_edits import KINDS, random_edit

ROOT = Path(__file__).parents[2]
CORPUS = sorted((ROOT / "tests/store_corpus").glob("*.yaml"))
EVIDENCE = ROOT / "docs/evidence/store-soak.md"
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
TRANSACTIONS = 12_000 if FULL else 1_200
CHAIN = 4
"""So many changes follow each other before all are taken back."""


class Run:
    """The counts of one run, and what went wrong."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.tried: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.detached = 0
        self.back = 0
        self.wrong: list[str] = []
        self.reasons: Counter[str] = Counter()

    def transaction(self, before: Document) -> tuple[Document, Change] | None:
        """Try one random transaction; None where it was refused or nothing fitted."""
        kind = self.chance.choice(KINDS)
        wanted = self._wanted(kind, before)
        if wanted is None:
            return None
        self.tried[kind] += 1
        try:
            after, change, done = self._applied(before, wanted)
        except EditRefused as refusal:
            self.refused[kind] += 1
            self.reasons[refusal.what.en] += 1
            return None
        try:
            after.verify(before, done)
        except EditRefused as refusal:
            self._fault(f"verification: {refusal.what.en}", before, done)
            return None
        if not self._agreed(before, after, done):
            return None
        if after.revert(change).encode() != before.encode():
            self._fault("not taken back", before, done)
        if after.revert(change).revert(change.inverse()).encode() != after.encode():
            self._fault("not done again", before, done)
        self.back += 1
        return after, change

    def _wanted(self, kind: str, before: Document) -> Transaction | None:
        if kind != "multi":
            edit = random_edit(self.chance, kind, before.data)
            return None if edit is None else Transaction((edit,))
        data, edits = before.data, []
        for _ in range(self.chance.randint(2, 5)):
            edit = random_edit(self.chance, self.chance.choice(["set", "set", "insert"]), data)
            if edit is None:
                continue
            edits.append(edit)
            data = Report(data).after(Transaction((edit,))).data
        return Transaction(tuple(edits)) if edits else None

    def _applied(
        self, before: Document, wanted: Transaction
    ) -> tuple[Document, Change, Transaction]:
        """Do a transaction; what only a reference forbids is done detached, as a person may."""
        try:
            return (*before.apply(wanted), wanted)
        except EditRefused as refusal:
            if refusal.detachable is None:
                raise
        done = before.detached(wanted)
        self.detached += 1
        return (*before.apply(done), done)

    def _agreed(self, before: Document, after: Document, done: Transaction) -> bool:
        expected = comparable(expected_data(before.data, done.edits))
        try:
            theirs = comparable_theirs(after)
        except ValueError as error:
            self._fault(f"the other reader: {error}", before, done)
            return False
        if not alike(expected, theirs):
            self._fault(f"the other reader has {theirs!r}", before, done)
            return False
        return True

    def _fault(self, what: str, before: Document, done: Transaction) -> None:
        self.wrong.append(f"{before.name}: {what}\n  {before.text!r}\n  {done.edits!r}")


def comparable_theirs(document: Document) -> Any:
    return independent_data(document.encode().decode("utf-8-sig"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_other_reader_reads_the_same_in_every_hard_file(path: Path) -> None:
    source = path.read_bytes()
    document = Document.read(source, path.name)
    assert document.encode() == source
    assert alike(comparable(document.data), comparable_theirs(document))


def test_the_hard_files_are_many_and_their_bytes_are_kept() -> None:
    assert len(CORPUS) >= 40
    assert "tests/store_corpus/* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert any(b"\r\n" in path.read_bytes() for path in CORPUS)


CLASSES = {
    "a comment above the marker": rb"\A(?:#[^\n]*\n)+---",
    "a directive": rb"\A(?:#[^\n]*\n)*%(?:YAML|TAG)",
    "a comment inside brackets": rb"[\[{][^\]}\n]*,? +#[^\n]*\n[^\n#]*[\]}]",
    "a comment between key and value": rb":[ \t]+#[^\n]*\n[ \t]+[^ \t#\n:]+$",
    "a comment behind a merged map": rb"<<: \*\w+[ \t]+#",
    "a comment behind the end of the document": rb"\n\.\.\.[^\n]*\n#",
    "values aligned": rb":  +\d+, [^\n]*\}  +#[^\n]*\n[^\n]+:  +\d+, [^\n]*\}  +#",
    "colons aligned": rb"\n\w+ +:",
    "blanks spelt in every way": rb"(?s)(?=.*: null)(?=.*: ~)(?=.*: Null)(?=.*:[ \t]*\n)",
    "booleans and numbers": rb"(?s)(?=.*True)(?=.*\+\d)(?=.*-0\b)(?=.*0o\d)",
    "escapes": rb'"[^"\n]*\\u[0-9a-fA-F]{4}',
    "quoted texts over lines": rb'"[^"\n]+\n[^"]*"',
    "a raw line separator": "\u2028".encode(),
    "irregular indentation": rb"(?s)\n  \S.*\n {3,5}\S.*\n {6,}\S",
    "an indentation indicator": rb"[|>][-+]?[1-9][-+]?\s*\n",
    "an anchor on the root": rb"\A--- &\w",
    "an anchor on a blank": rb": &\w+[ \t]*\r?\n(?! )",
    "a tag in front of an anchor": rb"!\S+ &\w",
    "a tag that names the type": rb"!!int \d",
    "spacing inside brackets": rb"\{ +\w+: \d,\w",
    "a pair without a blank": rb"\[\w:\w",
    "Windows line breaks": rb"\r\n",
    "a byte order mark": b"\\A\xef\xbb\xbf",
    "no final line break": rb"[^\r\n]\Z",
    "blanks at the end of lines": rb"[ \t]\r?\n",
    "a tab before a comment": rb"\t#",
    "keys that are no texts": rb"(?s)(?=.*^3:)(?=.*^true:)(?=.*^2020-01-01:)",
    "explicit keys": rb"^\? ",
    "duplicate keys": rb"(?s)^(\w+): .*^\1: ",
    "a document marker": rb"\A---",
}
"""What changes or breaks other programs (research on fidelity): each has to be in a hard file."""


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_trouble_has_a_hard_file(name: str) -> None:
    wanted = re.compile(CLASSES[name], re.MULTILINE)
    assert any(wanted.search(path.read_bytes()) for path in CORPUS)


@pytest.mark.soak
def test_random_transactions_on_hard_files() -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    run = Run(seed)
    files = [(path, Document.read(path.read_bytes(), path.name)) for path in CORPUS]
    while sum(run.tried.values()) < TRANSACTIONS:
        for path, first in files:
            document, changes = first, []
            for _ in range(CHAIN):
                done = run.transaction(document)
                if done is not None:
                    document, change = done
                    changes.append(change)
            for change in reversed(changes):
                document = document.revert(change)
            assert document.encode() == path.read_bytes(), f"seed {seed}: {path.name}"
    if FULL:
        EVIDENCE.write_text(_told(run), encoding="utf-8")
    sys.stdout.write(_told(run))
    assert not run.wrong, f"seed {seed}\n" + "\n".join(run.wrong[:5])
    assert sum(run.refused.values()) <= sum(run.tried.values()) * 0.005
    assert run.refused["set"] <= run.tried["set"] * 0.005
    added = run.tried["insert"] + run.tried["append"]
    assert run.refused["insert"] + run.refused["append"] <= added * 0.02


def _told(run: Run) -> str:
    """Return the counts as the page that is kept."""
    rows = [
        f"| {kind} | {run.tried[kind]} | {run.tried[kind] - run.refused[kind]} | "
        f"{run.refused[kind]} | {run.refused[kind] / max(run.tried[kind], 1):.2%} |"
        for kind in dict.fromkeys(KINDS)
    ]
    reasons = [f"- {count} x {reason}" for reason, count in run.reasons.most_common()]
    total = sum(run.tried.values())
    return "\n".join(
        [
            "# Random changes of hard files",
            "",
            "Written by `make soak` (`tests/soak/test_store_soak.py`).",
            "",
            (
                f"{date.today().isoformat()}, seed {run.seed}, {len(CORPUS)} files of "
                f"`tests/store_corpus`, {total} transactions."
            ),
            "",
            "| kind | tried | done | refused | share refused |",
            "|---|---|---|---|---|",
            *rows,
            "",
            (
                f"- wrong: {len(run.wrong)} (verification, the independent reader py-yaml12 1.2, "
                "or the bytes after taking back)"
            ),
            f"- taken back and done again byte for byte: {run.back}",
            f"- done after detaching from a reference or a merge key: {run.detached}",
            "",
            "Why the rest was refused:",
            "",
            *(reasons or ["- nothing was"]),
            "",
        ]
    )


def test_a_value_set_and_set_back_leaves_the_bytes_as_they_were() -> None:
    """Typing a figure over another and back again is no change of the file."""
    for path in CORPUS:
        before = Document.read(path.read_bytes(), path.name)
        for pointer, value in Report(before.data).leaves():
            plain = before.spelling(pointer) == str(value)
            if not plain or not isinstance(value, (int, str)):
                continue
            try:
                other, _ = before.apply(Transaction((SetValue(pointer, 77),)))
            except EditRefused:
                continue
            again, _ = other.apply(Transaction((SetValue(pointer, value),)))
            if isinstance(value, int) and not isinstance(value, bool):
                assert again.encode() == before.encode(), (path.name, pointer)
