"""What a schema says of itself is read without the rest, and is what the whole file says."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.errors import SchemaError
from disclosure_tui.schema.entry import read_head
from disclosure_tui.schema.head import head_of, partial_head
from disclosure_tui.schema.loader import parse_json
from schema_folders import put_contents, tiny_schema

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "schemas").glob("*.schema.json"))
WANTED = ("$id", "title", "x-titles", "x-report", "$ref")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_schemas_are_known_by_their_first_lines(path: Path) -> None:
    source = path.read_bytes()
    found, whole = head_of(source, path.name), parse_json(source, path.name)
    assert {key: found.get(key) for key in WANTED} == {key: whole.get(key) for key in WANTED}
    assert "properties" not in found, "the whole file was read"


@given(
    st.permutations(list(tiny_schema(title='表\\"】').items())),
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_order_layout_and_escapes_change_nothing(
    items: list[tuple[str, object]], indent: int | str | None, plain: bool
) -> None:
    contents = dict(items)
    source = json.dumps(contents, indent=indent, ensure_ascii=plain).encode()
    for text in (source, b"\xef\xbb\xbf" + source + b"\n "):
        found = head_of(text, "x")
        assert {key: found.get(key) for key in WANTED} == {key: contents.get(key) for key in WANTED}


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"{",
        b'{"$id": 1,}',
        b'{"$id": "a" "b"}',
        b"\xff{}",
        b'{"$id": "a", "$id": "b"}',
        b'{"a": ' + b"[" * 100_000,
        b'{"a": NaN}',
        b'{"title": 1e' + b"9" * 400 + b"}",
        b'{"title": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_schema_is_refused_with_its_file(source: bytes) -> None:
    with pytest.raises(SchemaError) as caught:
        head_of(source, "x.schema.json")
    assert caught.value.where.startswith("x.schema.json")


def test_a_file_cut_off_anywhere_never_says_what_it_did_not() -> None:
    whole = tiny_schema()
    source = json.dumps(whole).encode()
    for at in random.Random(7).sample(range(len(source)), 200):
        for key, value in partial_head(source[:at]).items():
            assert whole[key] == value


@pytest.mark.parametrize("key", ["type", "edition", "version"])
def test_a_schema_has_to_say_what_it_is(key: str, tmp_path: Path) -> None:
    contents = tiny_schema()
    for value in (None, 1, ""):
        contents["x-report"][key] = value
        with pytest.raises(SchemaError) as caught:
            read_head(put_contents(tmp_path, contents))
        assert f"x-report.{key}" in caught.value.what.zh


def test_only_a_reference_to_another_file_is_a_base(tmp_path: Path) -> None:
    contents = tiny_schema()
    inside = {"$id": "urn:disclosure-tui:base:1"}
    for reference, held, base in [
        ("urn:disclosure-tui:base:1", {}, "urn:disclosure-tui:base:1"),
        ("urn:disclosure-tui:base:1#head", {}, "urn:disclosure-tui:base:1"),
        ("urn:disclosure-tui:base:1#head", {"base": inside}, ""),
        ("#head", {}, ""),
        (str(contents["$id"]) + "#head", {}, ""),
    ]:
        path = put_contents(tmp_path, {**contents, "$ref": reference, "$defs": held})
        head = read_head(path)
        assert head is not None
        assert head.base == base
        path.unlink()
