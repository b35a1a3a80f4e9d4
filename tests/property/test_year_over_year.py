"""Last year beside: whatever the figures, none is cut, and no line is wider than asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.batch import check_document
from disclosure_tui.language import Language
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.prior import FoundPrior, PriorStatus
from disclosure_tui.render.grid import CellRole
from disclosure_tui.render.page import Page, set_page
from disclosure_tui.render.width import width
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.reviewing import Reading, view_of
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.schema.catalog import Catalog

SAMPLES = Path(__file__).parents[2] / "samples/complete"
FIGURES = st.integers(0, 9) | st.integers(0, 99_999)


def with_figures(data: Mapping[str, object], places: list[Pointer], drawn: list[int]) -> Report:
    report = Report(data)
    edits = tuple(SetValue(place, value) for place, value in zip(places, drawn, strict=True))
    return report.after(Transaction(edits, title=None))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sptyj-2020.yaml", "sqs-2024.yaml"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_pair_of_figures_is_printed_whole(name: str, data: st.DataObject) -> None:
    path = SAMPLES / name
    document = open_document(path)
    checked = check_document(document, path, ReportTypes(Catalog.of()))
    assert checked.result is not None
    places = [node.pointer for node in checked.result.form.cells]
    drawn = data.draw(st.lists(FIGURES, min_size=len(places), max_size=len(places)))
    before = PriorReport(with_figures(document.data, places, drawn))
    checked = replace(checked, prior=FoundPrior(PriorStatus.USED, before, "before.yaml"))
    reading = Reading(
        Language.CHINESE, beside=True, changed_only=data.draw(st.booleans()), numbered=True
    )
    view = view_of(checked, reading)
    cells = data.draw(st.integers(60, 200))
    lines = [
        "".join(p.text for p in line) for line in set_page(view, Page(cells, Language.CHINESE))
    ]
    assert max(map(width, lines)) <= cells
    printed = "\n".join(lines)
    for section in view.sections:
        for cell in section.grid.cells if section.grid is not None else ():
            if cell.role is CellRole.FIGURE:
                assert cell.mark + cell.text in printed, cell


def test_an_amount_of_many_digits_is_printed_whole_at_60() -> None:
    path = SAMPLES / "sqs-2024.yaml"
    checked = check_document(open_document(path), path, ReportTypes(Catalog.of()))
    view = view_of(checked, Reading(Language.CHINESE, beside=True))
    lines = set_page(view, Page(60, Language.CHINESE))
    assert any("~72701.2578 (59237.2449)" in "".join(p.text for p in line) for line in lines)
