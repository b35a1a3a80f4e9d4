"""The thread of a journal: takes what is handed over and writes it when it is due."""

from __future__ import annotations

import errno
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event
from time import monotonic

from disclosure_tui.language import Text
from disclosure_tui.store.journal_file import JournalFile
from disclosure_tui.store.journal_lines import Draft, Entry
from disclosure_tui.system_reasons import reason

__all__ = ["Closing", "Writing"]

DRAFT_DELAY = 1.0
"""Seconds that a text being typed may wait, so that not every key rewrites it."""

RETRY_DELAY = 5.0
"""Seconds until the disk is tried again after it took nothing."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Closing(Event):
    """The wish to end the thread."""

    def __init__(self, *, keep: bool) -> None:
        super().__init__()
        self.keep = keep


class Writing:
    """What runs in the journal's thread."""

    def __init__(self, file: JournalFile, make_room: Callable[[], bool] | None) -> None:
        self.queue: SimpleQueue[Entry | Event] = SimpleQueue()
        self.file = file
        self.failure: Text | None = None
        self._make_room = make_room
        self._entries: list[Entry] = []
        self._due: float | None = None

    def run(self) -> None:
        """Take entries and write them when they are due, until the journal is closed."""
        while True:
            wishes = [item for item in self._taken() if isinstance(item, Event)]
            if wishes or (self._due is not None and self._due <= monotonic()):
                closing = next((wish for wish in wishes if isinstance(wish, Closing)), None)
                if closing is None or closing.keep:
                    self._write()
                if closing is not None:
                    self._end(closing)
                for wish in wishes:
                    wish.set()
                if closing is not None:
                    return

    def _taken(self) -> list[Entry | Event]:
        """Wait for something to do; take all there is, so that one writing serves it."""
        timeout = None if self._due is None else max(0.0, self._due - monotonic())
        taken: list[Entry | Event] = []
        try:
            taken.append(self.queue.get(timeout=timeout))
            while True:
                taken.append(self.queue.get_nowait())
        except Empty:
            pass
        for item in taken:
            if not isinstance(item, Event):
                self._collect(item)
        return taken

    def _collect(self, entry: Entry) -> None:
        due = monotonic()
        if isinstance(entry, Draft):
            due += DRAFT_DELAY
            place = (entry.kind, entry.pointer)
            self._entries = [
                old
                for old in self._entries
                if not isinstance(old, Draft) or (old.kind, old.pointer) != place
            ]
        self._entries.append(entry)
        self._due = due if self._due is None else min(self._due, due)

    def _write(self) -> None:
        """Write what is waiting; what the disk does not take is tried again later."""
        self.file.add(self._entries)
        self._entries = []
        self._due = None
        try:
            self._sync()
        except OSError as error:
            self.failure = _told(error)
            self._due = monotonic() + RETRY_DELAY
        except Exception as error:  # nothing may end the thread that keeps the work
            self.failure = _told(OSError(errno.EIO, str(error)))
            self._due = monotonic() + RETRY_DELAY
        else:
            self.failure = None

    def _sync(self) -> None:
        try:
            self.file.sync()
        except OSError as error:
            if error.errno not in _FULL or self._make_room is None or self.failure is not None:
                raise
            if not self._make_room():
                raise
            self.file.sync()

    def _end(self, closing: Closing) -> None:
        if closing.keep:
            self.file.close()
        else:
            self.file.remove()


def _told(error: OSError) -> Text:
    """Return the sentence for a journal that cannot be written."""
    why = reason(error)
    return Text(
        f"自动记录写不进去：{why.zh}。改动还在，请先保存到别处。",
        f"The journal cannot be written: {why.en}. "
        "Your changes are still here; save them elsewhere.",
    )
