"""Hard files with pieces put in, left out and mixed: read or refused, and edited without harm.

`DISCLOSURE_SOAK=1` runs them all and keeps the counts; otherwise a tenth is run.
`DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.model.edit import Transaction
from disclosure_tui.store.document import Document
from disclosure_tui.store.reader import read_report
from disclosure_tui.store.tree import same_node
from seeds import seed as chosen_seed
from soak.random_edits import KINDS, random_edit

ROOT = Path(__file__).parents[2]
CORPUS = [
    path.read_bytes().decode() for path in sorted((ROOT / "tests/store_corpus").glob("*.yaml"))
]
EVIDENCE = ROOT / "docs/evidence/damaged-files-soak.md"
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
TEXTS = 20_000 if FULL else 2_000
EDITS = 3
HEAD = """# Damaged files

Written by `make soak` (`tests/soak/test_damaged_files.py`).

"""
PIECES = [
    *(" ", "  ", "\n", "\t", "\r", "\r\n", "#", " #", ": ", ":", "- ", "-", "? ", ","),
    *("{", "}", "[", "]", '"', "'", '""', "''", "|", ">", "|-\n", ">+\n", " |2\n"),
    *("&a ", "*a ", "!t ", "<<: ", "---\n", "...\n", "%", "@", "`", "\\", "~", "null"),
    *("a", "1", "字", "\u2028", "\x85", "\ufeff", "\x1b", "\0"),
]


def damaged(chance: random.Random) -> str:
    """Return a hard file after a few accidents."""
    text = chance.choice(CORPUS)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(text))
        accident = chance.random()
        if accident < 0.5:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif accident < 0.8:
            text = text[:at] + text[at + chance.randint(1, 3) :]
        else:
            other = chance.choice(CORPUS)
            start = chance.randint(0, len(other))
            text = text[:at] + other[start : start + chance.randint(1, 30)] + text[at:]
    return text


@pytest.mark.soak
def test_damaged_files_are_read_or_refused_and_edited_without_harm() -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    for _ in range(TEXTS):
        text = damaged(chance)
        document = _read(text)
        if isinstance(document, DocumentError):
            # Whoever typed it is told where, and what to do.
            assert re.fullmatch(r"r\.yaml:\d+:\d+", document.where), (seed, text)
            assert document.hint is not None, (seed, text)
            counts["refused"] += 1
            continue
        counts["read"] += 1
        assert document.encode() == text.encode(), (seed, text)
        # Read quickly or not, the tree is that of the exact reader.
        exact = read_report(document.text, "r.yaml")
        assert exact.at == document.root.at, (seed, text)
        assert same_node(exact.node, document.root.node), (seed, text)
        for _ in range(EDITS):
            counts[_edited(document, chance, f"seed {seed}: {text!r}")] += 1
    told = (
        f"{date.today().isoformat()}, seed {seed}: {TEXTS} damaged texts, {counts['read']} read, "
        f"{counts['refused']} refused with line and column. Edits of those read: "
        f"{counts['done']} done and verified, {counts['edit refused']} refused when written, "
        f"{counts['verification refused']} when read again; all taken back byte for byte.\n"
    )
    sys.stdout.write(told)
    assert counts["done"] > TEXTS * 0.3
    assert counts["verification refused"] <= counts["done"] * 0.005
    if FULL:
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")


def _read(text: str) -> Document | DocumentError:
    try:
        return Document.read(text.encode(), "r.yaml")
    except DocumentError as error:
        return error


def _edited(document: Document, chance: random.Random, told: str) -> str:
    """Try a random edit; return what became of it."""
    kind = chance.choice([kind for kind in KINDS if kind != "multi"])
    if not document.data and kind != "insert":
        return "nothing to edit"
    edit = random_edit(chance, kind, document.data)
    if edit is None:
        return "nothing to edit"
    transaction = Transaction((edit,))
    try:
        after, change = document.apply(transaction)
    except EditRefused:
        return "edit refused"
    try:
        after.verify(document, transaction)
    except EditRefused:
        # Read though it is hardly right: then reading again is what holds a wrong edit back.
        return "verification refused"
    assert after.revert(change).encode() == document.encode(), (told, edit)
    return "done"
