"""The compiled, immutable shape of a report type: what a schema says, ready to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.difference import Differences
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
    readings: Mapping[str, str] = field(default_factory=dict)

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
    """

    identifier: str
    sha256: str
    report_type: ReportType
    root: Node
    resources: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

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

    def nearest(self, pointer: tuple[str, ...], *roles: Role) -> Node | None:
        """Return the node at the pointer or the nearest above it that has one of the roles."""
        for length in range(len(pointer), -1, -1):
            node = self.node(pointer[:length])
            if node is not None and node.role in roles:
                return node
        return None

    def section_of(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the innermost section that holds a pointer."""
        for length in range(len(pointer), -1, -1):
            node = self.node(pointer[:length])
            if node is not None and node.section is not None:
                return node
        return None

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
        return not any(
            node.entry is not None and node.entry in node.children for node in self._entry_nodes
        )

    def populated(self, report: Report) -> Form:
        """Return the form with the entry rows that a report has."""
        if not self.has_entries:
            return self
        return replace(self, root=_populate(self.root, self.root.pointer, report))

    def stays_populated(self, differences: Differences) -> bool:
        """Tell whether this populated form is also that of the report after some changes.

        It is unless entry rows came, went, changed places or are called by another name.
        """
        return not any(_renews(node, differences) for node in self._entry_nodes)

    @cached_property
    def _entry_nodes(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.entries is not None)


def _populate(node: Node, pointer: Pointer, report: Report) -> Node:
    """Copy a subtree to its place, each `*` made into the entries of the report."""
    children = tuple(_populate(child, pointer / child.key, report) for child in node.children)
    if node.entries is not None and node.entry is not None:
        children = tuple(_entry(node, pointer, key, report) for key in _entry_keys(pointer, report))
    moved = replace(node, pointer=pointer, children=children)
    if node.pointer == pointer:
        return moved
    declarations = tuple(
        replace(item, level=pointer.joined(item.level.below(node.pointer)))
        for item in node.declarations
    )
    return replace(moved, declarations=declarations)


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


def _entry_keys(pointer: Pointer, report: Report) -> tuple[str, ...]:
    entries = report.value_at(pointer)
    return tuple(str(key) for key in entries) if isinstance(entries, Mapping) else ()


def _entry(node: Node, pointer: Pointer, key: str, report: Report) -> Node:
    """Make the row of one entry, named by the report (dialect, `x-entries`)."""
    assert node.entry is not None
    assert node.entries is not None
    row = _populate(node.entry, pointer / key, report)
    names = node.entries.source or pointer
    name = report.value_at((*names, key, node.entries.label)) if node.entries.label else None
    text = {"": name if isinstance(name, str) and name else key}
    return replace(row, label=Label(text, text))
