"""From the keywords of a scalar's schema to its `CellType`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure_tui.model.cell_type import CellType, Code, Meaning
from disclosure_tui.schema.layers import Effective

__all__ = ["cell_type", "localized_text"]


def localized_text(value: Any, language: str) -> dict[str, str]:
    """Return a text of the dialect by language: a string is in the form's own language."""
    if value is None:
        return {}
    return {language: value} if isinstance(value, str) else dict(value)


def cell_type(effective: Effective, language: str) -> CellType:
    """Compile the type of a scalar (dialect, `x-cell` and the JSON Schema keywords)."""
    options = effective.merged("x-cell") or {}
    branches = [effective.first("anyOf")] if effective.has("anyOf") else []
    schemas: list[Mapping[str, Any]] = [
        *(layer.schema for layer in effective.layers),
        *(branch for group in branches for branch in group),
    ]
    types = _types(schemas)
    texts = _texts(schemas)
    codes = {text: _code(text, item, language) for text, item in options.get("codes", {}).items()}
    labels = effective.merged("x-values") or {}
    if types & {"integer", "number"} and texts and not set(texts) <= set(codes):
        types = types - {"integer", "number"} | {"string"}
    numeric = bool(types & {"integer", "number"})
    return CellType(
        types=types,
        minimum=_first(schemas, "minimum"),
        maximum=_first(schemas, "maximum"),
        unit=localized_text(options.get("unit"), language),
        decimals=int(options.get("decimals", 0)),
        signed=bool(options.get("signed")),
        codes=codes,
        values={}
        if numeric
        else {text: localized_text(labels.get(text, text), language) for text in texts},
        format=_first(schemas, "format") or "",
        longest=_first(schemas, "maxLength"),
        shortest=_first(schemas, "minLength"),
    )


def _texts(schemas: list[Mapping[str, Any]]) -> list[str]:
    """Return the texts listed; where two layers list some, only what both do."""
    lists = [schema["enum"] for schema in schemas if "enum" in schema]
    nearest = lists[0] if lists else []
    if len(lists) > 1 and not any("anyOf" in schema for schema in schemas):
        nearest = [value for value in nearest if all(value in other for other in lists[1:])]
        lists = [nearest]
    return [text for listed in lists for text in listed if isinstance(text, str)]


def _first(schemas: list[Mapping[str, Any]], keyword: str) -> Any:
    return next((schema[keyword] for schema in schemas if keyword in schema), None)


def _types(schemas: list[Mapping[str, Any]]) -> frozenset[str]:
    found: set[str] = set()
    if not any("anyOf" in schema for schema in schemas):
        listed = [_names(schema["type"]) for schema in schemas if "type" in schema]
        numbers = all(names & {"integer", "number"} for names in listed)
        if numbers and any("number" not in names for names in listed):
            # A whole number is a number: where one layer wants it, nothing else fits them all.
            return frozenset({"integer"})
    for schema in schemas:
        declared = schema.get("type", ())
        found.update([declared] if isinstance(declared, str) else declared)
        if any(isinstance(text, str) for text in schema.get("enum", ())) and "type" not in schema:
            found.add("string")
    numeric = found & {"integer", "number"}
    return frozenset(numeric or found - {"null"})


def _names(declared: Any) -> frozenset[str]:
    return frozenset([declared] if isinstance(declared, str) else declared)


def _code(text: str, item: Mapping[str, Any], language: str) -> Code:
    return Code(
        text=text,
        meaning=item.get("means", Meaning.UNKNOWN),
        lowest=item.get("from"),
        below=item.get("below"),
        titles=localized_text(item.get("title"), language),
    )
