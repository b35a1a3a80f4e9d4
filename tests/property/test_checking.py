"""Properties of checking and of totals that follow, over random figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.language import Language
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import load_report_type
from disclosure_tui.session.editing import Editing
from disclosure_tui.store.document import Document

LOADED = load_report_type("gov-info-annual/2021")
DRAFT = Document.read(
    draft_text(
        LOADED.form, NewReport(2023, "示例局", "slj", "county_department"), Language.CHINESE
    ).encode()
)
EQUATIONS = {"T3-BAL", "T3-ROW", "T3-COL"}
PARTS = ("natural_person", "enterprise", "research", "welfare", "legal_service", "other")
COLUMNS = (*PARTS, "total")

RESULTS = [
    node.pointer[2:]
    for node in LOADED.form.rows(("requests", "results"))
    if node.pointer != ("requests", "results", "total")
]
OUTCOMES = ("upheld", "corrected", "other", "pending")
CASES = (("review",), ("litigation", "direct"), ("litigation", "after_review"))

Figures = dict[tuple[str, ...], int]
"""Figures of table 3 by row and column, with the keys below the table."""

counts = st.integers(0, 10**6)


def with_totals(parts: Mapping[tuple[str, ...], int]) -> Figures:
    """Add to the parts every total of rows and columns."""
    figures = dict(parts)
    for column in PARTS:
        total = sum(figures["results", *row, column] for row in RESULTS)
        figures["results", "total", column] = total
    rows = {keys[:-1] for keys in figures}
    for row in rows:
        figures[*row, "total"] = sum(figures[*row, column] for column in PARTS)
    return figures


@st.composite
def tables(draw: st.DrawFn) -> Figures:
    """Draw a table 3 that is right: carried in and results at will, new by the balance."""
    parts: Figures = {}
    for column in PARTS:
        results = draw(
            st.lists(counts, min_size=len(RESULTS), max_size=len(RESULTS))
            | st.just([0] * len(RESULTS))
        )
        for row, count in zip(RESULTS, results, strict=True):
            parts["results", *row, column] = count
        pending = draw(counts)
        done = sum(results) + pending
        carried = draw(st.integers(0, done))
        parts["carried_forward", column] = pending
        parts["carried_in", column] = carried
        parts["new", column] = done - carried
    return with_totals(parts)


def report(figures: Figures) -> Report:
    values = {Pointer(("requests", *keys)): value for keys, value in figures.items()}
    return Report(DRAFT.data).after(
        Transaction(tuple(SetValue(pointer, value) for pointer, value in values.items()))
    )


def failing(data: Report) -> set[tuple[str, str]]:
    findings = LOADED.checker.check(data).findings
    return {(f.rule, f.instance) for f in findings if f.counts and f.rule in EQUATIONS}


def containing(cell: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return the equations that a cell is part of, by the printed rules alone."""
    row, column = cell[:-1], cell[-1]
    found = {("T3-ROW", ".".join(row))}
    if row[0] == "results":
        found.add(("T3-COL", column))
    if row in (("new",), ("carried_in",), ("carried_forward",), ("results", "total")):
        found.add(("T3-BAL", column))
    return found


@settings(max_examples=25, deadline=None)
@given(tables())
def test_a_right_table_is_clean(figures: Figures) -> None:
    assert len(figures) == 175
    assert failing(report(figures)) == set()


@settings(max_examples=60, deadline=None)
@given(tables(), st.data(), st.integers(1, 1000))
def test_one_raised_cell_breaks_exactly_its_equations(
    figures: Figures, data: st.DataObject, more: int
) -> None:
    cell = data.draw(st.sampled_from(sorted(figures)))
    changed = {**figures, cell: figures[cell] + more}
    assert failing(report(changed)) == containing(cell)


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_an_equation_over_a_blank_never_fails(figures: Figures, data: st.DataObject) -> None:
    cells = data.draw(st.sets(st.sampled_from(sorted(figures)), max_size=12))
    kept = {cell: value for cell, value in figures.items() if cell not in cells}
    assert failing(report(kept)) == set()
    result = LOADED.checker.check(report(kept))
    undecided = {(f.rule, f.instance) for f in result.findings if not f.counts}
    expected = set[tuple[str, str]]().union(*map(containing, cells)) if cells else set()
    assert {pair for pair in undecided if pair[0] in EQUATIONS} == expected


# Totals that follow.


PART_ROWS = [
    ("new",),
    ("carried_in",),
    *(("results", *row) for row in RESULTS),
    ("carried_forward",),
]
PART_CELLS = [
    *(("requests", *row, column) for row in PART_ROWS for column in PARTS),
    *(("disputes", *case, outcome) for case in CASES for outcome in OUTCOMES),
]


def zeros() -> Editing:
    """Return a session on a report whose figures are all 0: every total is in step."""
    values = tuple(
        SetValue(node.pointer, 0) for node in LOADED.form.nodes.values() if node.role is Role.CELL
    )
    document, _ = DRAFT.apply(Transaction(values))
    return Editing(document, LOADED, Path(document.name))


def blank() -> Editing:
    return Editing(DRAFT, LOADED, Path(DRAFT.name))


def sums(data: Report) -> Iterator[tuple[Pointer, list[Any]]]:
    """Yield every total with what its parts are; where it has two ways, one after the other."""
    for row in LOADED.form.rows(("requests",)):
        yield row.pointer / "total", [data.value_at((*row.pointer, part)) for part in PARTS]
    for column in COLUMNS:
        parts = [data.value_at(("requests", "results", *row, column)) for row in RESULTS]
        yield Pointer.of("requests", "results", "total", column), parts
    for case in CASES:
        place = Pointer(("disputes", *case))
        yield place / "total", [data.value_at((*place, outcome)) for outcome in OUTCOMES]


edits = st.lists(
    st.tuples(st.sampled_from(PART_CELLS), st.integers(0, 10**9)), min_size=1, max_size=6
)


@settings(max_examples=10, deadline=None)
@given(edits)
def test_totals_in_step_stay_in_step(steps: list[tuple[tuple[str, ...], int]]) -> None:
    session = zeros()
    for cell, value in steps:
        before = session.report.value_at(cell)
        commit = session.set_value(Pointer(cell), value)
        assert (commit is None) == (before == value)
        for total, parts in sums(session.report):
            assert session.report.value_at(total) == sum(parts), total
        if commit is not None:
            assert set(commit.followed) <= {total for total, _ in sums(session.report)}


@settings(max_examples=6, deadline=None)
@given(edits, st.sampled_from(PART_CELLS), st.integers(1, 10**6))
def test_a_typed_total_is_never_overwritten(
    steps: list[tuple[tuple[str, ...], int]], cell: tuple[str, ...], wrong: int
) -> None:
    session = zeros()
    total = Pointer(cell[:-1]) / "total"
    session.set_value(total, 10**12 + wrong)
    for part, value in steps:
        session.set_value(Pointer(part), value)
        assert session.report.value_at(total) == 10**12 + wrong


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(PART_CELLS), min_size=1, max_size=4))
def test_a_cleared_part_leaves_its_totals_blank(cells: list[tuple[str, ...]]) -> None:
    session = zeros()
    for cell in cells:
        session.set_value(Pointer(cell), None)
    for total, parts in sums(session.report):
        value = session.report.value_at(total)
        assert (value is None) == (None in parts), total
        assert value in (None, 0)
    assert not {f.rule for f in session.result.findings.open} & {*EQUATIONS, "T4-SUM"}


@settings(max_examples=4, deadline=None)
@given(st.permutations(PARTS), st.lists(counts, min_size=6, max_size=6))
def test_a_total_follows_once_all_its_parts_are_there(order: list[str], values: list[int]) -> None:
    session = blank()
    row = Pointer.of("requests", "new")
    for index, (part, value) in enumerate(zip(order, values, strict=True)):
        session.set_value(row / part, value)
        wanted = sum(values) if index == len(PARTS) - 1 else None
        assert session.report.value_at(row / "total") == wanted


@settings(max_examples=8, deadline=None)
@given(edits, st.booleans())
def test_undo_restores_the_bytes(steps: list[tuple[tuple[str, ...], int]], from_zero: bool) -> None:
    session = zeros() if from_zero else blank()
    states = [session.document.encode()]
    for cell, value in steps:
        if session.set_value(Pointer(cell), value) is not None:
            states.append(session.document.encode())
    after = list(states)
    while session.can_undo:
        assert session.document.encode() == states.pop()
        session.undo()
    assert session.document.encode() == states.pop()
    assert not states
    assert session.report.data == session.document.data
    for state in after[1:]:
        session.redo()
        assert session.document.encode() == state
