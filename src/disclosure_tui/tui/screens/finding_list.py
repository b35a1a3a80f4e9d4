"""All open findings, with the full text of the chosen one; Enter goes to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.messages import Chosen, Closed, Message
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.widgets.choice_list import ChoiceList
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ENTRY", "FindingList"]


class FindingList(EditorScreen, ModalScreen[None]):
    """The open findings, worst first."""

    HOST = "findings"

    def __init__(self, host: ReportBase, findings: Sequence[Finding], selected: int) -> None:
        super().__init__()
        self._host, self._findings = host, tuple(findings)
        wording = host.filling.wording
        self._list = ChoiceList([wording.line(finding) for finding in findings], selected)
        self._detail = TextPage([])

    @property
    def report(self) -> ReportBase:
        """The report whose findings they are."""
        return self._host

    @property
    def finding(self) -> Finding:
        """The chosen one."""
        return self._findings[self._list.selected]

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
        count = len(self._findings)
        title = self.say(Text(f"问题 {count} 个", f"{count} findings"))
        self.query_one("#title", TextLine).show_title(title)
        hint = Text("回车 到这一格  e 填写说明  Esc 返回", "Enter go there  e explain  Esc back")
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))
        self._tell()

    def _tell(self) -> None:
        finding = self._findings[self._list.selected]
        self._detail.show([(self._host.filling.wording.panel(finding), False)])

    async def hear(self, message: Message) -> None:
        """Follow the selection; go to the chosen one."""
        match message:
            case Chosen(index):
                await self.app.pop_screen()
                finding = self._findings[index]
                if not self._host.go_to(finding.primary):
                    self._host.tell(self._host.filling.wording.line(finding))
                self._host.settle()
            case Closed():
                await self.app.pop_screen()
                self._host.settle()
            case _:
                self._tell()


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    findings = host.filling.findings.open
    if not findings:
        host.tell(host.say(Text("没有问题", "nothing is wrong")))
        return
    here = host.filling.findings.at(host.view.pointer)
    selected = findings.index(here[0]) if here else 0
    await host.app.push_screen(FindingList(host, findings, selected))


ENTRY = ScreenEntry(
    Command("finding_list", Text("问题列表", "List of findings"), ("ctrl+f", "f"), Group.FINDINGS),
    frozenset({"report"}),
    _open,
)
