"""Overlays of a small base for tests: composed as the program composes them."""

from __future__ import annotations

import json
from typing import Any

from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.loader import LoadedSchema, load_schema
from disclosure_tui.schema.overlay import compose
from disclosure_tui.schema.restriction import check_restricts
from tiny import DRAFT, Data, figure, group, row, schema, table

BASE_ID = "urn:disclosure-tui:tiny:1"
OVERLAY_ID = "urn:disclosure-tui:district:1"
FILE = "district.overlay.schema.json"


def cells() -> Data:
    """Return the cells of a row: a count, an amount and a code."""
    return {
        "a": figure("甲", minimum=0, maximum=1000),
        "b": {
            "title": "乙",
            "type": ["number", "null"],
            "minimum": 0,
            "x-cell": {"decimals": 2},
        },
        "c": {
            "title": "丙",
            "anyOf": [{"type": ["number", "null"], "minimum": 0}, {"enum": ["N/A"]}],
            "x-cell": {"codes": {"N/A": {"title": {"zh": "无"}, "means": "not_applicable"}}},
        },
    }


def base() -> Data:
    """Return a base with everything that an overlay may touch, and a point of either kind."""
    denied = group(
        "不予公开",
        {"secret": row(cells(), title="秘密"), "other": row(cells(), title="其他")},
        allOf=[{"$dynamicAnchor": "denied-extra"}, {"$dynamicRef": "#denied-extra"}],
    )
    rules = [
        {"id": "COL", "each": "column", "total": "total.a", "of": ["denied.*.a"]},
        {"id": "ROW", "each": "row", "check": "a >= 0", "severity": "error"},
        {"id": "SOFT", "check": "total.a < 100", "severity": "warning"},
    ]
    rules[0] = {"id": "COL", "check": "total.a = sum(denied.*.a)"}
    requests = table(
        "申请情况",
        {"denied": denied, "total": row(cells(), title="总计")},
        **{
            "x-rules": rules,
            "x-short": {"zh": "表三"},
            "x-titles": {"en": "Requests"},
            "x-findings": {"blank": {"id": "T-BLANK", "severity": "query"}},
        },
    )
    level = {
        "title": "层级",
        "type": ["string", "null"],
        "enum": ["county", "township", None],
        "x-values": {"county": "县", "township": "乡"},
    }
    contents = schema(
        {
            "requests": requests,
            "level": level,
            "name": {"title": "名称", "type": ["string", "null"], "maxLength": 20, "minLength": 2},
            "day": {"title": "日期", "type": ["string", "null"], "format": "date"},
            "notes": {
                "title": "注释",
                "type": ["object", "null"],
                "maxProperties": 5,
                "additionalProperties": {"type": ["string", "null"], "maxLength": 9},
            },
            "schema": {
                "title": "格式",
                "type": ["object", "null"],
                "properties": {"overlay": {"title": "补充规定", "type": ["string", "null"]}},
            },
        },
        {"version": "2026.1"},
        **{"$dynamicRef": "#report-extra"},
    )
    contents["$defs"] = {"report-extra": {"$dynamicAnchor": "report-extra"}}
    return contents


def overlay(properties: Data | None = None, **more: Any) -> Data:
    """Return an overlay of the base."""
    return {
        "$schema": DRAFT,
        "$id": OVERLAY_ID,
        "x-dialect": 1,
        "$ref": BASE_ID,
        "x-overlay": {"version": "1", "title": "补充规定"},
        **({"properties": properties} if properties is not None else {}),
        **more,
    }


def extended(point: str, properties: Data, **more: Any) -> Data:
    """Return an overlay that adds properties at an extension point."""
    return overlay(
        **{"$defs": {"extra": {"$dynamicAnchor": point, "properties": properties, **more}}}
    )


def source(contents: Data) -> bytes:
    """Return the bytes of a file."""
    return json.dumps(contents, ensure_ascii=False).encode()


def loaded_base(contents: Data | None = None) -> LoadedSchema:
    """Load the base."""
    return load_schema(source(contents or base()), "base.schema.json", item_schemas)


def composed(contents: Data, over: Data | None = None) -> LoadedSchema:
    """Compose an overlay with the base, checked for what it may say."""
    found = compose(loaded_base(over), source(contents), FILE, item_schemas)
    check_restricts(found)
    return found


def checker(contents: Data, over: Data | None = None) -> Checker:
    """Return what checks reports of the base with the overlay."""
    return Checker(compile_form(composed(contents, over)))
