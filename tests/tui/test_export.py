"""Copies written from the editor: a clerk has no command line."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.dialog import Dialog
from tui.editing import Editing, editing
from tui.report_files import NEW, complete, draft
from tui.settling import LONGEST

if TYPE_CHECKING:
    import pytest


async def shown(edit: Editing, sentence: str) -> str:
    """Return the line with a sentence, once it is there: a copy is written in another thread."""
    end = monotonic() + LONGEST
    while not (found := [line for line in edit.lines if sentence in line]):
        assert monotonic() < end, "\n".join(edit.lines)
        await asyncio.sleep(0.02)
        await edit.settled()
    return found[0]


async def test_a_public_copy_is_written_beside_the_report(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.type("E")
        assert edit.line_of("1  公开稿")
        await edit.press("1", "enter")
        assert edit.line_of("docx"), "the form that is asked for most is offered first"
        await edit.press("3", "enter")
        await shown(edit, "已生成")
        (page,) = (tmp_path / "out").iterdir()
        assert page.suffix == ".html"
        assert "某县退役军人事务局" in page.read_text("utf-8")
        assert edit.line_of("sftp")
        await edit.press("enter")
        assert edit.app.screen is edit.report


async def test_what_is_not_finished_is_a_draft(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.type("E")
        assert edit.line_of("格未填")
        await edit.press("2", "enter")
        await edit.type("text")
        names = [line.split()[1] for line in edit.lines if line.strip()[:1].isdigit()]
        assert "text" in names
        await edit.press(*str(names.index("text") + 1), "enter")
        await shown(edit, "已生成")
        (page,) = (tmp_path / "out").iterdir()
        assert "草稿" in page.name


async def test_what_is_not_saved_is_not_exported(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.go(NEW / "natural_person")
        await edit.press("3", "enter")
        await edit.type("E")
        assert edit.message.startswith("请先保存")
        assert not isinstance(edit.app.screen, Dialog)
        assert not (tmp_path / "out").exists()


async def test_what_cannot_be_written_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disclosure_tui.render.export_formats.docx.LIBRARIES", ("no_such_library",))
    async with editing(complete, tmp_path) as edit:
        await edit.go(Pointer.of("year"))
        await edit.type("E")
        await edit.press("1", "enter", "1", "enter")
        assert (await shown(edit, "不能生成 docx")).startswith("! ")
        (tmp_path / "out").write_text("a file of that name")
        await edit.type("E")
        await edit.press("1", "enter", "3", "enter")
        assert (await shown(edit, "! ")).startswith("! ")


async def test_in_english(tmp_path: Path) -> None:
    async with editing(complete, tmp_path, language=Language.ENGLISH) as edit:
        await edit.type("E")
        assert edit.line_of("Public copy")
        await edit.press("escape")
        assert edit.app.screen is edit.report
