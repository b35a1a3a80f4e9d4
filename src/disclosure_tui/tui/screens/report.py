"""The report screen: what its keys do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text, counted
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import ROOT
from disclosure_tui.render.pages import PageKind
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.session import Commit, ReportHeld, Session
from disclosure_tui.session.questions import NOTHING_TO_REVERT
from disclosure_tui.store.recent import note_opened
from disclosure_tui.tui.command import Command
from disclosure_tui.tui.following import Spot, spot_of
from disclosure_tui.tui.messages import (
    BlockPasted,
    ForeignTyped,
    Message,
    Moved,
    Typing,
    TypingEnded,
    ValueCommitted,
    ValueListWanted,
)
from disclosure_tui.tui.opening import Opening
from disclosure_tui.tui.prose_acts import ProseActs
from disclosure_tui.tui.report_commands import REPORT_COMMANDS
from disclosure_tui.tui.saving import Saving
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.screens.news import show_news
from disclosure_tui.tui.screens.paste_question import ask_paste
from disclosure_tui.tui.screens.value_choice import ask_value

if TYPE_CHECKING:
    from textual import events

__all__ = ["ReportScreen", "open_report"]

_POLL = 3.0
"""Seconds between two looks at the lock; the session itself decides when to give a sign of life."""
_FOREIGN = Text(
    "输入法在中文状态：按 Shift 切换，或按 Ctrl+P 从菜单选",
    "an input method is on: switch it off, or choose from the menu with Ctrl+P",
)


class ReportScreen(ProseActs):
    """One report being filled in."""

    ACTIONS: ClassVar[tuple[Command, ...]] = REPORT_COMMANDS
    _has_begun = False
    _walked: tuple[Spot, Spot | None] = (Spot(ROOT), None)
    """The finding that was walked to last, and where the cursor was then."""

    def on_mount(self) -> None:
        """Ask what has to be asked before filling in, once the first page is there."""
        self.editor.sessions.append(self.session)
        self._loop, self._surroundings = asyncio.get_running_loop(), copy_context()
        self.set_interval(_POLL, self.heed)
        self.call_after_refresh(self.stands)

    async def stands(self) -> None:
        """Wait until the report is checked, and what has to be asked first is asked.

        No key meets a screen without its verdict, or changes what is to be asked about.
        """
        await super().stands()
        if not self.filling.is_checked:
            self.filling.check()
            self.view.show_values()
            self.settle()
        if not self._has_begun:
            self._has_begun = True
            Opening(self).begin()

    def wake(self) -> None:
        """Have the session's news heeded. May be called in any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.call_later, self.heed, context=self._surroundings)

    def heed(self) -> None:
        """Heed what happened by itself; draws nothing where nothing did."""
        before = (self.session.access, self.session.journal_failure)
        if self.poll() or before != (self.session.access, self.session.journal_failure):
            self.settle()

    def poll(self) -> bool:
        """Heed what the session has to tell by itself; tell whether there was anything."""
        news = self.session.poll()
        show_news(self, news, Saving(self).elsewhere)
        return bool(news)

    async def take_key(self, event: events.Key) -> None:
        """Deal with a key; in a text area letters are text and most keys are its own."""
        self.tell("")
        if self.surface is not None:
            await super().take_key(event)
        else:
            await self.take_prose_key(event)
        if self.app.screen is self:
            self.settle()

    async def take_paste(self, text: str) -> None:
        """Put pasted text where it belongs."""
        self.tell("")
        if self.surface is None:
            self.paste_prose(text)
        else:
            await super().take_paste(text)
        if self.app.screen is self:
            self.settle()

    async def hear(self, message: Message) -> None:
        """Deal with what a surface tells."""
        match message:
            case ValueCommitted(pointer, text):
                self.commit(pointer, text)
            case Typing(pointer, text, fault, working):
                self.tell(working if fault is None else "! " + self.say(fault))
                if not self.keep_draft(pointer, text):
                    self.view.give_up_typing()
            case BlockPasted(block, places):
                await ask_paste(self, block, places)
            case TypingEnded(pointer):
                self.keep_draft(pointer, None)
            case ForeignTyped():
                self.tell(self.say(_FOREIGN))
            case ValueListWanted(pointer):
                await ask_value(self, pointer)
            case Moved() | _:
                pass

    async def do_save(self) -> None:
        """Save."""
        await Saving(self).save()

    def do_copy(self) -> None:
        """Copy what is marked, for this program and for the terminal's own clipboard."""
        if self.surface is None:
            self.copy_prose()
            return
        rows = self.view.table.marked if self.view.page.kind is PageKind.TABLE else ()
        if not rows:
            self.tell(self.say(Text("这里没有可以复制的格", "there are no cells to copy here")))
            return
        self.app.copy_to_clipboard("\n".join("\t".join(row) for row in rows))
        count, columns = len(rows), max(map(len, rows))
        said = Text(
            f"已复制 {count} 行 {columns} 列",
            f"copied: {counted(count, 'row')}, {counted(columns, 'column')}",
        )
        self.tell(self.say(said))

    async def do_paste(self) -> None:
        """Paste what was copied in this program."""
        if not self.app.clipboard:
            self.tell(self.say(Text("还没有复制过内容", "nothing was copied yet")))
        else:
            await self.take_paste(self.app.clipboard)

    def do_undo(self) -> None:
        """Take the last transaction back and show where it was."""
        self.keep_prose()
        self._undo(self.session.undo, Text("已撤销：", "undone: "))

    def do_redo(self) -> None:
        """Do again what was taken back last."""
        self.keep_prose()
        self._undo(self.session.redo, Text("已恢复：", "done again: "))

    def _undo(self, act: Callable[[], Commit | None], what: Text) -> None:
        try:
            commit = act()
        except ReportHeld as error:
            ask_holder(self, error.holder, lambda: self._undo(act, what))
            return
        except EditRefused as error:
            self.refuse(error)
            return
        if commit is None:
            self.tell(self.say(NOTHING_TO_REVERT))
            return
        self.view.show_values()
        for pointer in commit.pointers[:1]:
            self.go_to(pointer)
            self.tell(self.say(what) + self.filling.wording.path(pointer))
        self.poll()

    def do_take_fix(self) -> None:
        """Do what is offered under the cursor, as it was told there."""
        told = self.filling.fix_at(self.view.pointer)
        # Only now it is worth the time to look which cell is wrong. What comes of it is told
        # first: nobody accepts what he has not read.
        self.session.suggestions  # noqa: B018
        found = self.filling.fix_at(self.view.pointer)
        if found is None:
            self.tell(
                self.say(Text("本格没有可以直接采用的改法", "nothing is offered for this cell"))
            )
        elif found == told:
            self.apply(found.transaction)

    def do_next_finding(self) -> None:
        """Go to the next finding in the order of the form."""
        self._walk_findings(1)

    def do_previous_finding(self) -> None:
        """Go to the one before."""
        self._walk_findings(-1)

    def do_next_query(self) -> None:
        """Go to the next finding that is to be verified or explained."""
        found = [item for item in self.filling.ordered() if item.severity is Severity.QUERY]
        if found:
            self._walk(found, 1)
        else:
            self.tell(self.say(Text("没有待核实的问题", "nothing is to be verified")))

    def _walk_findings(self, step: int) -> None:
        self._walk(self.filling.ordered(), step)

    def _walk(self, findings: Sequence[Finding], step: int) -> None:
        about = {spot_of(finding): finding for finding in reversed(findings)}
        spots = sorted(about, key=self.order_of)
        if not spots:
            elsewhere = self.filling.findings.open
            none = Text("没有问题", "nothing is wrong")
            key = self.key("finding_list", brief=True)
            other = Text(
                f"这些页上没有问题；文件里还有问题，按 {key} 查看",
                f"nothing is wrong on these pages, but in the file: press {key}",
            )
            self.tell(self.say(other if elsewhere else none))
            return
        reached, shown = self._walked
        here = self.order_of(reached if shown == self.spot_here else self.spot_here)
        positions = [self.order_of(spot) for spot in spots]
        if step > 0:
            index = next((i for i, at in enumerate(positions) if at > here), 0)
        else:
            before = [i for i, at in enumerate(positions) if at < here]
            index = before[-1] if before else len(spots) - 1
        spot = spots[index]
        self.jump(spot.place, offset=spot.offset)
        self._walked = (spot, self.spot_here)
        if spot.place != self.view.pointer:
            # What is wrong is no place of the form: the cursor stands beside it.
            self.tell(self.filling.wording.line(about[spot]))

    def do_next_section(self) -> None:
        """Show the next page."""
        self.show_page(self.index + 1)

    def do_previous_section(self) -> None:
        """Show the page before."""
        self.show_page(self.index - 1)

    def do_next_blank(self) -> None:
        """Go to the next blank that counts."""
        filling = self.filling
        blanks = sorted(
            (pointer for page in filling.pages for pointer in filling.blanks(page)),
            key=filling.position,
        )
        here = filling.position(self.view.pointer)
        after = [pointer for pointer in blanks if filling.position(pointer) > here]
        if not blanks:
            self.tell(self.say(Text("没有未填的格", "nothing is blank")))
            return
        left, behind = filling.blanks(self.view.page), self.view.page
        self.jump((after or blanks)[0])
        if left and self.view.page != behind:
            count = len(left)
            said = Text(
                f"已转到【{self.view.page.short}】；【{behind.short}】前面还有 {count} 格未填",
                f"now in {self.view.page.short}; {count} blanks before were left in {behind.short}",
            )
            self.tell(self.say(said))

    async def do_back(self) -> None:
        """Go back to where the last jump began; Esc where there was none does no harm."""
        await self.step_back()

    def do_compute(self) -> None:
        """Set a computed cell to its sum."""
        filling, pointer = self.filling, self.view.pointer
        total = filling.total(pointer)
        if total is None:
            self.tell(self.say(Text("本格不是总计，请直接填数", "this cell is no total")))
            return
        value = filling.sum_of(total)
        if value is None:
            self.tell(
                self.say(
                    Text(
                        "暂不能相加：还有未填的格，或两个方向的和不同",
                        "cannot be added up: a part is blank, or the two directions disagree",
                    )
                )
            )
        elif value == filling.report.value_at(pointer):
            self.tell(self.say(Text("本格已等于各项之和", "it is the sum already")))
        else:
            self.commit_values({pointer: value})


def open_report(path: Path, report_types: ReportTypes) -> ReportScreen:
    """Open a report; its changed texts are read again by a worker.

    Raises:
        DisclosureError: It cannot be opened.
    """
    screens: list[ReportScreen] = []

    def wake() -> None:
        for screen in screens:
            screen.wake()

    session = Session.open(path, report_types, background=True, wake=wake)
    note_opened(path)
    screens.append(ReportScreen(session))
    screens[0].schema_notices = report_types.notices_for(path.parent)
    return screens[0]
