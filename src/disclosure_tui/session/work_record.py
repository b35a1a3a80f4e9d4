"""The journal of a session, the texts being typed, and the room kept for the last entry."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session.commit import Commit
from disclosure_tui.store.hidden_names import beside, real_path
from disclosure_tui.store.journal import Journal
from disclosure_tui.store.person import Person
from disclosure_tui.store.reserve import release, reserve
from disclosure_tui.store.state_folder import private_place

__all__ = ["WorkRecord"]

ROOM = 128 * 1024
"""Bytes kept for the last entries of a journal when the disk is full."""


_MOMENT = 0.2
"""Seconds that making the room may still take when the program ends."""


class Room:
    """A reserved file beside the journal. It is made by a thread: the disk may be slow."""

    def __init__(self, report: Path) -> None:
        # Named as a working file of this process: if it is killed, the next sweep removes it.
        self._path = _beside_the_journal(report, f".reserve.{os.getpid()}.tmp")
        self._thread = Thread(target=reserve, args=(self._path, ROOM), daemon=True)
        self._thread.start()

    def give_back(self, timeout: float | None = None) -> bool:
        """Give the room back; tell whether there was any."""
        self._thread.join(timeout)
        return release(self._path)


def _beside_the_journal(report: Path, suffix: str) -> Path:
    """Return a name where the journal goes: beside the report, or with the person."""
    target = real_path(report)
    if not os.access(target.parent, os.W_OK, effective_ids=True):
        with contextlib.suppress(OSError):
            target = private_place(target) / target.name
    return beside(target, suffix)


class WorkRecord:
    """What can be had back after the worst, for one session."""

    def __init__(self, report: Path, person: Person) -> None:
        self._report = report
        self._person = person
        self._journal: Journal | None = None
        self._room: Room | None = None
        self.drafts: dict[Pointer, str] = {}

    @property
    def failure(self) -> Text | None:
        """Why the work is not kept at this moment, or None."""
        return None if self._journal is None else self._journal.failure

    @property
    def has_begun(self) -> bool:
        """Tell whether there is a journal."""
        return self._journal is not None

    @property
    def path(self) -> Path | None:
        """Where the journal is; None as long as there is no file."""
        return None if self._journal is None else self._journal.path

    def begin(self, base: bytes) -> None:
        """Begin the journal, unless it has begun.

        Args:
            base: What the changes begin with.
        """
        if self._journal is not None:
            return
        self._room = Room(self._report)
        self._journal = Journal.begin(
            self._report, base, self._person.name, make_room=self._room.give_back
        )

    def commit(self, commit: Commit) -> None:
        """Note a transaction."""
        self._forget(commit.pointers)
        if self._journal is not None:
            self._journal.commit(
                commit.change,
                title=commit.title,
                pointers=commit.pointers,
                followed=commit.followed,
            )

    def undo(self, commit: Commit) -> None:
        """Note that a transaction was taken back."""
        if self._journal is not None:
            self._journal.undo(commit.change, title=commit.title, pointers=commit.pointers)

    def redo(self, commit: Commit) -> None:
        """Note that a transaction was done again."""
        self._forget(commit.pointers)
        if self._journal is not None:
            self._journal.redo(commit.change, title=commit.title, pointers=commit.pointers)

    def draft(self, pointer: Pointer, text: str | None, *, is_prose: bool) -> None:
        """Note the text being typed; None where the typing ends without one."""
        if text is None:
            self.drafts.pop(pointer, None)
        else:
            self.drafts[pointer] = text
        if self._journal is not None:
            note = self._journal.prose if is_prose else self._journal.cell
            note(pointer, text)

    def saved(self, sha256: str) -> None:
        """Note that the report was saved."""
        if self._journal is not None:
            self._journal.saved(sha256)

    def rebased(self, base: bytes) -> None:
        """Note that the work goes on from another text; texts being typed stay."""
        if self._journal is not None:
            self._journal.rebased(base)

    def keep_drafts(self, prose: Mapping[Pointer, str], cells: Mapping[Pointer, str]) -> None:
        """Note texts that an earlier session left unfinished."""
        for texts, is_prose in ((prose, True), (cells, False)):
            for pointer, text in texts.items():
                self.draft(pointer, text, is_prose=is_prose)

    def flush(self, timeout: float) -> bool:
        """Wait until everything is on the disk; tell whether it is."""
        return self._journal is None or self._journal.flush(timeout)

    def close(self, *, keep: bool) -> bool:
        """End the journal; waits for the disk, but not for ever.

        Args:
            keep: Leave it for the next session to find.

        Returns:
            Whether everything that is to be kept is on the disk.
        """
        kept = True
        if self._journal is not None:
            kept = self._journal.close(keep=keep)
            self._journal = None
        if self._room is not None:
            self._room.give_back(_MOMENT)
            self._room = None
        return kept

    def _forget(self, pointers: Iterable[Pointer]) -> None:
        """Texts being typed at or around places that were committed are no drafts any more."""
        for pointer in pointers:
            for draft in [*self.drafts]:
                if draft.starts_with(pointer) or pointer.starts_with(draft):
                    del self.drafts[draft]
