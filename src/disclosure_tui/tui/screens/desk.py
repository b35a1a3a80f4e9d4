"""The desk: go on with a report, begin one, open one; the reports of a folder with their state."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text, counted
from disclosure_tui.report_type import ReportTypes, SchemaPlaces
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.command import REDRAW, Command, Group, key_line
from disclosure_tui.tui.desk_state import DeskFile, DeskState
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.schema_notices import line_about_places, told_of_places
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.report import open_report
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.list_keys import LIST_COMMANDS
from disclosure_tui.tui.widgets.paragraphs import Paragraphs
from disclosure_tui.tui.widgets.strips import BOLD, DIM, PLAIN
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

__all__ = ["DeskScreen"]

_MARGIN = 8
"""Cells of a line that the number takes."""
_TOLD_EVERY = 0.1
"""Seconds between two looks of the list while files are checked: each is sent over the line."""


class DeskScreen(EditorScreen):
    """Report files to choose from. They are found and checked in the background."""

    HOST = "desk"
    TITLE_TEXT = Text("首页", "Desk")
    FIXED = LIST_COMMANDS[:-1]
    ACTIONS: ClassVar[tuple[Command, ...]] = (
        Command(
            "check_again",
            Text("重新查找和校验", "Look for the files and check them again"),
            ("r",),
            Group.FILE,
        ),
        Command(
            "quit",
            Text("退出", "Quit"),
            ("q", "ctrl+q"),
            Group.FILE,
            short=Text("退出", "Quit"),
            rank=6,
        ),
        REDRAW,
    )

    def __init__(self, folder: Path, schemas: SchemaPlaces | None = None) -> None:
        """Show the reports of a folder.

        Args:
            folder: The folder.
            schemas: Where schemas are looked for; by default among the program's own.
        """
        super().__init__()
        self.report_types = ReportTypes(schemas or Catalog.of())
        self._state = DeskState(folder, self.report_types)
        self._list = ChoiceList([])
        self._nothing = Paragraphs([])
        self._is_looking = True
        self._working: asyncio.Task[None] | None = None

    @property
    def folder(self) -> Path:
        """Whose reports are shown."""
        return self._state.folder

    @property
    def about(self) -> tuple[Text, ...]:
        """What is to be told of the places that schemas come from."""
        return told_of_places(self.report_types.notices_for(self.folder))

    def _tell_of_schemas(self) -> None:
        notices = self.report_types.notices_for(self.folder)
        if notices:
            self.tell(self.say(line_about_places(notices, self.key("help"))))

    @property
    def surface(self) -> Surface:
        """The list of files."""
        return self._list

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TextLine(id="heading")
        yield self._nothing
        yield self._list
        yield TextLine(id="message")
        yield TextLine(id="keys")

    def on_mount(self) -> None:
        """Fill in the texts and begin to look for files."""
        self._list.styles.height = "1fr"
        self.query_one("#keys", TextLine).show((key_line(self.commands, self.language), DIM))
        self._show()
        self._tell_of_schemas()
        self._look()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._stop()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the width."""
        super().on_resize(event)
        self._show()

    def _stop(self) -> None:
        if self._working is not None:
            self._working.cancel()
            self._working = None

    def _look(self) -> None:
        self._stop()
        self._working = asyncio.create_task(self._find_and_check())

    async def _find_and_check(self) -> None:
        """Find the files, then check one after the other, off the thread that answers keys."""
        state = self._state
        state.files = await asyncio.to_thread(state.find)
        self._is_looking = False
        self._show()
        loop = asyncio.get_running_loop()
        told = loop.time()
        for path in await asyncio.to_thread(lambda: list(state.to_check())):
            found = await asyncio.to_thread(state.check, path)
            state.states = {**state.states, path: found}
            if loop.time() - told >= _TOLD_EVERY:
                told = loop.time()
                self._show()
        self._show()

    def _show(self) -> None:
        """Show what is known."""
        state, width = self._state, self.app.size.width - _MARGIN
        files = state.files
        headings = {at: self.say(heading) for at, heading in state.headings.items()}
        self._list.replace([state.line(file, width, self.language) for file in files], headings)
        self._nothing.show(self._empty() if not files else [])
        self.query_one("#heading", TextLine).show((self._heading(), BOLD))

    def _heading(self) -> str:
        files = {file.path for file in self._state.files if not file.is_recent}
        done = len(files & self._state.states.keys())
        if self._is_looking:
            return self.say(Text("正在查找报告，请稍候", "Looking for reports ..."))
        count = len(files)
        if not count:
            return self.say(Text("本文件夹没有报告", "No reports in this folder"))
        title = Text(
            f"本文件夹有 {count} 份报告，回车打开", f"{counted(count, 'report')} here, Enter opens"
        )
        if done < count:
            title += Text(f"；已校验 {done} 份", f"; {done} checked")
        return self.say(title)

    def _empty(self) -> list[str]:
        if self._is_looking:
            return []
        new, open_ = self.key("new", brief=True), self.key("open", brief=True)
        lines = (
            Text("", ""),
            Text(f"这里还没有年报：{self._place}", f"There is no report here: {self._place}"),
            Text("", ""),
            Text(f"{new}  新建一份年报，或从上年年报开始", f"{new}  begin a report"),
            Text(
                f"{open_}  打开别处的年报或文件夹", f"{open_}  open a report or a folder elsewhere"
            ),
        )
        return [self.say(line) for line in lines]

    @property
    def _place(self) -> str:
        return str(self.folder.resolve())

    def tell(self, sentence: str) -> None:
        """Say something until the next key."""
        self.query_one("#message", TextLine).show((sentence, PLAIN))

    def tell_at_once(self, sentence: str) -> None:
        """Show a sentence until the next key."""
        self.tell(sentence)

    async def hear(self, message: Message) -> None:
        """Open the chosen file."""
        match message:
            case Chosen(index):
                await self.open_file(self._state.files[index].path)
            case Closed():
                await self.do_quit()
            case _:
                self.tell(self._reason())

    def _reason(self) -> str:
        """Return why the chosen file cannot be opened, if so."""
        files = self._state.files
        chosen: DeskFile | None = files[self._list.selected] if files else None
        known = None if chosen is None else self._state.states.get(chosen.path)
        return "" if known is None or not known.reason.zh else "! " + self.say(known.reason)

    async def open_file(self, path: Path) -> bool:
        """Open a report; tell whether it could be."""
        try:
            screen = open_report(path, self.report_types)
        except DisclosureError as error:
            # The whole path would leave no room for the reason.
            told = f"! {path.name}: {self.say(error.what)}"
            hint = "" if error.hint is None else " " + self.say(error.hint)
            self.tell((told + hint).replace("\n", " "))
            return False
        self._stop()
        await self.app.push_screen(screen)
        return True

    def open_folder(self, folder: Path) -> None:
        """Show the reports of another folder."""
        self._state = DeskState(folder, self.report_types)
        self._is_looking = True
        self._list.select(0)
        self._show()
        self._tell_of_schemas()
        self._look()

    def on_screen_resume(self) -> None:
        """Check again what was changed meanwhile."""
        super().on_screen_resume()
        if self._working is None:
            self._look()

    def do_check_again(self) -> None:
        """Look for the files and check them all."""
        self._state.forget()
        self._state.states = {}
        self._is_looking = True
        self._show()
        self._look()

    async def do_quit(self) -> None:
        """Leave the program."""
        await self.editor.leave()
