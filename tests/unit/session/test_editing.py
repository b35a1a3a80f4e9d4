"""A session: values put in, totals that follow, undo and redo, saving, refusals."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError, EditRefused, SaveError, SchemaError
from disclosure_tui.model.edit import InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.rules.checker import Checker
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

SAMPLES = Path(__file__).parents[3] / "samples"
TYPES = ReportTypes(Catalog.of())
FOIA = SAMPLES / "foia/complete/nrb-2025.yaml"

GRANTED = Pointer.of("requests", "results", "granted")
NEW = Pointer.of("requests", "new")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    copy = tmp_path / "sqs-2023.yaml"
    shutil.copyfile(SAMPLES / "complete/sqs-2023.yaml", copy)
    return copy


@pytest.fixture
def session(path: Path) -> Session:
    return Session.open(path, TYPES)


def blank(tmp_path: Path, text: str = "") -> Session:
    path = tmp_path / "small.yaml"
    head = "report_type: gov-info-annual/2021\nyear: 2023\norgan: {name: 某局}\n"
    path.write_text(head + text, encoding="utf-8")
    return Session.open(path, TYPES)


def rules(session: Session) -> set[tuple[str, str]]:
    return {(finding.rule, finding.instance) for finding in session.result.findings.open}


def sums(session: Session) -> set[tuple[str, str]]:
    """Return what is wrong with table three; what the text says of its figures is left out."""
    return {found for found in rules(session) if found[0].startswith("T3-")}


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what checkers do."""
    done: list[str] = []
    for name in ("check", "recheck"):
        act = getattr(Checker, name)

        def noted(*values: Any, name: str = name, act: Any = act) -> Any:
            done.append(name)
            return act(*values)

        monkeypatch.setattr(Checker, name, noted)
    return done


class TestTheFirstCheck:
    def test_it_is_done_when_somebody_wants_to_know(self, path: Path, checks: list[str]) -> None:
        session = Session.open(path, TYPES)
        assert session.form is session.report_type.form
        assert checks == []
        first = session.result
        assert session.result is first
        assert checks == ["check"]
        assert session.form is first.form

    def test_a_change_before_it_is_judged_in_full(self, path: Path, checks: list[str]) -> None:
        session = Session.open(path, TYPES)
        old = session.report.value_at(GRANTED / "total")
        session.set_value(GRANTED / "natural_person", 400)
        assert session.report.value_at(GRANTED / "total") != old, "totals follow"
        assert checks == ["check"]
        other = path.with_name("again.yaml")
        other.write_bytes(session.document.encode())
        assert session.result == Session.open(other, TYPES).result

    def test_a_trial_before_it_is_judged_beside_it(self, path: Path, checks: list[str]) -> None:
        session = Session.open(path, TYPES)
        found = session.checked_with({GRANTED / "total": 1})
        assert checks == ["check", "recheck"]
        assert found.findings.open
        assert not session.result.findings.open

    def test_last_year_is_found_without_it(self, path: Path, checks: list[str]) -> None:
        session = Session.open(path, TYPES)
        found = session.prior
        assert checks == []
        session.result  # noqa: B018 - done now
        assert session.prior is found

    def test_a_form_with_entry_rows_needs_it_at_once(
        self, tmp_path: Path, checks: list[str]
    ) -> None:
        copy = tmp_path / FOIA.name
        shutil.copyfile(FOIA, copy)
        session = Session.open(copy, TYPES)
        assert checks == ["check"]
        assert session.form is session.result.form


class TestOpening:
    def test_a_clean_report(self, session: Session) -> None:
        assert rules(session) == set()
        assert session.unsaved == 0
        assert not session.can_undo
        assert not session.can_redo
        assert session.form.report_type.name == "gov-info-annual/2021"

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("year: 2023\n", DocumentError),
            ("report_type: nothing/1\n", SchemaError),
            ("report_type: [", DocumentError),
            ("", DocumentError),
        ],
    )
    def test_what_cannot_be_opened(self, tmp_path: Path, text: str, error: type) -> None:
        path = tmp_path / "r.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(error):
            Session.open(path, TYPES)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError):
            Session.open(tmp_path / "none.yaml", TYPES)


class TestSetting:
    def test_totals_follow_and_the_balance_is_found_wrong(self, session: Session) -> None:
        commit = session.set_value(GRANTED / "natural_person", 1176)
        assert commit is not None
        results = Pointer.of("requests", "results", "total")
        assert set(commit.followed) == {
            GRANTED / "total",
            results / "natural_person",
            results / "total",
        }
        assert session.report.value_at(results / "total") == 3487
        assert sums(session) == {("T3-BAL", "natural_person"), ("T3-BAL", "total")}
        assert session.report.data == session.document.data

    def test_only_the_changed_figures_differ_in_the_text(self, session: Session) -> None:
        before = session.document.text
        session.set_value(GRANTED / "natural_person", 1176)
        after = session.document.text
        assert len(before) == len(after)
        changed = [
            index
            for index, pair in enumerate(zip(before, after, strict=True))
            if pair[0] != pair[1]
        ]
        assert len(changed) == 4

    def test_the_same_value_is_no_change(self, session: Session) -> None:
        assert session.set_value(GRANTED / "natural_person", 1175) is None
        assert session.set_text(GRANTED / "natural_person", " 1,175 ") is None
        assert not session.can_undo

    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("12", 12),
            ("１２", 12),
            ("", None),
            ("/", "/"),
            ("1.5", Decimal("1.5")),
            ("1,000", 1000),
        ],
    )
    def test_typed_text(self, session: Session, typed: str, value: Any) -> None:
        session.set_text(GRANTED / "research", typed)
        assert session.report.value_at(GRANTED / "research") == value

    def test_prose(self, session: Session) -> None:
        text = "第一段。\n第二段：存在的问题。"
        session.set_text(Pointer.of("problems"), text)
        assert session.report.value_at(("problems",)) == text
        session.set_text(Pointer.of("problems"), "")
        assert session.report.value_at(("problems",)) is None
        assert ("S-FIVE", "") in rules(session)

    def test_several_values_are_one_transaction(self, session: Session) -> None:
        bytes_before = session.document.encode()
        values = {GRANTED / "natural_person": 1176, NEW / "natural_person": 3403}
        commit = session.set_values(values)
        assert commit is not None
        assert sums(session) == set()
        assert session.unsaved == 1
        session.undo()
        assert session.document.encode() == bytes_before

    def test_a_typed_total_stays(self, session: Session) -> None:
        session.set_value(GRANTED / "total", 9999)
        session.set_value(GRANTED / "natural_person", 1)
        assert session.report.value_at(GRANTED / "total") == 9999
        assert ("T3-ROW", "results.granted") in rules(session)

    def test_the_fix_of_a_finding(self, session: Session) -> None:
        session.set_value(GRANTED / "total", 9999)
        (finding,) = [f for f in session.result.findings.open if f.rule == "T3-ROW"]
        assert finding.fix is not None
        session.apply(finding.fix.transaction)
        assert session.report.value_at(GRANTED / "total") == 1191

    def test_a_row_that_is_missing_is_written_whole_and_in_its_place(self, tmp_path: Path) -> None:
        session = blank(tmp_path, "problems: null\n")
        session.set_value(GRANTED / "natural_person", 3)
        row = session.report.value_at(GRANTED)
        assert list(row) == [
            *("natural_person", "enterprise", "research", "welfare", "legal_service"),
            *("other", "total"),
        ]
        assert row["natural_person"] == 3
        assert list(session.report.data).index("requests") < list(session.report.data).index(
            "problems"
        )
        session.set_value(NEW / "total", 3)
        assert list(session.report.data["requests"]) == ["new", "results"]

    def test_a_blank_group_is_replaced(self, tmp_path: Path) -> None:
        session = blank(tmp_path, "requests: null\n")
        session.set_value(GRANTED / "natural_person", 3)
        assert session.report.value_at(GRANTED / "natural_person") == 3

    def test_apply_refuses_places_that_are_not_there(self, session: Session) -> None:
        before = session.document.encode()
        for edit in (
            SetValue(Pointer.of("nothing"), 1),
            RemoveValue(GRANTED / "nothing"),
            InsertValue(GRANTED / "total", 1),
        ):
            with pytest.raises(EditRefused):
                session.apply(Transaction((SetValue(NEW / "other", 7), edit)))
        assert session.document.encode() == before
        assert not session.can_undo


class TestUndo:
    def test_there_and_back(self, session: Session) -> None:
        states = [session.document.encode()]
        for number in (1, 2, 3):
            session.set_value(GRANTED / "research", number)
            states.append(session.document.encode())
        for state in reversed(states[:-1]):
            assert session.undo() is not None
            assert session.document.encode() == state
        assert session.undo() is None
        assert rules(session) == set()
        for state in states[1:]:
            assert session.redo() is not None
            assert session.document.encode() == state
        assert session.redo() is None

    def test_a_new_change_ends_redo(self, session: Session) -> None:
        session.set_value(GRANTED / "research", 1)
        session.undo()
        assert session.can_redo
        session.set_value(GRANTED / "research", 2)
        assert not session.can_redo

    def test_findings_go_back_too(self, session: Session) -> None:
        session.set_value(NEW / "total", 1)
        assert rules(session)
        session.undo()
        assert rules(session) == set()


class TestSaving:
    def test_save_writes_what_the_document_says(self, session: Session, path: Path) -> None:
        session.set_value(GRANTED / "research", 1)
        assert session.unsaved == 1
        assert session.save()
        assert session.unsaved == 0
        assert path.read_bytes() == session.document.encode()
        assert not session.save()

    def test_undo_across_a_save(self, session: Session, path: Path) -> None:
        before = path.read_bytes()
        session.set_value(GRANTED / "research", 1)
        session.set_value(GRANTED / "research", 2)
        session.save()
        session.undo()
        assert session.unsaved == 1
        session.undo()
        assert session.unsaved == 2
        session.redo()
        session.redo()
        assert session.unsaved == 0
        session.undo()
        session.undo()
        session.save()
        assert path.read_bytes() == before

    def test_another_way_after_undoing_a_saved_change(self, session: Session) -> None:
        session.set_value(GRANTED / "research", 1)
        session.save()
        session.undo()
        session.set_value(GRANTED / "research", 2)
        assert session.unsaved > 0
        session.save()
        assert session.unsaved == 0

    def test_a_file_that_somebody_else_saved_as_well(self, session: Session, path: Path) -> None:
        session.set_value(GRANTED / "research", 1)
        path.write_bytes(path.read_bytes() + b"# another hand\n")
        assert session.save()
        assert path.read_bytes().endswith(b"# another hand\n")
        assert open_document(path).data == session.report.data
        assert session.unsaved == 0

    def test_a_file_that_is_no_report_any_more(self, session: Session, path: Path) -> None:
        session.set_value(GRANTED / "research", 1)
        path.write_bytes(b"report_type: [")
        with pytest.raises(SaveError):
            session.save()
        assert path.read_bytes() == b"report_type: ["
        assert session.unsaved == 1

    def test_opening_and_saving_changes_nothing(self, session: Session, path: Path) -> None:
        before = path.stat().st_mtime_ns
        assert not session.save()
        assert path.stat().st_mtime_ns == before

    def test_what_was_saved_opens_again(self, session: Session, path: Path) -> None:
        session.set_text(Pointer.of("other_matters"), "第一行\n\n  缩进: 的 # 行\n末行")
        session.save()
        assert open_document(path).data == session.report.data
