"""All findings by weight or by section, with the full text and what may be behind them.

Enter goes to the place of a finding; on a line that offers a change it makes the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.finding_entries import FindingEntry
from disclosure_tui.tui.finding_groups import groups_of
from disclosure_tui.tui.following import Spot, spot_of
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
    """The findings in groups; those of one cause below it, those that are answered last."""

    HOST = "findings"
    TITLE_TEXT = Text("问题列表", "Findings")
    FIXED = LIST_COMMANDS
    ACTIONS: ClassVar[tuple[Command, ...]] = (
        Command("look", Text("到这一格", "Go there"), (" ",), Group.FINDINGS),
        Command(
            "order",
            Text("按部分排，或按级别排", "List by section, or by weight"),
            ("o",),
            Group.FINDINGS,
        ),
    )

    def __init__(self, host: ReportBase, here: Sequence[Pointer] = ()) -> None:
        """Prepare the list.

        Args:
            host: The report.
            here: Places one of whose lines is chosen at first.
        """
        super().__init__()
        self._host = host
        self._detail = TextPage([])
        self._list = ChoiceList([])
        self._show_order(here)

    def _show_order(self, here: Sequence[Pointer]) -> None:
        """Fill the list in its order, the line of a place chosen."""
        groups = groups_of(self._host.filling, self._host.editor.finding_order)
        self._entries = tuple(entry for group in groups for entry in group.entries)
        headings: dict[int, str] = {}
        for group in groups:
            at = sum(len(other.entries) for other in groups[: groups.index(group)])
            count = Text(f"（{group.count}）", f" ({group.count})")
            headings[at] = group.heading + self._host.say(count)
        self._list.replace([entry.line for entry in self._entries], headings)
        places = [entry.pointer for entry in self._entries]
        self._list.select(next((places.index(place) for place in here if place in places), 0))

    def do_order(self) -> None:
        """List by section what was listed by weight, and back."""
        here = self._entries[self._list.selected].pointer
        self._host.editor.finding_order = self._host.editor.finding_order.other
        self._show_order([here])
        self._list.refresh()
        self._tell()

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
        self._tell()

    def _title(self) -> str:
        found = self._host.filling.findings.open
        count = len(found)
        title = Text(f"问题 {count} 个", "1 finding" if count == 1 else f"{count} findings")
        weights = [finding.severity for finding in found]
        parts = [f"{one.mark} {weights.count(one)}" for one in Severity if one in weights]
        order = self.say(self._host.editor.finding_order.value)
        return "  ".join([self.say(title), *parts, order])

    def _tell(self) -> None:
        self.query_one("#title", TextLine).show_title(self._title())
        entry = self._entries[self._list.selected]
        self._detail.show([(entry.detail, False)])
        finding = entry.finding
        explainable = (
            finding is not None and finding.counts and finding.severity is not Severity.ERROR
        )
        parts = [_ACCEPT, _LOOK] if entry.fix is not None else [_GO]
        if explainable and entry.fix is None:
            parts.append(_named(self, "explanation", Text("填写说明", "explain")))
        if finding is not None:
            parts.append(_named(self, "rule_explanation", Text("为什么", "why")))
        parts.append(_named(self, "order", self._host.editor.finding_order.other.value))
        hint = "  ".join(map(self.say, (*parts, _BACK)))
        self.query_one("#hint", TextLine).show((hint, DIM))

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
        spot = Spot(entry.pointer) if entry.finding is None else spot_of(entry.finding)
        offset = spot.offset if spot.place == entry.pointer else None
        if not self._host.jump(entry.pointer, offset=offset):
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


_GO = Text("回车 到这一格", "Enter go there")
_ACCEPT = Text("回车 采用", "Enter accept")
_LOOK = Text("空格 到这一格", "Space go there")
_BACK = Text("Esc 返回", "Esc back")


def _named(screen: EditorScreen, identifier: str, what: Text) -> Text:
    key = screen.key(identifier, brief=True)
    return Text(f"{key} ", f"{key} ") + what


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    if not groups_of(host.filling, host.editor.finding_order):
        host.tell(host.say(Text("没有问题", "nothing is wrong")))
        return
    here = host.view.pointer
    found = host.filling.findings.at(here)
    await host.app.push_screen(
        FindingList(host, [here, *(finding.primary for finding in found[:1])])
    )


ENTRY = ScreenEntry(
    Command("finding_list", Text("问题列表", "List of findings"), ("ctrl+f", "f"), Group.FINDINGS),
    frozenset({"report"}),
    _open,
)
