"""Fills a report in question by question: the answers, the commands, the way through."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TextIO

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Language, Text
from disclosure_tui.linear.changes import Changes
from disclosure_tui.linear.conversation import Conversation, EndOfInput
from disclosure_tui.linear.phrases import AT_END, HELP, LEAVING, NOT_FOUND, NOT_KEPT, WRITE
from disclosure_tui.linear.places import Place, found
from disclosure_tui.linear.questions import ask_holder, begin
from disclosure_tui.linear.rows import Rows
from disclosure_tui.linear.saving import save
from disclosure_tui.linear.telling import Telling
from disclosure_tui.linear.way import Way
from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.validator import fault
from disclosure_tui.render.pages import Page, PageKind
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import News, ReportHeld, Session
from disclosure_tui.session.questions import not_saved

__all__ = ["fill_in"]

_OFFERED = 9
"""So many places that a search found are offered."""


def fill_in(session: Session, language: Language, source: TextIO, target: TextIO) -> bool:
    """Fill a report in.

    Args:
        session: The report; it is closed when this returns.
        language: The language of the questions.
        source: Where answers are read.
        target: Where questions are written.

    Returns:
        Whether the person left; False if the input ended with changes that are not saved. They
        are in the journal then.
    """
    talk = Conversation(source, target, language)
    editor = _Editor(session, talk)
    try:
        with talk.signals_end_it():
            return editor.run()
    except BaseException:
        session.hang_up()
        raise


class _Editor:
    """One report, asked place by place."""

    def __init__(self, session: Session, talk: Conversation) -> None:
        self._session, self._talk = session, talk
        self._way = Way(session, talk.language)
        self._changes = Changes(session, talk)
        self._rows = Rows(session, talk, self._changes)
        self._page: Page | None = None
        self._is_over = False
        self._news: list[News] = []
        talk.idle = self._heed
        self._acts: dict[str, Callable[[], None]] = {
            "s": self._save,
            "q": self._leave,
            "u": self._undo,
            "r": self._redo,
            "a": self._add_row,
            "d": self._delete_row,
            "t": self._switch_totals,
        }

    def run(self) -> bool:
        """Ask until the person leaves or the input ends; tell which."""
        talk = self._talk
        try:
            talk.tell(HELP)
            begin(talk, self._session)
            while not self._is_over:
                self._ask()
        except EndOfInput:
            return self._input_ended()
        for note in self._session.close():
            talk.tell(note)
        return True

    def _input_ended(self) -> bool:
        session = self._session
        left = session.unsaved + len(session.drafts)
        kept = session.hang_up()
        if not left:
            return True
        said = Text(
            f"输入结束，{left} 处改动没有保存，下次打开时可以找回。",
            f"The input ended; unsaved changes ({left}) can be recovered next time.",
        )
        # Who went away may hear nothing any more.
        with contextlib.suppress(EndOfInput):
            self._talk.tell(said if kept else session.journal_failure or NOT_KEPT)
        return False

    @property
    def _wording(self) -> Wording:
        year = self._session.report.value_at(("year",))
        whole = year if isinstance(year, int) else None
        return Wording(self._session.form, self._talk.language, whole)

    @property
    def _telling(self) -> Telling:
        return Telling(self._session, self._wording)

    def _ask(self) -> None:
        """Ask for the present place, and do what is answered."""
        self._heed()
        while self._news:
            self._talk.tell(self._news.pop(0).text)
        place = self._way.place
        if place is None:
            self._ask_at_the_end()
            return
        if place.page != self._page:
            self._page = place.page
            self._talk.tell("")
            self._talk.tell(self._telling.heading(place))
        node = self._session.form.nodes[place.pointer]
        for line in self._telling.choices(node):
            self._talk.tell(line)
        answer = self._talk.ask(self._telling.prompt(place))
        command = fold_width(answer)
        if command == "":
            self._way.step(1)
        elif command == "-":
            self._put(place, "")
        elif command == "?":
            for line in self._telling.explained(place):
                self._talk.tell(line)
        elif not self._command(command, answer):
            self._answer(place, node, answer)

    def _heed(self) -> None:
        """Give a sign of life, and note what has happened; it is told before the next question."""
        self._news += self._session.poll()

    def _ask_at_the_end(self) -> None:
        self._page = None
        self._talk.tell("")
        self._tell_left()
        answer = self._talk.ask(self._talk.say(AT_END))
        command = fold_width(answer)
        if command == "":
            self._way.begin()
        elif not self._command(command, answer):
            self._talk.tell(HELP)

    def _command(self, command: str, answer: str) -> bool:
        """Do a command that is the same everywhere; tell whether it was one."""
        if command == "<":
            self._way.step(-1)
        elif command == ">":
            self._way.next_page()
        elif command == "!":
            self._tell_left()
        elif command.startswith("/"):
            self._jump(answer.strip()[1:])
        else:
            act = self._acts.get(command.casefold())
            if act is None:
                return False
            act()
        return True

    def _tell_left(self) -> None:
        for line in self._telling.left():
            self._talk.tell(line)

    def _answer(self, place: Place, node: Node, answer: str) -> None:
        """Take what was typed as the value of a place."""
        if place.page.kind is PageKind.PROSE:
            self._write(place, answer)
            return
        # A blank in front: the text itself, also where it is the name of a command.
        text = answer.strip()
        cell = node.cell
        if cell is not None:
            text = _chosen(cell, text, self._talk.language)
            wrong = fault(cell, text)
            if wrong is not None:
                self._talk.tell(Text("没有填入：", "not taken: ") + wrong)
                return
        self._put(place, text)

    def _write(self, place: Place, first: str) -> None:
        """Read a text line by line; each line outlives a dropped line at once."""
        self._talk.tell(WRITE)
        lines = [first.removeprefix(" ")]
        while True:
            try:
                self._session.draft_prose(place.pointer, "\n".join(lines))
            except ReportHeld as error:
                if not ask_holder(self._talk, self._session, error.holder):
                    return
                continue
            except EditRefused as error:
                self._talk.refuse(error)
                return
            line = self._talk.ask("")
            if line.strip() in (".", "。", "．"):
                break
            lines.append(line)
        self._put(place, "\n".join(lines))
        self._session.draft_prose(place.pointer, None)

    def _put(self, place: Place, text: str) -> None:
        """Put a text into a place, say what came of it, and go on."""
        pointer, session = place.pointer, self._session
        done, commit = self._changes.make(
            lambda detach: session.set_text(pointer, text, detach=detach)
        )
        if done:
            self._talk.tell(self._telling.done(pointer, commit))
            self._way.step(1)

    def _undo(self) -> None:
        self._go_to(self._changes.undo(self._wording))

    def _redo(self) -> None:
        self._go_to(self._changes.redo(self._wording))

    def _add_row(self) -> None:
        place = self._way.place
        if place is not None:
            self._go_to(self._rows.add(place))

    def _delete_row(self) -> None:
        place = self._way.place
        if place is not None:
            self._go_to(self._rows.delete(place))

    def _switch_totals(self) -> None:
        place = self._way.place
        if place is not None:
            self._changes.switch_totals(place.page)

    def _go_to(self, pointer: Pointer | None) -> None:
        """Go to a place, or to the one nearest to it that is asked."""
        if pointer is not None and self._way.near(pointer):
            self._page = None

    def _jump(self, text: str) -> None:
        """Go to the place whose label or key is typed; ask where several are meant."""
        matches = found(self._way.places, text, self._wording)
        if not matches:
            self._talk.tell(NOT_FOUND)
            return
        choice: int | None = 0
        if len(matches) > 1:
            paths = [self._wording.path(place.pointer) for place in matches[:_OFFERED]]
            more = len(matches) - len(paths)
            title = Text(f"找到 {len(matches)} 处", f"{len(matches)} places")
            if more:
                title += Text(
                    f"，先列出 {len(paths)} 处；多写几个字可以少列些",
                    f", the first {len(paths)} of them; more words find fewer",
                )
            choice = self._talk.choose(self._talk.say(title), paths)
        if choice is not None:
            self._way.go_to(matches[choice])
            self._page = None

    def _save(self) -> None:
        save(self._talk, self._session, self._telling)

    def _leave(self) -> None:
        self._is_over = self._may_leave()

    def _may_leave(self) -> bool:
        """Ask about changes that are not saved; tell whether to leave."""
        unsaved = self._session.unsaved
        if not unsaved:
            return True
        self._talk.tell(next(iter(self._telling.left())))
        choice = self._talk.choose(
            self._talk.say(not_saved(unsaved)), [self._talk.say(option) for option in LEAVING]
        )
        if choice == 0:
            return save(self._talk, self._session, self._telling)
        return choice == 1


def _chosen(cell: CellType, text: str, language: Language) -> str:
    """Return the listed value that is meant by its number or its label, else the text."""
    values = list(cell.values)
    typed = fold_width(text)
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(values):
        return values[int(typed) - 1]
    return next((one for one in values if cell.label(one, language.value) == text), text)
