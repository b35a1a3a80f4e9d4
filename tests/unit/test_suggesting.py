"""What is offered for the findings of a report, and what comes of taking it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_tui import api
from disclosure_tui.model.edit import RemoveValue, SetValue, Transaction
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.localisation import EquationSystem
from disclosure_tui.suggesting import filling_in, suggestions_of

if TYPE_CHECKING:
    import pytest

SAMPLE = Path(__file__).parents[2] / "samples/complete/sqs-2023.yaml"
CHECKER = load_report_type("gov-info-annual/2021").checker
RIGHT = Report(open_document(SAMPLE).data)
REQUESTS = Pointer.of("requests")
GRANTED = REQUESTS / "results" / "granted"
PARTIALLY = REQUESTS / "results" / "partially_granted"
ALL = REQUESTS / "results" / "total"


def with_figures(figures: dict[Pointer, Any]) -> Report:
    return RIGHT.after(Transaction(tuple(SetValue(at, to) for at, to in figures.items())))


def suggested(report: Report, **options: Any) -> tuple[Suggestion, ...]:
    return suggestions_of(CHECKER.check(report), **options)


def errors(report: Report) -> set[Any]:
    found = CHECKER.check(report).findings.open
    return {item.identity for item in found if item.severity is Severity.ERROR}


def test_nothing_is_searched_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr(EquationSystem, "localise", never)
    assert suggested(RIGHT) == ()


def test_the_cell_behind_two_findings_is_offered_and_settles_both() -> None:
    wrong = with_figures({GRANTED / "natural_person": 1157})
    (found,) = suggested(wrong)
    assert found.standing is Standing.ONLY
    assert set(found.settles) == errors(wrong)
    assert found.primary == GRANTED / "natural_person"
    assert found.fix is not None
    assert wrong.after(found.fix.transaction).data == RIGHT.data


def test_two_cells_that_are_the_only_way_are_offered_as_one_transaction() -> None:
    wrong = with_figures({GRANTED / "natural_person": 1157, PARTIALLY / "legal_service": 22})
    (found,) = suggested(wrong)
    assert found.standing is Standing.ONLY
    assert found.fix is not None
    assert len(found.fix.transaction.edits) == 2
    assert wrong.after(found.fix.transaction).data == RIGHT.data


def test_what_cannot_be_told_apart_is_told_and_not_offered() -> None:
    row = Pointer.parse("/disputes/review")
    wrong = with_figures({row / "total": (RIGHT.value_at(row / "total") or 0) + 1})
    (found,) = suggested(wrong)
    assert found.standing is Standing.SEVERAL
    assert found.fix is None
    cells = {way[0].pointer for way in found.ways}
    assert row / "total" in cells
    assert len(cells) == len(found.ways) > 1


def test_a_negative_figure_is_one_of_the_findings_that_its_cell_settles() -> None:
    wrong = with_figures({GRANTED / "natural_person": -1175})
    (found,) = suggested(wrong)
    assert set(found.settles) == errors(wrong)
    assert "T3-INT" in {rule for rule, _, _ in found.settles}
    assert found.fix is not None
    assert wrong.after(found.fix.transaction).data == RIGHT.data


def test_more_wrong_cells_than_looked_for_are_told_as_such() -> None:
    rows = [node.pointer for node in CHECKER.form.rows(REQUESTS)][3:7]
    columns = ("natural_person", "enterprise", "research", "welfare")
    places = zip(rows, columns, strict=True)
    wrong = with_figures({row / column: 700 + 31 * at for at, (row, column) in enumerate(places)})
    (found,) = suggested(wrong)
    assert found.standing is Standing.NONE
    assert set(found.settles) == errors(wrong)
    assert found.ways == ()
    assert found.fix is None


def test_a_search_that_comes_to_its_limit_says_so() -> None:
    wrong = with_figures({GRANTED / "natural_person": 1157})
    (found,) = suggested(wrong, budget=1)
    assert found.standing is Standing.UNFINISHED
    assert found.fix is None


def test_a_search_that_is_broken_off_suggests_nothing() -> None:
    wrong = with_figures({GRANTED / "natural_person": 1157})
    assert suggested(wrong, cancelled=lambda: True) == ()


def test_a_blank_with_one_possible_figure_is_offered() -> None:
    blank = with_figures({GRANTED / "natural_person": None})
    (found,) = suggested(blank)
    assert found.standing is Standing.BLANK
    assert {rule for rule, _, _ in found.settles} == {"T3-ROW", "T3-COL"}
    assert found.fix is not None
    assert blank.after(found.fix.transaction).data == RIGHT.data


def test_cells_changed_in_this_session_are_suspected_first() -> None:
    row = Pointer.parse("/disputes/review")
    figures = {"upheld": 300, "corrected": 800, "other": 500, "pending": 700, "total": 9111}
    wrong = with_figures({row / name: figure for name, figure in figures.items()})
    for name in ("upheld", "corrected", "total"):
        (found,) = suggested(wrong, changed=[row / name])
        assert found.ways[0][0].pointer == row / name


def test_a_blank_whose_row_is_not_written_can_be_filled() -> None:
    other = GRANTED.parent / "other"
    blank = RIGHT.after(Transaction((RemoveValue(other / "fee_overdue"),)))
    found = suggested(blank)
    assert {one.standing for one in found} == {Standing.BLANK}
    filled = blank.after(filling_in(CHECKER.form, blank, found).transaction)
    assert filled.value_at(other / "fee_overdue") == RIGHT.value_at(other / "fee_overdue")
    for one in found:
        if one.fix is not None:
            assert not errors(blank.after(one.fix.transaction))


def test_a_blank_that_rests_on_another_is_offered_only_with_it() -> None:
    row = Pointer.parse("/requests/carried_forward")
    blank = with_figures({row / "natural_person": None, row / "total": None})
    found = suggested(blank)
    assert {one.primary for one in found} == {row / "natural_person", row / "total"}
    filled = blank.after(filling_in(CHECKER.form, blank, found).transaction)
    assert filled.data == RIGHT.data


def test_scripts_get_the_same_from_the_library(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    right = " granted: {natural_person: 1175,"
    path.write_text(text.replace(right, right.replace("1175", "1157"), 1), encoding="utf-8")
    result = api.check(api.open_report(path))
    (found,) = api.suggestions(result)
    assert "由 1157 改为 1175（两个数字颠倒）" in api.message(result, found)
