"""Saving a report: onto what others saved meanwhile, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session.access import Gate
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.guarded import Guarded
from disclosure_tui.session.merging import Merging, Unsettled, merging
from disclosure_tui.session.recovering import Offer
from disclosure_tui.session.work_record import WorkRecord
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import save
from disclosure_tui.store.history import keep
from disclosure_tui.store.journal import remove
from disclosure_tui.store.merge import Choice
from disclosure_tui.store.save_errors import FileChanged

__all__ = ["LEAVING", "SaveResult", "Saving"]

LEAVING = 2.0
"""Seconds that the disk may take for the journal before a save, or before an old one stays."""

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What a save did.

    Attributes:
        path: The file that was written, links followed.
        notes: What the person should know about it.
        taken: Places where now the value stands that somebody else saved meanwhile.
    """

    path: Path
    notes: tuple[Text, ...] = ()
    taken: tuple[Pointer, ...] = ()


class Saving(Guarded):
    """A report being changed that can be saved."""

    saved_at: datetime | None = None
    """When this session last saved, or None."""

    def save(self, *, accept_loss: bool = False) -> SaveResult | None:
        """Write the file, if anything changed.

        If somebody else changed it meanwhile, the own changes go onto what it holds now.

        Args:
            accept_loss: Save even if rights or attributes of the file cannot be kept.

        Returns:
            What was done, or None if there was nothing to write.

        Raises:
            EditRefused: A change had to be taken back (see `poll`), or the report may not be
                changed (any more). Nothing was written.
            Unsettled: Both changed the same cells: `settle`, then save again.
            SaveError: It could not be written; the work stays in memory and journal.
        """
        self._require_verified()
        if self._document.sha256 == self._ground.sha256:
            return None
        self._gate.enter()
        taken: tuple[Pointer, ...] = ()
        for attempt in range(_ATTEMPTS):
            # The journal first: killed just behind the save, the next start must know what the
            # file holds for the person's own work, not take it for somebody else's.
            self._record.flush(LEAVING)
            try:
                saved = save(
                    self.path,
                    self._document.encode(),
                    expected_sha256=self._ground.sha256,
                    accept_loss=accept_loss,
                )
                break
            except FileChanged as error:
                if attempt == _ATTEMPTS - 1:
                    raise
                found = self._merging_with(error)
                self.settle(found, {})
                taken += found.taken
        return SaveResult(saved.path, saved.notes + self._is_saved(), taken)

    def settle(self, found: Merging, choices: Mapping[Pointer, Choice]) -> Commit | None:
        """Bring own changes onto what the file holds now; afterwards the report is to be saved.

        Undo then has one step, all own changes; without them the text is the other one's.

        Args:
            found: What `Unsettled` brought.
            choices: What is to stand, for every conflict.

        Returns:
            The own changes as one transaction, or None if nothing of them is left.

        Raises:
            EditRefused: It cannot be written, or the report was changed since; nothing was done.
            KeyError: A conflict has no choice.
        """
        stale = found.offer is None and found.mine.text != self._document.text
        if stale or (found.offer is not None and self.unsaved):
            raise EditRefused(_CHANGED_SINCE, where=str(self.path))
        transaction, followed = found.transaction(choices)
        try:
            document, change = found.theirs.apply(transaction)
        except EditRefused as refusal:
            if refusal.detachable is None:
                raise
            # The own value was one of its own already, or its place none that others shared.
            transaction = found.theirs.detached(transaction)
            document, change = found.theirs.apply(transaction)
        document.verify(found.theirs, transaction)
        self._before_change()
        self._go_on_from(found.theirs)
        commit = None
        if transaction.edits:
            commit = Commit(transaction, change, followed, next(self._numbers))
            self._take_verified(document, [commit])
            self._record.commit(commit)
        if found.offer is not None:
            self._has_recovered(found.offer)
        return commit

    def save_as(self, target: Path) -> SaveResult:
        """Write the report to a new file, and go on with that one.

        Raises:
            EditRefused: A change had to be taken back (see `poll`); nothing was written.
            SaveError: It could not be written, or there is a file of that name.
        """
        self._require_verified()
        saved = save(target, self._document.encode(), expected_sha256=None)
        drafts = dict(self.drafts)
        prose = {p: text for p, text in drafts.items() if self._is_prose(p)}
        self._record.close(keep=False)
        self._gate.release()
        self.path = target
        self._move(target)
        self._gate = Gate(target, self.person)
        self._record = WorkRecord(target, self.person)
        self._ground = self._document
        self._before_change()
        self._record.keep_drafts(prose, {p: t for p, t in drafts.items() if p not in prose})
        return SaveResult(saved.path, saved.notes + self._is_saved())

    def _merging_with(self, error: FileChanged) -> Merging:
        """Work out what saving onto a changed file comes to.

        Raises:
            Unsettled: Something has to be asked.
            FileChanged: What it holds now is no report.
        """
        try:
            theirs = Document.read(error.content, str(self.path))
        except DocumentError:
            raise error from None
        found = merging(self.report_type, self._ground, self._document, theirs)
        if found.conflicts:
            raise Unsettled(str(self.path), found)
        return found

    def _is_saved(self) -> tuple[Text, ...]:
        now = datetime.now().astimezone()
        self._ground = self._document
        self._saved_depth = len(self._done)
        self._record.saved(self._document.sha256)
        self.saved_at = now
        return keep(self.path, self._document.encode(), now)

    def _has_recovered(self, offer: Offer) -> None:
        """Delete a journal, once its work is in the own one."""
        self._record.keep_drafts(offer.recovery.prose, offer.recovery.cells)
        # The old journal goes only when a drop of the line now would lose nothing of it.
        if self._record.has_begun and self._record.flush(LEAVING):
            remove(offer.journal)

    def _is_prose(self, pointer: Pointer) -> bool:
        node = self.form.node(pointer)
        return node is not None and node.role is Role.PROSE


_CHANGED_SINCE = Text(
    "合并以后又有改动，请重新保存。", "The report was changed since; save it again."
)
