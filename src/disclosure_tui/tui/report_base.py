"""The report screen without its keys: how it changes the session, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from disclosure_tui.errors import DisclosureError, EditRefused
from disclosure_tui.language import Text, counted
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.finding import Identity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.render.differing import differences
from disclosure_tui.session import (
    Commit,
    ReadOnly,
    ReportHeld,
    SaveResult,
    Session,
)
from disclosure_tui.tui.report_layout import ReportLayout
from disclosure_tui.tui.schema_notices import told_of_places
from disclosure_tui.tui.screens.detach_question import ask_detaching
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.telling import clock, told

__all__ = ["ReportBase"]


class ReportBase(ReportLayout):
    """One report that is changed."""

    schema_notices: tuple[DisclosureError, ...] = ()
    """What is to be told of the places that schemas come from."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._on_disk = session.document.data

    @property
    def about(self) -> tuple[Text, ...]:
        """Format, version, digest and origin of what the report is checked by; what was not."""
        used = Text("校验所用", "Checked by ") + self.session.report_type.stamp.words()
        return (used, *told_of_places(self.schema_notices))

    def commit(self, pointer: Pointer, text: str) -> None:
        """Put typed text into its place."""
        self._change(lambda detach: self.session.set_text(pointer, text, detach=detach))

    def commit_texts(self, texts: Mapping[Pointer, str], title: Text) -> None:
        """Put typed texts into their places as one transaction."""
        self._change(lambda detach: self.session.set_texts(texts, title, detach=detach))

    def commit_values(self, values: Mapping[Pointer, Plain], title: Text | None = None) -> None:
        """Put several values into their places as one transaction."""
        self._change(lambda detach: self.session.set_values(values, title, detach=detach))

    def apply(self, transaction: Transaction) -> None:
        """Do a transaction that is offered, a fix for instance."""
        self._change(lambda detach: self.session.apply(transaction, detach=detach))

    def change_rows(self, transaction: Transaction) -> None:
        """Add, delete or move entry rows."""
        self._change(lambda detach: self.session.change_rows(transaction, detach=detach))

    def keep_prose(self) -> None:
        """Commit the text of the page, if it was changed."""
        written = self.view.written
        if written is not None:
            self._keep_text(*written)

    def keep_all_prose(self) -> None:
        """Commit the texts of all pages, those that an earlier session left unfinished included."""
        self.keep_prose()
        for pointer, text in dict(self.session.drafts).items():
            if self.filling.is_prose(pointer):
                self._keep_text(pointer, text)

    def _keep_text(self, pointer: Pointer, text: str) -> None:
        value = text if text.strip() else None
        self._change(
            lambda detach: self.session.set_value(pointer, value, detach=detach), silent=True
        )

    def keep_draft(self, pointer: Pointer, text: str | None) -> bool:
        """Have the text being typed outlive the program; None ends the typing without one.

        Returns:
            Whether the place may be changed.
        """
        if text is None and pointer not in self.session.drafts:
            return True
        is_prose = self.filling.is_prose(pointer)
        keep = self.session.draft_prose if is_prose else self.session.draft_cell
        try:
            keep(pointer, text)
        except ReportHeld as error:
            ask_holder(self, error.holder, lambda: self.keep_draft(pointer, text))
        except EditRefused as error:
            self.refuse(error)
            return False
        return True

    def tell_saved(self, result: SaveResult | None, taken: tuple[Pointer, ...] = ()) -> None:
        """Say what a save did.

        Args:
            result: What was done; None if there was nothing to write.
            taken: Places whose value somebody else had saved, joined in before.
        """
        if result is None:
            self.tell(self.say(Text("没有改动，不用保存", "nothing was changed")))
            return
        self.view.show_values()
        data = self.session.document.data
        count = len(differences(self._on_disk, data))
        self._on_disk = data
        when = clock(self.saved_at)
        said = Text(f"已保存 {when}", f"saved {when}")
        if count:
            said += Text(f"（与上次相比改了 {count} 处）", f"; {count} places changed")
        joined = len({*taken, *result.taken})
        if joined:
            said += Text(
                f"；对方改的 {joined} 处已合进来",
                f"; {counted(joined, 'change')} of others joined in",
            )
        for note in result.notes:
            said += Text("；", "; ") + note
        self.tell(self.say(said))

    def refuse(self, error: DisclosureError) -> None:
        """Say why something was not done."""
        # Chinese sentences stand close together, English ones apart.
        hint = "" if error.hint is None else self.say(Text("", " ") + error.hint)
        self.tell(f"! {self.say(error.what)}{hint}".replace("\n", " "))

    def poll(self) -> bool:
        """Heed what the session has to tell by itself; tell whether there was anything."""
        return False

    def _change(
        self, act: Callable[[bool], Commit | None], *, silent: bool = False, detach: bool = False
    ) -> None:
        """Do something to the report; where something stands in the way, ask and do it then."""
        known = self.filling.identities
        try:
            commit = act(detach)
        except ReportHeld as error:
            ask_holder(self, error.holder, lambda: self._change(act, silent=silent))
        except ReadOnly as error:
            self.view.give_up_typing()
            self.refuse(error)
        except EditRefused as error:
            if error.detachable is None:
                self.refuse(error)
            else:
                again = lambda: self._change(act, silent=silent, detach=True)  # noqa: E731
                ask_detaching(self, error, again)
        else:
            self._done(commit, known, silent=silent)

    def _done(self, commit: Commit | None, known: frozenset[Identity], *, silent: bool) -> None:
        self.view.show_values()
        if commit is not None and not silent:
            self.tell(told(self.filling, commit, known))
        self.poll()
