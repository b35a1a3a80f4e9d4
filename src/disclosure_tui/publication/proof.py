"""What comes of comparing a published copy with the report file."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.schema_source import SchemaStamp

__all__ = ["CellDifference", "Fault", "NotRead", "Proof", "TextDifference"]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A figure that differs.

    Attributes:
        pointer: Its place in the report.
        label: Its place in words.
        report: As the report has it; empty for a blank.
        page: As the page has it.
    """

    pointer: Pointer
    label: str
    report: str
    page: str


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A sentence that differs.

    Attributes:
        pointer: The section; the root for the title, `signature` for the end.
        label: Its heading.
        report: As the report has it, or None: it is on the page only.
        page: As the page has it, or None: the page lacks it.
    """

    pointer: Pointer
    label: str
    report: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A heading, number, table or label that is not as the form prescribes.

    Attributes:
        rule: S-HEADING, S-NUMBERING, S-TABLE or S-LABEL.
        severity: How much it weighs.
        pointer: The section or table.
        message: What is wrong, and what to do.
    """

    rule: str
    severity: Severity
    pointer: Pointer
    message: Text


@dataclass(frozen=True, slots=True)
class NotRead:
    """What could not be read off the page, and so was compared with nothing.

    Attributes:
        pointers: Places in the report.
        label: The place in words.
        reason: Why.
    """

    pointers: tuple[Pointer, ...]
    label: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome.

    Attributes:
        file: The report file.
        sha256: Digest of its bytes.
        page: The published copy.
        page_sha256: Digest of its bytes.
        page_format: `html`, `docx` and so on.
        report_type: `gov-info-annual/2021`.
        language: Language of the sentences.
        cells: How many figures the form has.
        compared: How many of them were read and compared.
        differences: Figures that differ, in printed order.
        texts: Sentences that differ, in printed order.
        faults: Headings and labels.
        unread: What could not be read.
        remarks: What else a reviewer should know.
        schema: Which schema the form is of, or None.
    """

    file: str
    sha256: str
    page: str
    page_sha256: str
    page_format: str
    report_type: str
    language: Language
    cells: int
    compared: int
    differences: tuple[CellDifference, ...] = ()
    texts: tuple[TextDifference, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: tuple[NotRead, ...] = ()
    remarks: tuple[Text, ...] = ()
    schema: SchemaStamp | None = None

    @property
    def is_same(self) -> bool:
        """Tell whether nothing that was read differs."""
        return not (self.differences or self.texts or self.faults)
