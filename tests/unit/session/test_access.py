"""Who may change a report: the lock at the first change, others who hold it, being displaced."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from disclosure_tui.session import Access, Displaced, ReadOnly, ReportHeld, Session, Told
from disclosure_tui.session import access as access_module
from disclosure_tui.store.lock import HolderState, LockFile, holder
from disclosure_tui.store.save_errors import LockRefused, MetadataLost
from unit.session.reports import GRANTED, LI, NEW, PROBLEMS, copy_of_sample, hidden, opened
from unit.store.accounts import (
    CLERK,
    COLLEAGUE,
    REVIEW_GROUP,
    REVIEWER,
    UNIT_GROUP,
    as_account,
    needs_root,
    shared_folder,
)

CELL = GRANTED / "research"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path)


def test_looking_takes_no_lock_and_leaves_nothing(path: Path) -> None:
    session = opened(path)
    assert session.access is Access.FREE
    assert session.poll() == ()
    assert not session.save()
    assert hidden(path.parent) == set()
    session.close()
    assert hidden(path.parent) == set()


def test_the_first_change_takes_the_lock_and_leaving_gives_it_back(path: Path) -> None:
    session = opened(path)
    session.set_value(CELL, 1)
    assert session.access is Access.HELD
    found = holder(path)
    assert found is not None
    assert (found.name, found.state) == ("张某", HolderState.ALIVE)
    session.save()
    assert holder(path) is not None
    session.close()
    assert holder(path) is None


def test_a_change_that_is_none_takes_no_lock(path: Path) -> None:
    session = opened(path)
    assert session.set_value(CELL, session.report.value_at(CELL)) is None
    assert session.undo() is None
    assert session.access is Access.FREE
    assert hidden(path.parent) == set()


def test_typing_takes_the_lock(path: Path) -> None:
    first, second = opened(path), opened(path, LI)
    first.draft_prose(PROBLEMS, "正在写")
    assert first.access is Access.HELD
    with pytest.raises(ReportHeld):
        second.draft_cell(CELL, "1")
    first.close()


class TestTwoPeople:
    @pytest.fixture
    def first(self, path: Path) -> Session:
        session = opened(path)
        session.set_value(CELL, 1)
        return session

    @pytest.fixture
    def second(self, first: Session) -> Session:
        return opened(first.path, LI)

    def test_the_second_is_told_who_holds_it_and_nothing_is_done(self, second: Session) -> None:
        seen = second.holder()
        assert seen is not None
        assert seen.name == "张某"
        before = second.document.encode()
        with pytest.raises(ReportHeld) as refusal:
            second.set_value(NEW / "other", 7)
        assert refusal.value.holder.name == "张某"
        assert "张某正在填报" in refusal.value.what.zh
        assert second.access is Access.FREE
        assert second.document.encode() == before
        assert second.journal is None

    def test_read_only(self, second: Session) -> None:
        second.look_only()
        assert second.access is Access.READ_ONLY
        with pytest.raises(ReadOnly) as refusal:
            second.set_value(CELL, 2)
        assert refusal.value.what.zh.startswith("只读")
        assert second.poll() == ()

    def test_taking_over_displaces_the_first(self, first: Session, second: Session) -> None:
        second.take_over()
        assert second.access is Access.HELD
        assert second.set_value(NEW / "other", 7)
        with pytest.raises(ReadOnly) as refusal:
            first.set_value(CELL, 2)
        assert "李某" in refusal.value.what.zh
        (news,) = first.poll()
        assert isinstance(news, Displaced)
        assert (news.by.name, news.unsaved) == ("李某", 1)
        assert "李某" in news.text.zh
        assert first.access is Access.DISPLACED
        assert first.displaced_by == news.by
        assert first.poll() == ()
        with pytest.raises(ReadOnly):
            first.save()
        assert second.save()

    def test_the_edits_of_the_displaced_stay_in_their_journal(
        self, path: Path, first: Session, second: Session
    ) -> None:
        second.take_over()
        first.poll()
        assert first.close() == ()
        second.set_value(NEW / "other", 7)
        second.save()
        second.close()
        third = opened(path)
        # On a machine with much to do the journal may be closed a little later.
        end = time.monotonic() + 120
        while not third.recoveries() and time.monotonic() < end:
            time.sleep(0.05)
        (offer,) = third.recoveries()
        third.recover(offer)
        assert third.report.value_at(CELL) == 1
        assert third.report.value_at(NEW / "other") == 7

    def test_the_displaced_may_take_it_back_and_save_onto_what_was_saved(
        self, first: Session, second: Session
    ) -> None:
        second.take_over()
        second.set_value(NEW / "other", 7)
        second.save()
        first.poll()
        first.take_over()
        assert first.access is Access.HELD
        result = first.save()
        assert result is not None
        assert NEW / "other" in result.taken
        assert first.report.value_at(NEW / "other") == 7
        assert first.report.value_at(CELL) == 1
        assert any(isinstance(news, Displaced) for news in second.poll())

    def test_the_displaced_may_save_elsewhere(
        self, path: Path, first: Session, second: Session
    ) -> None:
        second.take_over()
        first.poll()
        other = path.with_name("other.yaml")
        first.save_as(other)
        assert first.access is Access.HELD
        assert first.path == other
        assert first.unsaved == 0
        first.set_value(CELL, 5)
        assert first.save()

    def test_editing_anyway_leaves_the_other_undisturbed(
        self, first: Session, second: Session
    ) -> None:
        second.edit_anyway()
        second.set_value(NEW / "other", 7)
        assert second.access is Access.UNLOCKED
        assert first.poll() == ()
        second.save()
        first.save()
        assert first.report.value_at(NEW / "other") == 7

    def test_the_second_goes_on_from_what_the_first_saved(
        self, first: Session, second: Session
    ) -> None:
        first.save()
        first.close()
        second.set_value(NEW / "other", 7)
        assert second.report.value_at(CELL) == 1
        assert [type(news) for news in second.poll()] == [Told]
        assert second.unsaved == 1


def test_a_lock_that_cannot_be_written_is_a_note(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(report: Path, person: object) -> LockFile:
        raise LockRefused(str(report))

    monkeypatch.setattr(LockFile, "acquire", refuse)
    session = opened(path)
    assert session.set_value(CELL, 1)
    assert session.access is Access.UNLOCKED
    (news,) = session.poll()
    assert isinstance(news, Told)
    assert "没能登记" in news.text.zh
    assert session.save()


def test_the_lock_gives_signs_of_life(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(access_module, "monotonic", lambda: now)
    calls: list[float] = []
    monkeypatch.setattr(LockFile, "refresh", lambda _: calls.append(now))
    session = opened(path)
    session.set_value(CELL, 1)
    for now in (1014.0, 1015.0, 1016.0, 1031.0):  # noqa: B007 - read by the clock
        session.poll()
    assert calls == [1015.0, 1031.0]


def test_a_lock_file_that_somebody_deleted_comes_back(path: Path) -> None:
    session = opened(path)
    session.set_value(CELL, 1)
    (path.parent / f".{path.name}.lock").unlink()
    assert session.poll() == ()
    assert session.access is Access.HELD
    assert holder(path) is not None


@needs_root
def test_who_may_not_write_creates_and_removes_nothing() -> None:
    with shared_folder(0o777, UNIT_GROUP) as folder:
        path = copy_of_sample(folder)
        path.chmod(0o644)
        leftover = path.with_name(f".{path.name}.4194000.tmp")
        leftover.write_bytes(b"half")
        assert as_account(REVIEWER, [REVIEW_GROUP], lambda: _read(path)) == "read"
        assert {one.name for one in folder.iterdir()} == {leftover.name, path.name}


def _read(path: Path) -> str:
    session = opened(path)
    assert session.access is Access.READ_ONLY
    for act in (lambda: session.set_value(CELL, 1), session.take_over, session.edit_anyway):
        with pytest.raises(ReadOnly) as refusal:
            act()
        assert "没有修改这个文件的权限" in refusal.value.what.zh
    assert session.poll() == ()
    assert session.close() == ()
    return "read"


@needs_root
def test_two_accounts() -> None:
    with shared_folder(0o2770, UNIT_GROUP) as folder:
        path = copy_of_sample(folder)
        os.chown(path, CLERK, UNIT_GROUP)
        path.chmod(0o660)
        first = opened(path)
        first.set_value(CELL, 1)
        answer = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _taken_over(path))
        assert answer == "张某", answer
        (news,) = first.poll()
        assert isinstance(news, Displaced)
        assert news.by.name == "李某"


def _taken_over(path: Path) -> str:
    session = opened(path, LI)
    with pytest.raises(ReportHeld) as refusal:
        session.set_value(CELL, 2)
    session.take_over()
    session.set_value(CELL, 2)
    with pytest.raises(MetadataLost):
        session.save()
    assert session.unsaved == 1
    assert session.save(accept_loss=True)
    return refusal.value.holder.name
