"""Notes and remarks on a cell: read, written, changed and deleted on one line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from disclosure_tui.language import Text
from disclosure_tui.model.annotations import (
    Annotation,
    annotating,
    annotation_at,
    is_changeable,
)
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRIES"]

_HINTS = {
    Annotation.NOTE: Text(
        "随表公开，印在表下。删去全部文字就删去注释。",
        "Printed under the table. Without any text the note is deleted.",
    ),
    Annotation.REMARK: Text(
        "只在内部使用，不公开。删去全部文字就删去备注。",
        "Internal, never published. Without any text the remark is deleted.",
    ),
}
_NOT_HERE = Text(
    "这里不能写，请在文本编辑器里查看文件", "nothing can be written here; look at the file"
)


def _opener(kind: Annotation) -> Callable[[EditorScreen], Awaitable[None]]:
    async def open_(host: EditorScreen) -> None:
        assert isinstance(host, ReportBase)
        host.keep_prose()
        session, pointer = host.session, host.view.pointer
        if not is_changeable(session.form, session.report, kind, pointer):
            host.tell(host.say(_NOT_HERE))
            return

        async def answer(text: str | None) -> str:
            if text is not None:
                change = annotating(session.form, session.report, kind, pointer, text)
                if change is not None:
                    host.apply(change)
            host.settle()
            return ""

        title = f"{host.say(kind.label)}{host.say(_COLON)}{host.filling.wording.path(pointer)}"
        present = annotation_at(session.report, kind, pointer)
        dialog = EntryDialog(title, present, answer, lines=[host.say(_HINTS[kind])])
        await host.app.push_screen(dialog)

    return open_


_COLON = Text("：", ": ")
_ON_REPORT = frozenset({"report"})
ENTRIES = (
    ScreenEntry(
        Command(
            "note",
            Text("本格的注释（随表公开）", "Note on this cell (published)"),
            ('"',),
            Group.FILLING,
        ),
        _ON_REPORT,
        _opener(Annotation.NOTE),
    ),
    ScreenEntry(
        Command(
            "remark",
            Text("本格的备注（内部）", "Remark on this cell (internal)"),
            ("'",),
            Group.FILLING,
        ),
        _ON_REPORT,
        _opener(Annotation.REMARK),
    ),
)
