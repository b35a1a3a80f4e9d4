"""Earlier versions of a report: compared in printed labels, brought back as one transaction."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import save
from disclosure_tui.store.history import Version, read, set_aside
from disclosure_tui.store.merge import merge

__all__ = ["document_of", "keep_present", "made_again", "restoring"]


def document_of(version: Version) -> Document:
    """Return a version as a document.

    Raises:
        DocumentError: It is not there any more, or cannot be read.
    """
    return Document.read(read(version), str(version.path))


def restoring(present: Document, version: Document, when: datetime) -> Transaction:
    """Return the transaction that gives every place the value that a version has.

    What is only written differently stays as it is, comments included.
    """
    edits = merge(present, version, present).transaction.edits
    title = Text(
        f"还原 {when:%Y-%m-%d %H:%M} 的版本", f"Restore the version of {when:%Y-%m-%d %H:%M}"
    )
    return Transaction(edits, title)


def made_again(report: Path, version: Version) -> Path:
    """Make a report that is gone again, as it was in a version.

    Raises:
        DocumentError: The version cannot be read.
        SaveError: It cannot be written, or there is a file of that name by now.
    """
    return save(report, document_of(version).encode(), expected_sha256=None).path


def keep_present(report: Path, content: bytes, now: datetime) -> None:
    """Keep the present state among the versions.

    Raises:
        SaveError: It cannot be kept; then nothing may take its place.
    """
    if set_aside(report, content, now):
        raise SaveError(
            Text(
                "现在的内容没能留存到历史版本，所以没有还原。",
                "The present state could not be kept in the history, so nothing was restored.",
            ),
            hint=Text(
                "请核对文件夹的写入权限和磁盘空间，再试一次。",
                "Check that the folder may be written and has room, and try again.",
            ),
            where=str(report),
        )
