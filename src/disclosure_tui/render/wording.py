"""Puts findings and places of the form into words. A pure function of form, data and language."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import (
    Argument,
    Finding,
    LabelOf,
    Message,
    Place,
    Severity,
    Term,
    Terms,
)
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import Pointer

__all__ = ["SEVERITY_COUNTS", "Wording", "number_text"]

SEVERITY_COUNTS = {
    Severity.ERROR: Text("错误", "errors"),
    Severity.QUERY: Text("待核实", "queries"),
    Severity.WARNING: Text("提示", "warnings"),
    Severity.NOTE: Text("参考", "notes"),
}
"""What findings of a severity are called behind their number."""


def number_text(value: int | Decimal | str) -> str:
    """Return a figure for a sentence: exact, never in powers of ten."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Wording:
    """Words for one report.

    Attributes:
        form: Whose labels are used, with the report's entry rows.
        language: The language of the sentences.
        year: The report year, or None while it is blank.
    """

    form: Form
    language: Language
    year: int | None = None

    def message(self, message: Message) -> str:
        """Fill a template."""
        filled = {name: self._argument(value) for name, value in message.arguments.items()}
        return message.template.in_(self.language).format_map(filled)

    def line(self, finding: Finding) -> str:
        """Return the status line of a finding, with its mark."""
        return f"{finding.severity.mark} {self.message(finding.line)}"

    def panel(self, finding: Finding) -> str:
        """Return the full text of a finding; one of an overlay ends with the overlay's name."""
        text = self.message(finding.message)
        overlay = self.form.overlay_of(finding)
        if overlay is None:
            return text
        title = overlay.title(self.language)
        return text + Text(f"（{title}）", f" ({title})").in_(self.language)

    def text(self, text: Text) -> str:
        """Return a text in the language of the words."""
        return text.in_(self.language)

    def path(self, pointer: Pointer) -> str:
        """Return the short path of a place: 表三 一、新收 自然人. Empty for the report itself."""
        node = self.form.place(pointer)
        if node is None:
            return self._unknown(pointer)
        section = self.form.section_of(pointer)
        parts = [] if section is None else [section.label.short(self.language)]
        parts.extend(self._inner(node, section))
        return " ".join(part for part in parts if part)

    def _inner(self, node: Node, section: Node | None) -> Iterator[str]:
        """Yield the labels below the section."""
        row = self.form.nearest(node.pointer, Role.ROW)
        if row is not None:
            yield row.label.short(self.language)
            if node.pointer != row.pointer:
                yield self.column(node.pointer)
        elif node is not section:
            yield node.label.short(self.language)

    def _unknown(self, pointer: Pointer) -> str:
        """Name a place that the form does not have by the nearest one and the keys below."""
        for length in range(len(pointer) - 1, 0, -1):
            if self.form.place(pointer[:length]) is not None:
                return f"{self.path(Pointer(pointer[:length]))} {'.'.join(pointer[length:])}"
        return ".".join(pointer)

    def table(self, pointer: Pointer) -> str:
        """Return the short label of the section that holds a place."""
        section = self.form.section_of(pointer)
        return "" if section is None else section.label.short(self.language)

    def row(self, pointer: Pointer, *, exact: bool = False) -> str:
        """Return the label of the row that holds a cell; outside rows that of the place."""
        node = self.form.nearest(pointer, Role.ROW) or self.form.place(pointer)
        if node is None:
            return pointer.key
        return node.label.title(self.language) if exact else node.label.short(self.language)

    def column(self, pointer: Pointer, *, exact: bool = False) -> str:
        """Return the label of the column of a cell, merged headers in the data included."""
        row = self.form.nearest(pointer, Role.ROW)
        if row is None or row.pointer == pointer:
            return self.row(pointer, exact=exact)
        labels = []
        for length in range(len(row.pointer) + 1, len(pointer) + 1):
            node = self.form.place(pointer[:length])
            if node is not None and node.label:
                label = node.label
                labels.append(label.title(self.language) if exact else label.short(self.language))
        return " ".join(labels) or pointer.key

    def label_of(self, slot: LabelOf) -> str:
        """Return what fills a slot."""
        match slot.place:
            case Place.PATH:
                return self.path(slot.pointer)
            case Place.TABLE:
                return self.table(slot.pointer)
            case Place.ROW | Place.ROW_TITLE:
                return self.row(slot.pointer, exact=slot.place is Place.ROW_TITLE)
            case Place.COLUMN | Place.COLUMN_TITLE:
                return self.column(slot.pointer, exact=slot.place is Place.COLUMN_TITLE)
            case Place.YEAR:
                return "" if self.year is None else str(self.year)
            case Place.YEAR_BEFORE:
                return "" if self.year is None else str(self.year - 1)

    def _argument(self, value: Argument) -> str:
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, Text):
            return value.in_(self.language)
        if isinstance(value, LabelOf):
            return self.label_of(value)
        if isinstance(value, Terms):
            return self._terms(value)
        return number_text(value)

    def _terms(self, terms: Terms) -> str:
        """Write a worked sum: 一、新收 3 + 二、上年结转 1."""
        written = []
        for index, term in enumerate(terms.terms):
            sign = "-" if term.coefficient < 0 else "+"
            body = self._term(term, terms.named)
            if index:
                written.append(f" {sign} {body}")
            else:
                written.append(body if sign == "+" else f"-{body}")
        return "".join(written)

    def _term(self, term: Term, named: Place | None) -> str:
        value = "?" if term.value is None else number_text(term.value)
        if isinstance(term.value, int | Decimal) and term.value < 0:
            value = f"({value})"
        size = term.coefficient if term.coefficient >= 0 else -term.coefficient
        if size != 1:
            value = f"{number_text(size)} * {value}"
        if named is None or term.pointer is None:
            return value
        label = self.label_of(LabelOf(term.pointer, named))
        if term.prior:
            label = f"{self.form.report_type.last.in_(self.language)} {label}"
        return f"{label} {value}"
