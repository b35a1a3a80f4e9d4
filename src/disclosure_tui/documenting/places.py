"""The places of a form as tables: fields, and rows and columns of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure_tui.documenting.blocks import Table
from disclosure_tui.documenting.value_words import value_words
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import ANY_ENTRY, ColumnHeader, Label, Node, Role

__all__ = ["Tongue", "fields_table", "row_tables"]

_OF_A_TABLE = (Role.TABLE, Role.BLOCK, Role.GROUP, Role.ROW, Role.ENTRIES)
ADDED_ROW = Text("自填行", "rows that the filer adds")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The languages of a document.

    Attributes:
        language: Of the words.
        labels: Language tags of the labels, each a column.
    """

    language: Language
    labels: tuple[str, ...]

    def say(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return Text(zh, en).in_(self.language)

    def head(self, *others: str) -> tuple[str, ...]:
        """Return the head of a table of places: key or pointer, labels, and what else there is."""
        names = (self.say(f"标题（{tag}）", f"Label ({tag})") for tag in self.labels)
        labels = tuple(names) if len(self.labels) > 1 else (self.say("标题", "Label"),)
        return (self.say("位置", "Place"), *labels, *others)

    def titles(self, label: Label, other: str = "") -> tuple[str, ...]:
        """Return a label in each language; where a language has none the first that there is."""
        first = next(iter(label.titles.values()), other)
        return tuple(label.titles.get(tag) or first for tag in self.labels)


def fields_table(nodes: tuple[Node, ...], tongue: Tongue) -> Table:
    """List fields with what may stand in them, those inside of others behind them."""
    rows = tuple(
        (
            str(node.pointer),
            *tongue.titles(node.label),
            value_words(node, tongue.language),
            _told(node, tongue.language),
        )
        for top in nodes
        for node in _fields(top)
    )
    head = tongue.head(tongue.say("值", "Value"), tongue.say("说明", "Remarks"))
    return Table(tongue.say("各项", "Fields"), head, rows, frozenset({0}))


def _fields(node: Node) -> Iterator[Node]:
    yield node
    if node.role is Role.MAP:
        for child in node.children:
            yield from _fields(child)


def row_tables(table: Node, tongue: Tongue) -> Iterator[Table]:
    """List the rows of a table, and once the columns that they have in common."""
    rows = [node for node in table.walk() if node.role is Role.ROW]
    yield Table(
        tongue.say("行", "Rows"),
        tongue.head(tongue.say("说明", "Remarks")),
        tuple(
            (str(node.pointer), *_named(node, tongue), _told(node, tongue.language))
            for node in table.walk()
            if node.role in _OF_A_TABLE
        ),
        frozenset({0}),
    )
    shapes: dict[tuple[tuple[str, ...], ...], list[Node]] = {}
    for row in rows:
        shapes.setdefault(tuple(_columns(row, tongue)), []).append(row)
    for columns, same in shapes.items():
        names = tongue.say("、", ", ").join(_title(row, tongue.language) for row in same)
        whose = f"（{names}）" if tongue.language is Language.CHINESE else f" ({names})"
        caption = tongue.say("列", "Columns") + (whose if len(shapes) > 1 else "")
        yield Table(caption, tongue.head(tongue.say("值", "Value")), columns, frozenset({0}))


def _title(row: Node, language: Language) -> str:
    return row.label.title(language) or ADDED_ROW.in_(language)


def _named(node: Node, tongue: Tongue) -> tuple[str, ...]:
    added = node.key == ANY_ENTRY or node.entries is not None
    return tongue.titles(node.label, ADDED_ROW.in_(tongue.language) if added else "")


def _columns(row: Node, tongue: Tongue) -> Iterator[tuple[str, ...]]:
    for above, leaf in _headers(row.columns, ()):
        cell: Node | None = row
        for key in leaf.path:
            cell = cell.child(key) if cell is not None else None
        assert cell is not None
        labels = zip(*(tongue.titles(header.label) for header in (*above, leaf)), strict=True)
        words = value_words(cell, tongue.language)
        yield (".".join(leaf.path), *(" / ".join(names) for names in labels), words)


def _headers(
    headers: tuple[ColumnHeader, ...], above: tuple[ColumnHeader, ...]
) -> Iterator[tuple[tuple[ColumnHeader, ...], ColumnHeader]]:
    """Yield the columns with the merged headers over each."""
    for header in headers:
        if header.columns:
            yield from _headers(header.columns, (*above, header))
        else:
            yield above, header


def _told(node: Node, language: Language) -> str:
    """Say what else there is to a place: help for the filer, conditions, how many rows."""
    said = []
    if node.section is None:  # of a section it stands below the heading
        said.append(
            node.description.get(language.value) or next(iter(node.description.values()), "")
        )
    if node.when:
        said.append(Text(f"只在这个条件下有：{node.when}", f"only if: {node.when}").in_(language))
    if node.entries is not None:
        said.append(_entries(node).in_(language))
    return Text("；", "; ").in_(language).join(filter(None, said))


def _entries(node: Node) -> Text:
    entries = node.entries
    assert entries is not None
    told = Text(f"最多 {entries.most} 行", f"at most {entries.most} rows")
    if entries.source:
        source = "/" + "/".join(entries.source)
        told += Text(f"，代码和标题取自 {source}", f", keys and labels of {source}")
    if entries.complete:
        told += Text("，每个代码一行", ", a row for each of them")
    return told
