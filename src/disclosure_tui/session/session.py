"""One report open for filling in: everything that callers know of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.render.differing import Difference, differences_between
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.session.access import Access
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.merging import Unsettled, merging
from disclosure_tui.session.news import Told
from disclosure_tui.session.recovering import (
    Offer,
    begun_before,
    commits_of,
    give_up,
    offers_for,
    remove_spent,
    write_elsewhere,
)
from disclosure_tui.session.restoring import document_of, keep_present, restoring
from disclosure_tui.session.saving import Saving
from disclosure_tui.store.files import sweep
from disclosure_tui.store.history import Version, versions
from disclosure_tui.store.in_place import interrupted
from disclosure_tui.store.journal import Reason, recover, remove, sweep_journals
from disclosure_tui.store.person import Person, current_person
from disclosure_tui.typed_totals import note_typed_totals, typed_totals

__all__ = ["Session"]


class Session(Saving):
    """A report being filled in. Touched by one thread only."""

    @classmethod
    def open(
        cls,
        path: Path,
        report_types: ReportTypes,
        *,
        person: Person | None = None,
        journaled: bool = True,
        background: bool = False,
        wake: Callable[[], None] | None = None,
    ) -> Self:
        """Open a report file. Nothing is created before the first change.

        It is checked when somebody wants the result.

        Args:
            path: The file.
            report_types: Where its report type is looked up.
            person: Who fills in; by default whoever runs the program.
            journaled: Keep a journal; a script that saves at once needs none.
            background: Changed texts are read again by a worker, not at once.
            wake: Called by the worker when `poll` has something to tell.

        Raises:
            DocumentError: It cannot be read or names no report type.
            SchemaError: Its report type is not known.
        """
        document = open_document(path)
        session = cls(
            path,
            document,
            report_type_of(document, path, report_types),
            person or current_person(),
            journaled=journaled,
            background=background,
            wake=wake,
        )
        session.typed_totals = typed_totals(session.form.report_type.name)
        session._tidy_up()
        return session

    @classmethod
    def rescue(cls, offer: Offer, target: Path, report_types: ReportTypes, **options: Any) -> Self:
        """Write the report of a session that broke off to a new file, and open that.

        Args:
            offer: The work, of a file that is gone, for instance.
            target: The new file.
            report_types: Where its report type is looked up.
            options: As for `open`.

        Raises:
            DocumentError: The journal holds no report that can be read.
            SaveError: It cannot be written, or there is a file of that name.
        """
        write_elsewhere(offer, target)
        session = cls.open(target, report_types, **options)
        session.recover(offer)
        return session

    def type_totals(self, table: Pointer, *, typed: bool) -> None:
        """Have the totals of a table typed as a check, or follow their parts.

        It is a setting of the person, for all reports of this type; the file does not know it.

        Raises:
            SaveError: It cannot be noted; it holds for this session.
        """
        self.typed_totals = self.typed_totals | {table} if typed else self.typed_totals - {table}
        note_typed_totals(self.form.report_type.name, table, typed=typed)

    def recoveries(self) -> tuple[Offer, ...]:
        """Return the work of sessions that broke off, the latest last. Changes nothing."""
        return offers_for(self.path)

    def recover(self, offer: Offer) -> None:
        """Bring the work of a session that broke off back, undo and unfinished texts included.

        Raises:
            EditRefused: There are own changes, which are to be saved first, or the report may
                not be changed.
            Unsettled: The file was changed since, in the same cells: `settle`.
            DocumentError: The journal holds no report that can be read.
        """
        if self.unsaved:
            raise EditRefused(_SAVE_FIRST, where=str(self.path))
        self._enter()
        offer = Offer(offer.journal, recover(offer.journal.contents, self._ground.encode()))
        reason = offer.recovery.reason
        if reason is Reason.MERGE:
            found = merging(self.report_type, offer.base(), offer.mine(), self._document, offer)
            if found.conflicts:
                raise Unsettled(str(self.path), found)
            self.settle(found, {})
        elif reason is Reason.ON_DISK:
            self._go_on_with(offer)
        elif reason is Reason.NOTHING:
            remove(offer.journal)

    def discard(self, offer: Offer) -> tuple[Text, ...]:
        """Put work of a session that broke off aside; a copy is kept in the history.

        Returns:
            Notes for the person.

        Raises:
            SaveError: It cannot be moved; it is where it was.
        """
        return give_up(offer, datetime.now().astimezone())[1]

    def differences(self, offer: Offer) -> tuple[Form, tuple[Difference, ...]]:
        """Return what recovering would change, and the form that knows the labels.

        Raises:
            DocumentError: The journal holds no report that can be read.
        """
        return offer.differences(self.form)

    def versions(self) -> tuple[Version, ...]:
        """Return the versions that are kept of the report, the newest first."""
        return versions(self.path)

    def compare(self, version: Version) -> tuple[Form, tuple[Difference, ...]]:
        """Return what is different now from a version, and the form that knows the labels.

        Raises:
            DocumentError: The version cannot be read.
        """
        return differences_between(self.form, document_of(version).data, self._report.data)

    def restore(self, version: Version) -> Commit | None:
        """Give every place the value it has in a version, as one transaction.

        The present state is kept as a version first.

        Returns:
            The transaction, or None if there is no difference.

        Raises:
            DocumentError: The version cannot be read.
            SaveError: The present state cannot be kept; nothing was done.
            EditRefused: It cannot be written; nothing was done.
        """
        self._enter()
        transaction = restoring(self._document, document_of(version), version.when)
        if not transaction.edits:
            return None
        keep_present(self.path, self._document.encode(), datetime.now().astimezone())
        return self.apply(transaction)

    def close(self, *, drop: bool = False) -> tuple[Text, ...]:
        """Leave the report for good; what was not saved is set aside in the history.

        The journal of a session that was displaced stays, to be recovered later.

        Args:
            drop: Set nothing aside: a script that failed did nothing worth keeping.

        Returns:
            Notes for the person: what could not be set aside.
        """
        notes: tuple[Text, ...] = ()
        displaced = self.access is Access.DISPLACED
        given_up = self.unsaved and not displaced and not drop
        if given_up and self._set_aside() is None:
            notes = (_NOT_SET_ASIDE,)
        # Where no copy could be made, the journal is the copy.
        self._leave(keep=bool(notes) or (displaced and self.unsaved > 0))
        return notes

    def hang_up(self) -> bool:
        """Leave because the line dropped or the system wants it; the journal stays.

        Takes two seconds at most, whatever the disk does.

        Returns:
            Whether everything that was typed is on the disk.
        """
        return self._leave(keep=self.unsaved > 0 or bool(self.drafts))

    def _leave(self, *, keep: bool) -> bool:
        if self._verifier is not None:
            self._verifier.close()
        kept = self._record.close(keep=keep)
        self._gate.release()
        return kept

    def _tidy_up(self) -> None:
        """Remove what dead processes left; who may not write the file changes nothing."""
        if self.access is not Access.FREE:
            return
        sweep(self.path.resolve().parent)
        self._gate.clear_stale()
        sweep_journals(self.path)
        remove_spent(self.path, self._ground.encode())
        for backup in interrupted(self.path):
            self._news.append(Told(_interrupted(backup)))

    def _go_on_with(self, offer: Offer) -> None:
        """Go on where a session broke off whose changes continue what the file holds."""
        recovery, mine = offer.recovery, offer.mine()
        begun = begun_before(offer)
        earlier = commits_of(recovery.earlier if begun is not None else (), self._numbers)
        steps = commits_of(recovery.steps, self._numbers)
        base = self._ground.encode() if begun is None else begun
        self._record.begin(base)
        self._record.rebased(base)
        for commit in earlier:
            self._record.commit(commit)
        self._record.saved(self._ground.sha256)
        for commit in steps:
            self._record.commit(commit)
        self._take_verified(mine, [*earlier, *steps])
        self._saved_depth = len(earlier)
        self._has_recovered(offer)


def _interrupted(backup: Path) -> Text:
    return Text(
        f"上次直接写入这个文件时中断了，写入前的内容在【{backup}】，请核对。",
        f"Writing over this file was cut off; what it held before is in {backup}. Please check.",
    )


_SAVE_FIRST = Text(
    "已经有新的改动，请先保存，再找回上次的内容。",
    "There are new changes; save them before recovering the last session.",
)
_NOT_SET_ASIDE = Text(
    "没有保存的改动没能另存到历史版本，自动记录还留着，下次打开可以找回。",
    "What was not saved could not be set aside; the journal stays and can be recovered.",
)
