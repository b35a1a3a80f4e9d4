"""From a schema to the form: a pure function.

The row header tree is the nesting of `properties`, the column tree is declared on the row;
there are no coordinates (dialect, sections 1, 2 and 8).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import (
    ANY_ENTRY,
    ColumnHeader,
    Entries,
    FindingPolicy,
    Form,
    Label,
    Node,
    PriorType,
    ReportType,
    Role,
    Rows,
    SectionMark,
)
from disclosure_tui.model.origin import Origin, Overlay
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.schema.cells import cell_type, localized_text
from disclosure_tui.schema.declarations import declarations
from disclosure_tui.schema.layers import Effective, Source
from disclosure_tui.schema.limits import DEEPEST_PLACE, MOST_PLACES, over_limit
from disclosure_tui.schema.loader import LoadedSchema
from disclosure_tui.schema.printed import check_printed

__all__ = ["compile_form", "text_of"]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a node inherits from where it stands."""

    parent: Role | None = None
    stacked: bool = False
    in_table: bool = False
    findings: Mapping[str, FindingPolicy] | None = None


def compile_form(loaded: LoadedSchema) -> Form:
    """Compile a schema into its form.

    Raises:
        SchemaError: A reference leads nowhere, a column does not exist, and so on.
    """
    root = Effective((Source(loaded.contents, loaded.resolver),), loaded)
    declared = root.first("x-report")
    if declared is None:
        raise SchemaError(
            Text("格式文件没有【x-report】", "the schema has no x-report"), where=loaded.name
        )
    report_type = _report_type(declared)
    language = report_type.language.value
    node = _Compiler(language).node(ROOT, root, _Surroundings())
    base = loaded.base or loaded
    form = Form(base.identifier, base.sha256, report_type, node, loaded.resources, _overlay(loaded))
    _check_slots(form, loaded.where(declared))
    _check_within_year(form, loaded.where(declared))
    check_printed(form)
    return form


def _overlay(loaded: LoadedSchema) -> Overlay | None:
    """Say what an overlay is called, or None: the schema stands by itself."""
    if loaded.base is None:
        return None
    declared = loaded.contents["x-overlay"]
    language = loaded.base.contents["x-report"].get("language", "zh")
    return Overlay(
        loaded.identifier,
        declared["version"],
        loaded.sha256,
        loaded.name,
        localized_text(declared["title"], language),
        localized_text(declared.get("authority"), language),
    )


def text_of(value: Any, language: str) -> Text | None:
    """Turn a text of the dialect into one in both languages of the program."""
    texts = localized_text(value, language)
    if not texts:
        return None
    first = next(iter(texts.values()))
    return Text(texts.get("zh", first), texts.get("en", first))


def _report_type(declared: Mapping[str, Any]) -> ReportType:
    language = declared.get("language", "zh")
    years = declared.get("years", {})
    return ReportType(
        kind=declared["type"],
        edition=declared["edition"],
        version=declared["version"],
        first_year=years.get("from"),
        last_year=years.get("to"),
        language=Language(language) if language in ("zh", "en") else Language.ENGLISH,
        title=next(iter(localized_text(declared.get("title", ""), language).values()), ""),
        authority=text_of(declared.get("authority"), language),
        period=declared.get("period", {}),
        prior=tuple(
            PriorType(item["report_type"], tuple(item.get("except", ())), item.get("map", {}))
            for item in declared.get("prior", ())
        ),
        within_year=tuple(filter(None, declared.get("within_year", "").split("."))),
        readings=declared.get("readings", {}),
    )


_SLOT = re.compile(r"\{([^{}]*)\}?|\}")
_OF_YEAR = frozenset({"year", "year-1"})


def _check_slots(form: Form, where: str) -> None:
    """Make sure that the templates of a report name what it has.

    Raises:
        SchemaError: A slot names no value of the form.
    """
    values = {".".join(pointer) for pointer, node in form.nodes.items() if node.cell is not None}
    kind = form.report_type
    named = {"title": kind.title, **{f"period.{key}": text for key, text in kind.period.items()}}
    for key, template in named.items():
        allowed = values | _OF_YEAR if key == "title" else _OF_YEAR
        for found in _SLOT.finditer(template):
            whole = found.group()
            if found[1] not in allowed or whole != "{" + found[1] + "}":
                raise SchemaError(
                    Text(
                        f"【{key}】里的空档【{whole}】没有对应的值",
                        f"the slot {whole!r} in {key} names no value",
                    ),
                    hint=Text("可用 {year}、{year-1}", "there are {year} and {year-1}")
                    if key != "title"
                    else Text("空档里写一个值的路径", "a slot is the path of a value"),
                    where=where,
                )


def _check_within_year(form: Form, where: str) -> None:
    """Make sure that the number of the period can be counted on from one year to the next.

    Raises:
        SchemaError: It is no place of the form, or has no greatest value.
    """
    place = form.report_type.within_year
    if not place:
        return
    node = form.node(Pointer(place))
    cell = None if node is None else node.cell
    if cell is None or not cell.integral or cell.minimum != 1 or not cell.maximum:
        raise SchemaError(
            Text(
                f"【within_year】的【{'.'.join(place)}】不是本年第几期",
                f"within_year: {'.'.join(place)!r} is no number of a period",
            ),
            hint=Text(
                "它要是报告里的一项整数，写明 minimum 1 和 maximum，例如季报是 4",
                "it must be a whole number of the report, with minimum 1 and a maximum, 4 for "
                "quarters",
            ),
            where=where,
        )


class _Compiler:
    """Walks the effective schema and builds the nodes."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._places = 0

    def node(self, pointer: Pointer, schema: Effective, around: _Surroundings) -> Node:
        self._count(pointer, schema)
        properties = schema.properties()
        role = _role(schema, properties, around)
        findings = {**(around.findings or {}), **self._policies(schema)}
        table = schema.merged("x-table") or {}
        rows = Rows(table.get("rows", "down")) if role is Role.TABLE else None
        inner = _Surroundings(
            parent=role,
            stacked=rows is Rows.STACKED,
            in_table=around.in_table or role is Role.TABLE,
            findings={key: policy for key, policy in findings.items() if key not in _ROOT_ONLY},
        )
        children = tuple(
            self.node(pointer / key, child, inner) for key, child in properties.items()
        )
        entries, entry = self._entries(pointer, schema, inner)
        row = schema.merged("x-row") if role is Role.ROW else None
        labels = schema.label_layer()
        node = Node(
            pointer=pointer,
            role=role,
            label=self._label(schema, labels),
            children=children if entry is None else (entry,),
            cell=None if children or entry else self._cell(schema, role),
            section=self._section(schema),
            rows=rows,
            corner=localized_text(table.get("corner"), self.language),
            unit=localized_text(table.get("unit"), self.language),
            when=(row or {}).get("when", ""),
            entries=entries,
            entry=entry,
            findings=findings,
            declarations=declarations(pointer, schema),
            description=self._description(schema),
            required=tuple(schema.first("required") or ()),
            origins=self._origins(pointer, schema),
            labelled=schema.loaded.origin(labels) if labels else None,
            extension=(schema.first("$dynamicRef") or "").removeprefix("#"),
        )
        if row is None:
            return node
        return replace(node, columns=self._columns(node, row.get("columns"), schema))

    def _count(self, pointer: Pointer, schema: Effective) -> None:
        """Stop where references unfold without end, in depth or in number."""
        self._places += 1
        if len(pointer) > DEEPEST_PLACE:
            what = Text("格式展开后的层数", "the places inside each other are")
            raise over_limit(what, DEEPEST_PLACE, Text("层", "levels deep"), schema.where)
        if self._places > MOST_PLACES:
            what = Text("格式展开后的行和格", "the places of the form are")
            raise over_limit(what, MOST_PLACES, Text("个", "in number"), schema.where)

    def _origins(self, pointer: Pointer, schema: Effective) -> tuple[Origin, ...]:
        loaded = schema.loaded
        found = [loaded.origin(source.schema) for source in schema.sources]
        if pointer == ROOT and loaded.base is not None:
            # At the root an overlay takes over its base, there is no second source.
            found.append(loaded.origin(loaded.base.contents))
        return tuple(found)

    def _label(self, schema: Effective, layer: Mapping[str, Any]) -> Label:
        if not layer:
            return Label()
        own = schema.loaded.languages.get(id(layer), self.language)
        return Label(
            {own: layer["title"], **layer.get("x-titles", {})},
            localized_text(layer.get("x-short"), self.language),
        )

    def _description(self, schema: Effective) -> dict[str, str]:
        for layer in schema.layers:
            if "description" in layer.schema:
                own = schema.loaded.languages.get(id(layer.schema), self.language)
                return {own: layer.schema["description"]}
        return {}

    def _cell(self, schema: Effective, role: Role) -> Any:
        if role not in (Role.CELL, Role.FIELD, Role.PROSE):
            return None
        return cell_type(schema, self.language)

    def _section(self, schema: Effective) -> SectionMark | None:
        mark = schema.merged("x-section")
        if mark is None:
            return None
        heading = localized_text(mark.get("heading"), self.language)
        return SectionMark(mark.get("number", ""), heading, mark.get("when", ""))

    def _entries(
        self, pointer: Pointer, schema: Effective, around: _Surroundings
    ) -> tuple[Entries | None, Node | None]:
        declared = schema.merged("x-entries")
        row = schema.entry()
        if declared is None or row is None:
            return None, None
        source = declared.get("of", "")
        entries = Entries(
            label=declared.get("label", ""),
            source=tuple(source.split(".")) if source else (),
            complete=bool(declared.get("complete")),
            most=int(schema.first("maxProperties") or 0),
        )
        return entries, self.node(pointer / ANY_ENTRY, row, replace(around, parent=Role.ENTRIES))

    def _policies(self, schema: Effective) -> dict[str, FindingPolicy]:
        policies: dict[str, FindingPolicy] = {}
        for key, item in (schema.merged("x-findings") or {}).items():
            if item == "off":
                policies[key] = FindingPolicy("", Severity.NOTE, off=True)
            else:
                default = "query" if key in ("blank", "missing") else "error"
                severity = Severity(item.get("severity", default))
                policies[key] = FindingPolicy(item.get("id", f"schema.{key}"), severity)
        return policies

    def _columns(self, row: Node, declared: Any, schema: Effective) -> tuple[ColumnHeader, ...]:
        """Build the header tree of a row; without a declaration the properties in their order."""
        if declared is None:
            return tuple(_own_header(child, (child.key,)) for child in row.children)
        headers = tuple(self._header(row, item, schema) for item in declared)
        named = {leaf.path for header in headers for leaf in header.leaves()}
        for cell in (node for node in row.walk() if node.role is Role.CELL):
            path = cell.pointer.below(row.pointer)
            if path not in named:
                raise SchemaError(
                    Text(
                        f"【x-row.columns】漏了【{'.'.join(path)}】",
                        f"x-row.columns leaves out {'.'.join(path)!r}",
                    ),
                    hint=_NO_COLUMN if cell.cell is None or cell.cell.numeric else _NAME_APART,
                    where=schema.where,
                )
        return headers

    def _header(self, row: Node, item: Any, schema: Effective) -> ColumnHeader:
        if isinstance(item, str):
            path = tuple(item.split("."))
            node: Node | None = row
            for key in path:
                node = node.child(key) if node is not None else None
            if node is None:
                raise _no_such_cell(row, item, schema)
            return _own_header(node, path)
        label = Label(
            localized_text(item.get("title"), self.language),
            localized_text(item.get("short"), self.language),
        )
        columns = tuple(self._header(row, inner, schema) for inner in item["columns"])
        return ColumnHeader(label, columns=columns)


_NO_COLUMN = Text("没有表头的格不会印出来", "a cell without a column is never printed")
_NAME_APART = _NO_COLUMN + Text(
    "；填报人给行起的名称不写在行里：另列一个清单，表里用 x-entries 的 of 指到它",
    "; names that the filer gives rows stand apart: in a list that the table names by of of "
    "x-entries",
)
_ROOT_ONLY = frozenset({"years", "period"})


def _role(schema: Effective, properties: Mapping[str, Effective], around: _Surroundings) -> Role:
    if around.parent is None:
        return Role.REPORT
    in_row = around.parent in (Role.ROW, Role.COLUMN_GROUP)
    if schema.has("x-table") and not around.in_table:
        return Role.TABLE
    if schema.has("x-entries"):
        return Role.ENTRIES
    if schema.has("x-row"):
        return Role.ROW
    if properties:
        if in_row:
            return Role.COLUMN_GROUP
        if around.in_table:
            return Role.BLOCK if around.stacked else Role.GROUP
        return Role.MAP
    if in_row:
        return Role.CELL
    return _leaf_role(schema)


def _leaf_role(schema: Effective) -> Role:
    declared = schema.first("type")
    types = {declared} if isinstance(declared, str) else set(declared or ())
    if "array" in types:
        return Role.LIST
    if "object" in types or (not types and schema.has("anyOf")):
        return Role.OPEN_MAP
    return Role.PROSE if schema.has("x-section") else Role.FIELD


def _no_such_cell(row: Node, item: str, schema: Effective) -> SchemaError:
    close = difflib.get_close_matches(item, [child.key for child in row.children], n=1)
    return SchemaError(
        Text(f"【x-row.columns】里写的【{item}】不是这一行的格", f"no cell {item!r} in this row"),
        hint=Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?") if close else None,
        where=schema.where,
    )


def _own_header(node: Node, path: tuple[str, ...]) -> ColumnHeader:
    if not node.children:
        return ColumnHeader(node.label, path)
    columns = tuple(_own_header(child, (*path, child.key)) for child in node.children)
    return ColumnHeader(node.label, columns=columns)
