"""A published copy is proved cell by cell: what differs is named, and nothing else ever is."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import load_report_type
from proofs import READABLE, file_name, prove, sample, unlike_figures, written
from random_copies import FORMATS, checked_with, figure

EDITIONS = ("2019", "2021")
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@SLOW
@given(
    st.sampled_from(EDITIONS),
    st.integers(0, 2**32),
    st.sampled_from([0, 0.3, 0.95]),
    st.booleans(),
)
@example(edition="2019", seed=51, blanks=0.95, en=False)
def test_a_copy_of_the_same_report_is_the_same(
    edition: str, seed: int, blanks: float, en: bool
) -> None:
    form = load_report_type(f"gov-info-annual/{edition}").form
    random = Random(seed)
    values: dict[Pointer, Any] = {n.pointer: figure(n, random, blanks) for n in form.cells}
    noted = random.sample(form.cells, 3)
    values[Pointer.of("notes")] = {str(node.pointer): f"含上年{seed}件" for node in noted}
    checked = checked_with(edition, values)
    copy = copy_of(checked, Request(is_draft=True, language=Language.ENGLISH if en else None))
    for name in READABLE:
        proof = prove(checked, FORMATS[name].write(copy), file_name(name))
        assert proof.is_same, (name, proof)
        assert not proof.unread, (name, proof.unread)
        assert proof.compared == len(form.cells)


@pytest.mark.slow
@SLOW
@given(st.sampled_from(EDITIONS), st.integers(0, 2**32), st.integers(1, 12))
def test_exactly_the_cells_that_were_changed_are_named(edition: str, seed: int, count: int) -> None:
    random = Random(seed)
    values = unlike_figures(edition)
    changed = {
        pointer: random.choice([None, int(str(values[pointer])[:-1] + "9") + 10, 0])
        for pointer in random.sample(sorted(values), count)
    }
    page = checked_with(edition, {**values, **changed})
    for name in READABLE:
        proof = prove(sample(edition), written(page, name), file_name(name))
        found = {
            item.pointer: (item.report.lstrip("+"), item.page.lstrip("+"))
            for item in proof.differences
        }
        assert found == {
            pointer: (str(values[pointer]), "" if value is None else str(value))
            for pointer, value in changed.items()
        }, name
        assert not proof.texts
        assert not proof.faults
        assert not proof.unread


@pytest.mark.slow
@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("edition", EDITIONS)
def test_one_digit_in_any_cell(edition: str, name: str) -> None:
    values = unlike_figures(edition)
    page = written(sample(edition), name)
    for pointer, value in list(values.items())[:: 4 if name == "html" else 12]:
        report = checked_with(edition, {**values, pointer: value + 10})
        proof = prove(report, page, file_name(name))
        assert [item.pointer for item in proof.differences] == [pointer]
        assert not proof.texts
        assert not proof.faults
        assert not proof.unread


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_is_read_from_its_own_place(edition: str, name: str) -> None:
    values = unlike_figures(edition)
    other = checked_with(edition, unlike_figures(edition, first=5001))
    proof = prove(other, written(sample(edition), name), file_name(name))
    assert {item.pointer: item.page.lstrip("+") for item in proof.differences} == {
        pointer: str(value) for pointer, value in values.items()
    }


def cells(tree: Any) -> list[Any]:
    return list(tree.xpath("//td|//th"))


def drop(cell: Any) -> None:
    cell.drop_tree()


def double(cell: Any) -> None:
    cell.addnext(deepcopy(cell))


def wider(cell: Any) -> None:
    cell.set("colspan", str(int(cell.get("colspan", "1")) + 1))


def narrower(cell: Any) -> None:
    cell.set("colspan", str(int(cell.get("colspan", "1")) - 1))


def higher(cell: Any) -> None:
    cell.set("rowspan", str(int(cell.get("rowspan", "1")) + 1))


def lower(cell: Any) -> None:
    cell.set("rowspan", str(int(cell.get("rowspan", "1")) - 1))


DAMAGES = {item.__name__: item for item in (drop, double, wider, narrower, higher, lower)}


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(EDITIONS),
    st.sampled_from([0, 2, 3]),
    st.lists(
        st.tuples(st.sampled_from(sorted(DAMAGES)), st.integers(0, 400)), min_size=1, max_size=3
    ),
)
def test_damaged_tables_are_refused_and_never_read_wrongly(
    edition: str, blanks: int, damages: list[tuple[str, int]]
) -> None:
    """Cells dropped, doubled, widened: a figure may go unread, but none is taken for another."""
    # A cell less and its neighbour twice is a whole row again, with another figure in it.
    assume(not {"drop", "double"} <= {kind for kind, _ in damages})
    checked = sample(edition, blanks)
    tree = lxml.html.fromstring(written(checked, "html").decode())
    for kind, number in damages:
        found = cells(tree)
        DAMAGES[kind](found[number % len(found)])
    page = lxml.html.tostring(tree, encoding="unicode").encode()
    assert not prove(checked, page, "page.html").differences


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_dropping_any_one_cell_is_noticed(edition: str) -> None:
    checked = sample(edition, 2)
    page = written(checked, "html").decode()
    for number in range(0, len(cells(lxml.html.fromstring(page))), 3):
        tree = lxml.html.fromstring(page)
        drop(cells(tree)[number])
        proof = prove(checked, lxml.html.tostring(tree, encoding="unicode").encode(), "page.html")
        assert not proof.differences
        assert proof.unread or proof.faults, number


def damaged_rows(kind: str, row: list[str], at: int) -> list[str]:
    place = at % len(row)
    if kind == "drop":
        return row[:place] + row[place + 1 :]
    if kind == "double":
        return [*row[: place + 1], *row[place:]]
    is_figure = row[place].strip().lstrip("+").isdigit()
    return row if is_figure else [*row[:place], "", *row[place + 1 :]]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(EDITIONS),
    st.sampled_from([0, 2]),
    st.booleans(),
    st.sampled_from(["drop", "double", "empty"]),
    st.integers(0, 400),
    st.integers(0, 20),
)
@example(edition="2019", blanks=0, pipes=True, kind="empty", number=1, at=2)
def test_damaged_text_tables_are_refused_and_never_read_wrongly(
    edition: str, blanks: int, pipes: bool, kind: str, number: int, at: int
) -> None:
    """Text files say nothing of merged cells: a field less, a field more, a label gone."""
    checked = sample(edition, blanks)
    name = "markdown" if pipes else "csv-grid"
    separator = "|" if pipes else ","
    lines = written(checked, name).decode("utf-8-sig").splitlines()
    rows = [place for place, line in enumerate(lines) if separator in line and "---" not in line]
    place = rows[number % len(rows)]
    fields = lines[place].strip("|").split(separator)
    lines[place] = separator.join(damaged_rows(kind, fields, at))
    if pipes:
        lines[place] = f"|{lines[place]}|"
    assert not prove(checked, "\n".join(lines).encode(), file_name(name)).differences
