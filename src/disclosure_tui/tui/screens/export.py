"""Writes copies of the report for reading, printing and publishing, without leaving the editor."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from types import ModuleType

from disclosure_tui.batch import Checked
from disclosure_tui.discovery import modules_of
from disclosure_tui.errors import DisclosureError
from disclosure_tui.exporting import NotFinal, Request, copy_of, file_name, output_folder
from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy, CopyKind
from disclosure_tui.render.office.faults import require
from disclosure_tui.store.products import replace_file
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY"]

_TITLE = Text("打印、导出", "Print or export")
_COPIES = {
    CopyKind.PUBLIC: Text("公开稿", "Public copy"),
    CopyKind.SIGN_OFF: Text("送审稿，附送审表、问题和说明", "Sign-off copy with findings"),
}
_DRAFT = Text("（草稿，每页标明）", " (a draft, every page says so)")
_WHAT_FOR = Text("生成哪种文件", "In which form")
_UNSAVED = Text("请先保存，再导出：文件按保存了的内容生成", "save first: what is saved is exported")
_NOT_YET = Text("，改好以后才能生成定稿。现在生成的是草稿。", ": only a draft can be made yet.")
_WORKING = Text("正在生成，请稍等", "being written, please wait")
_DONE = Text("已生成", "Written")
_BACK = Text("返回填报", "Back to the report")
_FIRST = ("docx", "pdf", "html", "xlsx")
"""What is asked for most stands first."""


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_all_prose()
    if host.unsaved:
        host.tell(host.say(_UNSAVED))
        return
    session = host.session
    checked = Checked(session.path, session.document, session.report_type, session.result)
    lines, is_draft = [], False
    try:
        copy_of(checked, Request())
    except NotFinal as error:
        lines, is_draft = [host.say(error.left + _NOT_YET)], True

    async def answer(choice: int | None) -> None:
        if choice is None:
            host.settle()
        else:
            request = Request(list(_COPIES)[choice], is_draft)
            await _ask_format(host, copy_of(checked, request))

    mark = _DRAFT if is_draft else Text("", "")
    options = [host.say(copy + mark) for copy in _COPIES.values()]
    await host.app.push_screen(Dialog(host.say(_TITLE), options, answer, lines=lines))


async def _ask_format(host: ReportBase, copy: Copy) -> None:
    formats = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}
    names = [*_FIRST, *(name for name in formats if name not in _FIRST)]

    async def answer(choice: int | None) -> None:
        if choice is not None:
            await _write(host, copy, formats[names[choice]])
        host.settle()

    options = [f"{name:<14}{host.say(formats[name].SUMMARY)}" for name in names]
    await host.app.push_screen(Dialog(host.say(_WHAT_FOR), options, answer))


async def _write(host: ReportBase, copy: Copy, module: ModuleType) -> None:
    """Write a copy beside the report, and say where it is and how it is fetched."""
    target = output_folder(host.session.path.resolve()) / f"{file_name(copy)}{module.SUFFIX}"
    host.tell_at_once(host.say(_WORKING))
    try:
        if hasattr(module, "EXTRA"):
            require(module.NAME, module.EXTRA, module.LIBRARIES)
        # A document takes a second or two: the screen stays alive meanwhile.
        await asyncio.to_thread(_written, copy, module, target)
    except DisclosureError as error:
        host.refuse(error)
        return
    host.tell("")
    place = shlex.quote(str(target.parent))
    lines = [
        str(target),
        host.say(
            Text(
                f"取到自己的电脑：sftp 登录后输入 get -r {place}",
                f"to fetch it, after sftp: get -r {place}",
            )
        ),
    ]

    async def answer(choice: int | None) -> None:
        del choice
        host.settle()

    await host.app.push_screen(Dialog(host.say(_DONE), [host.say(_BACK)], answer, lines=lines))


def _written(copy: Copy, module: ModuleType, target: Path) -> None:
    replace_file(target, module.write(copy))


ENTRY = ScreenEntry(
    Command(
        "export",
        Text("打印、导出：生成公开稿、送审稿", "Print or export: public and sign-off copies"),
        ("E",),
        Group.FILE,
    ),
    frozenset({"report"}),
    _open,
)
