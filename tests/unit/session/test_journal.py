"""What a session keeps against the worst, and how the next one finds it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.session import Offer, Session, Told, Unsettled, offers_for
from disclosure_tui.store import journal, journal_file
from disclosure_tui.store.history import versions
from disclosure_tui.store.journal import Reason, read_journal
from disclosure_tui.store.merge import Choice
from unit.session.reports import GRANTED, NEW, PROBLEMS, TYPES, copy_of_sample, hidden, opened
from unit.store.accounts import forked

LONGEST_WAIT = 60.0

CELL = GRANTED / "research"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path)


def broken_off(path: Path, *values: int, **options: Any) -> Session:
    """Leave a session that entered some values and was hung up."""
    session = opened(path, **options)
    for value in values:
        session.set_value(CELL, value)
    assert session.hang_up()
    return session


def the_offer(session: Session) -> Offer:
    (offer,) = session.recoveries()
    return offer


class TestKeeping:
    def test_the_journal_begins_at_the_first_change_with_room_beside_it(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 1)
        assert session._record.flush(LONGEST_WAIT)
        names = hidden(path.parent)
        room = f".{path.name}.reserve.{os.getpid()}.tmp"
        assert names >= {f".{path.name}.journal", f".{path.name}.lock"}
        session._record._room._thread.join()  # type: ignore[union-attr]
        assert path.with_name(room).stat().st_size >= 64 * 1024
        assert session.journal is not None
        session.save()
        session.close()
        assert hidden(path.parent) == {".history"}

    def test_room_is_given_back_when_the_disk_is_full(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = path.with_name(f".{path.name}.reserve.{os.getpid()}.tmp")
        write = journal_file._write

        def full(descriptor: int, content: bytes, at: int) -> None:
            if room.exists():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            write(descriptor, content, at)

        session = opened(path)
        session.set_value(CELL, 1)
        assert session._record.flush(LONGEST_WAIT)
        session._record._room._thread.join()  # type: ignore[union-attr]
        monkeypatch.setattr(journal_file, "_write", full)
        session.set_value(CELL, 2)
        assert session._record.flush(LONGEST_WAIT)
        assert not room.exists()
        assert session.hang_up()
        assert the_offer(opened(path)).count == 2

    def test_a_journal_that_cannot_be_written_is_told_once_and_again_when_it_works(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(descriptor: int, content: bytes, at: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        session = opened(path)
        monkeypatch.setattr(journal_file, "_write", broken)
        session.set_value(CELL, 1)
        assert not session._record.flush(LONGEST_WAIT)
        (news,) = session.poll()
        assert isinstance(news, Told)
        assert "改动还在" in news.text.zh
        assert session.journal_failure == news.text
        assert session.poll() == ()
        monkeypatch.undo()
        assert session._record.flush(LONGEST_WAIT)
        assert session.journal_failure is None
        session.close()

    def test_a_clean_exit_sets_unsaved_work_aside(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 5)
        text = session.document.encode()
        assert session.close() == ()
        assert opened(path).recoveries() == ()
        (version,) = versions(path)
        assert version.is_set_aside
        assert version.path.read_bytes() == text

    def test_where_no_copy_can_be_made_the_journal_stays(self, path: Path) -> None:
        (path.parent / ".history").write_text("in the way")
        session = opened(path)
        session.set_value(CELL, 5)
        assert session.close() != ()
        assert the_offer(opened(path)).count == 1

    def test_a_script_keeps_none(self, path: Path) -> None:
        session = opened(path, journaled=False)
        session.set_value(CELL, 1)
        assert session.journal is None
        assert hidden(path.parent) == {f".{path.name}.lock"}
        session.save()
        session.close()

    def test_hanging_up_does_not_wait_for_a_disk_that_is_stuck(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on, write = Event(), journal_file._write

        def stuck(descriptor: int, content: bytes, at: int) -> None:
            go_on.wait()
            write(descriptor, content, at)

        monkeypatch.setattr(journal_file, "_write", stuck)
        monkeypatch.setattr(journal, "LEAVING", 0.1)
        session = opened(path)
        session.set_value(CELL, 1)
        assert not session.hang_up()
        assert f".{path.name}.lock" not in hidden(path.parent)
        go_on.set()

    def test_hanging_up_with_nothing_to_keep_leaves_nothing(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 1)
        session.undo()
        assert session.hang_up()
        assert hidden(path.parent) == set()


class TestRecovering:
    def test_steps_come_back_and_can_be_undone_and_done_again(self, path: Path) -> None:
        held = path.read_bytes()
        states = [held]
        first = opened(path)
        for value in (1, 2, 3):
            first.set_value(CELL, value)
            states.append(first.document.encode())
        first.hang_up()
        session = opened(path)
        offer = the_offer(session)
        assert (offer.count, offer.person, offer.recovery.reason) == (3, "张某", Reason.ON_DISK)
        assert "3 处改动没有保存，已全部找回" in offer.text.zh
        assert session.unsaved == 0
        session.recover(offer)
        assert session.unsaved == 3
        assert path.read_bytes() == held
        assert session.recoveries() == ()
        for state in reversed(states[:-1]):
            commit = session.undo()
            assert commit is not None
            assert CELL in commit.pointers
            assert session.document.encode() == state
        for state in states[1:]:
            session.redo()
            assert session.document.encode() == state
        assert session.save()
        session.close()
        assert hidden(path.parent) == {".history"}

    def test_what_was_saved_before_can_be_undone_too(self, path: Path) -> None:
        held = path.read_bytes()
        first = opened(path)
        first.set_value(CELL, 1)
        first.save()
        first.set_value(CELL, 2)
        first.hang_up()
        second = opened(path)
        second.recover(the_offer(second))
        assert second.unsaved == 1
        assert second.hang_up()
        third = opened(path)
        third.recover(the_offer(third))
        third.undo()
        assert third.unsaved == 0
        third.undo()
        assert third.document.encode() == held

    def test_texts_being_typed_come_back(self, path: Path) -> None:
        first = opened(path)
        first.draft_prose(PROBLEMS, "存在的问题有三个：")
        first.draft_cell(CELL, "12")
        first.draft_cell(NEW / "other", "3")
        first.draft_cell(NEW / "other", None)
        first.hang_up()
        session = opened(path)
        offer = the_offer(session)
        assert offer.count == 2
        session.recover(offer)
        assert dict(session.drafts) == {PROBLEMS: "存在的问题有三个：", CELL: "12"}
        assert session.unsaved == 0
        assert session.hang_up()
        assert the_offer(opened(path)).count == 2

    def test_a_committed_text_is_no_draft(self, path: Path) -> None:
        session = opened(path)
        session.draft_cell(CELL, "12")
        session.set_text(CELL, "12")
        assert dict(session.drafts) == {}
        session.close()

    def test_look_first(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 7)
        session.draft_prose(PROBLEMS, "正在写的话")
        session.hang_up()
        second = opened(path)
        _, found = second.differences(the_offer(second))
        assert [one.pointer for one in found][:1] == [CELL]
        assert (found[0].old, found[0].new) == (0, 7)
        assert found[-1].pointer == PROBLEMS
        assert found[-1].new == "正在写的话"
        assert second.unsaved == 0
        assert len(second.recoveries()) == 1

    def test_discarding_keeps_a_copy(self, path: Path) -> None:
        first = broken_off(path, 9)
        session = opened(path)
        assert session.discard(the_offer(session)) == ()
        assert session.recoveries() == ()
        assert session.report.value_at(CELL) == 0
        (version,) = session.versions()
        assert version.is_set_aside
        assert version.path.read_bytes() == first.document.encode()

    def test_own_changes_are_to_be_saved_first(self, path: Path) -> None:
        broken_off(path, 9)
        session = opened(path)
        session.set_value(NEW / "other", 8)
        with pytest.raises(EditRefused):
            session.recover(the_offer(session))
        session.save()
        session.recover(the_offer(session))
        assert session.report.value_at(CELL) == 9
        assert session.report.value_at(NEW / "other") == 8

    def test_a_file_changed_since_is_merged(self, path: Path) -> None:
        broken_off(path, 9)
        other = opened(path)
        other.set_value(NEW / "other", 8)
        other.save()
        other.close()
        session = opened(path)
        offer = the_offer(session)
        assert offer.recovery.reason is Reason.MERGE
        session.recover(offer)
        assert session.report.value_at(CELL) == 9
        assert session.report.value_at(NEW / "other") == 8
        assert session.recoveries() == ()
        held = session.document.encode()
        assert session.undo()
        assert session.document.encode() == path.read_bytes()
        session.redo()
        assert session.document.encode() == held

    def test_cells_changed_on_both_sides_are_asked(self, path: Path) -> None:
        broken_off(path, 9)
        other = opened(path)
        other.set_value(CELL, 4)
        other.save()
        other.close()
        session = opened(path)
        with pytest.raises(Unsettled) as question:
            session.recover(the_offer(session))
        assert len(session.recoveries()) == 1
        (conflict,) = question.value.merging.conflicts
        assert (conflict.pointer, conflict.base, conflict.mine, conflict.theirs) == (CELL, 0, 9, 4)
        session.settle(question.value.merging, {CELL: Choice.MINE})
        assert session.report.value_at(CELL) == 9
        assert session.recoveries() == ()
        assert session.save()

    def test_the_work_of_a_file_that_is_gone(self, path: Path) -> None:
        first = opened(path)
        first.set_value(CELL, 9)
        first.draft_prose(PROBLEMS, "正在写")
        first.hang_up()
        path.unlink()
        (offer,) = offers_for(path)
        assert offer.recovery.reason is Reason.GONE
        session = Session.rescue(offer, path, TYPES)
        assert path.read_bytes() == first.document.encode()
        assert dict(session.drafts) == {PROBLEMS: "正在写"}
        assert offers_for(path) == ()
        assert session.hang_up()
        assert the_offer(opened(path)).recovery.prose == {PROBLEMS: "正在写"}

    def test_a_journal_in_use_is_not_offered(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 1)
        assert session._record.flush(LONGEST_WAIT)
        assert session.recoveries() == ()
        assert opened(path).recoveries() == ()
        session.close()

    def test_the_journal_of_a_session_that_died_after_saving_goes(self, path: Path) -> None:
        session = opened(path)
        session.set_value(CELL, 1)
        session.save()
        session._record.flush(LONGEST_WAIT)
        session._record._journal.close(keep=True)  # type: ignore[union-attr]
        journal = path.with_name(f".{path.name}.journal")
        assert read_journal(journal).entries
        opened(path)
        assert not journal.exists()

    def test_leftovers_of_dead_processes_go(self, path: Path) -> None:
        for name in (f".{path.name}.4194000.tmp", f".{path.name}.reserve.4194000.tmp"):
            path.with_name(name).write_bytes(b"x")
        child = forked()
        if child == 0:
            opened(path, journaled=False).set_value(CELL, 1)
            os._exit(0)
        os.waitpid(child, 0)
        assert f".{path.name}.lock" in hidden(path.parent)
        opened(path)
        assert hidden(path.parent) == set()
