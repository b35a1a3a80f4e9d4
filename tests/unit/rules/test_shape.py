"""A shape never accepts what the JSON Schema validator refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.conformance import Conformance
from soak.random_rechecks import RandomWork, tiny_form, tiny_report
from soak.test_recheck_soak import ROOT
from tiny import Data, checker, field_of_anything

SAMPLES = sorted(
    path for path in (ROOT / "samples").glob("*/*.yaml") if path.name != "disclosure.yaml"
)

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.decimals(-3, 12, places=1),
    st.sampled_from(["", "a", "abc", "2024-02-29", "2023-02-29", "20240229", "é", "N/A", "𠮷𠮷"]),
)
DEEP = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
        "enum": st.lists(st.sampled_from([None, True, 0, 1, "a", "N/A", ""]), min_size=1),
        "minimum": st.integers(-2, 4),
        "maximum": st.integers(-2, 9),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(0, 3),
        "format": st.sampled_from(["date", "uri"]),
        "required": st.lists(st.sampled_from("abc"), unique=True, max_size=2),
        "maxItems": st.integers(0, 2),
        "maxProperties": st.integers(0, 2),
    },
)
SCHEMAS = st.recursive(
    LEAVES | st.booleans(),
    lambda inner: st.builds(
        lambda leaf, more: {**leaf, **more},
        LEAVES,
        st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
                "additionalProperties": inner,
                "unevaluatedProperties": inner,
                "items": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
                "allOf": st.lists(inner, min_size=1, max_size=2),
                "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two"]),
                "not": inner,
            },
        ),
    ),
    max_leaves=8,
)


def accepts_and_refuses(conformance: Conformance, data: Any) -> tuple[bool, bool]:
    return conformance._shape.accepts(data), not conformance._validator.is_valid(data)


@settings(deadline=None, max_examples=150)
@given(SCHEMAS, SCHEMAS, SCHEMAS, DEEP)
def test_what_a_shape_accepts_the_validator_does_not_refuse(
    root: Any, one: Any, two: Any, data: Any
) -> None:
    # `two` may refer to `one`, which may refer to nothing: circles are for the loader to refuse.
    contents = {
        "$id": "urn:shape",
        "properties": {"a": root},
        "$defs": {"one": _without_references(one), "two": _without_references(two)},
    }
    conformance = Conformance(field_of_anything(contents))
    accepted, refused = accepts_and_refuses(conformance, {"a": data})
    assert not (accepted and refused)


def _without_references(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {k: _without_references(v) for k, v in schema.items() if k != "$ref"}
    return [_without_references(item) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_accepted_unless_the_validator_refuses_them(path: Any) -> None:
    data = open_document(path).data
    checking = load_report_type(data["report_type"]).checker
    accepted, refused = accepts_and_refuses(checking._conformance, data)
    assert accepted is not refused


def test_random_reports() -> None:
    checking = checker(tiny_form())
    both = set()
    report = Report(tiny_report())
    work = RandomWork(7, report.data)
    for _ in range(150):
        accepted, refused = accepts_and_refuses(checking._conformance, report.data)
        assert not (accepted and refused)
        both.add((accepted, refused))
        result = checking.check(report)
        # Reports go wrong more and more: now and then a new one.
        fresh = work.chance.random() < 0.3
        report = Report(tiny_report()) if fresh else report.after(work.transaction(report, result))
    assert both >= {(True, False), (False, True)}


UNSURE: dict[str, Data] = {
    "an unknown keyword": {"not": {"type": "string"}},
    "a circle of references": {"$ref": "#/properties/a"},
    "keys of alternatives": {"anyOf": [{"properties": {"x": {}}}], "unevaluatedProperties": False},
}


@pytest.mark.parametrize("name", UNSURE)
def test_what_it_is_not_sure_of_it_does_not_accept(name: str) -> None:
    contents = {"$id": "urn:shape", "properties": {"a": UNSURE[name]}}
    conformance = Conformance(field_of_anything(contents))
    assert not conformance._shape.accepts({"a": {"x": Decimal(1)}})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_another_validator_judges_the_samples_alike(path: Any) -> None:
    """It does not know exact decimals, so amounts are given as binary ones; and 1.0 is whole."""
    data = open_document(path).data
    conformance = load_report_type(data["report_type"]).checker._conformance
    root = conformance.form.resources[conformance.form.identifier]
    judge = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
    assert conformance._shape.accepts(data) is judge.is_valid(_binary(data))


def _binary(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _binary(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_binary(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value
