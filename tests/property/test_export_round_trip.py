"""Every figure of a report comes back unchanged out of every copy with tables."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_tui.batch import check_file
from disclosure_tui.discovery import modules_of
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.grid import CellRole
from disclosure_tui.report_type import ReportTypes, load_report_type
from disclosure_tui.schema.catalog import Catalog
from reading_back import READERS

ROOT = Path(__file__).parents[2]
TYPES = ReportTypes(Catalog.of(()))
FORMATS = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}
SAMPLES = {"2019": "sptyj-2020", "2021": "sqs-2023"}
NOTES = st.dictionaries(
    st.integers(0, 150), st.text(st.sampled_from("注|*=+-<&\"'\\x字：，# "), max_size=9), max_size=4
)


def figure(node: Node, random: Random, blanks: float) -> Any:
    """Return a value that may stand in a cell: none, a count, an amount, a change, a code."""
    cell = node.cell
    assert cell is not None
    if random.random() < blanks:
        return None
    if cell.codes and random.random() < 0.1:
        return random.choice(sorted(cell.codes))
    size = random.choice([1, 10, 1000, 10**7, 10**15, 10**18])
    sign = -1 if cell.signed and random.random() < 0.5 else 1
    if cell.integral or not cell.decimals or random.random() < 0.3:
        return sign * random.randrange(size)
    places = random.randint(1, cell.decimals)
    return sign * Decimal(random.randrange(size * 10**places)).scaleb(-places)


def flow(value: Any) -> str:
    """Write plain data as YAML, decimals exactly as they are."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)}: {flow(item)}" for key, item in value.items())
        return "{" + inner + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def copy_with(edition: str, values: dict[Pointer, Any], notes: dict[str, str], en: bool) -> Copy:
    def plain(value: Any) -> Any:
        return (
            {key: plain(item) for key, item in value.items()}
            if hasattr(value, "items")
            else (value if not isinstance(value, tuple) else list(value))
        )

    data = plain(open_document(ROOT / f"samples/complete/{SAMPLES[edition]}.yaml").data)
    for pointer, value in values.items():
        place = data
        for key in pointer[:-1]:
            place = place.setdefault(key, {})
        place[pointer.key] = value
    data["notes"] = notes
    data.pop("explanations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.yaml")
        path.write_text(flow(data) + "\n", encoding="utf-8")
        language = Language.ENGLISH if en else None
        return copy_of(check_file(path, TYPES), Request(is_draft=True, language=language))


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
    copy = copy_with(edition, values, notes, en)
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
