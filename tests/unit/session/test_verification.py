"""Texts are read again behind the person's back; what was wrong is taken back and said."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.session import News, Reverted, Session
from disclosure_tui.session.verifying import Verifier
from disclosure_tui.store.document import Document
from unit.session.reports import GRANTED, NEW, PROBLEMS, copy_of_sample, opened

CELL = GRANTED / "research"
LONG_ENOUGH = 30.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path)


class Judge:
    """Stands in for reading again: refuses what touches a place, and may be held up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, wrong: Pointer | None = None) -> None:
        self.wrong = wrong
        self.go_on = Event()
        self.go_on.set()
        self.began = Event()
        self.seen: list[int] = []
        really = Document.verify

        def verify(document: Document, before: Document, transaction: Transaction) -> None:
            self.began.set()
            assert self.go_on.wait(LONG_ENOUGH)
            self.seen.append(len(transaction.edits))
            really(document, before, transaction)
            if self.wrong in transaction.pointers:
                raise EditRefused(Text("读回来不一样", "it reads otherwise"))

        monkeypatch.setattr(Document, "verify", verify)


def awaited(session: Session) -> tuple[News, ...]:
    assert session._verifier is not None
    session._verifier.settle()
    return session.poll()


def test_the_person_does_not_wait_and_newer_texts_cover_older(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(monkeypatch)
    judge.go_on.clear()
    session = opened(path, background=True)
    prose = [Pointer.of("problems"), Pointer.of("other_matters"), Pointer.of("overview")]
    session.set_text(prose[0], "一")
    assert judge.began.wait(LONG_ENOUGH)
    for number in range(8):
        session.set_text(prose[1], f"第 {number} 次")
    assert session.report.value_at(prose[1]) == "第 7 次"
    judge.go_on.set()
    assert awaited(session) == ()
    # The first alone, then everything that came while the worker was held up, as one.
    assert judge.seen[0] == 1
    assert sum(judge.seen[1:]) >= 8
    assert len(judge.seen) == 2
    session.close()


def test_a_save_waits_until_the_text_has_been_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(monkeypatch)
    session = opened(path, background=True)
    session.set_value(CELL, 1)
    session.save()
    assert judge.seen
    session.close()


def test_the_wrong_one_goes_with_those_that_share_its_places(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(monkeypatch, GRANTED / "welfare")
    judge.go_on.clear()
    session = opened(path, background=True)
    session.set_value(NEW / "other", 8)
    session.set_value(GRANTED / "welfare", 77)
    wrong = session.document.encode()
    session.set_value(CELL, 5)  # its totals are those of the wrong one
    session.set_text(PROBLEMS, "文字")
    everything = session.document.encode()
    judge.go_on.set()
    (news,) = awaited(session)
    assert isinstance(news, Reverted)
    assert [commit.pointers[0] for commit in news.commits] == [GRANTED / "welfare", CELL]
    assert "有 2 处改动写不进文件" in news.text.zh
    assert news.copy is not None
    assert news.copy.read_bytes() == everything
    assert wrong != everything
    assert session.report.value_at(GRANTED / "welfare") == 3
    assert session.report.value_at(CELL) == 0
    assert session.report.value_at(NEW / "other") == 8
    assert session.report.value_at(PROBLEMS) == "文字"
    assert session.unsaved == 2
    assert session.save()
    assert open_document(path).data == session.report.data
    session.undo()
    session.undo()
    assert session.unsaved == 2
    assert not session.can_undo
    session.close()


def test_a_save_of_what_is_wrong_is_refused_and_the_next_one_works(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = path.read_bytes()
    Judge(monkeypatch, CELL)
    session = opened(path, background=True)
    session.set_value(NEW / "other", 8)
    session.set_value(CELL, 5)
    with pytest.raises(EditRefused):
        session.save()
    assert path.read_bytes() == held
    assert [type(news) for news in session.poll()] == [Reverted]
    assert session.save()
    assert open_document(path).data == session.report.data
    assert session.report.value_at(NEW / "other") == 8
    session.close()


def test_what_was_taken_back_is_what_the_journal_says(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Judge(monkeypatch, CELL)
    session = opened(path, background=True)
    session.set_value(NEW / "other", 8)
    session.set_value(CELL, 5)
    session.set_text(PROBLEMS, "文字")
    awaited(session)
    kept = session.document.encode()
    session.hang_up()
    monkeypatch.undo()
    again = opened(path)
    (offer,) = again.recoveries()
    again.recover(offer)
    assert again.document.encode() == kept


def test_undo_before_the_verdict(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(monkeypatch, CELL)
    judge.go_on.clear()
    session = opened(path, background=True)
    session.set_value(NEW / "other", 8)
    session.set_value(CELL, 5)
    session.undo()
    judge.go_on.set()
    assert awaited(session) == ()
    assert session.save()
    session.redo()
    (news,) = awaited(session)
    assert isinstance(news, Reverted)
    assert session.unsaved == 0
    session.close()


def test_the_screens_are_woken(path: Path) -> None:
    woken = Event()
    session = opened(path, background=True, wake=woken.set)
    session.set_value(CELL, 5)
    assert woken.wait(LONG_ENOUGH)
    assert session.poll() == ()
    session.close()


def test_scripts_are_refused_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Judge(monkeypatch, CELL)
    session = opened(path)
    with pytest.raises(EditRefused):
        session.set_value(CELL, 5)
    assert session.unsaved == 0
    assert session.poll() == ()
    session.close()


def test_a_closed_worker_ends(path: Path) -> None:
    verifier = Verifier(None)
    session = opened(path, background=True)
    session.set_value(CELL, 5)
    session.close()
    thread = session._verifier._thread  # type: ignore[union-attr]
    assert thread is not None
    thread.join(LONG_ENOUGH)
    assert not thread.is_alive()
    verifier.close()


def test_a_rehearsal_changes_nothing(path: Path) -> None:
    session, folder = opened(path), path.parent
    before = (session.document, session.report, session.result, sorted(folder.iterdir()))
    session.rehearse()
    assert (session.document, session.report, session.result) == before[:3]
    assert sorted(folder.iterdir()) == before[3]
    assert (session.unsaved, session.can_undo, tuple(session.poll())) == (0, False, ())
