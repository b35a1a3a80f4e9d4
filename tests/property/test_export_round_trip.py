"""Every figure of a report comes back unchanged out of every copy with tables."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_tui.model.form import Node
from disclosure_tui.render.grid import CellRole
from disclosure_tui.report_type import load_report_type
from random_copies import FORMATS, SAMPLES, copy_with, figure
from reading_back import READERS

NOTES = st.dictionaries(
    st.integers(0, 150), st.text(st.sampled_from("注|*=+-<&\"'\\x字：，# "), max_size=9), max_size=4
)


def printed(value: Any, node: Node) -> str:
    """Return what stands on paper for a value, worked out here and not by the program."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    assert node.cell is not None
    return f"+{text}" if node.cell.signed and value > 0 else text


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.integers(0, 2**32),
    st.sampled_from([0, 0.2, 0.9]),
    NOTES,
    st.booleans(),
)
def test_every_cell_comes_back(
    edition: str, seed: int, blanks: float, noted: dict[int, str], en: bool
) -> None:
    form = load_report_type(f"gov-info-annual/{edition}").form
    random = Random(seed)
    values = {node.pointer: figure(node, random, blanks) for node in form.cells}
    notes = {str(form.cells[number].pointer): text for number, text in noted.items()}
    copy = copy_with(edition, values, notes, en=en)
    expected = {pointer: printed(value, form.nodes[pointer]) for pointer, value in values.items()}
    grids = [section.grid for section in copy.view.sections if section.grid is not None]
    assert len(grids) == 3
    assert len(expected) == sum(
        cell.role is CellRole.FIGURE for grid in grids for cell in grid.cells
    )
    for name, read in READERS.items():
        tables = read(FORMATS[name].write(copy), copy)
        assert len(tables) == len(grids), name
        for table, grid in zip(tables, grids, strict=True):
            assert len(table) == grid.row_count, name
            for cell in grid.cells:
                found = table[cell.row][cell.column]
                if cell.role is CellRole.FIGURE:
                    assert cell.pointer is not None
                    assert found == expected[cell.pointer], (name, cell.pointer)
                else:
                    assert found.split() == cell.text.split(), (name, cell)
    lines = csv.reader(io.StringIO(FORMATS["csv"].write(copy).decode("utf-8-sig"), newline=""))
    long = {line[9]: line[7] for line in lines}
    assert {str(pointer): text for pointer, text in expected.items()}.items() <= long.items()
