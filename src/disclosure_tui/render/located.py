"""Findings of a batch with the places in their files: what finding formats write out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.form import Form
from disclosure_tui.model.schema_source import SchemaStamp
from disclosure_tui.model.suggestion import Standing, Suggestion

__all__ = ["LocatedFinding", "LocatedReport", "LocatedSuggestion"]


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding and where its value stands in the file; line and column from 1, or None."""

    finding: Finding
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class LocatedSuggestion:
    """A suggestion and where its first cell stands in the file; line and column, or None."""

    suggestion: Suggestion
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class LocatedReport:
    """One file of a batch, as finding formats need it.

    Attributes:
        file: As it was named.
        language: Language of its words.
        sha256: Digest of its bytes; empty where it could not be read.
        reason: Why it could not be checked, or None.
        where: Place in the file that the reason is about, or empty.
        form: Its form with entry rows, or None.
        year: Report year, or None.
        organ: Name of the office, or empty.
        title: Of the report, as printed.
        contact: Who prepared it and how to reach that person, or empty.
        stamp: Which schema it was checked by, or None.
        prior: What the report says of last year's, or None.
        rules: Number of rule instances by verdict.
        blank: Number of blanks that count.
        findings: Worst first.
        suggestions: What may be behind them, and what blanks can only be.
        notices: What the file itself should be told of: duplicate keys.
        explanations: The entries of the report, as they stand in the file.
    """

    file: str
    language: Language
    sha256: str = ""
    reason: Text | None = None
    where: str = ""
    form: Form | None = None
    year: int | None = None
    organ: str = ""
    title: str = ""
    contact: str = ""
    stamp: SchemaStamp | None = None
    prior: Mapping[str, Any] | None = None
    rules: Mapping[str, int] | None = None
    blank: int = 0
    findings: tuple[LocatedFinding, ...] = ()
    suggestions: tuple[LocatedSuggestion, ...] = ()
    notices: tuple[tuple[Text, int, int], ...] = ()
    explanations: tuple[Mapping[str, Any], ...] = ()

    @property
    def reason_place(self) -> tuple[int, int] | None:
        """Line and column that the reason is about, if it is about one."""
        line, _, column = self.where.removeprefix(f"{self.file}:").partition(":")
        if line.isdecimal() and column.isdecimal():
            return int(line), int(column)
        return None

    def suggestions_for(self, finding: Finding) -> tuple[Suggestion, ...]:
        """Return what may be behind a finding, and figures for the blanks it is about."""
        return tuple(
            item.suggestion
            for item in self.suggestions
            if finding.identity in item.suggestion.settles
            or (
                item.suggestion.standing is Standing.BLANK
                and item.suggestion.primary in finding.pointers
            )
        )
