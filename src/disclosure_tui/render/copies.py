"""A copy of a report that leaves the program: what every export format writes out.

The grids are those of the screen, without marks; a format adds nothing and leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.schema_source import SchemaStamp
from disclosure_tui.render.grid import GridCell
from disclosure_tui.render.view import ReportView

__all__ = [
    "DRAFT_SIGN",
    "Appendix",
    "Balance",
    "Copy",
    "CopyKind",
    "Figure",
    "Provenance",
    "Sum",
    "appendix_lines",
    "rows_of",
]

DRAFT_SIGN = Text("草稿，未定稿", "Draft, not final")
"""What stands on every page of a draft."""


class CopyKind(Enum):
    """Whom a copy is for."""

    PUBLIC = "public"
    SIGN_OFF = "sign-off"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a copy comes from, so that it can be traced.

    Attributes:
        schema: Format, version, digest and origin of the schema.
        report_sha256: Digest of the report file.
    """

    schema: SchemaStamp
    report_sha256: str

    def line(self, language: Language) -> str:
        """Return it as one line under the report."""
        report = Text(
            f"报告文件校验码 {self.report_sha256}；",
            f"Digest of the report file {self.report_sha256}; ",
        )
        return (report + self.schema.words(public=True)).in_(language)


@dataclass(frozen=True, slots=True)
class Appendix:
    """The pages of a sign-off copy that the public does not see.

    Attributes:
        people: What is said of those who prepared and answer for it: label and value.
        findings: What is open: mark and sentence.
        explanations: What was explained: the finding's sentence, reason and text, by whom, when.
    """

    people: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]
    explanations: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with all that names it, for a long table.

    Attributes:
        table: Short label of its table.
        table_key: Its place: `/requests`.
        row: The row's exact label.
        row_key: The row's path in the table: `results.granted`.
        column: The column's exact label.
        column_key: The column's path in the row.
        pointer: Its place in the report.
        value: As printed; empty while blank.
        unit: Its unit of measure, or empty.
        number: What it is as a number, as text without a unit; empty for blank and codes.
    """

    table: str
    table_key: str
    row: str
    row_key: str
    column: str
    column_key: str
    pointer: str
    value: str
    unit: str
    number: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that is the sum of others, for a sheet that calculates.

    Attributes:
        target: Pointer of the total.
        parts: Pointers of what is added.
    """

    target: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What figures must add up to, for a sheet that shows whether they do.

    Attributes:
        rule: Identifier of the rule: `T3-BAL`.
        formula: The rule in printed labels: 一、新收 + 二、上年结转 = （七）总计 + 四、结转下年.
        terms: Pointer of each figure, and what it is multiplied by. The sum has to be 0.
        constant: What is added to the sum.
    """

    rule: str
    formula: str
    terms: tuple[tuple[str, int | Decimal], ...]
    constant: int | Decimal


@dataclass(frozen=True, slots=True)
class Copy:
    """A report ready to be written in any format.

    Attributes:
        view: Title, sections, signature.
        kind: Whom it is for.
        is_draft: Every page says that it is one.
        provenance: Where it comes from.
        organ: Name of the office.
        year: Report year as printed, or empty.
        figures: All figures of the tables, in printed order.
        sums: Which of them are sums of others.
        balances: What else they must add up to.
        appendix: For a sign-off copy.
    """

    view: ReportView
    kind: CopyKind
    is_draft: bool
    provenance: Provenance
    organ: str
    year: str
    figures: tuple[Figure, ...]
    sums: tuple[Sum, ...] = ()
    balances: tuple[Balance, ...] = ()
    appendix: Appendix | None = None

    @property
    def language(self) -> Language:
        """The language of all words."""
        return self.view.language

    def say(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return Text(zh, en).in_(self.language)

    @property
    def sign(self) -> str:
        """What stands on every page besides the report, or nothing."""
        signs = []
        if self.kind is CopyKind.SIGN_OFF:
            signs.append(self.say("送审稿", "For sign-off"))
        if self.is_draft:
            signs.append(DRAFT_SIGN.in_(self.language))
        return self.say("，", ", ").join(signs)


def appendix_lines(copy: Copy) -> Iterator[str]:
    """Yield what a sign-off copy says at its end, for formats without pages: a line each."""
    appendix = copy.appendix
    if appendix is None:
        return
    for label, value in appendix.people:
        yield copy.say(f"{label}：{value}", f"{label}: {value}")
    for mark, sentence in appendix.findings:
        yield f"{mark} {sentence}"
    for sentence, text, signed in appendix.explanations:
        yield sentence
        yield copy.say(f"说明：{text} {signed}", f"Explanation: {text} {signed}")


def rows_of(cells: tuple[GridCell, ...], count: int) -> Iterator[list[GridCell]]:
    """Yield the cells of each grid row that begin in it, from left to right."""
    rows: list[list[GridCell]] = [[] for _ in range(count)]
    for cell in cells:
        rows[cell.row].append(cell)
    for row in rows:
        yield sorted(row, key=lambda cell: cell.column)
