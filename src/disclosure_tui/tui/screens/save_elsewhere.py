"""Saves the report under another name, and goes on with that file."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.session import SaveResult
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY", "ask_place"]

_TITLE = Text("存到别处", "Save elsewhere")
_ADVICE = Text(
    "写明文件夹和文件名。以后的填报和保存都在新文件里，原来的文件不动。",
    "Name folder and file. You go on in the new file; the old one stays as it is.",
)
_NO_NAME = Text("请写明文件名。", "Name a file.")
_NO_FOLDER = Text(
    "! 没有这个文件夹，没有写入。请换一个已有的文件夹。",
    "! There is no such folder, nothing was written. Name one that is there.",
)


def ask_place(host: ReportBase, done: Callable[[SaveResult], Awaitable[None]]) -> None:
    """Ask for a file and save there.

    Args:
        host: The report.
        done: What follows once it is saved.
    """

    async def answer(text: str | None) -> str:
        if text is None:
            host.settle()
            return ""
        if not text.strip():
            return host.say(_NO_NAME)
        place = _path(text, host.session.path.parent)
        if not place.parent.is_dir():
            return host.say(_NO_FOLDER)
        try:
            result = host.session.save_as(place)
        except DisclosureError as error:
            hint = "" if error.hint is None else host.say(error.hint)
            return "! " + host.say(error.what) + hint
        await host.app.pop_screen()
        await done(result)
        return ""

    proposed = str(_proposed(host.session.path))
    host.app.push_screen(EntryDialog(host.say(_TITLE), proposed, answer, lines=[host.say(_ADVICE)]))


def _path(text: str, folder: Path) -> Path:
    """Read a typed name; a relative one belongs to the folder of the report."""
    return folder / Path(text.strip()).expanduser()


def _proposed(path: Path) -> Path:
    """Return a name that is free: beside the report if that folder can be used, else at home."""
    folder = path.parent.absolute() if _is_usable(path.parent) else Path.home()
    if not (folder / path.name).exists():
        return folder / path.name
    number = 2
    while (folder / f"{path.stem}-{number}{path.suffix}").exists():
        number += 1
    return folder / f"{path.stem}-{number}{path.suffix}"


def _is_usable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK, effective_ids=True)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_all_prose()

    async def done(result: SaveResult) -> None:
        host.tell_saved(result)
        host.settle()

    ask_place(host, done)


ENTRY = ScreenEntry(
    Command("save_elsewhere", Text("存到别处", "Save elsewhere"), (), Group.FILE),
    frozenset({"report"}),
    _open,
)
