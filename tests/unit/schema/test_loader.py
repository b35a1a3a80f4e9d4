"""Schema files that are refused, with file, pointer and hint; nothing is ever fetched."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.limits import LARGEST
from disclosure_tui.schema.loader import load_schema
from tiny import Data, check, checker, figure, form, load, pairs, row, schema, table

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "schemas").glob("*.schema.json"))
TINY = schema({"t": table("表", {"one": row({"a": figure("甲")}, title="行")})})


def refused(contents: Data) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        checker(contents)
    return caught.value


def with_at(path: tuple[str, ...], key: str, value: object) -> Data:
    contents = copy.deepcopy(TINY)
    node = contents
    for step in path:
        node = node[step]
    node[key] = value
    return contents


T = ("properties", "t")
ONE = (*T, "properties", "one")
CELL = (*ONE, "properties", "a")


def test_the_tiny_schema_is_of_the_dialect() -> None:
    assert load(TINY).identifier == "urn:disclosure-tui:tiny:1"


@pytest.mark.parametrize(
    ("path", "key", "value", "pointer", "meant"),
    [
        (T, "x-tabel", {"rows": "down"}, "/properties/t", "x-table"),
        (ONE, "propertise", {}, "/properties/t/properties/one", "properties"),
        (CELL, "minimun", 0, "/properties/t/properties/one/properties/a", "minimum"),
        (
            CELL,
            "x-cell",
            {"unti": "件"},
            "/properties/t/properties/one/properties/a/x-cell",
            "unit",
        ),
        (T, "x-table", {"row": "down"}, "/properties/t/x-table", "rows"),
        (T, "x-section", {"nubmer": "一"}, "/properties/t/x-section", "number"),
        (T, "x-findings", {"balnk": {"id": "B"}}, "/properties/t/x-findings", "blank"),
        (
            T,
            "x-rules",
            [{"id": "R", "check": "1 = 1", "sevrity": "error"}],
            "/properties/t/x-rules/0",
            "severity",
        ),
    ],
)
def test_a_misspelt_word(
    path: tuple[str, ...], key: str, value: object, pointer: str, meant: str
) -> None:
    error = refused(with_at(path, key, value))
    assert error.where == f"tiny.schema.json#{pointer}"
    for language in Language:
        assert error.hint is not None
        assert meant in error.hint.in_(language)
        assert "{" not in error.told(language)


@pytest.mark.parametrize("keyword", ["multipleOf", "pattern", "patternProperties", "const", "if"])
def test_keywords_outside_the_dialect(keyword: str) -> None:
    error = refused(with_at(CELL, keyword, {}))
    assert keyword in error.told(Language.CHINESE)
    assert error.where.endswith("/properties/a")


def test_an_unknown_word_deep_inside_a_definition() -> None:
    contents = with_at((), "$defs", {"p": {"$anchor": "p", "properties": {"x": {"titel": "甲"}}}})
    error = refused(contents)
    assert error.where == "tiny.schema.json#/$defs/p/properties/x"
    assert error.hint is not None
    assert "title" in error.hint.zh


def test_a_key_written_twice() -> None:
    source = json.dumps(TINY).replace('"x-dialect": 1', '"x-dialect": 1, "x-dialect": 1')
    with pytest.raises(SchemaError) as caught:
        load_schema(source.encode(), "twice.schema.json", item_schemas)
    assert "x-dialect" in caught.value.what.zh
    assert caught.value.where.startswith("twice.schema.json")


def test_broken_json_names_line_and_column() -> None:
    with pytest.raises(SchemaError) as caught:
        load_schema(b'{"$id": "urn:x:y",\n "a" 1}', "broken.schema.json", item_schemas)
    assert caught.value.where == "broken.schema.json:2:5"


@pytest.mark.parametrize(
    "source", [b"\xff\xfe{}", b"[" * 100_000, b"{}", b"[]", b"1" * (LARGEST + 1)]
)
def test_what_is_no_schema_at_all(source: bytes) -> None:
    with pytest.raises(SchemaError):
        load_schema(source, "none.schema.json", item_schemas)


@pytest.mark.parametrize(
    "reference", ["#nowhere", "urn:disclosure-tui:elsewhere#part", "#/$defs/nothing"]
)
def test_a_reference_that_leads_nowhere(reference: str) -> None:
    contents = copy.deepcopy(TINY)
    contents["properties"]["t"]["properties"]["two"] = {"$ref": reference, "title": "二"}
    error = refused(contents)
    assert reference in error.what.zh
    assert error.where == "tiny.schema.json#/properties/t/properties/two"


def test_references_in_a_circle() -> None:
    contents = copy.deepcopy(TINY)
    contents["$defs"] = {
        "a": {"$anchor": "a", "$ref": "#b"},
        "b": {"$anchor": "b", "$ref": "#a"},
    }
    contents["properties"]["t"]["properties"]["two"] = {"$ref": "#a", "title": "二"}
    assert "圈" in refused(contents).what.zh


def test_nothing_is_fetched(hits: tuple[str, list[str]]) -> None:
    address, seen = hits
    in_table = copy.deepcopy(TINY)
    in_table["properties"]["t"]["properties"]["two"] = {"$ref": f"{address}/x", "title": "二"}
    refused(in_table)
    at_root = copy.deepcopy(TINY)
    at_root["$ref"] = f"{address}/x"
    refused(at_root)
    in_items = copy.deepcopy(TINY)
    in_items["properties"]["l"] = {
        "title": "条",
        "type": ["array", "null"],
        "items": {"$ref": f"{address}/x"},
    }
    assert refused(in_items).where.endswith("#/properties/l/items")
    other = copy.deepcopy(TINY)
    other["$schema"] = f"{address}/schema"
    refused(other)
    assert seen == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_schemas_load(path: Path) -> None:
    loaded = load_schema(path.read_bytes(), path.name, item_schemas)
    of_type = "urn:disclosure-tui:gov-info-annual:core"
    own = {of_type} if loaded.identifier.startswith(of_type.removesuffix("core")) else set()
    assert set(loaded.resources) == {loaded.identifier, "urn:disclosure-tui:core:1"} | own


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_any_misspelt_word_in_a_shipped_schema_is_refused(path: Path) -> None:
    """Words of the dialect with a letter too many, each at its first place."""
    text = path.read_text(encoding="utf-8")
    for word in (
        "title",
        "x-short",
        "x-row",
        "columns",
        "minimum",
        "x-rules",
        "each",
        "of",
        "x-cell",
    ):
        with pytest.raises(SchemaError) as caught:
            load_schema(
                text.replace(f'"{word}":', f'"{word}q":', 1).encode(), path.name, item_schemas
            )
        assert f"{word}q" in caught.value.what.zh
        assert caught.value.hint is not None
        assert word in caught.value.hint.zh


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"id": "R"}, "R"),
        ({"id": "R", "check": "a = 1", "total": "a", "of": ["b"]}, "R"),
        ({"id": "R", "each": "row", "check": "a = "}, "R"),
        ({"id": "R", "each": "row", "check": "nothing = 1"}, "nothing"),
        ({"id": "R", "each": ["nothing.*"], "check": "a = 1"}, "nothing"),
        ({"id": "R", "each": "row", "total": "a"}, "of"),
        ({"id": "R", "each": "row", "total": "*", "of": ["a"]}, "total"),
        ({"id": "R", "each": "row", "check": "a = 1", "message": {"zh": "{rule.id}"}}, ""),
    ],
)
def test_rules_that_cannot_be_used(rule: Data, says: str) -> None:
    error = refused(with_at(T, "x-rules", [rule]))
    assert says in error.told(Language.CHINESE)
    assert error.where.startswith("tiny.schema.json#/properties/t/x-rules")


def test_a_rule_declared_twice() -> None:
    rule = {"id": "R", "each": "row", "check": "a >= 0"}
    error = refused(with_at(T, "x-rules", [rule, rule]))
    assert "R" in error.what.zh


def test_a_minimum_holds_in_a_report_too() -> None:
    contents = with_at(CELL, "minimum", 2)
    assert pairs(check(contents, {"t": {"one": {"a": 1}}}).findings) == [
        ("schema.minimum", "one.a")
    ]
    assert form(contents).cells[0].cell.minimum == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "key", "value", "place", "says"),
    [
        (("x-report",), "version", 1, "/x-report/version", 'write it with quotes: "1"'),
        (("x-report",), "type", "博物馆", "/x-report/type", "use Latin letters"),
        ((), "x-dialect", "1", "/x-dialect", "write it without quotes: 1"),
        ((), "$id", "https://example.org/a", "/$id", "begin with urn:"),
        (CELL, "minimum", "0", "/properties/a/minimum", "write it without quotes: 0"),
        (CELL, "x-cell", {"unit": 5}, "/properties/a/x-cell/unit", 'quotes: "5"'),
        (CELL, "x-cell", {"decimals": -1}, "/properties/a/x-cell/decimals", "less than 0"),
        (CELL, "multipleOf", 1, "/properties/a", "decimals of x-cell"),
        (CELL, "const", 1, "/properties/a", "use enum"),
        (CELL, "x-values", {"a": "甲"}, "/properties/a", "beside 'x-values': 'enum' missing"),
        (T, "x-rules", [{"id": "R", "check": ""}], "/x-rules/0/check", "this is empty"),
        (T, "x-rules", [{"id": "R", "each": "行", "check": "1"}], "/x-rules/0/each", "row, column"),
    ],
)
def test_a_wrong_value_is_told_with_what_to_write(
    path: tuple[str, ...], key: str, value: object, place: str, says: str
) -> None:
    error = refused(with_at(path, key, value))
    assert error.where.endswith(place)
    assert says in error.told(Language.ENGLISH)
    assert "不合格式规定" not in error.told(Language.CHINESE)


def test_a_label_in_other_languages_needs_the_label_itself() -> None:
    contents = with_at(T, "x-titles", {"en": "Table"})
    del contents["properties"]["t"]["title"]
    assert "写了【x-titles】，缺少【title】" in refused(contents).told(Language.CHINESE)
