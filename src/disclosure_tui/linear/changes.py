"""Does changes line by line: what stands in the way is asked, and they are done then."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_tui.errors import EditRefused, SaveError
from disclosure_tui.language import Text
from disclosure_tui.linear.conversation import Conversation
from disclosure_tui.linear.questions import ask_detaching, ask_holder
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import Commit, ReportHeld, Session
from disclosure_tui.session.questions import NO_TOTALS, NOTHING_TO_REVERT, TYPED

__all__ = ["Changes"]


class Changes:
    """The changes of one report."""

    def __init__(self, session: Session, talk: Conversation) -> None:
        self._session, self._talk = session, talk

    def make(self, act: Callable[[bool], Commit | None]) -> tuple[bool, Commit | None]:
        """Do something to the report.

        Args:
            act: Does it, told whether a value that other places share is to be changed here only.

        Returns:
            Whether it was done, and what it was; nothing if there was nothing to do.
        """
        detach = False
        while True:
            try:
                return True, act(detach)
            except ReportHeld as error:
                if not ask_holder(self._talk, self._session, error.holder):
                    return False, None
            except EditRefused as error:
                if error.detachable is None or detach:
                    self._talk.refuse(error)
                    return False, None
                if not ask_detaching(self._talk, error):
                    return False, None
                detach = True

    def undo(self, wording: Wording) -> Pointer | None:
        """Take the last change back, and say where; return the place."""
        return self._reverted(self._session.undo, Text("已撤销：", "undone: "), wording)

    def redo(self, wording: Wording) -> Pointer | None:
        """Do again what was taken back last, and say where; return the place."""
        return self._reverted(self._session.redo, Text("已恢复：", "done again: "), wording)

    def _reverted(
        self, act: Callable[[], Commit | None], what: Text, wording: Wording
    ) -> Pointer | None:
        done, commit = self.make(lambda _: act())
        if not done:
            return None
        if commit is None:
            self._talk.tell(NOTHING_TO_REVERT)
            return None
        if not commit.pointers:
            return None
        self._talk.tell(self._talk.say(what) + wording.path(commit.pointers[0]))
        return commit.pointers[0]

    def switch_totals(self, page: Page) -> None:
        """Have the totals of a table typed as a check, or follow their parts again."""
        session = self._session
        totals = session.report_type.checker.totals(session.form)
        if page.kind is not PageKind.TABLE or not any(page.holds(one.target) for one in totals):
            self._talk.tell(NO_TOTALS)
            return
        typed = page.pointer not in session.typed_totals
        try:
            session.type_totals(page.pointer, typed=typed)
        except SaveError as error:
            self._talk.refuse(error)
        else:
            self._talk.tell(TYPED if typed else _FOLLOWING)


_FOLLOWING = Text(
    "本表总计自动计算；与各项之和不同的总计不改",
    "totals follow again; those that disagree stay as they are",
)
