"""Properties of checking a report whose rows come, go and change, with one of last year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.model.edit import InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckContext, Checker
from disclosure_tui.rules.context import PriorReport

SAMPLES = Path(__file__).parents[2] / "samples" / "foia" / "complete"
LAST, THIS = (Report(open_document(SAMPLES / f"nrb-{year}.yaml").data) for year in (2024, 2025))
FORM = load_report_type(THIS.data["report_type"]).form
CHECKER, REFERENCE = Checker(FORM), Checker(FORM)
TABLES = tuple(node.pointer for node in FORM.entry_nodes)
KEYS = ("HQ", "FD", "AR", "GS", "Assoc. A.G.")

values = st.none() | st.integers(-1, 500) | st.sampled_from(["N/A", "<1", "some", "0"])


@st.composite
def changes(draw: st.DrawFn, report: Report) -> Report:
    """Draw a change: a cell, a new row, a row less."""
    table = draw(st.sampled_from(TABLES))
    rows = report.value_at(table)
    key = draw(st.sampled_from(KEYS))
    place = table / key
    if key not in rows:
        entry = next(node.entry for node in FORM.entry_nodes if node.pointer == table)
        assert entry is not None
        row: dict[str, Any] = {child.key: draw(values) for child in entry.children}
        return report.after(Transaction((InsertValue(place, row),)))
    if draw(st.booleans()) and draw(st.booleans()):
        return report.after(Transaction((RemoveValue(place),)))
    cells = [node.pointer for node in FORM.populated(report).cells if place == node.pointer[:-1]]
    cell = draw(st.sampled_from(cells)) if cells else place
    if not isinstance(report.value_at(cell[:-1]), dict) or not report.has(cell):
        return report
    return report.after(Transaction((SetValue(cell, draw(values)),)))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Report, ...]:
    """Draw a report and what becomes of it, change by change."""
    found = [THIS]
    for _ in range(draw(st.integers(1, 6))):
        found.append(draw(changes(found[-1])))
    return tuple(found)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(histories(), st.none() | histories().map(lambda reports: reports[-1]))
def test_checking_again_finds_what_a_first_check_finds(
    reports: tuple[Report, ...], last: Report | None
) -> None:
    context = CheckContext(PriorReport(last) if last is not None else None)
    result = CHECKER.check(reports[0], context)
    for report in reports[1:]:
        result = CHECKER.recheck(result, report, context)
        afresh = REFERENCE.check(report, context)
        assert list(result.findings) == list(afresh.findings)
        assert result.counts == afresh.counts
        assert result.blanks == afresh.blanks


ELSEWHERE = {"ROWS", "report.dangling"}
"""They are about a row, or the place of a note, that is not there."""


@settings(max_examples=20, deadline=None)
@given(histories())
def test_no_two_findings_have_one_name_and_all_stand_somewhere(reports: tuple[Report, ...]) -> None:
    result = CHECKER.check(reports[-1], CheckContext(PriorReport(LAST)))
    names = [finding.identity for finding in result.findings]
    assert len(names) == len(set(names))
    for finding in result.findings:
        assert all(
            result.form.node(pointer) is not None or finding.rule in ELSEWHERE
            for pointer in finding.pointers
        )


@settings(max_examples=20, deadline=None)
@given(histories(), histories())
def test_every_row_of_either_year_is_asked_for_once(
    now: tuple[Report, ...], before: tuple[Report, ...]
) -> None:
    """X-ROWS stands at every component of this year and of last, and fails at those of one."""
    this, last = now[-1], before[-1]
    result = CHECKER.check(this, CheckContext(PriorReport(last)))
    listed, known = this.value_at(("components",)), last.value_at(("components",))
    instances = [
        instance.name
        for instance in result.basis.prepared.instances
        if instance.rule.identifier == "X-ROWS"
    ]
    assert sorted(instances) == sorted({*listed, *known})
    failing = {f.instance for f in result.findings if f.rule == "X-ROWS" and f.counts}
    assert failing <= set(listed) ^ set(known)


def test_cells_of_the_form_are_those_of_the_report() -> None:
    populated = FORM.populated(THIS, LAST)
    cells = {node.pointer for node in populated.nodes.values() if node.role is Role.CELL}
    assert cells == {
        pointer
        for pointer, _ in THIS.leaves()
        if pointer[0] == "components" or pointer[0].startswith(("v", "x"))
    }
    assert Pointer.of("v_a", "components", "HQ", "received") in cells
