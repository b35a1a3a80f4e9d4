"""What a journal gives back: the text as the person left it, and how it came about."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.journal_lines import Base, Draft, Entry, JournalContents, Saved, Step

__all__ = ["Reason", "Recovery", "Replay", "after", "before", "recover"]


class Reason(Enum):
    """How a journal and the file on disk go together."""

    ON_DISK = "on disk"
    """The changes continue what the file holds now."""
    MERGE = "merge"
    """The file was changed elsewhere: merge the recovered text with it, from `base`."""
    GONE = "gone"
    """There is no file any more: the recovered text is all there is."""
    NOTHING = "nothing"
    """All that was done is in the file."""
    UNREADABLE = "unreadable"
    """The journal does not even hold the text that it begins with."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """The work of a journal that is not in the file.

    Attributes:
        reason: How it goes together with the file.
        text: The text as it was last, without byte order mark; None for `NOTHING` and
            `UNREADABLE`.
        base: The text that `steps` begin with: what the file holds (`ON_DISK`), or what it held
            when the journal's person last opened or saved it.
        has_mark: The file begins with a byte order mark.
        steps: How the text came about, from `base`; what was undone again is left out.
        earlier: The steps before `base` that undo can still take back.
        prose: Texts of prose sections that were being typed.
        cells: Texts of cells that were being typed.
        left_out: Entries at the end that do not fit the text; 0 unless a program misbehaved.
    """

    reason: Reason
    text: str | None = None
    base: str = ""
    has_mark: bool = False
    steps: tuple[Step, ...] = ()
    earlier: tuple[Step, ...] = ()
    prose: Mapping[Pointer, str] = field(default_factory=dict)
    cells: Mapping[Pointer, str] = field(default_factory=dict)
    left_out: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """What happened to `base`, one after the other."""
        return tuple(step.change for step in self.steps)

    @property
    def count(self) -> int:
        """Number of changes and unfinished texts that the file does not hold."""
        return len(self.steps) + len(self.prose) + len(self.cells)

    @property
    def message(self) -> Text:
        """One sentence for the person."""
        if self.reason is Reason.UNREADABLE:
            return _UNREADABLE
        if self.reason is Reason.GONE:
            return _GONE
        if self.reason is Reason.NOTHING:
            return _NOTHING
        found = Text(
            f"上次填报中断，{self.count} 处改动没有保存，已全部找回。",
            f"The last session broke off; its unsaved changes ({self.count}) were recovered.",
        )
        return found + _CHANGED_SINCE if self.reason is Reason.MERGE else found

    def mine_document(self, name: str = "") -> Document:
        """Return the recovered text as a document.

        Raises:
            DocumentError: There is none, or it is no report that can be read.
        """
        return self._document(self.text or "", name)

    def base_document(self, name: str = "") -> Document:
        """Return the text that the changes begin with as a document.

        Raises:
            DocumentError: It is no report that can be read.
        """
        return self._document(self.base, name)

    def _document(self, text: str, name: str) -> Document:
        mark = codecs.BOM_UTF8 if self.has_mark else b""
        return Document.read(mark + text.encode(), name)


def recover(contents: JournalContents, disk: bytes | None) -> Recovery:
    """Work out what a journal holds that the file does not.

    Every text that the journal passed through is compared with the file, so a save whose entry
    was lost is recognised as well.

    Args:
        contents: The journal.
        disk: All bytes of the file as it is now; None where it is gone.
    """
    if contents.header is None or not contents.entries:
        return Recovery(Reason.UNREADABLE)
    first = contents.entries[0]
    if not isinstance(first, Base):
        return Recovery(Reason.UNREADABLE)
    replay = Replay(first, disk)
    left_out = 0
    for number, entry in enumerate(contents.entries[1:], 1):
        if not replay.take(entry):
            left_out = len(contents.entries) - number
            break
    recovery = replace(replay.recovery(), left_out=left_out)
    return recovery if disk is not None else replace(recovery, reason=Reason.GONE, text=replay.text)


def after(text: str, change: Change) -> str | None:
    """Return the text after a change, or None if the change does not fit the text."""
    for one in change.replacements:
        end = one.start + len(one.before)
        if one.start < 0 or text[one.start : end] != one.before:
            return None
        text = text[: one.start] + one.after + text[end:]
    return text


def before(text: str, changes: Iterable[Change]) -> str | None:
    """Return the text before changes, the latest first, or None if one does not fit the text."""
    current: str | None = text
    for change in changes:
        if current is None:
            return None
        current = after(current, change.inverse())
    return current


@dataclass(slots=True)
class _Way:
    """A text and the steps that lead from it to the present one."""

    start: str
    earlier: tuple[Step, ...] = ()
    steps: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        last = self.steps[-1] if self.steps else None
        # A step and the one that takes it back are nothing.
        if step.kind != "commit" and last is not None and last.change.inverse() == step.change:
            self.steps.pop()
        else:
            self.steps.append(step)


class Replay:
    """The text of a journal on its way through the entries."""

    def __init__(self, base: Base, disk: bytes | None) -> None:
        self._disk = _decoded(disk)
        self.prose: dict[Pointer, str] = {}
        self.cells: dict[Pointer, str] = {}
        self._begin(base)

    def _begin(self, base: Base) -> None:
        self.text = base.text
        self.has_mark = base.has_mark
        self.done: list[Step] = []
        self._saved = _Way(base.text)
        self._on_disk: _Way | None = None
        self._compare()

    def take(self, entry: Entry) -> bool:
        """Follow one entry; False, and nothing done, if it does not fit the text."""
        if isinstance(entry, Base):
            self._begin(entry)
        elif isinstance(entry, Saved):
            self._saved = _Way(self.text, tuple(self.done))
        elif isinstance(entry, Draft):
            self._draft(entry)
        else:
            return self._step(entry)
        return True

    def drafts(self) -> list[Draft]:
        """Return the texts that were still being typed."""
        return [
            *(Draft("prose", pointer, text) for pointer, text in self.prose.items()),
            *(Draft("cell", pointer, text) for pointer, text in self.cells.items()),
        ]

    def recovery(self) -> Recovery:
        """Return what the file lacks."""
        way = self._on_disk or self._saved
        reason = Reason.MERGE if self._on_disk is None else Reason.ON_DISK
        if not (way.steps or self.prose or self.cells):
            reason = Reason.NOTHING
        return Recovery(
            reason=reason,
            text=None if reason is Reason.NOTHING else self.text,
            base=way.start,
            has_mark=self.has_mark,
            steps=tuple(way.steps),
            earlier=way.earlier,
            prose=dict(self.prose),
            cells=dict(self.cells),
        )

    def _step(self, step: Step) -> bool:
        text = after(self.text, step.change)
        if text is None:
            return False
        self.text = text
        if step.kind != "undo":
            self.done.append(step)
            for drafts in (self.prose, self.cells):
                _end(drafts, step.pointers)
        elif self.done:
            self.done.pop()
        self._saved.add(step)
        if self._on_disk is not None:
            self._on_disk.add(step)
        self._compare()
        return True

    def _draft(self, draft: Draft) -> None:
        drafts = self.prose if draft.kind == "prose" else self.cells
        drafts.pop(draft.pointer, None)
        if draft.text is not None:
            drafts[draft.pointer] = draft.text

    def _compare(self) -> None:
        """Begin the way anew wherever the text is the one on disk."""
        if self._disk == (self.text, self.has_mark):
            self._on_disk = _Way(self.text, tuple(self.done))


def _decoded(disk: bytes | None) -> tuple[str, bool] | None:
    """Return the text of the file and whether it has a mark; None if it cannot be one of ours."""
    if disk is None:
        return None
    has_mark = disk.startswith(codecs.BOM_UTF8)
    try:
        return disk.removeprefix(codecs.BOM_UTF8).decode("utf-8"), has_mark
    except UnicodeDecodeError:
        return None


def _end(drafts: dict[Pointer, str], pointers: Iterable[Pointer]) -> None:
    """Forget the drafts of places that were committed."""
    for pointer in pointers:
        for draft in [*drafts]:
            if draft.starts_with(pointer) or pointer.starts_with(draft):
                del drafts[draft]


_NOTHING = Text("上次的改动都已保存，没有要找回的。", "Everything of the last session was saved.")
_UNREADABLE = Text(
    "自动记录不完整，里面没有能找回的改动。",
    "The journal is not whole; nothing can be recovered from it.",
)
_GONE = Text(
    "原来的文件已经不在了，上次的内容已全部找回，请另存为新文件。",
    "The file is gone; all of the last session was recovered. Save it as a new file.",
)
_CHANGED_SINCE = Text(
    "文件后来在别处改过，两边都改过的格会逐个问。",
    " The file was changed elsewhere since; cells changed on both sides will be asked.",
)
