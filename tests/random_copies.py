"""Copies of reports with figures that a test chooses, and with figures at random."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from disclosure_tui.batch import Checked, check_file
from disclosure_tui.discovery import modules_of
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.render.copies import Copy, CopyKind
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[1]
TYPES = ReportTypes(Catalog.of(()))
FORMATS = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}
SAMPLES = {"2019": "sptyj-2020", "2021": "sqs-2023"}


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


def plain(value: Any) -> Any:
    """Return data that a test may change."""
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return value if not isinstance(value, tuple) else list(value)


def checked_with(edition: str, values: Mapping[Pointer, Any]) -> Checked:
    """Return the sample of an edition with other values, checked."""
    data = plain(open_document(ROOT / f"samples/complete/{SAMPLES[edition]}.yaml").data)
    for pointer, value in values.items():
        place = data
        for key in pointer[:-1]:
            place = place.setdefault(key, {})
        place[pointer.key] = value
    data.pop("explanations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.yaml")
        path.write_text(flow(data) + "\n", encoding="utf-8")
        return check_file(path, TYPES)


def copy_with(
    edition: str,
    values: Mapping[Pointer, Any],
    notes: Mapping[str, str] | None = None,
    *,
    en: bool = False,
    kind: CopyKind = CopyKind.PUBLIC,
) -> Copy:
    """Return a copy of the sample of an edition with other values and notes."""
    changed = {**values, **({Pointer.of("notes"): dict(notes)} if notes is not None else {})}
    language = Language.ENGLISH if en else None
    return copy_of(checked_with(edition, changed), Request(kind, True, language))
