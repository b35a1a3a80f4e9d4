"""What a journal gives back, held against the file as it is now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change, Document, Replacement
from disclosure_tui.store.journal import Reason, Recovery, read_journal, recover
from disclosure_tui.store.journal_lines import (
    Base,
    Draft,
    Header,
    JournalContents,
    Saved,
    Step,
)
from disclosure_tui.store.merge import merge

HEADER = Header("t", "/r.yaml", "0", "x", "h", 1, "b", "2026", locked=False)
BASE = Document.read(b"a: 1\nb: 2\nc: x\n")
A, B, C = Pointer.of("a"), Pointer.of("b"), Pointer.of("c")


def _step(document: Document, pointer: Pointer, value: Any) -> tuple[Document, Step]:
    after, change = document.apply(Transaction((SetValue(pointer, value),)))
    return after, Step("commit", change, pointers=(pointer,))


ONE, STEP_ONE = _step(BASE, A, 10)
TWO, STEP_TWO = _step(ONE, B, 20)
UNDO_ONE = Step("undo", STEP_ONE.change.inverse())
UNDO_TWO = Step("undo", STEP_TWO.change.inverse())


def _recover(disk: bytes | None, *entries: Any, has_mark: bool = False) -> Recovery:
    base = Base(BASE.text, has_mark)
    return recover(JournalContents(HEADER, (base, *entries), torn=False), disk)


def _told(recovery: Recovery) -> str:
    assert not re.search("非法|无效|失败|[“”…—·]|[A-Za-z]", recovery.message.zh)
    assert recovery.message.en.isascii()
    return recovery.message.zh


def test_steps_on_top_of_the_file_are_given_back() -> None:
    recovery = _recover(BASE.encode(), STEP_ONE, STEP_TWO)
    assert recovery.reason is Reason.ON_DISK
    assert recovery.changes == (STEP_ONE.change, STEP_TWO.change)
    assert recovery.mine_document().text == TWO.text
    assert recovery.base_document().text == BASE.text
    assert _told(recovery) == "上次填报中断，2 处改动没有保存，已全部找回。"


def test_a_save_counts_also_if_its_entry_was_lost() -> None:
    for entries in ((STEP_ONE, Saved(ONE.sha256), STEP_TWO), (STEP_ONE, STEP_TWO)):
        recovery = _recover(ONE.encode(), *entries)
        assert (recovery.text, recovery.steps) == (TWO.text, (STEP_TWO,))
        assert recovery.earlier == (STEP_ONE,)


def test_nothing_is_left_when_all_is_saved_or_was_undone() -> None:
    for disk, entries in (
        (TWO, (STEP_ONE, STEP_TWO, Saved(TWO.sha256))),
        (BASE, (STEP_ONE, UNDO_ONE)),
        (Document.read(b"z: 1\n"), (STEP_ONE, Saved(ONE.sha256))),
    ):
        recovery = _recover(disk.encode(), *entries)
        assert (recovery.reason, recovery.count, recovery.text) == (Reason.NOTHING, 0, None)
        assert _told(recovery) == "上次的改动都已保存，没有要找回的。"
        with pytest.raises(DocumentError):
            recovery.mine_document()


def test_undoing_across_a_save_is_a_step_back_from_the_file() -> None:
    entries = (STEP_ONE, STEP_TWO, Saved(TWO.sha256), UNDO_TWO, UNDO_ONE)
    recovery = _recover(TWO.encode(), *entries)
    assert recovery.text == BASE.text
    assert recovery.changes == (UNDO_TWO.change, UNDO_ONE.change)
    redo = Step("redo", STEP_ONE.change)
    recovery = _recover(TWO.encode(), *entries, redo)
    assert recovery.changes == (UNDO_TWO.change,)


def test_a_file_changed_elsewhere_is_to_be_merged_from_the_last_save() -> None:
    theirs = Document.read(ONE.text.replace("c: x", "c: theirs  # new").encode())
    recovery = _recover(theirs.encode(), STEP_ONE, Saved(ONE.sha256), STEP_TWO)
    assert recovery.reason is Reason.MERGE
    assert (recovery.base, recovery.text, recovery.count) == (ONE.text, TWO.text, 1)
    assert _told(recovery).endswith("文件后来在别处改过，两边都改过的格会逐个问。")
    merged = merge(recovery.base_document(), recovery.mine_document(), theirs)
    assert not merged.conflicts
    after, _ = theirs.apply(merged.transaction)
    assert after.text == "a: 10\nb: 20\nc: theirs  # new\n"


def test_a_merge_in_between_is_where_the_steps_begin() -> None:
    theirs = Document.read(b"a: 1\nb: 7\nc: x\n")
    again, step = _step(theirs, C, "z")
    base = Base(theirs.text, has_mark=False)
    recovery = _recover(theirs.encode(), STEP_ONE, base, step)
    assert (recovery.reason, recovery.text, recovery.steps) == (Reason.ON_DISK, again.text, (step,))
    assert recovery.earlier == ()


def test_a_file_that_is_gone_is_given_back_whole() -> None:
    recovery = _recover(None, STEP_ONE, Saved(ONE.sha256))
    assert (recovery.reason, recovery.text) == (Reason.GONE, ONE.text)
    assert "请另存为新文件" in _told(recovery)


def test_the_byte_order_mark_belongs_to_the_file() -> None:
    marked = b"\xef\xbb\xbf" + BASE.encode()
    assert _recover(marked, STEP_ONE, has_mark=True).reason is Reason.ON_DISK
    assert _recover(marked, STEP_ONE, has_mark=True).mine_document().encode()[:3] == marked[:3]
    assert _recover(marked, STEP_ONE).reason is Reason.MERGE
    assert _recover(b"\xff", STEP_ONE).reason is Reason.MERGE


def test_a_draft_alone_is_worth_recovering() -> None:
    recovery = _recover(BASE.encode(), Draft("prose", C, "typed"))
    assert (recovery.reason, recovery.count, recovery.text) == (Reason.ON_DISK, 1, BASE.text)
    recovery = _recover(BASE.encode(), Draft("prose", C, "typed"), Draft("prose", C, None))
    assert recovery.reason is Reason.NOTHING


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    wrong = Step("commit", Change((Replacement(0, "zzz", "y"),)))
    recovery = _recover(BASE.encode(), STEP_ONE, wrong, STEP_TWO)
    assert (recovery.text, recovery.left_out) == (ONE.text, 2)


def test_without_its_beginning_a_journal_gives_nothing(tmp_path: Path) -> None:
    for contents in (
        JournalContents(None, (), torn=True),
        JournalContents(HEADER, (), torn=True),
        JournalContents(HEADER, (STEP_ONE,), torn=False),
    ):
        recovery = recover(contents, BASE.encode())
        assert recovery.reason is Reason.UNREADABLE
        assert "没有能找回的改动" in _told(recovery)
    with pytest.raises(DocumentError):
        read_journal(tmp_path / "none")
