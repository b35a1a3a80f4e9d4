"""Findings of a batch with the places in their files: what finding formats write out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.form import Form

__all__ = ["LocatedFinding", "LocatedReport"]


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding and where its value stands in the file; line and column from 1, or None."""

    finding: Finding
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
        origin: Where the schema came from.
        prior: What the report says of last year's, or None.
        rules: Number of rule instances by verdict.
        blank: Number of blanks that count.
        findings: Worst first.
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
    origin: str = ""
    prior: Mapping[str, Any] | None = None
    rules: Mapping[str, int] | None = None
    blank: int = 0
    findings: tuple[LocatedFinding, ...] = ()
    notices: tuple[tuple[Text, int, int], ...] = ()
    explanations: tuple[Mapping[str, Any], ...] = ()
