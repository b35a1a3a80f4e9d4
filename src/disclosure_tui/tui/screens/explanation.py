"""Answers a query with an explanation: reason, text, who; written into the report as one change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.containers import Vertical

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.explanations import answering, entry_for, reasons_for
from disclosure_tui.session import ReportHeld
from disclosure_tui.store.person import current_person
from disclosure_tui.tui.command import Command, Group, KeyPress
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.field_dialog import FOREIGN_TYPED, FieldDialog
from disclosure_tui.tui.messages import (
    ForeignTyped,
    Message,
    Typing,
    ValueCommitted,
    ValueListWanted,
)
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.finding_list import FindingList
from disclosure_tui.tui.widgets.field_drawing import FieldEntry
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ENTRY", "ExplanationScreen"]

_REASON, _TEXT, _BY = Pointer.of("reason"), Pointer.of("text"), Pointer.of("by")
_LABELS = {
    _REASON: Text("原因", "Reason"),
    _TEXT: Text("说明", "Explanation"),
    _BY: Text("说明人", "Explained by"),
}
_ANY_TEXT = CellType(frozenset({"string"}))


class ExplanationScreen(FieldDialog):
    """One query, and what the office says to it."""

    HOST = "explanation"
    TITLE_TEXT = Text("填写说明", "Explaining a query")
    ACTIONS = (
        Command("keep", Text("写入说明", "Write the explanation"), ("ctrl+s",), Group.FINDINGS),
        Command("leave", Text("不写说明", "Leave"), ("escape", "ctrl+q"), Group.PROGRAM),
    )

    def __init__(self, host: ReportBase, finding: Finding) -> None:
        super().__init__(host)
        self._finding = finding
        self._detail = TextPage([])
        language = host.language.value
        reasons = reasons_for(host.session.report_type.checker.rules, finding)
        self._reasons = {text.zh: {"zh": text.zh, "en": text.en} for text in reasons}
        self._values = {_REASON: "", _TEXT: self._written(), _BY: current_person().name}
        self._language = language

    def _written(self) -> str:
        """Return what a lapsed explanation said: most of it may still be true."""
        index = self._finding.explanation
        if index is None:
            return ""
        kept = self._host.session.report.value_at(("explanations", str(index), "text"))
        return kept if isinstance(kept, str) else ""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield self._fields
            with Vertical(id="detail"):
                yield self._detail
            yield TextLine(id="said")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts; typing begins where there is nothing to choose from."""
        title = Text(f"填写说明：{self._finding.rule}", f"Explain {self._finding.rule}")
        self.query_one("#title", TextLine).show_title(self.say(title))
        keep, leave = self.key("keep"), self.key("leave")
        hint = Text(
            f"回车 填写或选原因  {keep} 写入说明  {leave} 不写",
            f"Enter to fill in or choose  {keep} write it  {leave} leave",
        )
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))
        self._detail.show([(self._host.filling.wording.panel(self._finding), False)])
        self._show(_REASON if self._reasons else _TEXT)
        if not self._reasons:
            self._fields.press(KeyPress("enter"))
        self.call_after_refresh(self.place_cursor)

    def _show(self, cursor: Pointer | None = None) -> None:
        listed = CellType(frozenset({"string"}), values=self._reasons)
        entries = []
        for pointer, value in self._values.items():
            chosen = pointer == _REASON and bool(self._reasons)
            cell = listed if chosen else _ANY_TEXT
            shown = cell.label(value, self._language) if chosen else ""
            entries.append(FieldEntry(self.say(_LABELS[pointer]), pointer, value, shown, cell))
        self._fields.show_fields(entries, cursor)

    async def hear(self, message: Message) -> None:
        """Take what is typed or chosen."""
        self.tell("")
        match message:
            case ValueCommitted(pointer, text):
                self._values[pointer] = text.strip()
                self._show()
            case ValueListWanted():
                await self._ask_reason()
            case ForeignTyped():
                self.tell(self.say(FOREIGN_TYPED))
            case Typing() | _:
                pass

    async def _ask_reason(self) -> None:
        reasons = list(self._reasons)
        own = self.say(Text("其他（写在说明里）", "other (say it in the explanation)"))

        async def answer(choice: int | None) -> None:
            if choice is not None:
                self._values[_REASON] = reasons[choice] if choice < len(reasons) else ""
                self._show(_TEXT)
                self._fields.press(KeyPress("enter"))
            self.place_cursor()

        options = [self._reasons[reason][self._language] for reason in reasons]
        title = self.say(_LABELS[_REASON])
        await self.app.push_screen(Dialog(title, [*options, own], answer))

    async def do_keep(self) -> None:
        """Write the explanation into the report, or say why it cannot be."""
        session = self._host.session
        try:
            entry = entry_for(
                self._finding,
                self._values[_TEXT],
                by=self._values[_BY],
                at=datetime.now().astimezone().isoformat(timespec="minutes"),
                reason=self._values[_REASON],
            )
            session.apply(answering(session.form, session.report, entry))
        except ReportHeld as error:
            self.ask_holder(error)
            return
        except EditRefused as error:
            self.tell_refusal(error)
            return
        await self.finish(Text("说明已写入", "explained"))


async def _open(host: EditorScreen) -> None:
    if isinstance(host, FindingList):
        if host.finding is not None:
            await _ask(host.report, host.finding)
        return
    assert isinstance(host, ReportBase)
    host.keep_prose()
    here = [finding for finding in host.findings_here if finding.severity is not Severity.ERROR]
    if here:
        await _ask(host, here[0])
    else:
        key = host.key("finding_list", brief=True)
        none = Text(
            f"这里没有可以说明的问题；按 {key} 从问题列表选",
            f"nothing to explain here; press {key} and choose from the list",
        )
        host.tell(host.say(none))


async def _ask(host: ReportBase, finding: Finding) -> None:
    if finding.severity is Severity.ERROR:
        error = Text(
            "这是必须改正的问题，不能用说明代替", "an error must be corrected, not explained"
        )
        host.tell(host.say(error))
        if host.app.screen is not host:
            await host.app.pop_screen()
        host.settle()
        return
    await host.app.push_screen(ExplanationScreen(host, finding))


ENTRY = ScreenEntry(
    Command("explanation", Text("填写说明", "Explain a query"), ("ctrl+e", "e"), Group.FINDINGS),
    frozenset({"report", "findings"}),
    _open,
)
