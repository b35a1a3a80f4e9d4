"""Opens a report file: its document, and the report type it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes

__all__ = ["open_document", "report_type_name"]


def open_document(path: Path) -> Document:
    """Read a report file.

    Raises:
        DocumentError: It cannot be read.
    """
    return Document.read(read_bytes(path), str(path))


def report_type_name(document: Document) -> str:
    """Return the report type that a document names.

    Raises:
        DocumentError: It names none.
    """
    name = document.data.get("report_type") if isinstance(document.data, Mapping) else None
    if isinstance(name, str) and name:
        return name
    raise DocumentError(
        Text("文件没有写明报告种类（report_type）", "the file does not say its report_type"),
        hint=Text(
            "请核对是不是报告文件；报告开头写 report_type，可用的种类见 disclosure schema list",
            "is it a report? a report begins with report_type; see disclosure schema list",
        ),
        where=document.name,
    )
