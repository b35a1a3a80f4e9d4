"""The numbers of findings: at the cell, in the text and in the list."""

from __future__ import annotations

import tiny
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.references import NO_REFERENCES, references_of
from disclosure_tui.render.view import build_view

CELLS = {"a": tiny.figure("甲"), "b": tiny.figure("乙"), "sum": tiny.figure("合计")}
SCHEMA = tiny.schema(
    {
        "t": tiny.table(
            "情况表",
            {"one": tiny.row(CELLS, title="一行"), "two": tiny.row(CELLS, title="二行")},
            **{
                "x-rules": [
                    {"id": "ROW", "each": "row", "total": "sum", "of": ["a", "b"]},
                    {"id": "LEAST", "each": "row", "check": "sum >= 9"},
                ]
            },
        )
    }
)
DATA = {"t": {"one": {"a": 1, "b": 2, "sum": 4}, "two": {"a": 1, "b": None, "sum": 1}}}


def view_with_numbers(language: Language = Language.CHINESE):  # type: ignore[no-untyped-def]
    result = tiny.check(SCHEMA, DATA)
    report = Report({"report_type": "tiny/1", "year": 2024, **DATA})
    references = references_of(result.form, result.findings)
    return references, build_view(
        result.form, report, result.findings, language, references=references
    )


def test_numbers_run_from_1_in_the_order_of_the_list() -> None:
    references, view = view_with_numbers()
    listed = [item.number for item in (*view.findings, *view.sections[0].findings)]
    assert listed == list(range(1, len(listed) + 1))
    assert len(listed) == len(references.numbers) > 2


def test_a_figure_shows_every_number_that_is_about_it() -> None:
    references, view = view_with_numbers()
    assert len(references.at[Pointer.of("t", "one", "sum")]) == 2
    grid = view.sections[0].grid
    cell = next(cell for cell in grid.cells if cell.pointer == Pointer.of("t", "one", "sum"))
    first, second = references.at[cell.pointer]
    assert cell.mark == f"[{first},{second}]!"
    assert cell.text == "4"


def test_a_blank_keeps_its_mark_and_has_no_number() -> None:
    _, view = view_with_numbers()
    grid = view.sections[0].grid
    cell = next(cell for cell in grid.cells if cell.pointer == Pointer.of("t", "two", "b"))
    assert (cell.mark, cell.text) == ("_", "")


def test_a_number_stands_behind_the_words_it_is_about() -> None:
    from disclosure_tui.render.references import References

    place = Pointer.of("text")
    references = References(quoted={place: ((4, 2), (2, 1))})
    assert references.marked(place, "甲乙丙丁。") == "甲乙[1]丙丁[2]。"


def test_without_numbers_nothing_is_added() -> None:
    assert NO_REFERENCES.mark(Pointer.of("t")) == ""
    assert NO_REFERENCES.marked(Pointer.of("t"), "甲") == "甲"
