"""Whatever an overlay says: what passes with it passes without it, its own additions left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from disclosure_tui.errors import SchemaError
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import ColumnHeader, Form
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import Checker
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.loader import LoadedSchema
from overlays import BASE_ID, base, composed, loaded_base, overlay
from tiny import Data

PLACES = (
    (),
    ("requests",),
    ("requests", "denied"),
    ("requests", "denied", "secret"),
    ("requests", "denied", "secret", "a"),
    ("requests", "denied", "secret", "b"),
    ("requests", "denied", "secret", "c"),
    ("requests", "total", "a"),
    ("level",),
    ("name",),
    ("notes",),
)
TYPES = ("integer", "number", "string", "object", "array", "boolean", "null")
SCALARS = st.sampled_from([None, 0, 1, -1, 5, 1001, 2.5, "county", "city", "N/A", "", "abc", True])
BOUNDS = st.sampled_from([-1, 0, 1, 2, 5, 9, 20, 21, 1000, 1001])


OPENINGS: tuple[Data, ...] = (
    {},
    {"additionalProperties": True},
    {"additionalProperties": {"title": "甲"}},
    {"unevaluatedProperties": {"title": "甲"}},
    {"anyOf": [{"additionalProperties": True}]},
    {"allOf": [{"additionalProperties": True}]},
    {"properties": {"new": {"title": "新", "type": ["string", "null"]}}},
    {"$ref": "#open"},
)
"""What stands at an extension point, mostly to open what the base has closed."""


def schemas(depth: int = 2) -> st.SearchStrategy[Data]:
    """Return anything that the dialect allows at a place, mostly what would loosen it."""
    words: dict[str, st.SearchStrategy[Any]] = {
        "type": st.lists(st.sampled_from(TYPES), min_size=1, max_size=4, unique=True),
        "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr),
        "format": st.sampled_from(["date", "email"]),
        "required": st.lists(st.sampled_from(["a", "secret"]), max_size=1),
        "x-cell": st.fixed_dictionaries({"decimals": st.integers(0, 4)}),
        "title": st.sampled_from(["秘密", "甲", "别的"]),
        "x-relabel": st.just(True),
        "$ref": st.sampled_from([f"{BASE_ID}#/properties/name", "#part", BASE_ID]),
        "$dynamicRef": st.sampled_from(["#denied-extra", "#report-extra"]),
        **dict.fromkeys(
            ("minimum", "maximum", "minLength", "maxLength", "maxItems", "maxProperties"), BOUNDS
        ),
    }
    if depth:
        inner = schemas(depth - 1)
        words |= {
            "properties": st.dictionaries(
                st.sampled_from(["secret", "other", "a", "b", "c", "new", "x"]), inner, max_size=2
            ),
            "additionalProperties": st.one_of(st.booleans(), inner),
            "unevaluatedProperties": st.one_of(st.booleans(), inner),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "items": inner,
        }
    return st.lists(st.sampled_from(sorted(words)), max_size=3, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: words[key] for key in keys})
    )


@st.composite
def overlays(draw: st.DrawFn) -> Data:
    """Return an overlay that tries something somewhere."""
    place = draw(st.sampled_from(PLACES))
    said = draw(st.one_of(st.just({}), schemas()))
    contents: Data = said if place else overlay(**said)
    for position, key in enumerate(reversed(place)):
        inner = {"properties": {key: contents}}
        contents = overlay(**inner) if position == len(place) - 1 else inner
    definitions: Data = {
        "part": {"$anchor": "part", **draw(schemas(1))},
        "open": {"$anchor": "open", "additionalProperties": True},
    }
    for name in draw(st.lists(st.sampled_from(["denied-extra", "report-extra"]), unique=True)):
        opening = draw(st.sampled_from([*OPENINGS, None]))
        added = draw(schemas(2)) if opening is None else opening
        definitions[name] = {"$dynamicAnchor": name, **added}
    contents["$defs"] = definitions
    return contents


VALUES = st.one_of(
    SCALARS, st.just({}), st.dictionaries(st.sampled_from(["a", "x"]), SCALARS, max_size=2)
)
CHANGED = (
    *PLACES[1:],
    ("x",),
    ("new",),
    ("requests", "x"),
    ("requests", "denied", "x"),
    ("requests", "denied", "new"),
    ("requests", "denied", "secret", "x"),
    ("notes", "k"),
)
ROW = {"a": 1, "b": 1, "c": 1}


@st.composite
def reports(draw: st.DrawFn) -> Data:
    """Return a report in which a few values may be anything."""
    data: Data = {
        "report_type": "tiny/1",
        "year": 2024,
        "requests": {"denied": {"secret": dict(ROW), "other": dict(ROW)}, "total": dict(ROW)},
        "level": "county",
        "name": "abc",
        "notes": {},
    }
    for *above, last in draw(st.lists(st.sampled_from(CHANGED), min_size=1, max_size=2)):
        place = data
        for key in above:
            if not isinstance(place.get(key), dict):
                place[key] = {}
            place = place[key]
        place[last] = draw(VALUES)
    return data


def validator(loaded: LoadedSchema) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (uri, DRAFT202012.create_resource(item)) for uri, item in loaded.resources.items()
    )
    return Draft202012Validator(loaded.contents, registry=registry.crawl())


def without_additions(data: Any, form: Form, place: tuple[str, ...] = ()) -> Any:
    """Leave out what stands at places that only the overlay knows."""
    if not isinstance(data, dict):
        return data
    kept = {}
    for key, value in data.items():
        node = form.place((*place, key))
        if node is None or not node.added:
            kept[key] = without_additions(value, form, (*place, key))
    return kept


BASE = loaded_base(base())
BASE_VALIDATOR = validator(BASE)
BASE_FORM = compile_form(BASE)


@pytest.mark.slow
@given(contents=overlays(), tried=st.lists(reports(), min_size=4, max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_passes_with_an_overlay_passes_without(contents: Data, tried: list[Data]) -> None:
    try:
        loaded = composed(contents)
        form = compile_form(loaded)
    except SchemaError:
        assume(False)
    with_overlay = validator(loaded)
    for data in tried:
        if with_overlay.is_valid(data):
            assert BASE_VALIDATOR.is_valid(without_additions(data, form)), contents


@pytest.mark.slow
@given(contents=overlays())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_form_makes_no_room_either(contents: Data) -> None:
    """What the editor goes by is not the validator, but the types of the form."""
    try:
        form = compile_form(composed(contents))
    except SchemaError:
        assume(False)
    for pointer, node in BASE_FORM.nodes.items():
        found = form.nodes[pointer]
        assert found.role is node.role
        if node.cell is not None:
            assert found.cell is not None
            assert not _roomier(found.cell, node.cell), pointer
        for key, policy in node.findings.items():
            assert found.findings[key].rule == policy.rule
            assert found.findings[key].severity.weight <= policy.severity.weight
            assert found.findings[key].off <= policy.off
        assert found.required == node.required
        assert (found.section, found.when) == (node.section, node.when)
        # A label it may change, where it says so.
        assert _paths(found.columns) == _paths(node.columns)


def _paths(headers: Sequence[ColumnHeader]) -> list[Any]:
    return [(header.path, _paths(header.columns)) for header in headers]


def _roomier(new: CellType, old: CellType) -> bool:
    lower = old.minimum is not None and (new.minimum is None or new.minimum < old.minimum)
    higher = old.maximum is not None and (new.maximum is None or new.maximum > old.maximum)
    longer = old.longest is not None and (new.longest is None or new.longest > old.longest)
    types = new.types - old.types - ({"integer"} if "number" in old.types else frozenset())
    more = set(new.values) - set(old.values) if old.values else set()
    return bool(lower or higher or longer or types or more) or (
        new.decimals > old.decimals or set(new.codes) != set(old.codes)
    )


@given(tried=st.lists(reports(), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_an_overlay_that_says_nothing_changes_no_verdict(tried: list[Data]) -> None:
    alone, over = Checker(BASE_FORM), Checker(compile_form(composed(overlay())))
    for report in tried:
        data = Report(report)
        assert over.check(data).findings == alone.check(data).findings
