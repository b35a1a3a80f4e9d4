"""Joins a report type's schema with a district's overlay of it.

An overlay is a schema file of its own that takes over the base by `$ref`. Both stay as they are:
what comes of them is the overlay's root, over the resources of both files.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.references import References
from disclosure_tui.schema.limits import MOST_OVERLAY_VALUES
from disclosure_tui.schema.loader import LoadedSchema, RuleKinds, parse_json, read_schema
from disclosure_tui.schema.references import check_references

__all__ = ["base_of", "check_bounds", "compose", "is_overlay", "points_of", "schemas_in"]

_NUMBER = re.compile(r"[0-9]+|[A-Za-z]+")


def is_overlay(contents: object) -> bool:
    """Tell whether the contents of a schema file are those of an overlay."""
    return isinstance(contents, Mapping) and "x-overlay" in contents


def base_of(source: bytes, name: str) -> str:
    """Return the `$id` of the schema that an overlay is over; empty if the file is no overlay.

    Raises:
        SchemaError: The file cannot be read, or is over a limit.
    """
    contents = parse_json(source, name)
    reference = contents.get("$ref") if is_overlay(contents) else None
    return reference.removesuffix("#") if isinstance(reference, str) else ""


def compose(base: LoadedSchema, source: bytes, name: str, rule_kinds: RuleKinds) -> LoadedSchema:
    """Join a report type's schema with an overlay of it.

    Whether the overlay leaves everything that the base says in force is another question:
    `restriction.check_restricts`.

    Args:
        base: The schema of the report type.
        source: The bytes of the overlay's file.
        name: The overlay's file, for messages.
        rule_kinds: As for `load_schema`.

    Raises:
        SchemaError: The overlay is not of the dialect, is over another schema or another
            version of it, or names extension points that there are not.
    """
    own = read_schema(source, name, rule_kinds, MOST_OVERLAY_VALUES)
    _check_root(own, base)
    _check_parts(own)
    _spell_out(own)
    resources = {**base.resources, own.identifier: own.contents}
    composed = LoadedSchema(
        identifier=own.identifier,
        sha256=own.sha256,
        contents=own.contents,
        resources=resources,
        name=name,
        resolver=References.among(resources, own.identifier),
        places=own.places,
        languages={**base.languages, **own.languages},
        base=base,
    )
    _check_points(own, base)
    try:
        check_references({own.identifier: own.contents}, composed.resolver, composed.where)
    except SchemaError as error:
        raise SchemaError(error.what, hint=_WITHIN, where=error.where) from error
    return composed


_WITHIN = Text(
    "补充规定只能引用本文件和底本里的内容，不从网上取",
    "an overlay refers to its own file and to its base; nothing is ever fetched",
)


def _check_root(own: LoadedSchema, base: LoadedSchema) -> None:
    contents = own.contents
    if not is_overlay(contents):
        raise SchemaError(
            Text(
                "这不是本级补充规定：没有【x-overlay】", "this is no overlay: it has no x-overlay"
            ),
            where=f"{own.name}#{ROOT}",
        )
    if "x-overlay" in base.contents:
        raise SchemaError(
            Text("补充规定不能补充另一份补充规定", "an overlay cannot be over another overlay"),
            hint=Text("【$ref】请写报告格式的 $id", "let $ref name the schema of a report type"),
            where=f"{own.name}#/$ref",
        )
    reference = contents["$ref"].removesuffix("#")
    if reference != base.identifier:
        raise SchemaError(
            Text(
                f"这份补充规定补充的是【{reference}】，不是【{base.identifier}】",
                f"this overlay is over {reference!r}, not over {base.identifier!r}",
            ),
            where=f"{own.name}#/$ref",
        )
    if own.identifier in base.resources:
        raise SchemaError(
            Text(
                f"【$id】与底本相同：{own.identifier}",
                f"its $id is taken by the base: {own.identifier}",
            ),
            hint=Text("请给补充规定另起一个 $id", "give the overlay an $id of its own"),
            where=f"{own.name}#/$id",
        )
    check_bounds(own, base)


def check_bounds(own: LoadedSchema, base: LoadedSchema) -> None:
    """Make sure that an overlay was written for the version of its base.

    Raises:
        SchemaError: It was written for others.
    """
    version = base.contents.get("x-report", {}).get("version", "")
    bounds = own.contents["x-overlay"].get("base", {})
    first, last = bounds.get("from", ""), bounds.get("to", "")
    if (not first or _compared(version, first) >= 0) and (
        not last or _compared(version, last) <= 0
    ):
        return
    meant = Text(
        f"{first or '最早'} 至 {last or '最新'}", f"{first or 'the first'} to {last or 'the last'}"
    )
    raise SchemaError(
        Text(
            f"补充规定适用于格式 {meant.zh} 版，现在的格式是 {version} 版",
            f"the overlay is for versions {meant.en} of the schema, which is now {version}",
        ),
        hint=Text(
            "请核对补充规定是否仍然适用，适用的改【x-overlay】里的【base】；或者用回原来的格式版本",
            "see whether it still fits and change base in x-overlay, or use the version before",
        ),
        where=f"{own.name}#/x-overlay/base",
    )


def _compared(version: str, bound: str) -> int:
    """Compare a version with a bound, as far as the bound goes: 2026.3 is within 2026."""
    wanted = _parts(bound)
    given = _parts(version)[: len(wanted)]
    return (given > wanted) - (given < wanted)


def _parts(version: str) -> list[tuple[bool, int, str]]:
    return [
        (True, int(part), "") if part.isdigit() else (False, 0, part)
        for part in _NUMBER.findall(version)
    ]


def _check_parts(own: LoadedSchema) -> None:
    """Make sure that no other file hides in an overlay: it could stand in for one of the base."""
    for schema, pointer in schemas_in(own.contents, ROOT):
        if pointer != ROOT and isinstance(schema.get("$id"), str):
            raise SchemaError(
                Text("补充规定里不能嵌入别的格式文件", "no other file may be embedded here"),
                hint=Text("请去掉【$id】，只留要用的部分", "remove the $id and keep the part"),
                where=f"{own.name}#{pointer}",
            )


def _spell_out(own: LoadedSchema) -> None:
    """Write out the file that references within the overlay mean.

    What stands at an extension point is reached by way of the base, and the reader of references
    (`referencing`, and ours after it) then takes `#name` for a part of the base.
    """
    for schema, _ in schemas_in(own.contents, ROOT):
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#") and isinstance(schema, dict):
            schema["$ref"] = own.identifier + reference


def points_of(base: LoadedSchema) -> frozenset[str]:
    """Return the names of the extension points of a schema."""
    return frozenset(
        schema["$dynamicRef"].removeprefix("#")
        for schema, _ in schemas_in(base.contents, ROOT)
        if isinstance(schema.get("$dynamicRef"), str)
    )


def _check_points(own: LoadedSchema, base: LoadedSchema) -> None:
    """Make sure that every addition has its place: one without would be passed over in silence."""
    points = points_of(base)
    seen: set[str] = set()
    for schema, pointer in schemas_in(own.contents, ROOT):
        name = schema.get("$dynamicAnchor")
        if not isinstance(name, str):
            continue
        where = f"{own.name}#{pointer}"
        if len(pointer) != len(("$defs", "name")):
            raise SchemaError(
                Text("【$dynamicAnchor】只能写在【$defs】下面一层", "it stands right below $defs"),
                where=where,
            )
        if name not in points:
            close = difflib.get_close_matches(name, points, n=1, cutoff=0.5)
            known = sorted(points)
            raise SchemaError(
                Text(f"底本没有扩展点【{name}】", f"the base has no extension point {name!r}"),
                hint=Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
                if close
                else Text(f"底本的扩展点：{'、'.join(known)}", f"its points: {', '.join(known)}"),
                where=where,
            )
        if name in seen:
            raise SchemaError(
                Text(f"扩展点【{name}】写了两遍", f"the extension point {name!r} stands twice"),
                hint=Text("请并到一处", "put both together"),
                where=where,
            )
        seen.add(name)


_OF_SCHEMAS = ("properties", "$defs")
"""Keywords whose values are maps: what stands in them as a key is none."""
_SCHEMAS = ("additionalProperties", "unevaluatedProperties", "items")
_LISTS_OF_SCHEMAS = ("allOf", "anyOf")


def schemas_in(contents: Any, start: Pointer) -> Iterator[tuple[Mapping[str, Any], Pointer]]:
    """Yield every schema object of a file, with its place."""
    stack: list[tuple[Any, Pointer]] = [(contents, start)]
    while stack:
        schema, pointer = stack.pop()
        if not isinstance(schema, Mapping):
            continue
        yield schema, pointer
        for keyword in _OF_SCHEMAS:
            named = schema.get(keyword, {})
            stack.extend((item, pointer / keyword / key) for key, item in named.items())
        stack.extend((schema[word], pointer / word) for word in _SCHEMAS if word in schema)
        for keyword in _LISTS_OF_SCHEMAS:
            listed = schema.get(keyword, ())
            stack.extend((item, pointer / keyword / str(at)) for at, item in enumerate(listed))
