"""A person whose disk is full: the last step still reaches the journal, and nothing is lost.

Run as a program on a folder whose file system is small and empty; says `done` at the end.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import save
from disclosure_tui.store.journal import Journal, Reason, Recovery, find_journals, recover
from disclosure_tui.store.reserve import release, reserve
from disclosure_tui.store.save_errors import DiskFull

SAMPLE = Path(__file__).parents[2] / "samples/complete/sqs-2023.yaml"
PROBLEMS = Pointer.of("problems")
ROOM = 32 * 1024
LONGEST_WAIT = 60.0
LONG = "一段很长的文字。" * 400  # more than what is left of the last block of the journal


def main(folder: Path, elsewhere: Path) -> None:
    """Fill in, fill the disk, fill in further, and make room again."""
    report = folder / "tyj-2025.yaml"
    shutil.copyfile(SAMPLE, report)
    content = report.read_bytes()
    document = Document.read(content, report.name)
    first = document.sha256
    room = folder / ".room"
    assert reserve(room, ROOM)
    journal = Journal.begin(report, content, "张某", make_room=lambda: release(room))

    def type_in(text: str) -> bool:
        nonlocal document
        asked = Transaction((SetValue(PROBLEMS, text),))
        document, change = document.apply(asked)
        journal.commit(change, pointers=asked.pointers)
        return journal.flush(LONGEST_WAIT)

    assert type_in("甲" + LONG)
    fill(folder / "other-1")
    assert room.exists()
    assert type_in("乙" + LONG), "the room that was kept was not enough"
    assert not room.exists()
    assert recovered(report).text == document.text
    fill(folder / "other-2")
    assert not type_in("丙" + LONG)
    assert journal.failure is not None
    assert "磁盘已满" in journal.failure.zh
    # What reached the journal before is still whole.
    assert (recovered(report).text or "").count("乙") == document.text.count("丙")
    with pytest.raises(DiskFull):
        save(report, document.encode(), expected_sha256=first)
    assert report.read_bytes() == content
    assert not list(folder.glob(".*.tmp"))
    save(elsewhere / "copy.yaml", document.encode(), expected_sha256=None)
    (folder / "other-1").unlink()
    assert journal.flush(LONGEST_WAIT), "what waited was not written once there was room"
    assert recovered(report).text == document.text
    save(report, document.encode(), expected_sha256=first)
    journal.saved(document.sha256)
    assert journal.flush(LONGEST_WAIT)
    assert recovered(report).reason is Reason.NOTHING
    journal.close(keep=False)
    assert {path.name for path in folder.iterdir()} == {report.name, "other-2"}
    assert (elsewhere / "copy.yaml").read_bytes() == report.read_bytes()
    sys.stdout.write("done\n")


def fill(path: Path) -> None:
    """Take all the room that is left, to the last byte."""
    with path.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def recovered(report: Path) -> Recovery:
    """Do what the next start would do."""
    (found,) = find_journals(report)
    return recover(found.contents, report.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
