"""A report with an overlay in the editor: its places are filled in, and it says what is whose."""

from __future__ import annotations

import shutil
from pathlib import Path

from disclosure_tui.model.origin import OVERLAY
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.session import Session
from tui.editing import editing

SAMPLE = Path(__file__).parents[2] / "samples" / "district"
IDENTIFIER = "urn:disclosure-tui:example-district:2021"
TRANSFERRED = Pointer.parse("/requests/results/other/transferred")
WEBSITE = Pointer.parse("/platforms/website/number")
TOTAL = Pointer.parse("/platforms/total/number")


def in_district(folder: Path) -> Session:
    root = folder / "qu"
    shutil.copytree(SAMPLE, root)
    return _opened(root / "units/tyj/2025/tyj-2025.yaml")


def unnamed(folder: Path) -> Session:
    """Open a report that does not say yet which overlay it was filled in with."""
    in_district(folder).hang_up()
    path = folder / "qu/units/tyj/2025/tyj-2025.yaml"
    text = path.read_text(encoding="utf-8").replace(f'schema: {{overlay: "{IDENTIFIER}"}}\n', "")
    path.write_text(text, encoding="utf-8")
    return _opened(path)


def outside(folder: Path) -> Session:
    shutil.copy(SAMPLE / "units/tyj/2025/tyj-2025.yaml", folder / "r.yaml")
    return _opened(folder / "r.yaml")


def _opened(path: Path) -> Session:
    return Session.open(path, ReportTypes(SchemaSearch()))


async def test_rows_and_tables_of_the_overlay_are_filled_in(tmp_path: Path) -> None:
    async with editing(in_district, tmp_path, size=(100, 30)) as edit:
        await edit.go(TRANSFERRED / "natural_person")
        assert edit.line_of("4.转其他渠道办理")
        await edit.go(WEBSITE)
        assert edit.line_of("政务新媒体")
        await edit.press("5", "enter")
        assert edit.value(WEBSITE) == 5
        assert edit.value(TOTAL) == 7, "its totals follow as all totals do"
        await edit.press("u")
        assert edit.value(TOTAL) == 3


async def test_why_names_the_overlay(tmp_path: Path) -> None:
    async with editing(in_district, tmp_path, size=(100, 40)) as edit:
        edit.session.set_value(TOTAL, 9)
        await edit.go(TOTAL)
        assert edit.line_of("（示例区补充规定）")
        await edit.press("i")
        text = "".join(edit.lines)
        assert "district.overlay.schema.json#" in text


async def test_the_first_value_of_its_own_names_the_overlay(tmp_path: Path) -> None:
    async with editing(unnamed, tmp_path) as edit:
        before = edit.session.document.text
        await edit.go(WEBSITE)
        await edit.press("2", "enter")
        assert edit.value(OVERLAY) == IDENTIFIER
        await edit.press("u")
        assert edit.session.document.text == before


async def test_without_the_overlay_the_editor_says_which_one_is_missing(tmp_path: Path) -> None:
    async with editing(outside, tmp_path) as edit:
        (found,) = [f for f in edit.session.result.findings.open if f.rule == "report.overlay"]
        assert IDENTIFIER in edit.report.filling.wording.panel(found)
        assert any("补充规定现在没有用上" in line for line in edit.lines), "told when it opens"
        edit.session.set_value(Pointer.parse("/filing/phone"), "1")
        edit.session.save()
        saved = edit.session.document.text
        for kept in ("transferred:", "platforms:", "leader: 王五"):
            assert kept in saved
