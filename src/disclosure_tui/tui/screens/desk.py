"""The desk: the reports of the current folder, with their state."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from disclosure_tui.batch import Checked, check_file, find_files
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.report import Report
from disclosure_tui.render.width import MEASURE
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.command import Command, Group, key_line
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.report import open_report
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.list_keys import LIST_COMMANDS
from disclosure_tui.tui.widgets.strips import BOLD, DIM, PLAIN
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["DeskScreen"]

_NAME, _FILE = 32, 24
_NEW = Text(
    "新建年报：退出后输入 disclosure new，按提示回答",
    "To begin a report: quit, then type disclosure new and answer its questions",
)


class DeskScreen(EditorScreen):
    """Report files to choose from. Each is checked when there is time, in the background."""

    HOST = "desk"
    TITLE_TEXT = Text("首页", "Desk")
    FIXED = LIST_COMMANDS[:-1]
    ACTIONS: ClassVar[tuple[Command, ...]] = (
        Command(
            "new",
            Text("新建年报", "Begin a report"),
            ("n",),
            Group.FILE,
            short=Text("新建", "New"),
            rank=1,
        ),
        Command(
            "quit",
            Text("退出", "Quit"),
            ("q", "ctrl+q"),
            Group.FILE,
            short=Text("退出", "Quit"),
            rank=6,
        ),
        Command("redraw", Text("重画屏幕", "Draw the screen anew"), ("ctrl+l",), Group.PROGRAM),
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._files = find_files((folder,)).files
        self._report_types = ReportTypes(Catalog.of(()))
        self._list = ChoiceList([str(path) for path in self._files])
        self._checking: asyncio.Task[None] | None = None

    @property
    def surface(self) -> Surface:
        """The list of files."""
        return self._list

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TextLine(id="heading")
        yield self._list
        yield TextLine(id="message")
        yield TextLine(id="keys")

    def on_mount(self) -> None:
        """Fill in the texts and begin to check."""
        self._list.styles.height = "1fr"
        count = len(self._files)
        title = Text(f"本文件夹有 {count} 份报告，回车打开", f"{count} reports here, Enter opens")
        self.query_one("#heading", TextLine).show((self.say(title), BOLD))
        self.query_one("#keys", TextLine).show((key_line(self.commands, self.language), DIM))
        if not self._files:
            self._tell(self.say(_NEW))
        self._check_again()

    def on_unmount(self) -> None:
        """Stop checking."""
        if self._checking is not None:
            self._checking.cancel()

    def _check_again(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        """Check one file after the other, off the thread that answers keys."""
        shown = list(self._list.options)
        for index, path in enumerate(self._files):
            checked = await asyncio.to_thread(check_file, path, self._report_types)
            shown[index] = self._line(checked)
            self._list.replace(shown)

    def _line(self, checked: Checked) -> str:
        file = MEASURE.fit(str(checked.path), _FILE)
        if checked.result is None or checked.document is None:
            return f"{file}  " + self.say(Text("打不开", "cannot be opened"))
        report = Report(checked.document.data)
        organ, year = report.value_at(("organ", "name")), report.value_at(("year",))
        name = MEASURE.fit(f"{year or ''} {organ or ''}", _NAME)
        return f"{name} {file}  {self._state(checked)}"

    def _state(self, checked: Checked) -> str:
        assert checked.result is not None
        severities = [finding.severity for finding in checked.result.findings.open]
        parts = [
            f"{severity.mark}{severities.count(severity)}"
            for severity in (Severity.ERROR, Severity.QUERY)
            if severities.count(severity)
        ]
        if checked.result.blank:
            parts.append(f"_{checked.result.blank}")
        return " ".join(parts) or self.say(Text("没有问题", "clean"))

    def _tell(self, sentence: str) -> None:
        self.query_one("#message", TextLine).show((sentence, PLAIN))

    async def hear(self, message: Message) -> None:
        """Open the chosen file."""
        match message:
            case Chosen(index):
                await self._open(self._files[index])
            case Closed():
                await self.do_quit()
            case _:
                self._tell("")

    async def _open(self, path: Path) -> None:
        try:
            screen = open_report(path, self._report_types)
        except DisclosureError as error:
            self._tell("! " + error.told(self.language).replace("\n", " "))
            return
        await self.app.push_screen(screen)

    def on_screen_resume(self) -> None:
        """Check again: a report may have been changed meanwhile."""
        super().on_screen_resume()
        self._check_again()

    def do_new(self) -> None:
        """Say how to begin a report."""
        self._tell(self.say(_NEW))

    async def do_quit(self) -> None:
        """Leave the program."""
        await self.editor.leave()
