"""All open findings, with the full text of the chosen one and what may be behind them.

Enter goes to the place of a finding; on a line that offers a change it makes the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.finding_entries import FindingEntry, entries_of
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.list_keys import LIST_COMMANDS
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ENTRY", "FindingList"]


class FindingList(EditorScreen, ModalScreen[None]):
    """The open findings, worst first; those of one cause below it."""

    HOST = "findings"
    TITLE_TEXT = Text("问题列表", "Findings")
    FIXED = LIST_COMMANDS
    ACTIONS: ClassVar[tuple[Command, ...]] = (
        Command("look", Text("到这一格", "Go there"), (" ",), Group.FINDINGS),
    )

    def __init__(self, host: ReportBase, entries: Sequence[FindingEntry], selected: int) -> None:
        super().__init__()
        self._host, self._entries = host, tuple(entries)
        self._list = ChoiceList([entry.line for entry in entries], selected)
        self._detail = TextPage([])

    @property
    def report(self) -> ReportBase:
        """The report whose findings they are."""
        return self._host

    @property
    def finding(self) -> Finding | None:
        """The chosen one, or the first of those that the chosen line is about."""
        return self._entries[self._list.selected].finding

    @property
    def surface(self) -> Surface:
        """The list."""
        return self._list

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield self._list
            with Vertical(id="detail"):
                yield self._detail
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        count = len(self._host.filling.findings.open)
        title = self.say(
            Text(f"问题 {count} 个", "1 finding" if count == 1 else f"{count} findings")
        )
        self.query_one("#title", TextLine).show_title(title)
        self._tell()

    def _tell(self) -> None:
        entry = self._entries[self._list.selected]
        self._detail.show([(entry.detail, False)])
        finding = entry.finding
        explainable = finding is not None and finding.severity is not Severity.ERROR
        hint = _OFFER if entry.fix is not None else _GO
        if explainable and entry.fix is None:
            key = self.key("explanation", brief=True)
            hint = Text(
                f"回车 到这一格  {key} 填写说明  Esc 返回",
                f"Enter go there  {key} explain  Esc back",
            )
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))

    async def hear(self, message: Message) -> None:
        """Follow the selection; go to the chosen one, or make the change that it offers."""
        match message:
            case Chosen(index):
                await self._leave()
                entry = self._entries[index]
                if entry.fix is None:
                    self._go_to(entry)
                else:
                    self._accept(entry)
                self._host.settle()
            case Closed():
                await self._leave()
                self._host.settle()
            case _:
                self._tell()

    async def do_look(self) -> None:
        """Go to the place of a line, whatever it offers."""
        await self._leave()
        self._go_to(self._entries[self._list.selected])
        self._host.settle()

    async def _leave(self) -> None:
        await self.app.pop_screen()

    def _go_to(self, entry: FindingEntry) -> None:
        if not self._host.jump(entry.pointer):
            self._host.tell(entry.line.strip())

    def _accept(self, entry: FindingEntry) -> None:
        """Make the change that a line offers, as one step of undo."""
        assert entry.fix is not None
        filling = self._host.filling
        before = filling.session.report
        known = {finding.identity for finding in filling.findings.open}
        self._host.apply(entry.fix.transaction)
        if filling.session.report is before:
            return
        left = {finding.identity for finding in filling.findings.open}
        gone = len(known - left)
        settled = Text(
            f"，{gone} 个问题消除",
            "; 1 finding settled" if gone == 1 else f"; {gone} findings settled",
        )
        done = Text("已采用：", "done: ") + entry.fix.title
        done += settled if gone else Text("", "")
        undo = self.key("undo")
        done += Text(f"；{undo} 撤销", f"; {undo} undoes it")
        self._host.go_to(entry.pointer)
        if not left - known:
            # What is new is told by the host, and matters more.
            self._host.tell(self.say(done))


_GO = Text("回车 到这一格  Esc 返回", "Enter go there  Esc back")
_OFFER = Text(
    "回车 采用  空格 到这一格  Esc 不改", "Enter accept  Space go there  Esc change nothing"
)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    entries = entries_of(host.filling)
    if not entries:
        host.tell(host.say(Text("没有问题", "nothing is wrong")))
        return
    here = host.view.pointer
    found = host.filling.findings.at(here)
    places = [here, *(finding.primary for finding in found[:1])]
    selected = next(
        (at for place in places for at, entry in enumerate(entries) if entry.pointer == place), 0
    )
    await host.app.push_screen(FindingList(host, entries, selected))


ENTRY = ScreenEntry(
    Command("finding_list", Text("问题列表", "List of findings"), ("ctrl+f", "f"), Group.FINDINGS),
    frozenset({"report"}),
    _open,
)
