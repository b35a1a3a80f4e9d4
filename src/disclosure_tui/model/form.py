"""The compiled, immutable shape of a report type: what a schema says, ready to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Report

__all__ = [
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

ANY_ENTRY = "*"
"""The key that stands for every entry in the compiled form of entry rows."""


def localized(texts: Mapping[str, str], language: Language) -> str:
    """Pick the text of a language; without one, the first that there is."""
    return texts.get(language.value) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a node, by language tag.

    Attributes:
        titles: Exact, as printed.
        shorts: For status line and messages; complete in itself: （三）1.国家秘密.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    shorts: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.titles)

    def title(self, language: Language) -> str:
        """Return the label as printed."""
        return localized(self.titles, language)

    def short(self, language: Language) -> str:
        """Return the short label, or the printed one where there is none."""
        return localized(self.shorts, language) or self.title(language)


class Role(Enum):
    """What a node is on the form."""

    REPORT = "report"
    MAP = "map"
    """An object outside tables: 单位名称 and its like; children are fields."""
    OPEN_MAP = "open map"
    """An object with keys of the filer's choice: notes, remarks."""
    LIST = "list"
    TABLE = "table"
    BLOCK = "block"
    """A child of a stacked table, with a caption and columns of its own."""
    GROUP = "group"
    ENTRIES = "entries"
    ROW = "row"
    COLUMN_GROUP = "column group"
    """An object inside a row."""
    CELL = "cell"
    PROSE = "prose"
    FIELD = "field"


class Rows(Enum):
    """How the rows of a table are printed (dialect, `x-table.rows`)."""

    DOWN = "down"
    ACROSS = "across"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class SectionMark:
    """A node that is a section of the printed report.

    Attributes:
        number: 一, 二, V.A; empty if the section has none (it is then optional).
        heading: By language, where it differs from the label.
        when: Condition under which the section exists, or empty.
    """

    number: str = ""
    heading: Mapping[str, str] = field(default_factory=dict)
    when: str = ""


@dataclass(frozen=True, slots=True)
class ColumnHeader:
    """A node of the column header tree of a row.

    Attributes:
        label: What is printed over the column or the columns.
        path: The cell below the row, for a leaf; empty for a merged header.
        columns: What a merged header stands over.
    """

    label: Label
    path: tuple[str, ...] = ()
    columns: tuple[ColumnHeader, ...] = ()

    def leaves(self) -> Iterator[ColumnHeader]:
        """Yield the columns under this header, left to right."""
        if not self.columns:
            yield self
        for header in self.columns:
            yield from header.leaves()

    @property
    def depth(self) -> int:
        """Number of header rows it needs."""
        return 1 + max((header.depth for header in self.columns), default=0)


@dataclass(frozen=True, slots=True)
class FindingPolicy:
    """Name and weight of a kind of conformance finding (dialect, `x-findings`)."""

    rule: str
    severity: Severity
    off: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """One item of `x-rules`, not yet bound to its kind.

    Attributes:
        identifier: `T3-BAL`.
        level: The node that declares it.
        item: The item as written in the schema, overrides of an extension merged in.
        origin: File and pointer in the schema, for messages about the rule.
    """

    identifier: str
    level: Pointer
    item: Mapping[str, Any]
    origin: str


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows added by the filer (dialect, `x-entries`).

    Attributes:
        label: Property of the row printed as its header; empty: the key.
        source: Path from the root of the map whose keys and labels these use; empty: none.
        complete: Every key of the source must have its row here.
        most: Greatest number of entries.
    """

    label: str = ""
    source: tuple[str, ...] = ()
    complete: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the form, with all that is known of it.

    Attributes:
        pointer: Its address; `*` stands for every entry.
        role: What it is on the form.
        label: Its name; empty for an untitled group.
        children: In printed order.
        cell: Type of the value, for leaves.
        section: Set if it is a section.
        rows: Set if it is a table.
        corner: By language, what is printed in the table's (or block's) corner.
        unit: By language, the unit printed over the table.
        columns: Set if it is a row: the header tree over its cells.
        when: Set if it is a row that exists only under a condition.
        entries: Set if it holds entry rows.
        entry: The row that every entry is made of; in a form without a report it is also the
            only child, under the key `*`.
        findings: Names and weights of conformance findings here.
        declarations: Rules declared here.
        description: By language: the clause behind the row, or what is to be filled in.
        required: Keys that must be present.
    """

    pointer: Pointer
    role: Role
    label: Label = Label()
    children: tuple[Node, ...] = ()
    cell: CellType | None = None
    section: SectionMark | None = None
    rows: Rows | None = None
    corner: Mapping[str, str] = field(default_factory=dict)
    unit: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[ColumnHeader, ...] = ()
    when: str = ""
    entries: Entries | None = None
    entry: Node | None = None
    findings: Mapping[str, FindingPolicy] = field(default_factory=dict)
    declarations: tuple[Declaration, ...] = ()
    description: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key in its parent."""
        return self.pointer.key

    def child(self, key: str) -> Node | None:
        """Return the child with a key; for entry rows any key answers with the entry."""
        for node in self.children:
            if node.key == key:
                return node
        return self.entry if self.entries is not None else None

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaf_columns(self) -> tuple[ColumnHeader, ...]:
        """Return the columns of a row, left to right."""
        return tuple(leaf for header in self.columns for leaf in header.leaves())


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

    def node(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the node at a pointer, or None if the form knows no such place."""
        return self.nodes.get(Pointer(pointer))

    def nearest(self, pointer: tuple[str, ...], *roles: Role) -> Node | None:
        """Return the node at the pointer or the nearest above it that has one of the roles."""
        for length in range(len(pointer), -1, -1):
            node = self.nodes.get(Pointer(pointer[:length]))
            if node is not None and node.role in roles:
                return node
        return None

    def section_of(self, pointer: tuple[str, ...]) -> Node | None:
        """Return the innermost section that holds a pointer."""
        for length in range(len(pointer), -1, -1):
            node = self.nodes.get(Pointer(pointer[:length]))
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

    def populated(self, report: Report) -> Form:
        """Return the form with the entry rows that a report has."""
        if not self.has_entries:
            return self
        return replace(self, root=_populate(self.root, self.root.pointer, report))


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
