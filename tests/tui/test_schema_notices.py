"""What is the matter with the places of schemas is told in the editor, in the help in full."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import ReportScreen, open_report
from tui.editing import Editing, editing
from tui.settling import settled

SAMPLE = Path(__file__).parents[2] / "samples" / "district"


def district(folder: Path) -> Path:
    """Return a district in which one schema file is broken, another one, unused, is a link."""
    root = folder / "qu"
    shutil.copytree(SAMPLE, root)
    (root / "schemas/other-1.schema.json").write_text('{"$id": "urn:x:y"，}', encoding="utf-8")
    return root


def report(folder: Path) -> ReportScreen:
    path = district(folder) / "units/tyj/2025/tyj-2025.yaml"
    return open_report(path, ReportTypes(SchemaSearch()))


async def in_help(edit: Editing) -> str:
    await edit.press("f1", "end", "end")
    return "".join(line.replace("│", "").strip() for line in edit.lines)


@pytest.mark.parametrize(
    ("language", "line", "words"),
    [
        (Language.CHINESE, "格式文件有 1 处要留意，不影响填报；按 F1", "这里是中文的标点"),
        (
            Language.ENGLISH,
            "1 note on the schemas, see the last lines",
            "the full-width sign",
        ),
    ],
)
async def test_a_broken_schema_is_told_and_keeps_nobody_from_working(
    tmp_path: Path, language: Language, line: str, words: str
) -> None:
    async with editing(report, tmp_path, size=(80, 24), language=language) as edit:
        assert line in "\n".join(edit.lines)
        await edit.press("down")
        assert line not in "\n".join(edit.lines), "until the next key"
        told = await in_help(edit)
        assert words in told
        assert "other-1.schema.json" in told


async def test_without_faults_nothing_is_told(tmp_path: Path) -> None:
    def sound(folder: Path) -> ReportScreen:
        screen = report(folder)
        screen.session.hang_up()
        (folder / "qu/schemas/other-1.schema.json").unlink()
        return open_report(folder / "qu/units/tyj/2025/tyj-2025.yaml", ReportTypes(SchemaSearch()))

    async with editing(sound, tmp_path) as edit:
        assert "要留意" not in "\n".join(edit.lines)
        assert "要留意" not in await in_help(edit)


async def test_the_desk_tells_it_too(tmp_path: Path) -> None:
    desk = DeskScreen(district(tmp_path), SchemaSearch())
    app = DisclosureApp(desk, Language.CHINESE)
    async with app.run_test(size=(80, 24)):
        await settled(app)
        shown = [
            "".join(segment.text for segment in strip)
            for strip in app.screen._compositor.render_strips()
        ]
        assert any("格式文件有 1 处要留意" in line for line in shown)
        assert any("other-1.schema.json" in text.zh for text in desk.about)
