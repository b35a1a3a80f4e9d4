"""Begins a report: year, office and place are asked, last year's file answers most of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.field_dialog import FOREIGN_TYPED
from disclosure_tui.tui.messages import (
    ForeignTyped,
    Message,
    Typing,
    ValueCommitted,
    ValueListWanted,
)
from disclosure_tui.tui.new_report_form import KIND, LAST, NewReportForm
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.help import HelpScreen
from disclosure_tui.tui.widgets.field_list import FieldList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM, PLAIN

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["ENTRY", "NewReportScreen"]

_INTRODUCTION = Text(
    "有上年年报的，先填它的文件：单位信息照抄。没有的留空。",
    "Name last year's file first, if there is one: the office is taken from it.",
)
_UNFINISHED = Text("填了的还没有建成年报", "What is filled in is no report yet")
_LOSE, _GO_ON = Text("不建，填好的不留", "Leave, nothing is kept"), Text("接着填", "Go on")


class NewReportScreen(EditorScreen, ModalScreen[None]):
    """What a new report begins with."""

    HOST = "new_report"
    TITLE_TEXT = Text("新建年报", "Beginning a report")
    ACTIONS = (
        Command("keep", Text("建好并打开", "Write and open it"), ("ctrl+s",), Group.FILE),
        Command("kind", Text("换一种报告", "Another type of report"), ("ctrl+t",), Group.FILE),
        Command(
            "explain_form",
            Text("帮助：这里的键", "Help: the keys here"),
            ("f1", "ctrl+p"),
            Group.PROGRAM,
        ),
        Command("leave", Text("不建", "Leave"), ("escape", "ctrl+q"), Group.PROGRAM),
    )

    def __init__(self, host: DeskScreen) -> None:
        super().__init__()
        self._host = host
        self._fields = FieldList(letters_are_text=True)
        self._form = NewReportForm(host.folder, host.report_types, host.language)

    @property
    def surface(self) -> Surface:
        """The fields."""
        return self._fields

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield TextLine(id="introduction")
            yield self._fields
            yield TextLine(id="said")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#title", TextLine).show_title(self.say(self.TITLE_TEXT))
        self.query_one("#introduction", TextLine).show((self.say(_INTRODUCTION), PLAIN))
        keep, kind, leave = self.key("keep"), self.key("kind"), self.key("leave")
        hint = Text(
            f"回车 填写或选择  {keep} 建好并打开  {kind} 换一种报告  F1 帮助  {leave} 不建",
            f"Enter fill in or choose  {keep} write  {kind} other type  F1 help  {leave} leave",
        )
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))
        self._show(LAST)
        self.call_after_refresh(self.place_cursor)

    def tell(self, sentence: str) -> None:
        """Say something under the fields."""
        self.query_one("#said", TextLine).show((sentence, PLAIN))

    def _tell_error(self, error: DisclosureError) -> None:
        hint = "" if error.hint is None else " " + self.say(error.hint)
        self.tell(f"! {self.say(error.what)}{hint}".replace("\n", " "))

    def _show(self, cursor: Pointer | None = None) -> None:
        # The cursor stays on its field where another one appears above.
        self._fields.show_fields(tuple(self._form.entries()), cursor or self._fields.cursor)

    async def hear(self, message: Message) -> None:
        """Take what is typed or chosen."""
        self.tell("")
        match message:
            case ValueCommitted(pointer, text):
                self._take(pointer, text.strip())
            case ValueListWanted(pointer):
                await self._ask(pointer)
            case ForeignTyped():
                self.tell(self.say(FOREIGN_TYPED))
            case Typing() | _:
                pass

    def _take(self, field: Pointer, text: str) -> None:
        try:
            self._form.take(field, text)
        except DisclosureError as error:
            self._tell_error(error)
        self._show()

    async def _ask(self, field: Pointer) -> None:
        """Have a value chosen; the cursor stays, as it does in the report."""
        cell, current = self._form.choices(field), self._form.chosen(field)
        keys = list(cell.values)

        async def answer(choice: int | None) -> None:
            if choice is not None:
                self._take(field, keys[choice])
            self.place_cursor()

        options = [cell.label(key, self.language.value) for key in keys]
        selected = keys.index(current) if current in keys else 0
        title = self.say(self._form.label(field))
        await self.app.push_screen(Dialog(title, options, answer, selected=selected))

    async def do_explain_form(self) -> None:
        """Show the keys; letters are text here, so the menu and its letters are elsewhere."""
        await self.app.push_screen(HelpScreen(self))

    async def do_kind(self) -> None:
        """Ask which report it is to be; the field is shown from then on."""
        self._fields.finish()
        await self._ask(KIND)

    async def do_keep(self) -> None:
        """Write the report and open it, or say what is missing."""
        missing = self._form.missing()
        if missing is not None:
            self._show(missing.field)
            self.tell("! " + self.say(missing.what))
            return
        try:
            place = self._form.write()
        except DisclosureError as error:
            self._tell_error(error)
            return
        await self.app.pop_screen()
        await self._host.open_file(place)

    async def do_leave(self) -> None:
        """Go back; nothing is written. What was filled in is not thrown away by one key."""
        if self._form.is_untouched:
            await self.app.pop_screen()
            return

        async def answer(choice: int | None) -> None:
            if choice == 0:
                await self.app.pop_screen()
            self.place_cursor()

        options = [self.say(_LOSE), self.say(_GO_ON)]
        await self.app.push_screen(Dialog(self.say(_UNFINISHED), options, answer, selected=1))


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, DeskScreen)
    await host.app.push_screen(NewReportScreen(host))


ENTRY = ScreenEntry(
    Command(
        "new",
        Text("新建年报", "Begin a report"),
        ("n", "ctrl+n"),
        Group.FILE,
        short=Text("新建", "New"),
        rank=1,
    ),
    frozenset({"desk"}),
    _open,
)
