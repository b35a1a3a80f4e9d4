"""The journal of a session: whatever was done to a report can be had back after the worst.

Everything that is done is handed to the journal's own thread, which writes it at once and waits
for the disk in the caller's stead. A text being typed is written within a second. The thread
sleeps while there is nothing to do.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change
from disclosure_tui.store.journal_file import JournalFile
from disclosure_tui.store.journal_lines import (
    Base,
    Draft,
    Entry,
    Header,
    JournalContents,
    Saved,
    Step,
    read_journal,
)
from disclosure_tui.store.journal_places import (
    FoundJournal,
    Writer,
    discard,
    find_journals,
    remove,
    sweep_journals,
)
from disclosure_tui.store.journal_thread import Closing, Writing
from disclosure_tui.store.recovery import Reason, Recovery, recover
from disclosure_tui.store.source import Source

__all__ = [
    "FoundJournal",
    "Header",
    "Journal",
    "JournalContents",
    "Reason",
    "Recovery",
    "Step",
    "Writer",
    "discard",
    "find_journals",
    "read_journal",
    "recover",
    "remove",
    "sweep_journals",
]

LEAVING = 2.0
"""Seconds that the journal may take when the program ends."""


class Journal:
    """The journal of one report in one session.

    No method waits for the disk, except `flush` and `close`, and none raises because of it.
    After `close` nothing is taken any more.
    """

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._queue = writing.queue
        self._thread: Thread | None = None
        self._is_closed = False

    @classmethod
    def begin(
        cls,
        report: Path,
        base: bytes,
        person: str,
        *,
        make_room: Callable[[], bool] | None = None,
    ) -> Journal:
        """Begin a journal; nothing is created before there is something to write.

        Args:
            report: The report, which need not exist yet.
            base: All its bytes, as far as the document was read from them.
            person: Who is filling in.
            make_room: Frees a reserved file and tells whether that was done; called in the
                journal's thread when the disk is full, once until writing succeeds again.

        Raises:
            DocumentError: The base is no text.
        """
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        return cls(Writing(JournalFile(report, base, person, started), make_room))

    @property
    def path(self) -> Path | None:
        """Where the journal is; None as long as there is no file."""
        return self._writing.file.path

    @property
    def failure(self) -> Text | None:
        """Why the last writing did not succeed, or None; it is tried again by itself."""
        return self._writing.failure

    def commit(
        self,
        change: Change,
        *,
        title: Text = Text("", ""),
        pointers: Iterable[Pointer] = (),
        followed: Iterable[Pointer] = (),
    ) -> None:
        """Note a transaction. Texts being typed at or around its places are no drafts any more.

        Args:
            change: What it did to the text.
            title: What the person did.
            pointers: The places that it changed.
            followed: The totals among them that followed.
        """
        self._put(Step("commit", change, title, tuple(pointers), tuple(followed)))

    def undo(
        self, change: Change, *, title: Text = Text("", ""), pointers: Iterable[Pointer] = ()
    ) -> None:
        """Note that a change, the one given to `commit`, was taken back."""
        self._put(Step("undo", change.inverse(), title, tuple(pointers)))

    def redo(
        self, change: Change, *, title: Text = Text("", ""), pointers: Iterable[Pointer] = ()
    ) -> None:
        """Note that a change, the one given to `commit`, was done again."""
        self._put(Step("redo", change, title, tuple(pointers)))

    def prose(self, pointer: Pointer, text: str | None) -> None:
        """Keep the text being typed in a prose section; None when the typing ends without one."""
        self._put(Draft("prose", pointer, text))

    def cell(self, pointer: Pointer, text: str | None) -> None:
        """Keep the text being typed in a cell; None when the typing ends without one."""
        self._put(Draft("cell", pointer, text))

    def saved(self, sha256: str) -> None:
        """Note that the report was saved with this hash."""
        self._put(Saved(sha256))

    def rebased(self, base: bytes) -> None:
        """Go on from another text: what was just merged onto, or opened in place of the old one."""
        source = Source.decode(base, "")
        self._put(Base(source.text, source.has_mark))

    def flush(self, timeout: float) -> bool:
        """Wait until everything noted so far is on disk.

        May be called in a signal handler.

        Args:
            timeout: The longest time in seconds.

        Returns:
            Whether it is; False also where the disk takes nothing.
        """
        if self._thread is None or self._is_closed:
            return self.failure is None
        done = Event()
        self._queue.put(done)
        return done.wait(timeout) and self.failure is None

    def close(self, *, keep: bool) -> bool:
        """End the journal; waits two seconds for the disk at most.

        Args:
            keep: Leave the file, for the next session to find. False at a clean exit: all is
                saved, or the person gave it up.

        Returns:
            Whether everything that is to be kept is on the disk.
        """
        if self._is_closed:
            return self.failure is None
        self._is_closed = True
        if self._thread is None:
            return True
        atexit.unregister(self._at_exit)
        wish = Closing(keep=keep)
        self._queue.put(wish)
        return wish.wait(LEAVING) and (not keep or self.failure is None)

    def _put(self, entry: Entry) -> None:
        if self._is_closed:
            return
        if self._thread is None:
            thread = Thread(target=self._writing.run, name="journal", daemon=True)
            thread.start()
            self._thread = thread
            atexit.register(self._at_exit)
        # A queue that a signal handler may interrupt anywhere; a lock of our own it might find
        # taken by the very code that it interrupted.
        self._queue.put(entry)

    def _at_exit(self) -> None:
        self.flush(LEAVING)
