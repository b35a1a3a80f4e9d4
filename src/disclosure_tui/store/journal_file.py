"""The file of a journal: created at the first entry, appended to, rewritten when it is long.

It is touched by the journal's own thread only.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from disclosure_tui import __version__
from disclosure_tui.store.hidden_names import real_path
from disclosure_tui.store.journal_lines import (
    Base,
    Entry,
    Header,
    JournalContents,
    Saved,
    Step,
    encode,
    parse,
)
from disclosure_tui.store.journal_places import create, lock
from disclosure_tui.store.processes import boot_id, host_name
from disclosure_tui.store.raw_files import sync_folder
from disclosure_tui.store.recovery import Replay, before
from disclosure_tui.store.source import Source
from disclosure_tui.store.temporary import Temporary

__all__ = ["JournalFile"]

LONGEST = 1024 * 1024
"""A journal longer than this is rewritten after a save."""

KEPT = 256 * 1024
"""How many bytes of earlier steps stay then, for undo across the save."""


class JournalFile:
    """A journal on disk.

    What was not written for certain is kept and written again, at the same place.
    """

    def __init__(self, report: Path, base: bytes, person: str, started: str) -> None:
        """Prepare a journal; nothing is created yet.

        Raises:
            DocumentError: The base is no text.
        """
        self.path: Path | None = None
        self._report = real_path(report)
        source = Source.decode(base, self._report.name)
        self._first = Base(source.text, source.has_mark)
        self._base_sha256 = hashlib.sha256(base).hexdigest()
        self._person = person
        self._started = started
        self._descriptor = -1
        self._size = 0  # of what is on disk for certain
        self._count = 0  # of the lines, the header included
        self._floor = 0  # the size after the last rewriting
        self._waiting: list[Entry] = []

    def add(self, entries: Iterable[Entry]) -> None:
        """Hand over entries, to be written with `sync`."""
        self._waiting.extend(entries)

    def sync(self) -> None:
        """Write what was handed over, and wait until the disk has it.

        Raises:
            OSError: The disk does not take it; everything is still to be written.
        """
        if not self._waiting:
            return
        if self._descriptor < 0:
            self._create((self._first,))
        elif os.fstat(self._descriptor).st_nlink == 0:
            # Somebody deleted the file; what it held can still be read here.
            self._create_again()
        lines = [encode(self._count + i, entry) for i, entry in enumerate(self._waiting)]
        self._append(lines)
        is_saved = any(isinstance(entry, Saved) for entry in self._waiting)
        self._waiting.clear()
        if is_saved and self._size > max(LONGEST, 2 * self._floor):
            with contextlib.suppress(OSError):
                self._rewrite()

    def close(self) -> None:
        """Let go of the file; it stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def remove(self) -> None:
        """Delete the file, if there is one."""
        if self.path is not None and self._descriptor >= 0:
            with contextlib.suppress(OSError):
                # The name may by now belong to the journal of another process.
                if os.path.samestat(os.fstat(self._descriptor), self.path.lstat()):
                    self.path.unlink()
        self.path = None
        self.close()

    def _create(self, entries: Sequence[Entry]) -> None:
        descriptor, path, locked = create(self._report)
        header = self._header(locked=locked)
        self._descriptor, self.path = descriptor, path
        self._size = self._count = 0
        try:
            self._append([encode(0, header), *(encode(i, e) for i, e in enumerate(entries, 1))])
            _sync_folder(path.parent)
        except OSError:
            # A journal that does not even have its beginning is of no use to anybody.
            self.remove()
            raise

    def _create_again(self) -> None:
        old = (self._descriptor, self.path, self._size, self._count)
        held = self._contents().entries
        try:
            self._create(held)
        except OSError:
            self._descriptor, self.path, self._size, self._count = old
            raise
        os.close(old[0])

    def _append(self, lines: Sequence[bytes]) -> None:
        """Write lines behind what is certain; after a fault the same bytes go to the same place."""
        content = b"".join(lines)
        _write(self._descriptor, content, self._size)
        os.fsync(self._descriptor)
        self._size += len(content)
        self._count += len(lines)

    def _contents(self) -> JournalContents:
        return parse(os.pread(self._descriptor, self._size, 0))

    def _rewrite(self) -> None:
        """Keep the last steps only, so that the file does not grow with every save.

        Afterwards it holds the text of the report as it was before the steps that are kept, at
        most `KEPT` bytes of these, and the drafts.

        Raises:
            OSError: It cannot be done now; the journal is as it was.
        """
        assert self.path is not None
        contents = self._contents()
        entries = _shortened(contents)
        if contents.header is None or entries is None:
            return
        with Temporary(self.path) as temporary:
            header = replace(contents.header, locked=lock(temporary.descriptor))
            lines = [encode(0, header), *(encode(i, e) for i, e in enumerate(entries, 1))]
            content = b"".join(lines)
            temporary.write(content)
            temporary.sync()
            temporary.replace(self.path)
            descriptor = temporary.keep()
        os.close(self._descriptor)
        self._descriptor = descriptor
        self._size = self._floor = len(content)
        self._count = len(lines)
        _sync_folder(self.path.parent)

    def _header(self, *, locked: bool) -> Header:
        return Header(
            tool=f"disclosure-tui {__version__}",
            report=str(self._report),
            base_sha256=self._base_sha256,
            person=self._person,
            host=host_name(),
            pid=os.getpid(),
            boot_id=boot_id(),
            started=self._started,
            locked=locked,
        )


def _shortened(contents: JournalContents) -> list[Entry] | None:
    """Return what stays of a journal whose last step is saved; None if it cannot be told."""
    first = contents.entries[0]
    assert isinstance(first, Base)
    replay = Replay(first, None)
    steps: list[Step | Saved] = []
    for entry in contents.entries[1:]:
        if not replay.take(entry):
            return None
        if isinstance(entry, Base):
            steps.clear()
        elif isinstance(entry, Step | Saved):
            steps.append(entry)
    kept: list[Step | Saved] = []
    room = KEPT
    for entry in reversed(steps):
        room -= len(encode(0, entry))
        if room < 0:
            break
        kept.append(entry)
    changes = (entry.change for entry in kept if isinstance(entry, Step))
    text = before(replay.text, changes)
    if text is None:
        return None
    return [Base(text, replay.has_mark), *reversed(kept), *replay.drafts()]


def _write(descriptor: int, content: bytes, at: int) -> None:
    view = memoryview(content)
    while view:
        written = os.pwrite(descriptor, view, at)
        view, at = view[written:], at + written


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            sync_folder(descriptor)
        finally:
            os.close(descriptor)
