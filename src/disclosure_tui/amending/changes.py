"""What differs between two schemas, as data: places of the form, rules, and the words around."""

from __future__ import annotations

from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import LoadedReportType

__all__ = [
    "Aspect",
    "PlaceChange",
    "PlaceChangeKind",
    "RuleChange",
    "RuleChangeKind",
    "SchemaComparison",
    "Spot",
    "What",
]


class What(Enum):
    """What kind of place changed; the value is its name in the JSON output."""

    SECTION = "section"
    BLOCK = "block"
    GROUP = "group"
    ROW = "row"
    ENTRIES = "entries"
    COLUMN = "column"
    FIELD = "field"


class PlaceChangeKind(Enum):
    """What happened to a place; the value is its name in the JSON output."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    """It is called otherwise; its key stays."""
    MOVED = "moved"
    """It stands at another place, or before others than it did."""
    SPLIT = "split"
    """One place became several."""
    MERGED = "merged"
    """Several places became one."""
    CHANGED = "changed"
    """Its type, its limits or how it is printed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as one of the two forms has it.

    Attributes:
        pointer: Where it is.
        label: As printed.
    """

    pointer: Pointer
    label: Text


@dataclass(frozen=True, slots=True)
class Aspect:
    """One property that is different.

    Attributes:
        key: Its name in the JSON output.
        name: Its name in words.
        old: What it was; None where there was nothing.
        new: What it is; None where there is nothing.
    """

    key: str
    name: Text
    old: Text | None
    new: Text | None


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Something that happened to a place of the form.

    Attributes:
        kind: What happened.
        what: To what kind of place.
        heading: The section it is in, as printed; empty outside of sections.
        within: Block or group that holds it, as printed; empty directly below the heading.
        old: The places in the older form.
        new: The places in the newer form.
        rows: Of a column, the rows concerned; empty if all rows there are.
        cells: How many cells a place that came or went holds.
        aspects: What is different about it.
    """

    kind: PlaceChangeKind
    what: What
    heading: Text
    within: Text
    old: tuple[Spot, ...] = ()
    new: tuple[Spot, ...] = ()
    rows: tuple[Spot, ...] = ()
    cells: int = 0
    aspects: tuple[Aspect, ...] = ()


class RuleChangeKind(Enum):
    """What happened to a rule; the value is its name in the JSON output."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Something that happened to a rule.

    Attributes:
        kind: What happened.
        rule: Its id.
        level: Where it is declared, in the newer form unless it went.
        where: That place in words; empty for the report itself.
        old_severity: How much it weighed, or None.
        new_severity: How much it weighs, or None.
        formula: It in printed labels, in the newer form unless it went; empty for a rule about
            the types of values.
        description: What it checks.
        authority: The clause behind it, or None.
        aspects: What is different about it.
        is_formula_other: What it checks is different.
    """

    kind: RuleChangeKind
    rule: str
    level: Pointer
    where: Text
    old_severity: Severity | None
    new_severity: Severity | None
    formula: Text
    description: Text
    authority: Text | None = None
    aspects: tuple[Aspect, ...] = ()
    is_formula_other: bool = False

    @property
    def is_regraded(self) -> bool:
        """Tell whether it weighs more or less than before."""
        return self.kind is RuleChangeKind.CHANGED and self.old_severity is not self.new_severity

    @property
    def lapses(self) -> bool:
        """Tell whether explanations written so far lapse; an error never had one."""
        return self.is_formula_other and self.old_severity is not Severity.ERROR


@dataclass(frozen=True, slots=True)
class SchemaComparison:
    """Everything that differs between two schemas.

    Attributes:
        old: The older one.
        new: The newer one.
        head: What holds for the report as a whole: years, authority, title.
        places: In the order of the newer form.
        rules: In the order of the newer form, those that went at the end.
    """

    old: LoadedReportType
    new: LoadedReportType
    head: tuple[Aspect, ...]
    places: tuple[PlaceChange, ...]
    rules: tuple[RuleChange, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing that matters is different."""
        return not (self.head or self.places or self.rules)

    def count(self, kind: PlaceChangeKind, what: What) -> int:
        """Return how many places of a kind something happened to."""
        return sum(change.kind is kind and change.what is what for change in self.places)
