"""Totals typed from paper as a check: a setting of the person, for each table."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.model.pointer import Pointer
from tui.editing import editing
from tui.report_files import GRANTED, NEW, complete, draft, opened

REQUESTS = Pointer.of("requests")
DISPUTES = Pointer.of("disputes")
CELL = GRANTED / "natural_person"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "disclosure-tui" / "typed-totals"


async def test_typed_totals_stay_and_are_checked(tmp_path: Path, settings: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        original = edit.session.document.text
        await edit.go(CELL)
        assert any(
            "本表总计自动计算" in text
            for text, _ in edit.report.filling.notes(edit.report.view.page)
        )
        await edit.press("t")
        assert edit.message.startswith("本表总计照原始表录入并核对")
        assert "（总计照原始表录入）" in edit.lines[1]
        assert edit.session.document.text == original, "the file does not know it"
        assert settings.read_text(encoding="utf-8") == "gov-info-annual/2021 /requests\n"
        await edit.press("3", "enter")
        assert edit.value(GRANTED / "total") == 0
        assert any(found.rule == "T3-ROW" for found in edit.session.result.findings.open)
        await edit.go(GRANTED / "total")
        assert "应 = 6 格之和" in edit.status
        await edit.press("=")
        assert edit.value(GRANTED / "total") == 3, "asked for, it is computed all the same"
        await edit.press("t")
        assert "（总计照原始表录入）" not in edit.lines[1]
        assert settings.read_text(encoding="utf-8") == ""
        await edit.go(CELL)
        await edit.press("4", "enter")
        assert edit.value(GRANTED / "total") == 4


async def test_a_fill_with_zero_fills_totals_that_do_not_follow(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("t", "z")
        assert edit.line_of("一并填 0")
        await edit.press("1", "enter")
        assert edit.value(NEW / "total") == 0


def test_the_setting_holds_for_the_table_and_for_the_next_session(
    tmp_path: Path, settings: Path
) -> None:
    settings.parent.mkdir(parents=True)
    settings.write_text("other/1 /requests\nrubbish\n", encoding="utf-8")
    first = opened(complete(tmp_path))
    assert first.typed_totals == frozenset()
    first.type_totals(REQUESTS, typed=True)
    first.type_totals(DISPUTES, typed=True)
    first.type_totals(DISPUTES, typed=False)
    first.close()
    assert settings.read_text(encoding="utf-8").splitlines() == [
        "other/1 /requests",
        "rubbish",
        "gov-info-annual/2021 /requests",
    ]
    second = opened(tmp_path / "tyj-2023.yaml")
    assert second.typed_totals == {REQUESTS}
    second.set_value(CELL, 2)
    second.set_value(DISPUTES / "review" / "upheld", 1)
    assert second.report.value_at(GRANTED / "total") == 0
    assert second.report.value_at(DISPUTES / "review" / "total") == 1
    second.close(drop=True)


async def test_a_setting_that_cannot_be_noted_holds_this_time(
    tmp_path: Path, settings: Path
) -> None:
    settings.parent.parent.mkdir(parents=True)
    settings.parent.write_text("a file where a folder belongs", encoding="utf-8")
    async with editing(complete, tmp_path) as edit:
        await edit.go(CELL)
        await edit.press("t")
        assert "没能记下，只在这次有效" in edit.message
        await edit.press("3", "enter")
        assert edit.value(GRANTED / "total") == 0


async def test_a_page_without_totals_says_so(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("t")
        assert edit.message == "本页没有总计"
