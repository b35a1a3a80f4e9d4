"""Opens a report by its path, or shows the reports of another folder."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import open_report

__all__ = ["ENTRY"]

_TITLE = Text("打开", "Open")
_ADVICE = Text(
    "写明年报文件，或放年报的文件夹。", "Name a report file, or a folder with reports in it."
)
_NOTHING = Text("没有这个文件或文件夹，请核对。", "There is no such file or folder; please check.")


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, DeskScreen)

    async def answer(text: str | None) -> str:
        if text is None or not text.strip():
            return ""
        place = host.folder / Path(text.strip()).expanduser()
        if place.is_dir():
            host.open_folder(place)
            return ""
        if not place.exists():
            return "! " + host.say(_NOTHING)
        try:
            screen = open_report(place, host.report_types)
        except DisclosureError as error:
            return "! " + error.told(host.language).replace("\n", " ")
        await host.app.pop_screen()
        await host.app.push_screen(screen)
        return ""

    lines = [host.say(_ADVICE), ""]
    await host.app.push_screen(EntryDialog(host.say(_TITLE), "", answer, lines=lines))


ENTRY = ScreenEntry(
    Command(
        "open",
        Text("打开别处的年报或文件夹", "Open a report or folder elsewhere"),
        ("o", "ctrl+o"),
        Group.FILE,
        short=Text("打开", "Open"),
        rank=2,
    ),
    frozenset({"desk"}),
    _open,
)
