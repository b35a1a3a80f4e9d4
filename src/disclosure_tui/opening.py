"""Opens a report file: its document, and the report type and version it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.schema.pins import Pin
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes

__all__ = ["open_document", "pin_of", "report_type_name", "report_type_of"]


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


def pin_of(document: Document) -> Pin | None:
    """Return the version of its schema that a report asks for (`schema`), or None."""
    asked = document.data.get("schema") if isinstance(document.data, Mapping) else None
    if not isinstance(asked, Mapping):
        return None
    place = document.locate(_PIN)
    where = document.name if place is None else f"{document.name}:{place.line}:{place.column}"
    return Pin.of(asked, where)


def report_type_of(document: Document, path: Path, report_types: ReportTypes) -> LoadedReportType:
    """Return what a document is a report of, in the version it asks for.

    Args:
        document: The report.
        path: Its file: schemas are looked for from there.
        report_types: Where its report type is looked up.

    Raises:
        DocumentError: It names none.
        SchemaError: It is not known, or not in that version.
    """
    return report_types.load(report_type_name(document), path.parent, pin_of(document))


_PIN = Pointer.of("schema")
