"""Saving: onto what others saved, elsewhere, and what stays when it cannot be done."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import EditRefused, SaveError
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.session import Choice, Session, Unsettled, saving
from disclosure_tui.store import raw_files, temporary
from disclosure_tui.store.files import Saved, save
from disclosure_tui.store.history import versions
from disclosure_tui.store.journal import Reason, find_journals, recover
from disclosure_tui.store.journal_file import JournalFile
from disclosure_tui.store.save_errors import DiskFull, FileGone, NameTaken, QuotaExceeded
from unit.session.reports import GRANTED, LI, NEW, PROBLEMS, RESULTS, copy_of_sample, opened

CELL = GRANTED / "research"
PARTIAL = Pointer.of("requests", "results", "partially_granted")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path)


@pytest.fixture
def mine(path: Path) -> Session:
    return opened(path)


@pytest.fixture
def theirs(path: Path) -> Session:
    session = opened(path, LI)
    session.edit_anyway()
    return session


class TestMerging:
    def test_different_cells_need_no_question(self, mine: Session, theirs: Session) -> None:
        mine.set_value(CELL, 5)
        theirs.set_text(PROBLEMS, "别人写的")
        theirs.save()
        result = mine.save()
        assert result is not None
        assert result.taken == (PROBLEMS,)
        assert mine.report.value_at(PROBLEMS) == "别人写的"
        assert mine.report.value_at(CELL) == 5
        assert open_document(mine.path).data == mine.report.data

    def test_totals_of_both_are_computed_not_asked(self, mine: Session, theirs: Session) -> None:
        total = mine.report.value_at(GRANTED / "total")
        above = mine.report.value_at(RESULTS / "total")
        mine.set_value(CELL, 5)
        theirs.set_value(GRANTED / "other", 5)  # the same new total, by another way
        theirs.set_value(PARTIAL / "research", 7)
        theirs.save()
        assert mine.save()
        assert mine.report.value_at(GRANTED / "total") == total + 10
        assert mine.report.value_at(RESULTS / "total") == above + 17
        assert mine.report.value_at(RESULTS / "research") == 12
        rules = {finding.rule for finding in mine.result.findings.open}
        assert not rules & {"T3-ROW", "T3-COL"}

    def test_a_total_that_one_typed_is_asked(self, mine: Session, theirs: Session) -> None:
        mine.set_value(GRANTED / "total", 9)
        theirs.set_value(CELL, 5)
        theirs.save()
        with pytest.raises(Unsettled) as question:
            mine.save()
        asked = [conflict.pointer for conflict in question.value.merging.conflicts]
        assert GRANTED / "total" in asked
        mine.settle(question.value.merging, dict.fromkeys(asked, Choice.MINE))
        assert mine.report.value_at(GRANTED / "total") == 9

    def test_a_total_stands_as_it_was_answered(self, mine: Session, theirs: Session) -> None:
        mine.set_value(CELL, None)
        mine.set_value(GRANTED / "total", 4)
        theirs.set_value(GRANTED / "other", 7)
        theirs.save()
        total = theirs.report.value_at(GRANTED / "total")
        with pytest.raises(Unsettled) as question:
            mine.save()
        found = question.value.merging
        mine.settle(found, {one.pointer: Choice.THEIRS for one in found.conflicts})
        assert mine.report.value_at(CELL) is None
        assert mine.report.value_at(GRANTED / "total") == total

    @pytest.mark.parametrize("choice", list(Choice))
    def test_the_same_cell_is_asked(self, mine: Session, theirs: Session, choice: Choice) -> None:
        held = mine.path.read_bytes()
        total = mine.report.value_at(GRANTED / "total")
        mine.set_value(CELL, 5)
        theirs.set_value(CELL, 3)
        theirs.save()
        disk = mine.path.read_bytes()
        assert disk != held
        with pytest.raises(Unsettled) as question:
            mine.save()
        assert mine.path.read_bytes() == disk
        assert mine.unsaved == 1
        (conflict,) = question.value.merging.conflicts
        assert (conflict.pointer, conflict.base, conflict.mine, conflict.theirs) == (CELL, 0, 5, 3)
        with pytest.raises(KeyError):
            mine.settle(question.value.merging, {})
        mine.settle(question.value.merging, {CELL: choice})
        wanted = {Choice.MINE: 5, Choice.THEIRS: 3, Choice.BASE: 0}[choice]
        assert mine.report.value_at(CELL) == wanted
        assert mine.report.value_at(GRANTED / "total") == total + wanted
        assert mine.document.encode() == open_document(mine.path).encode() or mine.save()
        assert open_document(mine.path).data == mine.report.data

    def test_undo_after_it_gives_what_the_other_saved(self, mine: Session, theirs: Session) -> None:
        mine.set_value(CELL, 1)
        mine.save()
        mine.set_value(CELL, 2)
        mine.set_value(NEW / "other", 8)
        theirs.set_text(PROBLEMS, "别人写的")
        theirs.set_value(CELL, 9)
        with pytest.raises(Unsettled) as question:
            theirs.save()
        theirs.settle(question.value.merging, {CELL: Choice.THEIRS})
        theirs.save()
        disk = mine.path.read_bytes()
        assert mine.save()
        after = mine.document.encode()
        assert mine.undo() is not None
        assert mine.document.encode() == disk
        assert mine.unsaved == 1
        assert not mine.can_undo
        assert mine.redo() is not None
        assert mine.document.encode() == after
        assert mine.unsaved == 0

    def test_after_further_changes_the_answers_are_void(
        self, mine: Session, theirs: Session
    ) -> None:
        mine.set_value(CELL, 5)
        theirs.set_value(CELL, 3)
        theirs.save()
        with pytest.raises(Unsettled) as question:
            mine.save()
        mine.set_value(NEW / "other", 8)
        with pytest.raises(EditRefused):
            mine.settle(question.value.merging, {CELL: Choice.MINE})
        assert mine.report.value_at(NEW / "other") == 8

    def test_a_break_off_after_merging_is_recovered(self, mine: Session, theirs: Session) -> None:
        theirs.set_value(CELL, 3)
        theirs.save()
        mine.set_value(NEW / "other", 8)  # goes on from theirs
        theirs.set_text(PROBLEMS, "又写")
        theirs.save()
        mine.set_value(CELL, 6)
        mine.save()
        mine.set_value(CELL, 7)
        kept = mine.document.encode()
        mine.hang_up()
        again = opened(mine.path)
        (offer,) = again.recoveries()
        again.recover(offer)
        assert again.document.encode() == kept

    def test_comments_of_the_other_stay(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        text = path.read_text("utf-8")
        path.write_text(text.replace("granted: {", "granted:   {", 1) + "# 别人的注\n", "utf-8")
        assert mine.save()
        assert "granted:   {" in path.read_text("utf-8")
        assert path.read_text("utf-8").endswith("# 别人的注\n")

    def test_what_was_detached_stays_so(self, path: Path) -> None:
        path.write_text(
            "report_type: gov-info-annual/2021\nyear: 2023\norgan: {name: 某局}\n"
            "problems: &a 同一句话\nother_matters: *a\n",
            "utf-8",
        )
        mine = opened(path)
        mine.set_text(Pointer.of("other_matters"), "另一句", detach=True)
        path.write_text(path.read_text("utf-8").replace("某局", "某某局"), "utf-8")
        assert mine.save()
        assert open_document(path).data == {
            "report_type": "gov-info-annual/2021",
            "year": 2023,
            "organ": {"name": "某某局"},
            "problems": "同一句话",
            "other_matters": "另一句",
        }

    def test_the_same_bytes_saved_by_both(self, mine: Session, theirs: Session) -> None:
        mine.set_value(CELL, 5)
        theirs.set_value(CELL, 5)
        theirs.save()
        assert mine.save() is not None
        assert mine.unsaved == 0


class TestElsewhere:
    def test_saving_elsewhere_goes_on_there(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        mine.draft_prose(PROBLEMS, "正在写")
        held = path.read_bytes()
        other = path.with_name("other.yaml")
        result = mine.save_as(other)
        assert result.path == other
        assert path.read_bytes() == held
        assert mine.unsaved == 0
        assert dict(mine.drafts) == {PROBLEMS: "正在写"}
        mine.undo()
        mine.save()
        assert open_document(other).data == open_document(path).data
        mine.set_value(CELL, 6)
        mine.hang_up()
        again = opened(other)
        (offer,) = again.recoveries()
        again.recover(offer)
        assert again.report.value_at(CELL) == 6
        assert again.drafts[PROBLEMS] == "正在写"
        assert opened(path).recoveries() == ()

    def test_a_name_that_is_taken(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        other = path.with_name("other.yaml")
        other.write_text("taken")
        with pytest.raises(NameTaken):
            mine.save_as(other)
        assert other.read_text() == "taken"
        assert (mine.path, mine.unsaved) == (path, 1)

    def test_a_file_that_is_gone(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        path.unlink()
        with pytest.raises(FileGone):
            mine.save()
        assert mine.unsaved == 1
        mine.save_as(path.with_name("new.yaml"))
        assert mine.unsaved == 0

    def test_a_file_that_is_gone_is_made_again(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        path.unlink()
        mine.save_as(path)
        assert open_document(path).data == mine.report.data
        mine.set_value(CELL, 6)
        assert mine.save()

    @pytest.mark.parametrize(
        ("code", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, QuotaExceeded)]
    )
    def test_no_room(
        self,
        mine: Session,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
        code: int,
        kind: type[SaveError],
    ) -> None:
        held = path.read_bytes()
        mine.set_value(CELL, 5)
        monkeypatch.setattr(temporary, "write_all", _refusing(code))
        with pytest.raises(kind):
            mine.save()
        assert path.read_bytes() == held
        assert mine.unsaved == 1
        monkeypatch.setattr(temporary, "write_all", raw_files.write_all)
        assert mine.save()


def _refusing(code: int) -> Callable[[int, bytes], None]:
    def refuse(descriptor: int, content: bytes) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


class TestVersions:
    def test_each_day_keeps_its_last_save(self, mine: Session) -> None:
        mine.set_value(CELL, 5)
        mine.save()
        mine.set_value(CELL, 6)
        result = mine.save()
        assert result is not None
        assert result.notes == ()
        (version,) = mine.versions()
        assert version.path.read_bytes() == mine.path.read_bytes()
        assert mine.saved_at is not None

    def test_a_history_that_cannot_be_kept_is_told(self, mine: Session, path: Path) -> None:
        (path.parent / ".history").write_text("in the way")
        mine.set_value(CELL, 5)
        result = mine.save()
        assert result is not None
        assert len(result.notes) == 1
        assert "历史版本" in result.notes[0].zh

    def test_restoring_is_one_step_and_keeps_the_present(self, mine: Session, path: Path) -> None:
        mine.set_value(CELL, 5)
        mine.set_text(PROBLEMS, "第一稿")
        mine.save()
        first = open_document(path).data
        (version,) = mine.versions()
        kept = version.path.with_name("2020-01-02T03-04.yaml")
        version.path.rename(kept)
        mine.set_value(CELL, 6)
        mine.set_text(PROBLEMS, "第二稿")
        mine.save()
        present = path.read_bytes()
        old = mine.versions()[-1]
        _, found = mine.compare(old)
        assert {(one.pointer, one.old, one.new) for one in found} >= {
            (CELL, 5, 6),
            (PROBLEMS, "第一稿", "第二稿"),
        }
        commit = mine.restore(old)
        assert commit is not None
        assert mine.report.data == first
        assert "2020-01-02" in commit.title.zh
        assert any(one.is_set_aside and one.path.read_bytes() == present for one in mine.versions())
        mine.undo()
        assert mine.document.encode() == present
        assert mine.restore(mine.versions()[0]) is None

    def test_nothing_is_restored_where_the_present_cannot_be_kept(
        self, mine: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mine.set_value(CELL, 5)
        mine.save()
        (version,) = versions(mine.path)
        mine.set_value(CELL, 6)
        before = mine.document.encode()
        monkeypatch.setattr(temporary, "write_all", _refusing(errno.ENOSPC))
        with pytest.raises(SaveError) as refusal:
            mine.restore(version)
        assert "没有还原" in refusal.value.what.zh
        assert mine.document.encode() == before


class TestRepairs:
    def test_a_shared_value_is_detached_when_the_person_agrees(self, tmp_path: Path) -> None:
        path = tmp_path / "r.yaml"
        path.write_text(
            "report_type: gov-info-annual/2021\nyear: 2023\norgan: {name: 某局}\n"
            "problems: &a 同一句话\nother_matters: *a\n",
            "utf-8",
        )
        session = opened(path)
        with pytest.raises(EditRefused) as refusal:
            session.set_text(Pointer.of("other_matters"), "另一句")
        assert refusal.value.detachable is not None
        held = session.document.encode()
        session.set_text(Pointer.of("other_matters"), "另一句", detach=True)
        assert session.report.value_at(("problems",)) == "同一句话"
        assert session.report.value_at(("other_matters",)) == "另一句"
        session.undo()
        assert session.document.encode() == held

    def test_a_code_read_as_a_number_is_offered_quotation_marks(self, tmp_path: Path) -> None:
        path = tmp_path / "r.yaml"
        path.write_text(
            "report_type: gov-info-annual/2021\nyear: 2023\n"
            "organ: {name: 某局, code: 007, region: true}\n",
            "utf-8",
        )
        session = opened(path)
        code = Pointer.of("organ", "code")
        (finding,) = session.result.findings.at(code)
        assert finding.fix is not None
        assert finding.fix.title.zh == "加上引号，作为文字"
        held = session.document.encode()
        session.apply(finding.fix.transaction)
        assert session.report.value_at(code) == "007"
        assert 'code: "007"' in session.document.text or "code: '007'" in session.document.text
        assert session.result.findings.at(code) == ()
        session.undo()
        assert session.document.encode() == held

    def test_a_key_that_stands_twice(self, tmp_path: Path) -> None:
        path = tmp_path / "r.yaml"
        path.write_text(
            "report_type: gov-info-annual/2021\nyear: 2022\nyear: 2023\norgan: {name: 某局}\n",
            "utf-8",
        )
        session = opened(path)
        (notice,) = session.notices
        session.remove_duplicate(notice.pointer)
        assert session.notices == ()
        assert session.document.text.count("year:") == 1
        assert session.report.value_at(("year",)) == 2023
        session.undo()
        assert len(session.notices) == 1


def test_what_is_saved_is_in_the_journal_first(
    mine: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed just behind the save, the journal must know what the file holds.

    Else the next start would take the person's own last step for a change by somebody else.
    """
    sync, seen = JournalFile.sync, []

    def slow(self: JournalFile) -> None:
        time.sleep(0.3)
        sync(self)

    def killed_behind_it(path: Path, content: bytes, **options: Any) -> Saved:
        done = save(path, content, **options)
        (found,) = find_journals(path)
        seen.append(recover(found.contents, path.read_bytes()).reason)
        return done

    monkeypatch.setattr(JournalFile, "sync", slow)
    monkeypatch.setattr(saving, "save", killed_behind_it)
    mine.set_value(CELL, 5)
    mine.save()
    mine.set_value(CELL, 6)
    mine.save()
    assert seen == [Reason.NOTHING, Reason.NOTHING]
