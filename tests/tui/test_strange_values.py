"""Values at places that the form does not know, and lists where a figure belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.model.pointer import Pointer
from tui.editing import editing
from tui.report_files import complete

NEW = Pointer.parse("/requests/new")
ROW = "  new: {natural_person: 0,"


def changed(folder: Path, old: str, new: str) -> Path:
    path = complete(folder)
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return path


def with_strange_keys(folder: Path) -> Path:
    """Misspell a key of a row, add two to it, and one to the table."""
    strange = "  ghost: 5\n  new: {natural_persn: 0, x: 1,"
    return changed(folder, ROW, strange)


async def test_every_finding_is_walked_to_and_told(tmp_path: Path) -> None:
    async with editing(with_strange_keys, tmp_path) as edit:
        told = set()
        count = len(edit.report.filling.ordered())
        assert count >= 4
        for _ in range(count):
            await edit.press("ctrl+n")
            told.add(edit.message)
        for finding in edit.report.filling.ordered():
            assert any(edit.report.filling.wording.line(finding)[:30] in line for line in told)
        assert any("natural_persn" in line for line in told)
        assert any("ghost" in line for line in told)
        for _ in range(count):
            await edit.press("f7", "escape", "ctrl+n", "b")


async def test_a_strange_key_is_shown_at_the_row_it_stands_in(tmp_path: Path) -> None:
    async with editing(with_strange_keys, tmp_path) as edit:
        assert edit.report.go_to(NEW / "x")
        await edit.settled()
        assert edit.here == NEW / "natural_person"
        await edit.press("8", "enter")
        assert edit.value(NEW / "natural_person") == 8
        assert edit.value(NEW / "x") == 1


@pytest.mark.parametrize("value", ["[3]", "{a: 3}", "[]", "{}", "[[1], {b: null}]"])
async def test_a_list_or_a_map_in_a_cell_is_shown_and_typed_over(
    tmp_path: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(folder: Path) -> Path:
        return changed(folder, ROW, ROW.replace("0", value))

    shown = "!{...}" if value.startswith("{") else "![...]"
    async with editing(made, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        assert shown in edit.line_of("一、新收")
        await edit.press("ctrl+n", "f7", "escape")
        await edit.go(NEW / "natural_person")
        await edit.press("0", "enter")
        assert edit.value(NEW / "natural_person") == 0
        await edit.press("ctrl+z")
        assert shown in edit.line_of("一、新收")
    (path,) = tmp_path.glob("*.yaml")
    assert run(["show", str(path), "--section", "三"]) == 0
    assert shown in capsys.readouterr().out
    assert run(["check", str(path)]) == 1
    assert "请不要写成一组" in capsys.readouterr().out
    for form in ("xlsx", "docx", "html", "csv", "markdown", "text"):
        assert run(["export", "--draft", "--to", form, str(path)]) == 0, form
