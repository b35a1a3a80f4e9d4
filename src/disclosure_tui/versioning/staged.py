"""Reports as they are staged for the next commit, checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure_tui.batch import SUFFIXES, Checked, check_document
from disclosure_tui.errors import DisclosureError
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.store.document import Document
from disclosure_tui.versioning.repository import Repository

__all__ = ["check_staged"]


def check_staged(
    repository: Repository, files: Sequence[Path], report_types: ReportTypes
) -> Iterator[Checked]:
    """Check what the next commit would hold, not what the working copy does.

    Other files than reports are passed over, and hidden ones: earlier versions for instance.

    Args:
        repository: The repository.
        files: The files to check as they are staged; none: those staged for the next commit.
        report_types: The report types that are known.
    """
    names = [repository.name_of(file) for file in files] or repository.staged_names()
    for name in names:
        hidden = any(part.startswith(".") for part in Path(name).parts)
        content = repository.staged(name) if name.endswith(SUFFIXES) and not hidden else None
        if content is None or b"report_type" not in content.replace(b"\0", b""):
            continue
        path = repository.top / name
        try:
            document = Document.read(content, name)
        except DisclosureError as error:
            yield Checked(Path(name), error=error)
            continue
        yield check_document(document, path, report_types)
