"""What a check has to say: findings as data, worded only where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, Union

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.pointer import ROOT, Pointer

__all__ = [
    "Argument",
    "Finding",
    "Findings",
    "Fix",
    "Identity",
    "LabelOf",
    "Message",
    "Place",
    "Quote",
    "Severity",
    "State",
    "Term",
    "Terms",
]


class Severity(Enum):
    """How much a finding weighs, worst first; the value is the name used in files and options."""

    ERROR = "error"
    """Must be corrected."""
    QUERY = "query"
    """Must be corrected or explained."""
    WARNING = "warning"
    """Worth a look."""
    NOTE = "note"
    """For information."""

    @property
    def mark(self) -> str:
        """The one ASCII character printed for it, the same in both languages."""
        return _MARKS[self]

    @property
    def weight(self) -> int:
        """0 for the worst."""
        return _WEIGHTS[self]


_MARKS = {Severity.ERROR: "!", Severity.QUERY: "?", Severity.WARNING: "*", Severity.NOTE: "."}
_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


class State(Enum):
    """Where a finding stands."""

    OPEN = "open"
    EXPLAINED = "explained"
    LAPSED = "lapsed"
    UNDECIDED = "undecided"
    DISMISSED = "dismissed"


class Place(Enum):
    """How a pointer is put into words."""

    PATH = "path"
    """The short path: 表三 一、新收 自然人."""
    TABLE = "table"
    """The short label of its section: 表三."""
    ROW = "row"
    """The row's short label: 一、新收."""
    ROW_TITLE = "row title"
    """The row as printed: 一、本年新收政府信息公开申请数量."""
    COLUMN = "column"
    """The column's short label: 企业."""
    COLUMN_TITLE = "column title"
    """The column as printed: 商业企业."""
    YEAR = "year"
    """The report year; no label, but what every message may name."""
    YEAR_BEFORE = "year before"


@dataclass(frozen=True, slots=True)
class LabelOf:
    """A slot that is filled with a label of the form."""

    pointer: Pointer
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a worked example.

    Attributes:
        coefficient: What the value is multiplied with, sign included.
        pointer: The cell, or None for a constant.
        value: The figure; None where it is blank.
        prior: The cell stands in last year's report.
    """

    coefficient: int | Decimal
    pointer: Pointer | None
    value: int | Decimal | str | None
    prior: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """A worked sum: 一、新收 3 + 二、上年结转 1.

    Attributes:
        terms: In the order of the rule.
        named: How the cells are named; None: the figures alone, 3 + 1.
    """

    terms: tuple[Term, ...]
    named: Place | None = None


Argument: TypeAlias = Union[str, int, Decimal, Text, LabelOf, Terms, "Message"]


@dataclass(frozen=True, slots=True)
class Message:
    """A template with named slots, and what fills them. `render.wording` makes the sentence."""

    template: Text
    arguments: Mapping[str, Argument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that would settle the finding: offered, never applied unasked."""

    title: Text
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class Quote:
    """The piece of a prose section that a finding is about.

    Attributes:
        pointer: The section.
        start: Offset of its first character in the section's text, from 0.
        end: Offset behind its last character.
        text: The sentence, on one line.
    """

    pointer: Pointer
    start: int
    end: int
    text: str


Identity: TypeAlias = tuple[str, Pointer, str]
"""Rule, level and instance: what makes two findings of two checks the same one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check.

    Attributes:
        rule: Stable id of the rule: `T3-BAL`, `schema.maximum`.
        level: Where the rule is declared.
        instance: Which repetition of the rule, in model keys; empty if it has only one.
        severity: How much it weighs.
        state: Where it stands.
        pointers: The values concerned, the primary one first.
        marked: How many of them, from the first, are marked on the form; 0: all. A sum marks
            its total alone, or a wrong column would be marked from top to bottom.
        line: One sentence for the status line, at most 78 columns.
        message: The full text: place, both sides, difference, what to do.
        left: Exact value of the left side, if the rule compares.
        right: Exact value of the right side.
        difference: Left minus right.
        authority: The legal clause behind the rule.
        fix: A change to offer.
        reason: Why an undecided one is: `blank`, `no_prior`.
        quote: The sentence that a finding in prose is about.
        values: What it was decided on, by pointer; of last year's report behind `prior:`.
            An explanation holds as long as they stay.
        digest: What tells one formula of the rule from another; empty for types of values.
        explanation: Position of the entry of `explanations` that answers it, or None.
    """

    rule: str
    level: Pointer
    instance: str
    severity: Severity
    state: State
    pointers: tuple[Pointer, ...]
    line: Message
    message: Message
    left: int | Decimal | str | None = None
    right: int | Decimal | str | None = None
    difference: int | Decimal | None = None
    authority: Text | None = None
    fix: Fix | None = None
    reason: str = ""
    marked: int = 0
    quote: Quote | None = None
    values: Mapping[str, int | Decimal | str | None] = field(default_factory=dict)
    digest: str = ""
    explanation: int | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same finding in another check."""
        return self.rule, self.level, self.instance

    @property
    def primary(self) -> Pointer:
        """The value that the finding is shown at."""
        return self.pointers[0] if self.pointers else self.level

    @property
    def counts(self) -> bool:
        """Tell whether something is still to do: open or lapsed."""
        return self.state in (State.OPEN, State.LAPSED)


class Findings:
    """The findings of one check, worst first in the order of the form."""

    __slots__ = ("_at", "_marks", "all")

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.all: tuple[Finding, ...] = tuple(findings)
        # Found out when first asked for: a batch never asks.
        self._at: dict[Pointer, list[Finding]] | None = None
        self._marks: dict[Pointer, Severity] | None = None

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self.all == other.all

    __hash__ = None  # type: ignore[assignment]

    @property
    def open(self) -> tuple[Finding, ...]:
        """Those with something to do, in the order of the form."""
        return tuple(finding for finding in self.all if finding.counts)

    def at(self, pointer: Pointer) -> tuple[Finding, ...]:
        """Return the open findings that name this value, worst first."""
        if self._at is None:
            self._at = {}
            for finding in self.all:
                for place in finding.pointers:
                    self._at.setdefault(place, []).append(finding)
        found = [finding for finding in self._at.get(pointer, ()) if finding.counts]
        return tuple(sorted(found, key=lambda finding: finding.severity.weight))

    def mark(self, pointer: Pointer) -> Severity | None:
        """Return the worst weight with which a value is marked on the form."""
        if self._marks is None:
            self._marks = {}
            for finding in self.open:
                for place in finding.pointers[: finding.marked or None]:
                    known = self._marks.get(place)
                    if known is None or finding.severity.weight < known.weight:
                        self._marks[place] = finding.severity
        return self._marks.get(pointer)

    def below(self, pointer: Pointer) -> tuple[Finding, ...]:
        """Return the open findings whose primary value lies at or below a pointer."""
        if pointer == ROOT:
            return self.open
        return tuple(f for f in self.open if f.primary.starts_with(pointer))

    def worst(self, pointer: Pointer = ROOT) -> Severity | None:
        """Return the weight of the worst open finding at or below a pointer."""
        severities = [finding.severity for finding in self.below(pointer)]
        return min(severities, key=lambda severity: severity.weight, default=None)
