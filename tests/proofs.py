"""Proves copies for tests: the whole way from a report's values and a file's bytes to a proof."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from disclosure_tui.batch import Checked
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.publication import Proof, read_page, verify
from disclosure_tui.report_type import load_report_type
from random_copies import FORMATS, checked_with

READABLE = ("csv", "csv-grid", "docx", "html", "html-fragment", "markdown", "xlsx")
"""Export formats that can be read back."""
WITH_PROSE = ("docx", "html", "html-fragment", "markdown", "xlsx")


def prove(checked: Checked, content: bytes, name: str) -> Proof:
    """Compare a file with a report."""
    assert checked.report_type is not None
    assert checked.document is not None
    report = Report(checked.document.data)
    page = read_page(content, name)
    return verify(checked.report_type.form, report, page, file="r.yaml", sha256="0" * 64)


def written(checked: Checked, name: str) -> bytes:
    """Return a copy in a format."""
    content: bytes = FORMATS[name].write(copy_of(checked, Request(is_draft=True)))
    return content


def file_name(name: str) -> str:
    return f"copy{FORMATS[name].SUFFIX}"


def unlike_figures(edition: str, first: int = 1001) -> dict[Pointer, int]:
    """Return a figure for each cell, no two alike: a reading in the wrong cell must show."""
    form = load_report_type(f"gov-info-annual/{edition}").form
    return {node.pointer: first + index for index, node in enumerate(form.cells)}


@lru_cache(maxsize=8)
def _sample(edition: str, blanks: int) -> Checked:
    values: dict[Pointer, Any] = dict(unlike_figures(edition))
    for pointer in list(values)[:: blanks or len(values) + 1]:
        values[pointer] = None if blanks else values[pointer]
    return checked_with(edition, values)


def sample(edition: str, blanks: int = 0) -> Checked:
    """Return a report with unlike figures; every so many cells are blank."""
    return _sample(edition, blanks)


def with_values(edition: str, values: Mapping[Pointer, Any]) -> Checked:
    return checked_with(edition, values)
