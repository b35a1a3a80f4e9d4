"""Last year's report: names its file, or takes the figures of the printed one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Vertical

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.naming_prior import name_file, type_figures, typed_figures, wanted_figures
from disclosure_tui.session import ReportHeld
from disclosure_tui.store.person import current_person
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.field_dialog import FOREIGN_TYPED, FieldDialog
from disclosure_tui.tui.messages import ForeignTyped, Message, Typing, ValueCommitted
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.finding_list import FindingList
from disclosure_tui.tui.widgets.field_drawing import FieldEntry
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ENTRY", "LastYearScreen"]

_FILE = Pointer.of("prior", "file")


class LastYearScreen(FieldDialog):
    """One field for the file, one for each figure that is not there."""

    HOST = "last_year"
    TITLE_TEXT = Text("上年年报", "Last year's report")
    ACTIONS = (
        Command("keep", Text("写入上年年报", "Note it"), ("ctrl+s",), Group.FINDINGS),
        Command("leave", Text("不写", "Leave"), ("escape", "ctrl+q"), Group.PROGRAM),
    )

    def __init__(self, host: ReportBase) -> None:
        super().__init__(host)
        session = host.session
        named = session.report.value_at(_FILE)
        self._file = named if isinstance(named, str) else ""
        self._typed: dict[Pointer, Plain] = {}
        noted = typed_figures(session.report)
        wanted = wanted_figures(session.report_type.checker, session.form, session.prior)
        self._figures = [
            pointer for pointer in session.form.nodes if pointer in wanted or str(pointer) in noted
        ]
        self._noted = noted

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield self._fields
            yield TextLine(id="said")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#title", TextLine).show_title(
            self.say(Text("上年年报", "Last year's report"))
        )
        keep, leave = self.key("keep"), self.key("leave")
        hint = Text(
            f"回车 填写  {keep} 写入  {leave} 不写；文件和数只填一种",
            f"Enter to fill in  {keep} write  {leave} leave; either a file or figures",
        )
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))
        self._show(_FILE)
        self.call_after_refresh(self.place_cursor)

    def _show(self, cursor: Pointer | None = None) -> None:
        nodes = self._host.session.form.nodes
        path = CellType(frozenset({"string"}))
        heading = Text("按纸质年报录入", "Figures of the printed report")
        entries = [FieldEntry(self.say(Text("文件", "File")), _FILE, self._file, cell=path)]
        entries += [FieldEntry(""), FieldEntry(self.say(heading))] if self._figures else []
        for pointer in self._figures:
            cell = nodes[pointer].cell
            value = self._typed.get(pointer, self._noted.get(str(pointer)))
            shown = "" if value is None else str(value)
            label = self._host.filling.wording.path(pointer)
            entries.append(FieldEntry(label, pointer, shown, cell=cell))
        self._fields.show_fields(entries, cursor)

    async def hear(self, message: Message) -> None:
        """Take what is typed."""
        self.tell("")
        match message:
            case ValueCommitted(pointer, text):
                node = self._host.session.form.node(pointer)
                if pointer == _FILE:
                    self._file = text.strip()
                elif node is not None and node.cell is not None:
                    self._typed[pointer] = node.cell.read(text)
                self._show()
            case Typing(_, _, fault) if fault is not None:
                self.tell("! " + self.say(fault))
            case ForeignTyped():
                self.tell(self.say(FOREIGN_TYPED))
            case _:
                pass

    async def do_keep(self) -> None:
        """Write it into the report, or say why it cannot be."""
        session = self._host.session
        try:
            if self._file and not self._typed:
                name_file(session, session.path.parent / Path(self._file))
            elif self._typed:
                type_figures(session, self._typed, by=current_person().name)
        except ReportHeld as error:
            self.ask_holder(error)
            return
        except EditRefused as error:
            self.tell_refusal(error)
            return
        await self.finish(Text("上年年报已写入", "noted"))


async def _open(host: EditorScreen) -> None:
    report = host.report if isinstance(host, FindingList) else host
    assert isinstance(report, ReportBase)
    if report is host:
        report.keep_prose()
    await host.app.push_screen(LastYearScreen(report))


ENTRY = ScreenEntry(
    Command("last_year", Text("上年年报", "Last year's report"), ("l",), Group.FINDINGS),
    frozenset({"report", "findings"}),
    _open,
)
