"""One transaction that was done, as it stands in the lists of undo and redo."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change

__all__ = ["Commit"]


@dataclass(frozen=True, slots=True)
class Commit:
    """One transaction that was done.

    Attributes:
        transaction: The edits, those of the totals that followed at the end. Without edits if
            it comes from the journal of an earlier session, which keeps places only.
        change: The text replaced.
        followed: The totals that followed.
        number: Tells the text after it from every other text of the session.
        places: The places it was about, where the transaction does not say.
    """

    transaction: Transaction
    change: Change
    followed: tuple[Pointer, ...]
    number: int = 0
    places: tuple[Pointer, ...] = ()

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """The places it was about, those of the totals that followed included."""
        return self.transaction.pointers or self.places

    @property
    def title(self) -> Text:
        """What the person did."""
        return self.transaction.title
