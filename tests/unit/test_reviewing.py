"""A report as a reviewer reads it: what was handed over, and last year beside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny
from disclosure_tui.batch import check_file
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.grid import CellRole
from disclosure_tui.render.tables import Figures
from disclosure_tui.render.view import ReportView, build_view
from disclosure_tui.render.year_over_year import LastYear, year_over_year
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.reviewing import Reading, view_of
from disclosure_tui.rules.checker import CheckContext, CheckResult, PriorReport
from disclosure_tui.rules.hand_over import hand_overs
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[2]
COLUMNS = {"a": tiny.figure("甲"), "b": tiny.figure("乙")}
ENTRIES = {
    "type": ["object", "null"],
    "maxProperties": 9,
    "x-entries": {},
    "additionalProperties": tiny.row(COLUMNS),
}
SCHEMA = tiny.schema(
    {
        "t": tiny.table(
            "情况表",
            {
                "taken": tiny.row(COLUMNS, title="上年结转"),
                "left": tiny.row(COLUMNS, title="结转下年"),
                "more": ENTRIES,
            },
            **{
                "x-rules": [
                    {"id": "CARRY", "each": "column", "check": "taken = prior.left"},
                    {"id": "LEAST", "each": "column", "check": "left >= prior.taken"},
                    {"id": "OWN", "each": "column", "check": "taken = left"},
                ]
            },
        ),
        "text": {"title": "情况", "type": ["string", "null"], "x-section": {"number": "二"}},
    }
)
NOW = {
    "t": {
        "taken": {"a": 3, "b": None},
        "left": {"a": 1, "b": 2},
        "more": {"x": {"a": 1}, "new": {"a": 5}},
    },
    "text": "同样的话。新的话。",
}
BEFORE = {
    "year": 2023,
    "t": {
        "taken": {"a": 3, "b": 4},
        "left": {"a": 1, "b": 2},
        "more": {"x": {"a": 1}, "gone": {"a": 2}},
    },
    "text": "同样的话。",
}


def checked(now: tiny.Data = NOW, before: tiny.Data | None = BEFORE) -> CheckResult:
    prior = None if before is None else PriorReport(Report(before))
    return tiny.check(SCHEMA, now, CheckContext(prior))


def beside(now: tiny.Data, before: tiny.Data, *, changed_only: bool) -> ReportView:
    result, report = checked(now, before), Report({"year": 2024, **now})
    view = build_view(result.form, report, result.findings, Language.CHINESE)
    figures = Figures(report, result.findings, Language.CHINESE)
    last = LastYear(Report(before))
    return year_over_year(view, result.form, figures, last, changed_only=changed_only)


def texts(view: ReportView) -> dict[str, str]:
    grid = view.sections[0].grid
    assert grid is not None
    return {
        str(cell.pointer): cell.mark + cell.text
        for cell in grid.cells
        if cell.role is CellRole.FIGURE
    }


def test_only_equations_with_last_year_hand_over() -> None:
    (one,) = hand_overs(checked())
    assert one.rule == "CARRY"
    assert [(place.here, place.there, place.difference) for place in one.places] == [
        (3, 1, 2),
        (None, 2, None),
    ]
    assert one.here[0].pointer == Pointer.of("t", "taken", "a")
    assert (one.there[0].pointer, one.there[0].prior) == (Pointer.of("t", "left", "a"), True)


def test_a_rule_that_is_not_in_force_hands_nothing_over() -> None:
    schema = tiny.schema(
        {
            "t": tiny.table(
                "情况表",
                {"taken": tiny.row(COLUMNS, title="甲"), "left": tiny.row(COLUMNS, title="乙")},
                **{
                    "x-rules": [
                        {
                            "id": "CARRY",
                            "each": "column",
                            "check": "taken = prior.left",
                            "when": "report.year > 3000",
                        }
                    ]
                },
            )
        }
    )
    context = CheckContext(PriorReport(Report(BEFORE)))
    assert hand_overs(tiny.check(schema, {"t": NOW["t"] | {"more": None}}, context)) == ()


def test_last_year_stands_behind_every_figure() -> None:
    shown = texts(beside(NOW, BEFORE, changed_only=False))
    assert shown["/t/taken/a"] == "?3 (3)" or shown["/t/taken/a"] == "!3 (3)"
    assert shown["/t/taken/b"] == "_ (4)"
    assert shown["/t/left/a"].endswith("1 (1)")
    assert shown["/t/more/new/a"] == "5    "


def test_only_rows_that_differ_or_are_new() -> None:
    view = beside(NOW, BEFORE, changed_only=True)
    assert {pointer.rsplit("/", 1)[0] for pointer in texts(view)} == {"/t/taken", "/t/more/new"}
    assert any("gone" in note for note in view.sections[0].notes)
    (sentence,) = view.sections[1].changes or ()
    assert (sentence.old, sentence.new) == (None, "新的话。")


def test_where_nothing_differs_it_says_so() -> None:
    view = beside(BEFORE, BEFORE, changed_only=True)
    assert view.sections[0].grid is None
    assert view.sections[0].notes == ("（没有与上年不同的行）",)
    assert view.sections[1].changes == ()
    assert view.sections[1].notes == ("（与上年相同）",)


@pytest.mark.parametrize(
    ("prior", "said"),
    [
        ("", "没有找到上年年报，没有核对。"),
        ("prior: {file: sqs-2022.yaml}\n", "上年年报 sqs-2022.yaml 不能用，没有核对，原因见问题。"),
    ],
)
def test_without_last_year_the_reader_is_told(tmp_path: Path, prior: str, said: str) -> None:
    path = tmp_path / "sqs-2023.yaml"
    shutil.copy(ROOT / "samples/complete/sqs-2023.yaml", path)
    path.write_text(path.read_text(encoding="utf-8") + prior, encoding="utf-8")
    item = check_file(path, ReportTypes(Catalog.of()))
    view = view_of(item, Reading(Language.CHINESE, beside=True, changed_only=True))
    assert view.sections[0].heading == "上年结转核对"
    assert view.sections[0].notes == (said,)
    assert view.sections[1].prose
