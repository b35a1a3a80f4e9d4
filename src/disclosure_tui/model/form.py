"""The compiled, immutable shape of a report type: what a schema says, ready to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.difference import Differences
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.node import (
    ANY_ENTRY,
    ColumnHeader,
    Declaration,
    Entries,
    FindingPolicy,
    Label,
    Node,
    Role,
    Rows,
    SectionMark,
    localized,
)
from disclosure_tui.model.origin import Overlay
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Report

__all__ = [
    "ANY_ENTRY",
    "ColumnHeader",
    "Declaration",
    "Entries",
    "FindingPolicy",
    "Form",
    "Label",
    "Node",
    "PriorType",
    "ReportType",
    "Role",
    "Rows",
    "SectionMark",
    "localized",
]


@dataclass(frozen=True, slots=True)
class PriorType:
    """A report type that last year's report may have (dialect, `x-report.prior`).

    Attributes:
        name: `gov-info-annual/2019`.
        without: Paths that have no counterpart in it.
        renamed: Paths of this form to those of the other.
    """

    name: str
    without: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportType:
    """What `x-report` says of the report as a whole.

    Attributes:
        kind: `gov-info-annual`.
        edition: `2021`.
        version: Version of the schema: `2026.1`.
        first_year: First report year of this edition, or None.
        last_year: Last report year, or None while it is in force.
        language: The form's own language.
        title: Template of the report's title.
        authority: The notice that prescribes the form.
        period: Templates of the statistic period: `start` and `end`.
        prior: What last year's report may be.
        within_year: Where the number of the period within the year stands; empty: it is yearly.
        readings: Letters that a character of a label may be typed with, where there are several.
    """

    kind: str
    edition: str
    version: str
    first_year: int | None = None
    last_year: int | None = None
    language: Language = Language.CHINESE
    title: str = ""
    authority: Text | None = None
    period: Mapping[str, str] = field(default_factory=dict)
    prior: tuple[PriorType, ...] = ()
    within_year: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Text:
        """What the report before is called: last year's, or that of the period before."""
        return Text("上期", "last period") if self.within_year else Text("上年", "last year")

    @property
    def name(self) -> str:
        """What stands in a report file: `gov-info-annual/2021`."""
        return f"{self.kind}/{self.edition}"


@dataclass(frozen=True)
class Form:
    """The shape of a report type.

    Attributes:
        identifier: `$id` of the schema.
        sha256: Digest of the schema file's bytes.
        report_type: What holds for the report as a whole.
        root: The tree of nodes.
        resources: The schema and all embedded in it, by `$id`, as plain JSON values; for
            validators that need the whole.
        overlay: What a district adds to the report type, or None.
    """

    identifier: str
    sha256: str
    report_type: ReportType
    root: Node
    resources: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    overlay: Overlay | None = None

    @property
    def entrance(self) -> str:
        """`$id` of the resource that a validator starts from: it takes over all others."""
        return self.identifier if self.overlay is None else self.overlay.identifier

    def overlay_of(self, finding: Finding) -> Overlay | None:
        """Return the overlay that a finding comes from, or None: it is the report type's own.

        It comes from the overlay if that declares the rule, weighs it anew, or has added the
        place that the finding is shown at.
        """
        if self.overlay is None:
            return None
        level = self.place(finding.level)
        for declared in level.declarations if level is not None else ():
            if declared.identifier == finding.rule:
                weighed = any("severity" in change.said for change in declared.changes)
                return self.overlay if declared.added or weighed else None
        shown = self.place(finding.primary)
        return self.overlay if shown is not None and shown.added else None

    @cached_property
    def nodes(self) -> Mapping[Pointer, Node]:
        """Every node by its pointer, in printed order."""
        return {node.pointer: node for node in self.root.walk()}

    @cached_property
    def sections(self) -> tuple[Node, ...]:
        """The sections as printed."""
        return tuple(node for node in self.nodes.values() if node.section is not None)

    @cached_property
    def tables(self) -> tuple[Node, ...]:
        """The tables as printed."""
        return tuple(node for node in self.nodes.values() if node.role is Role.TABLE)

    @cached_property
    def cells(self) -> tuple[Node, ...]:
        """The figures of all tables."""
        return tuple(node for node in self.nodes.values() if node.role is Role.CELL)

    @cached_property
    def amounts(self) -> tuple[Node, ...]:
        """The figures of all tables that may have decimals."""
        return tuple(node for node in self.cells if node.cell and not node.cell.integral)

    def node(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the node at a pointer, or None if the form knows no such place."""
        # A pointer is a tuple and hashes as one.
        return self.nodes.get(pointer)  # type: ignore[call-overload, no-any-return]

    def place(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the node at a pointer, also in an entry row that the report does not have."""
        node = self.node(pointer)
        if node is not None or not self.has_entries:
            return node
        found: Node | None = self.root
        for key in pointer:
            found = found.at(key) if found is not None else None
        return found

    def was_there(self, pointer: tuple[str, ...]) -> bool:
        """Tell whether last year's report has the entry rows that a place lies in."""
        for length in range(len(pointer)):
            node = self.place(pointer[:length])
            if node is not None and node.entries is not None and pointer[length] not in node.former:
                return False
        return True

    def nearest(self, pointer: tuple[str, ...], *roles: Role) -> Node | None:
        """Return the node at the pointer or the nearest above it that has one of the roles."""
        return next((node for node in self.upward(pointer) if node.role in roles), None)

    def section_of(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the innermost section that holds a pointer."""
        return next((node for node in self.upward(pointer) if node.section is not None), None)

    def upward(self, pointer: tuple[str, ...]) -> Iterator[Node]:
        """Yield the node at the pointer and those above it, the root last."""
        for length in range(len(pointer), -1, -1):
            node = self.place(pointer[:length])
            if node is not None:
                yield node

    def rows(self, at: tuple[str, ...] = ROOT) -> tuple[Node, ...]:
        """Return the rows at or below a pointer, in printed order."""
        start = self.node(at)
        if start is None:
            return ()
        return tuple(node for node in start.walk() if node.role is Role.ROW)

    @cached_property
    def has_entries(self) -> bool:
        """Tell whether the filer can add rows."""
        return any(node.entries is not None for node in self.nodes.values())

    @cached_property
    def may_lack_entries(self) -> bool:
        """Tell whether this is a form with the entry rows of a report, which may have none.

        Before, every kind of entry row stands in it once, and a path must name one.
        """
        if not self.has_entries:
            return False
        return not any(node.holds_any_entry for node in self.entry_nodes)

    def populated(self, report: Report, before: Report | None = None) -> Form:
        """Return the form with the entry rows that a report has.

        Args:
            report: The report.
            before: Last year's report, at the places of this form.
        """
        if not self.has_entries:
            return self
        root = self.root.populated(self.root.pointer, report, before or _NOTHING)
        return replace(self, root=root)

    def stays_populated(self, differences: Differences) -> bool:
        """Tell whether this populated form is also that of the report after some changes.

        It is unless entry rows came, went, changed places or are called by another name.
        """
        return not any(_renews(node, differences) for node in self.entry_nodes)

    @cached_property
    def entry_nodes(self) -> tuple[Node, ...]:
        """The places where the filer adds rows."""
        return tuple(node for node in self.nodes.values() if node.entries is not None)


_NOTHING = Report({})


def _renews(node: Node, differences: Differences) -> bool:
    """Tell whether changes touch the keys or the names of entry rows."""
    assert node.entries is not None
    if node.pointer in differences.maps:
        return True
    names = node.entries.source or node.pointer
    label = node.entries.label
    for place in differences.values:
        if node.pointer.starts_with(place):
            return True
        if label and (Pointer(names).starts_with(place) or place[: len(names)] == names):
            below = place[len(names) :]
            if len(below) < 2 or below[1] == label:
                return True
    return False
