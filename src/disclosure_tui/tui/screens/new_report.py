"""Begins a report: year, office and place are asked, last year's file answers most of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.beginning import (
    Kind,
    LastReport,
    begin,
    kinds,
    level_type,
    likely_year,
    placed,
    report_type_for,
    year_of,
)
from disclosure_tui.drafting import NewReport, default_place
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.pinyin import initials
from disclosure_tui.settings import district_root
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
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.widgets.field_drawing import FieldEntry
from disclosure_tui.tui.widgets.field_list import FieldList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM, PLAIN

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from disclosure_tui.model.form import Form
    from disclosure_tui.report_type import LoadedReportType
    from disclosure_tui.tui.widgets.surface import Surface

__all__ = ["ENTRY", "NewReportScreen"]

_KIND, _LAST, _YEAR, _NAME, _CODE, _LEVEL, _REGION, _PLACE = (
    Pointer.of(key) for key in ("kind", "last", "year", "name", "code", "level", "region", "place")
)
_LABELS = {
    _KIND: Text("报告类型", "Type of report"),
    _LAST: Text("上年年报文件", "Last year's file"),
    _YEAR: Text("年度", "Year"),
    _NAME: Text("单位名称（必填）", "Name of the office (needed)"),
    _CODE: Text("单位代码（必填）", "Its short code (needed)"),
    _LEVEL: Text("单位层级", "Its level"),
    _REGION: Text("所在地区", "Its region"),
    _PLACE: Text("写到", "Write to"),
}
_ANY_TEXT = CellType(frozenset({"string"}))
_LOSE, _GO_ON = Text("不建，填好的不留", "Leave, nothing is kept"), Text("接着填", "Go on")
_INTRODUCTION = Text(
    "有上年年报的，先填它的文件：单位信息照抄。没有的留空。",
    "Name last year's file first, if there is one: the office is taken from it.",
)
_WRONG_YEAR = Text("年度请写四位数字，例如 2025", "write the year in four digits, 2025")
_NO_NAME = Text("请填写单位名称", "name the office")
_NO_CODE = Text(
    "请填写单位代码：英文字母和数字，例如名称的拼音首字母",
    "give the office a code of ASCII letters and digits",
)


class NewReportScreen(EditorScreen, ModalScreen[None]):
    """What a new report begins with."""

    HOST = "new_report"
    TITLE_TEXT = Text("新建年报", "Beginning a report")
    ACTIONS = (
        Command("keep", Text("建好并打开", "Write and open it"), ("ctrl+s",), Group.FILE),
        Command("kind", Text("换一种报告", "Another type of report"), ("ctrl+t",), Group.FILE),
        Command("leave", Text("不建", "Leave"), ("escape", "ctrl+q"), Group.PROGRAM),
    )

    def __init__(self, host: DeskScreen) -> None:
        super().__init__()
        self._host = host
        self._fields = FieldList(letters_are_text=True)
        self._last: LastReport | None = None
        self._values = dict.fromkeys(_LABELS, "")
        self._values[_YEAR] = str(likely_year(None))
        self._begun_with = dict(self._values)
        self._kinds: Mapping[str, Kind] = {}

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
        self._kinds = kinds(self._host.report_types, self.language)
        own = [one for one in self._kinds.values() if one.language == self.language.value]
        if len(own) > 1:
            self._values[_KIND] = own[0].name
        self._begun_with = dict(self._values)
        self._show(_LAST)
        self.call_after_refresh(self.place_cursor)

    def tell(self, sentence: str) -> None:
        """Say something under the fields."""
        self.query_one("#said", TextLine).show((sentence, PLAIN))

    def _tell_error(self, error: DisclosureError) -> None:
        hint = "" if error.hint is None else " " + self.say(error.hint)
        self.tell(f"! {self.say(error.what)}{hint}".replace("\n", " "))

    def _form(self) -> Form | None:
        """Return the form for the year, or None while there is none."""
        year = year_of(self._values[_YEAR])
        try:
            return None if year is None else self._report_type(year).form
        except DisclosureError:
            return None

    def _report_type(self, year: int) -> LoadedReportType:
        """Return the report type that was chosen, or last year's, or the language's."""
        likely = self._last.kind if self._last is not None else next(iter(self._kinds))
        return report_type_for(self._host.report_types, self._values[_KIND] or likely, year)

    def _usual_place(self) -> str:
        year, code = year_of(self._values[_YEAR]), self._values[_CODE]
        if year is None or not code:
            return ""
        return str(default_place(code, year, district_root(self._host.folder)))

    def _show(self, cursor: Pointer | None = None) -> None:
        form = self._form()
        levels = level_type(form) if form is not None else _ANY_TEXT
        entries = []
        for pointer, value in self._values.items():
            if pointer == _KIND and not value:
                continue
            cell = _ANY_TEXT
            if pointer == _LEVEL and levels.values:
                cell = levels
            elif pointer == _KIND:
                cell = CellType(frozenset({"string"}), values=self._kind_titles())
            shown = cell.label(value, self.language.value) if cell.values else ""
            if pointer == _PLACE and not value:
                value = self._usual_place()
            entries.append(FieldEntry(self.say(_LABELS[pointer]), pointer, value, shown, cell))
        self._fields.show_fields(entries, cursor)

    async def hear(self, message: Message) -> None:
        """Take what is typed or chosen."""
        self.tell("")
        match message:
            case ValueCommitted(pointer, text):
                self._take(pointer, text.strip())
                self._show()
            case ValueListWanted(pointer):
                await (self.do_kind() if pointer == _KIND else self._ask_level())
            case ForeignTyped():
                self.tell(self.say(FOREIGN_TYPED))
            case Typing() | _:
                pass

    def _take(self, pointer: Pointer, text: str) -> None:
        if pointer == _PLACE and text == self._usual_place():
            text = ""
        self._values[pointer] = text
        if pointer == _LAST:
            self._take_last(text)
        elif pointer == _NAME and not self._values[_CODE]:
            self._values[_CODE] = initials(text)

    def _take_last(self, text: str) -> None:
        """Copy what last year's report says of the office."""
        self._last = None
        if not text:
            return
        try:
            last = LastReport.read(self._host.folder / Path(text).expanduser())
        except DisclosureError as error:
            self._tell_error(error)
            return
        self._last = last
        if self._values[_KIND] and last.kind in self._kinds:
            self._values[_KIND] = last.kind
        self._values[_YEAR] = str(likely_year(last))
        for pointer in (_NAME, _CODE, _LEVEL, _REGION):
            self._values[pointer] = last.organ.get(pointer.key, self._values[pointer])

    async def _ask_level(self) -> None:
        form = self._form()
        cell = level_type(form) if form is not None else _ANY_TEXT
        keys = list(cell.values)

        async def answer(choice: int | None) -> None:
            if choice is not None:
                self._values[_LEVEL] = keys[choice]
                self._show(_REGION)
            self.place_cursor()

        options = [cell.label(key, self.language.value) for key in keys]
        await self.app.push_screen(Dialog(self.say(_LABELS[_LEVEL]), options, answer))

    def _kind_titles(self) -> dict[str, Mapping[str, str]]:
        return {name: kind.title for name, kind in self._kinds.items()}

    async def do_kind(self) -> None:
        """Ask which report it is to be; the field is shown from then on."""
        keys = list(self._kinds)
        cell = CellType(frozenset({"string"}), values=self._kind_titles())

        async def answer(choice: int | None) -> None:
            if choice is not None:
                self._values[_KIND] = keys[choice]
                self._values[_LEVEL] = self._values[_LEVEL] if self._is_level_known() else ""
                self._show(_LAST)
            self.place_cursor()

        options = [cell.label(key, self.language.value) for key in keys]
        current = self._values[_KIND] or (self._last.kind if self._last is not None else keys[0])
        selected = keys.index(current) if current in keys else 0
        title = self.say(_LABELS[_KIND])
        await self.app.push_screen(Dialog(title, options, answer, selected=selected))

    def _is_level_known(self) -> bool:
        form = self._form()
        return form is not None and self._values[_LEVEL] in level_type(form).values

    def _refused(self) -> tuple[Pointer, Text] | None:
        """Return what is missing, and in which field."""
        if year_of(self._values[_YEAR]) is None:
            return _YEAR, _WRONG_YEAR
        if not self._values[_NAME]:
            return _NAME, _NO_NAME
        code = self._values[_CODE]
        return None if code.isascii() and code.isalnum() else (_CODE, _NO_CODE)

    async def do_keep(self) -> None:
        """Write the report and open it, or say what is missing."""
        refused, values = self._refused(), self._values
        if refused is not None:
            self._show(refused[0])
            self.tell("! " + self.say(refused[1]))
            return
        year = year_of(values[_YEAR])
        assert year is not None
        usual = Path(self._usual_place())
        place = placed(self._host.folder / Path(values[_PLACE] or usual).expanduser(), usual)
        last = self._last
        prior = last.named_from(place) if last is not None else None
        office = NewReport(
            year, values[_NAME], values[_CODE], values[_LEVEL], values[_REGION], prior
        )
        try:
            report_type = self._report_type(year)
            if last is not None:
                office = replace(office, before=last.at_places_of(report_type.form))
            begin(place, report_type, office, self.language)
        except DisclosureError as error:
            self._tell_error(error)
            return
        await self.app.pop_screen()
        await self._host.open_file(place)

    async def do_leave(self) -> None:
        """Go back; nothing is written. What was filled in is not thrown away by one key."""
        if self._values == self._begun_with:
            await self.app.pop_screen()
            return

        async def answer(choice: int | None) -> None:
            if choice == 0:
                await self.app.pop_screen()
            self.place_cursor()

        title = self.say(Text("填了的还没有建成年报", "What is filled in is no report yet"))
        options = [self.say(_LOSE), self.say(_GO_ON)]
        await self.app.push_screen(Dialog(title, options, answer, selected=1))


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
