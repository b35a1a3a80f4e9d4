"""The places of a form: what a node is, what it is called, how it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

__all__ = [
    "ANY_ENTRY",
    "ColumnHeader",
    "Declaration",
    "Entries",
    "FindingPolicy",
    "Label",
    "Node",
    "Role",
    "Rows",
    "SectionMark",
    "is_entry_key",
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


_NOTHING = Report({})


def is_entry_key(key: str) -> bool:
    """Tell whether a key can be that of an entry row: pointers and instance names hold it."""
    return bool(key.strip()) and key.isprintable() and "/" not in key and "~" not in key


def _entry_keys(pointer: Pointer, report: Report) -> tuple[str, ...]:
    entries = report.value_at(pointer)
    return tuple(str(key) for key in entries) if isinstance(entries, Mapping) else ()


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
        former: Of entry rows: the keys that last year's report has here.
        findings: Names and weights of conformance findings here.
        declarations: Rules declared here.
        description: By language: the clause behind the row, or what is to be filled in.
        required: Keys that must be present.
        extension: Name under which an overlay may add to it, or empty.
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
    former: tuple[str, ...] = ()
    findings: Mapping[str, FindingPolicy] = field(default_factory=dict)
    declarations: tuple[Declaration, ...] = ()
    description: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    extension: str = ""

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

    def at(self, key: str) -> Node | None:
        """Return the child with a key, or the entry row that might stand there."""
        for node in self.children:
            if node.key == key:
                return node
        if self.entries is None or self.entry is None:
            return None
        return self._entry(self.pointer, key, _NOTHING, _NOTHING)

    @property
    def former_children(self) -> tuple[Node, ...]:
        """The children; of entry rows those that last year's report has."""
        if self.entries is None or self.holds_any_entry:
            return self.children
        return tuple(node for key in self.former if (node := self.at(key)) is not None)

    def populated(self, pointer: Pointer, report: Report, before: Report) -> Node:
        """Copy a subtree to its place, each `*` made into the entries of a report.

        Args:
            pointer: The place.
            report: The report.
            before: Last year's report.
        """
        children = tuple(
            child.populated(pointer / child.key, report, before) for child in self.children
        )
        former: tuple[str, ...] = ()
        if self.entries is not None and self.entry is not None:
            keys, former = _entry_keys(pointer, report), _entry_keys(pointer, before)
            children = tuple(self._entry(pointer, key, report, before) for key in keys)
        moved = replace(self, pointer=pointer, children=children, former=former)
        if self.pointer == pointer:
            return moved
        declarations = tuple(
            replace(item, level=pointer.joined(item.level.below(self.pointer)))
            for item in self.declarations
        )
        return replace(moved, declarations=declarations)

    def _entry(self, pointer: Pointer, key: str, report: Report, before: Report) -> Node:
        """Make the row of one entry, named by the report (dialect, `x-entries`)."""
        assert self.entry is not None
        assert self.entries is not None
        row = self.entry.populated(pointer / key, report, before)
        names = self.entries.source or pointer
        name = report.value_at((*names, key, self.entries.label)) if self.entries.label else None
        text = {"": name if isinstance(name, str) and name else key}
        return replace(row, label=Label(text, text))

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def holds_any_entry(self) -> bool:
        """Tell whether this is the place of entry rows in a form without a report."""
        return self.entry is not None and self.entry in self.children

    def leaf_columns(self) -> tuple[ColumnHeader, ...]:
        """Return the columns of a row, left to right."""
        return tuple(leaf for header in self.columns for leaf in header.leaves())
