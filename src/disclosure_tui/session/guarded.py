"""Changes of a report that the lock allows and the journal notes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.session.access import Access, Gate
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.news import Displaced, News, Told
from disclosure_tui.session.verified import Verified
from disclosure_tui.session.work_record import WorkRecord
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes
from disclosure_tui.store.history import set_aside, versions
from disclosure_tui.store.lock import Holder
from disclosure_tui.store.person import Person

__all__ = ["Guarded"]


class Guarded(Verified):
    """A report being changed, and whoever else wants to, and whatever may happen to it."""

    def __init__(
        self,
        path: Path,
        document: Document,
        report_type: LoadedReportType,
        person: Person,
        *,
        journaled: bool = True,
        background: bool = False,
        wake: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(document, report_type, path, background=background, wake=wake)
        self.path = path
        self.person = person
        self._ground = document
        self._saved_depth = 0
        self._gate = Gate(path, person)
        self._record = WorkRecord(path, person)
        self._journaled = journaled
        self._told_displaced = False
        self._told_failure: Text | None = None

    @property
    def access(self) -> Access:
        """Whether this session may change the report."""
        return self._gate.access

    @property
    def displaced_by(self) -> Holder | None:
        """Who took the report over, or None."""
        return self._gate.displaced_by

    @property
    def unsaved(self) -> int:
        """Number of transactions between the saved state and now; 0 if the file is up to date."""
        if self._document.sha256 == self._ground.sha256:
            return 0
        return abs(len(self._done) - self._saved_depth) or 1

    @property
    def drafts(self) -> Mapping[Pointer, str]:
        """Texts being typed that are in the journal, those of a recovered session included."""
        return self._record.drafts

    @property
    def journal(self) -> Path | None:
        """Where the journal is; None as long as there is no file."""
        return self._record.path

    @property
    def journal_failure(self) -> Text | None:
        """Why the work would not outlive this program at this moment, or None."""
        return self._record.failure

    def holder(self) -> Holder | None:
        """Return who else holds the report now. Creates nothing."""
        return self._gate.holder()

    def look_only(self) -> None:
        """Read only from now on."""
        self._gate.look_only()

    def edit_anyway(self) -> None:
        """Change the report beside whoever holds it; what both change is asked when saving.

        Raises:
            ReadOnly: The person may not write the file.
        """
        self._gate.edit_anyway()
        self._catch_up()

    def take_over(self) -> None:
        """Take the report from whoever holds it; their program turns read-only.

        Raises:
            ReadOnly: The person may not write the file.
        """
        self._gate.take_over()
        self._told_displaced = False
        self._catch_up()

    def draft_cell(self, pointer: Pointer, text: str | None) -> None:
        """Keep the text being typed in a cell; None when the typing ends without one.

        Raises:
            EditRefused: The report may not be changed: `ReportHeld`, `ReadOnly`.
        """
        self._before_change()
        self._record.draft(pointer, text, is_prose=False)

    def draft_prose(self, pointer: Pointer, text: str | None) -> None:
        """Keep the text being typed in a prose section; None when the typing ends without one.

        Raises:
            EditRefused: The report may not be changed: `ReportHeld`, `ReadOnly`.
        """
        self._before_change()
        self._record.draft(pointer, text, is_prose=True)

    def poll(self) -> tuple[News, ...]:
        """Return what has happened by itself. To be called every few seconds, and when woken."""
        self._gate.look()
        self._heed_verdicts()
        if self._gate.access is Access.DISPLACED and not self._told_displaced:
            self._told_displaced = True
            assert self._gate.displaced_by is not None
            self._news.append(Displaced(self._gate.displaced_by, self.unsaved))
        failure = self._record.failure
        if failure != self._told_failure:
            self._told_failure = failure
            if failure is not None:
                self._news.append(Told(failure))
        if self._gate.note is not None:
            self._news.append(Told(self._gate.note))
            self._gate.note = None
        news, self._news = tuple(self._news), []
        return news

    def _enter(self) -> None:
        """Make sure that the report may be changed; at the first time go on from the disk.

        Raises:
            EditRefused: It may not.
        """
        if self._gate.enter():
            self._catch_up()

    def _before_change(self) -> None:
        self._enter()
        if self._journaled and not self._record.has_begun:
            self._record.begin(self._ground.encode())

    def _catch_up(self) -> None:
        """Go on from what the file holds now, as long as there is nothing of one's own."""
        if self.unsaved:
            return
        try:
            content = read_bytes(self.path)
            if content == self._ground.encode():
                return
            document = Document.read(content, str(self.path))
        except DocumentError:
            return  # saving will say what is the matter
        self._go_on_from(document)
        self._news.append(Told(_CHANGED_MEANWHILE))

    def _go_on_from(self, document: Document) -> None:
        """Take what the file holds as the beginning; undo does not go back behind it."""
        self._take_verified(document)
        self._ground = document
        self._saved_depth = 0
        if self._record.has_begun:
            self._record.rebased(document.encode())

    def _after_commit(self, commit: Commit) -> None:
        if self._saved_depth >= len(self._done):
            self._saved_depth = -1  # the saved state was undone, and is left for good
        self._record.commit(commit)
        super()._after_commit(commit)

    def _after_undo(self, commit: Commit) -> None:
        self._note_undo(commit)
        super()._after_undo(commit)

    def _after_redo(self, commit: Commit) -> None:
        self._record.redo(commit)
        super()._after_redo(commit)

    def _note_undo(self, commit: Commit) -> None:
        self._record.undo(commit)

    def _copy(self) -> Path | None:
        return self._set_aside()

    def _set_aside(self) -> Path | None:
        """Keep a copy of the report as it is now; return where, or None."""
        if set_aside(self.path, self._document.encode(), datetime.now().astimezone()):
            return None
        return next((one.path for one in versions(self.path) if one.is_set_aside), None)


_CHANGED_MEANWHILE = Text(
    "打开以后这个文件在别处改过，已换成现在的内容。",
    "The file was changed elsewhere since it was opened; you go on from what it holds now.",
)
