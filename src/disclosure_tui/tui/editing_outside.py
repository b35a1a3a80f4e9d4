"""A prose section in another editor: what stands around that on the report screen."""

from __future__ import annotations

import os

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text, counted
from disclosure_tui.model.cell_type import fold_width
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import PageKind
from disclosure_tui.tui.external_editor import (
    EditorError,
    edit_file,
    editor_command,
    taken_back,
    text_file,
)
from disclosure_tui.tui.report_base import ReportBase

__all__ = ["READ_ONLY", "EditingOutside"]

READ_ONLY = Text("只读，不能改文字", "the report is read-only")


class EditingOutside:
    """Lends the text of a page to another editor, and takes it back as one step of undo."""

    def __init__(self, host: ReportBase) -> None:
        self._host = host

    async def edit(self) -> None:
        """Do it, or say why it is not done."""
        host = self._host
        if host.view.page.kind is not PageKind.PROSE:
            host.tell(host.say(Text("这里不是文字部分", "this page is no text")))
            return
        # What was typed so far is a step of its own, and in the journal.
        host.keep_prose()
        if host.is_read_only:
            host.tell(host.say(READ_ONLY))
        elif host.view.written is None:
            try:
                await self._edit()
            except EditorError as error:
                host.refuse(error)

    async def _edit(self) -> None:
        host = self._host
        pointer, before = host.view.page.pointer, host.view.prose.text
        command = editor_command(os.environ)
        with text_file(fold_width(pointer.key) or "text", before) as file:
            with host.editor.lent_terminal():
                code = await edit_file(
                    command,
                    file,
                    saved=lambda text: self._keep_meanwhile(pointer, text),
                    must_end=lambda: host.editor.leaving.reason is not None,
                )
            if host.editor.leaving.reason is not None:
                file.keep = True
                return
            host.keep_draft(pointer, None)
            text = taken_back(file, code)
            if text is None or text == before:
                host.tell(host.say(Text("没有改动", "nothing was changed")))
            else:
                self._take(pointer, text)

    def _take(self, pointer: Pointer, text: str) -> None:
        """Put the text in the area first: if the report may not be changed, it stays there."""
        host = self._host
        host.view.prose.select_all()
        host.view.prose.put(text)
        host.keep_draft(pointer, text)
        host.keep_prose()
        if host.view.written is None:
            count = len(text)
            host.tell(
                host.say(Text(f"已取回 {count} 字", f"taken back: {counted(count, 'character')}"))
            )

    def _keep_meanwhile(self, pointer: Pointer, text: str) -> None:
        """Have what is saved in the other editor outlive this program, should it be cut off."""
        try:
            self._host.session.draft_prose(pointer, text)
        except EditRefused:
            # Somebody else holds the report: that is asked when the text comes back.
            return
