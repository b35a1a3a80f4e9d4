"""An editor that is killed at any moment: it fills in, undoes, saves, and says what it did.

Run as a program it reads lines `SEED FOLDER` and begins an editor in a process of its own for
each; it answers with the number of the process, and with an empty line when that is dead.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
import time
import traceback
from pathlib import Path

from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.store import journal_file
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.files import save
from disclosure_tui.store.journal import Journal

REPORT = "tyj-2025.yaml"
LOG = "log"
ASKS, TOOK = "asks", "took"
"""Said around the time for which the disk keeps the journal."""
PROSE = Pointer.of("problems")
LONGEST_WAIT = 60.0


class Editor:
    """A person who never rests."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.path = folder / REPORT
        content = self.path.read_bytes()
        self.random = random.Random(seed)
        self.document = Document.read(content, REPORT)
        self.cells = [p for p, v in Report(self.document.data).leaves() if isinstance(v, int)]
        self.log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.journal = Journal.begin(self.path, content, "张某")
        self.saved = self.document.sha256
        self.done: list[Change] = []
        self.undone: list[Change] = []
        self.count = 0
        self.draft = ""
        self.sync = os.fsync
        os.fsync = self.wait_for_disk  # type: ignore[assignment]
        # Some only type a text, so that nothing else takes it along to the disk.
        self.weights = [0, 0, 0, 0, 1] if seed % 5 == 0 else [10, 3, 2, 2, 4]
        if seed % 2:
            # A short journal is rewritten after nearly every save.
            journal_file.LONGEST, journal_file.KEPT = 30_000, 8_000

    def wait_for_disk(self, descriptor: int) -> None:
        """Have the disk take what was written, and note for how long it kept the journal."""
        of_journal = threading.current_thread() is not threading.main_thread()
        if of_journal:
            self.say(ASKS, "disk")
        self.sync(descriptor)
        if of_journal:
            self.say(TOOK, "disk")

    def say(self, what: str, state: str) -> None:
        """Note a state for the test: once before it may be in the journal, once after."""
        os.write(self.log, f"{what} {time.monotonic():.6f} {state}\n".encode())

    def act(self) -> None:
        """Do one thing of those that a person does."""
        self.count += 1
        kinds = ["commit", "undo", "redo", "save", "type"]
        kind = self.random.choices(kinds, self.weights)[0]
        if kind == "commit":
            self.commit()
        elif kind == "undo" and self.done:
            change = self.done.pop()
            self.undone.append(change)
            self.go(self.document.revert(change))
            self.journal.undo(change)
            self.say("did", self.document.sha256)
        elif kind == "redo" and self.undone:
            change = self.undone.pop()
            self.done.append(change)
            self.go(self.document.revert(change.inverse()))
            self.journal.redo(change)
            self.say("did", self.document.sha256)
        elif kind == "save" and self.document.sha256 != self.saved:
            # As the session does: what the file is going to hold is in the journal first.
            self.journal.flush(LONGEST_WAIT)
            save(self.path, self.document.encode(), expected_sha256=self.saved)
            self.saved = self.document.sha256
            self.journal.saved(self.saved)
        elif kind == "type":
            self.draft += self.random.choice("字词句，\n")
            self.say("types", hashlib.sha256(self.draft.encode()).hexdigest())
            self.journal.prose(PROSE, self.draft)
            self.say("typed", hashlib.sha256(self.draft.encode()).hexdigest())

    def commit(self) -> None:
        """Put in a number that never stood anywhere, so that no two states are alike."""
        edits: list[Edit] = [SetValue(self.random.choice(self.cells), self.count)]
        if self.random.random() < 0.2:
            edits.append(self.remark())
        transaction = Transaction(tuple(edits))
        document, change = self.document.apply(transaction)
        self.go(document)
        self.done.append(change)
        self.undone.clear()
        self.journal.commit(change, pointers=transaction.pointers)
        self.say("did", document.sha256)

    def remark(self) -> Edit:
        """Return the edit that adds a remark, and the map of remarks if there is none."""
        remarks, key = Pointer.of("remarks"), f"/{self.count}"
        if Report(self.document.data).has(remarks):
            return InsertValue(remarks / key, "说明")
        return InsertValue(remarks, {key: "说明"})

    def go(self, document: Document) -> None:
        """Take a document as the present one."""
        self.document = document
        self.say("does", document.sha256)


def edit(folder: Path, seed: int) -> None:
    """Fill in until killed."""
    editor = Editor(folder, seed)
    editor.say("did", editor.document.sha256)
    while True:
        editor.act()
        time.sleep(editor.random.choice([0, 0, 0.001, 0.004, 0.02]))


def main() -> None:
    """Begin an editor for every line."""
    for line in sys.stdin:
        seed, folder = line.split(maxsplit=1)
        pid = os.fork()
        if pid == 0:
            try:
                edit(Path(folder.rstrip("\n")), int(seed))
            finally:
                traceback.print_exc()
                os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
