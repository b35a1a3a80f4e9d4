"""The type of one value: what may stand there, how it is typed in and how it is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal, InvalidOperation

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.report import Plain, Scalar, structure

__all__ = ["CellType", "Code", "Meaning", "fold_width"]

_PRINTED_DATE = re.compile(
    r"(?P<year>[0-9]{4})\s*[-年/.]\s*(?P<month>[0-9]{1,2})\s*[-月/.]\s*(?P<day>[0-9]{1,2})\s*日?"
)
"""A date as forms print it and people type it: 2020年1月31日, 2020.1.31."""


class Meaning:
    """What a code in a figure's place stands for."""

    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Code:
    """A text that may stand in a figure's place (dialect, `x-cell.codes`).

    Attributes:
        text: As written and printed: `N/A`, `<1`.
        meaning: One of `Meaning`.
        lowest: Of a range, its least value.
        below: Of a range, the value it stays below.
        titles: What it says in words, by language, or empty.
    """

    text: str
    meaning: str
    lowest: int | Decimal | None = None
    below: int | Decimal | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


def fold_width(text: str) -> str:
    """Turn full-width digits, letters and signs, as an input method types them, into ASCII."""
    folded = "".join(
        unicodedata.normalize("NFKC", character) if "！" <= character <= "～" else character
        for character in text
    )
    return folded.replace("\u3000", " ").replace("、", "/").replace("。", ".")


@dataclass(frozen=True, slots=True)
class CellType:
    """The type of a scalar value, from its schema and its `x-cell`.

    Attributes:
        types: JSON Schema type names without `null`: integer, number, string, boolean.
        minimum: Least figure allowed, or None.
        maximum: Greatest figure allowed, or None.
        unit: Unit of measure by language, or empty.
        decimals: Digits allowed behind the point.
        signed: A positive figure is printed with its sign.
        codes: Texts allowed in a figure's place, by text.
        values: The allowed values of an enumeration, in order, with labels by language.
        format: `date` and the like, or empty.
        longest: Greatest number of characters, or None.
        shortest: Least number of characters, or None.
    """

    types: frozenset[str]
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    unit: Mapping[str, str] = field(default_factory=dict)
    decimals: int = 0
    signed: bool = False
    codes: Mapping[str, Code] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    format: str = ""
    longest: int | None = None
    shortest: int | None = None

    @property
    def numeric(self) -> bool:
        """Tell whether figures stand here; texts then only as declared codes."""
        return bool(self.types & {"integer", "number"})

    @property
    def integral(self) -> bool:
        """Tell whether only whole numbers are meant."""
        return "integer" in self.types and "number" not in self.types

    def read(self, text: str) -> Scalar:
        """Turn typed text into a value. Nothing is refused: what is no figure stays a text.

        Full-width digits, blanks inside a number and thousands commas, as they come from a
        spreadsheet, are understood, and a date as a form prints it. Empty text is a blank.
        """
        if not self.numeric:
            typed = _iso_date(text) if self.format == "date" else text
            return typed if text.strip() else None
        folded = fold_width(text).strip()
        if not folded:
            return None
        for code in self.codes:
            if folded.casefold() == code.casefold():
                return code
        return _figure(folded, text.strip())

    def show(self, value: Plain) -> str:
        """Return a value as it is printed; empty for a blank.

        What is no single value is a mistake of the file: only that it is a list or a map is shown.
        """
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            digits = format(value, "f") if isinstance(value, Decimal) else str(value)
            return f"+{digits}" if self.signed and value > 0 else digits
        return value if isinstance(value, str) else structure(value)

    def label(self, value: Plain, language: str) -> str:
        """Return the label of an enumerated value, or the value as printed."""
        labels = self.values.get(value, {}) if isinstance(value, str) else {}
        return labels.get(language) or next(iter(labels.values()), self.show(value))


def _iso_date(text: str) -> str:
    """Return a date as it is kept, or the text as it came if it is no date."""
    found = _PRINTED_DATE.fullmatch(fold_width(text).strip())
    if found is None:
        return text
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _figure(folded: str, typed: str) -> Scalar:
    compact = folded.replace(" ", "")
    head, _, tail = compact.partition(".")
    groups = head.lstrip("+-").split(",")
    if len(groups) > 1 and 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]):
        compact = head.replace(",", "") + ("." + tail if tail else "")
    if not compact.isascii() or not set(compact) <= set("0123456789+-."):
        return typed
    try:
        return int(compact) if "." not in compact else Decimal(compact)
    except (ValueError, InvalidOperation):
        return typed
