"""What is filled in when a report is begun in the editor; no screen is needed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.tui.new_report_form import KIND, NewReportForm
from schema_folders import put


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a district with a report type of its own; one stands outside of it."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    root = tmp_path / "district"
    put(root / "schemas", title="本级的表")
    (root / "disclosure.yaml").write_text("language: zh\n", encoding="utf-8")
    return root


def filled(folder: Path, **more: str) -> NewReportForm:
    form = NewReportForm(folder, ReportTypes(SchemaSearch()), Language.CHINESE)
    values = {"kind": "tiny", "year": "2024", "name": "某局", "code": "jyj", **more}
    for key, text in values.items():
        form.take(Pointer.of(key), text)
    return form


def test_types_of_the_folder_that_is_open(district: Path) -> None:
    form = filled(district)
    assert "tiny" in form.choices(KIND).values
    place = form.write()
    assert place == district / "units/jyj/2024/jyj-2024.yaml"
    assert "# 一、本级的表" in place.read_text(encoding="utf-8")


def test_the_folder_of_the_file_decides_which_schema_holds(district: Path, tmp_path: Path) -> None:
    put(tmp_path / "here" / "schemas", "9", title="别处的表")
    form = filled(tmp_path / "here", place=str(district / "units/jyj/2024"))
    assert "# 一、本级的表" in form.write().read_text(encoding="utf-8")
