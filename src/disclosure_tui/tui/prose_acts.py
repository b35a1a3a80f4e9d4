"""What can be done in the prose sections of the report screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from disclosure_tui.language import Text, counted
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import PageKind
from disclosure_tui.render.tables import TONES
from disclosure_tui.render.wording import number_text
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.stated import StatedFigure
from disclosure_tui.session import Session
from disclosure_tui.tui.command import KeyPress, command_for, key_name
from disclosure_tui.tui.editing_outside import READ_ONLY, EditingOutside
from disclosure_tui.tui.following import Following, Spot
from disclosure_tui.tui.pasted_prose import kept_characters, pasted_prose
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.stated_text import StatedText
from disclosure_tui.tui.widgets.prose_mark import ProseMark
from disclosure_tui.tui.widgets.strips import PLAIN, TONE_STYLES
from disclosure_tui.tui.widgets.surface import Surface

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

__all__ = ["ProseActs"]

_SENTENCE_ENDS = "。；！？;!?"
"""Where a sentence ends it is worth a look; a word or a figure may still become another one."""
_TAKEN_AWAY = ("backspace", "delete")


class ProseActs(ReportBase):
    """One report, with what its prose sections can do."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stated: StatedText | None = None
        self._judged: tuple[Pointer, str, CheckResult] | None = None
        self._is_typing = False
        self._following = Following()

    @property
    def surface(self) -> Surface | None:
        """The widget that takes keys; a text area takes them in its own way."""
        return self.view.surface

    async def take_prose_key(self, event: events.Key) -> None:
        """Deal with a key in a text: most are text, or the area's own."""
        typed = event.character if event.is_printable else None
        self._is_typing = event.key in _TAKEN_AWAY or (
            typed is not None and typed not in _SENTENCE_ENDS
        )
        if not await self.view.prose.take(event):
            await self._take_command_key(event)
        elif self.is_read_only:
            self.keep_draft(self.view.pointer, "")
        self._keep_prose_draft()

    async def _take_command_key(self, event: events.Key) -> None:
        command = command_for(self.commands, KeyPress.of(event.key, event.character).name)
        wanted = None if command is None else command.identifier
        # What is not committed yet the area itself takes back, and does again.
        undoes = wanted == "undo" and self.view.written is not None
        redoes = wanted == "redo" and self.view.prose.can_redo
        if command is None or undoes or redoes:
            await self.editor.run_binding(event.key)
        else:
            await self.run_command(command)

    def _keep_prose_draft(self) -> None:
        """Have the text being written outlive the program."""
        if self.surface is None:
            pointer, text = self.view.page.pointer, self.view.prose.text
            changed = self.view.written is not None
            if changed and self.session.drafts.get(pointer) != text:
                self.keep_draft(pointer, text)
            elif not changed:
                self.keep_draft(pointer, None)

    def copy_prose(self) -> None:
        """Copy the selected text."""
        text = self.view.prose.selected_text
        if text:
            self.app.copy_to_clipboard(text)
            count = len(text)
            self.tell(
                self.say(Text(f"已复制 {count} 字", f"copied: {counted(count, 'character')}"))
            )
        else:
            nothing = Text(
                "先按住 Shift 用方向键选中文字", "select text first: Shift and the arrows"
            )
            self.tell(self.say(nothing))

    def paste_prose(self, text: str) -> None:
        """Put pasted text into the section, without what only the word processor needs."""
        prose, page = self.view.prose, self.view.page
        self._is_typing = False
        if self.is_read_only:
            self.tell(self.say(READ_ONLY))
            return
        start, end = sorted(prose.selection)
        label = self.session.form.nodes[page.pointer].label
        names = (page.heading, *label.titles.values(), label.short(self.language))
        pasted = pasted_prose(
            text,
            names,
            opens_line=not prose.document.get_line(start[0])[: start[1]].strip(),
            closes_line=not prose.document.get_line(end[0])[end[1] :].strip(),
        )
        if text == self.app.clipboard:
            # What was copied here is as its writer wants it.
            prose.put(kept_characters(text))
        else:
            prose.put(pasted.raw, pasted.text)
            if pasted.removed is not None:
                self.tell(self.say(pasted.removed))
        self._keep_prose_draft()

    # What is known of the text.

    def settle(self) -> None:
        """Bring what is known of the text up to date, then the lines of the screen."""
        self._know_text()
        super().settle()

    def _know_text(self) -> None:
        """Judge the text when it rests; while it is typed, what is known moves along."""
        page = self.view.page
        if page.kind is not PageKind.PROSE or not self.filling.is_checked:
            self._stated = self._judged = None
            return
        text, result = self.view.prose.text, self.session.result
        known, judged = self._stated, self._judged
        elsewhere = judged is None or judged[0] != page.pointer or judged[2] is not result
        rests = not self._is_typing and (judged is None or judged[1] != text)
        if known is None or elsewhere or rests:
            self._stated = self.filling.stated(page, text)
            self._judged = page.pointer, text, result
        else:
            self._stated = known.after(text)
        self.view.prose.show_marks(_marks(self._stated))

    @property
    def findings_here(self) -> tuple[Finding, ...]:
        """The open findings about the words under the caret; else those about the text."""
        if self._stated is None:
            return super().findings_here
        near = self._stated.findings_at(self.view.prose.offset_in_text)
        return near or self._stated.findings

    def line_here(self) -> str:
        """Return what there is to say about the words under the caret."""
        if self._stated is None:
            return super().line_here()
        offset = self.view.prose.offset_in_text
        figures = self._stated.figures_at(offset)
        if figures and not self._stated.findings_at(offset):
            return self._tie(figures[0])
        found = self.findings_here
        if not found:
            return ""
        more = len(found) - 1
        line = self.filling.wording.line(found[0])
        return line + (self.say(Text(f"（另有 {more} 个）", f" (+{more})")) if more else "")

    def _tie(self, figure: StatedFigure) -> str:
        """Say which cell a figure is held against, and how it stands."""
        cell, value = figure.cells[0], self.filling.report.value_at(figure.cells[0])
        path = self.filling.wording.path(cell)
        more = len(figure.cells) - 1
        among = Text(f" 等 {more + 1} 格", f" and {more} more") if more else Text("", "")
        shown = "" if value is None or isinstance(value, bool) else f" {number_text(value)}"
        key = self._follow_key
        where = Text(f"{path}{shown}", f"{path}{shown}") + among
        how = {
            True: Text("与表相符：", "agrees with "),
            False: Text("已说明：", "explained: "),
            None: Text("表中未填，暂不判定：", "blank in the table: "),
        }[figure.truth]
        there = Text(f"（{key} 到这一格）", f" ({key}: go there)")
        return self.say(how + where + there)

    @property
    def _follow_key(self) -> str:
        keys = next(item.keys for item in self.commands if item.identifier == "follow")
        return key_name(keys[0], self.language)

    def place_here(self, room: int) -> Sequence[tuple[str, Style]]:
        """Return where the cursor is; in a text with a limit also how far that is."""
        page = self.view.page
        limit = self.filling.limit(page) if page.kind is PageKind.PROSE else None
        if limit is None:
            return super().place_here(room)
        # As the check counts, and any validator: code points, a line end is one.
        count = len(self.view.prose.text)
        if count <= limit:
            counted, tone = Text(f"{count}/{limit} 字", f"{count}/{limit} characters"), PLAIN
        else:
            over = count - limit
            counted = Text(
                f"! {count}/{limit} 字，多 {over} 字", f"! {count}/{limit} characters, {over} over"
            )
            tone = TONE_STYLES[TONES[Severity.ERROR]]
        return ((self.say(counted), tone), (f"  {self.filling.wording.path(page.pointer)}", PLAIN))

    # Between a figure and its cell.

    @property
    def spot_here(self) -> Spot:
        """Where the cursor is."""
        is_prose = self.view.page.kind is PageKind.PROSE
        return Spot(self.view.pointer, self.view.prose.offset_in_text if is_prose else 0)

    def order_of(self, spot: Spot) -> tuple[int, int, Pointer]:
        """Return where a spot stands in the order of the form."""
        return self.filling.position(spot.place), spot.offset, spot.place

    def do_follow(self) -> None:
        """Go from a figure in the text to its cell, or from a cell to the text."""
        if self.view.page.kind is PageKind.PROSE:
            self._follow_to_cell()
        else:
            self._follow_to_text()

    def _follow_to_cell(self) -> None:
        here = self.spot_here
        self._is_typing = False
        self._know_text()
        figures = () if self._stated is None else self._stated.figures_at(here.offset)
        if not figures:
            none = Text(
                "光标处没有与表对应的数（有下划线的数才有）",
                "no figure here is tied to a cell: those underlined are",
            )
            self.tell(self.say(none))
            return
        figure = figures[0]
        said = self.view.prose.text[figure.start : figure.end]
        path = self.filling.wording.path(figure.section)
        if self.go_to(self._following.cell_for(figure, here)):
            key = self._follow_key
            told = Text(f"{path}写的是 {said}（{key} 回去）", f"{path} says {said} ({key}: back)")
            self.tell(self.say(told))

    def _follow_to_text(self) -> None:
        cell = self.view.pointer
        spot = self._following.spot_for(cell, self.filling.figures_of(cell))
        if spot is None:
            none = Text("文字部分没有写到本格的数", "no text states the figure of this cell")
            self.tell(self.say(none))
        else:
            self.go_to(spot.place, spot.offset)

    async def do_edit_outside(self) -> None:
        """Write the text of the section in the person's own editor."""
        self._is_typing = False
        await EditingOutside(self).edit()


def _marks(stated: StatedText) -> list[ProseMark]:
    """Return what is to be marked in a text."""
    marks: list[ProseMark] = []
    for start, end in dict.fromkeys((item.start, item.end) for item in stated.figures):
        figure = next(
            item for item in stated.figures_at(start) if (item.start, item.end) == (start, end)
        )
        finding = figure.finding
        counts = finding is not None and finding.counts
        marks.append(ProseMark(start, end, finding.severity if finding and counts else None))
    known = {id(figure.finding) for figure in stated.figures}
    marks += [
        ProseMark(item.start, item.end, item.finding.severity, is_figure=False)
        for item in stated.quoted
        if id(item.finding) not in known
    ]
    return marks
