"""What is told about a schema file that is no JSON: the sign, the place, and what to write."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.errors import SchemaError
from disclosure_tui.schema.json_faults import key_written_twice, place_of, worded_fault
from disclosure_tui.schema.loader import parse_json

WHOLE = '{\n  "a": "甲",\n  "b": [1, {"c": null}]\n}\n'


def told(text: str) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        parse_json(text.encode(), "x.json")
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "what", "hint"),
    [
        ('{"a": 1， "b": 2}', "1:8", "full-width sign ，", "write ,"),
        ("{“a”: 1}", "1:2", "full-width sign “", 'write "'),
        ('{"a"： 1}', "1:5", "full-width sign ：", "write :"),
        ('{"a": “甲”}', "1:7", "full-width sign “", 'write "'),
        ('{"a": "甲”, "b": 1}', "1:9", "full-width quote ”", 'write "'),
        ('{"a": ［1]}', "1:7", "full-width sign ［", "write ["),
        ('{"a": 1 "b": 2}', "1:8", "a comma is missing", "put a comma"),
        ('{\n"a": 1\n"b": 2}', "2:7", "a comma is missing", "put a comma"),
        ('{"a": [1 2]}', "1:9", "a comma is missing", "put a comma"),
        ('{"a": 1,}', "1:8", "a comma too many", "remove it"),
        ('{"a": 1,\n}', "1:8", "a comma too many", "remove it"),
        ('{"a": [1, ]}', "1:9", "a comma too many", "remove it"),
        ('{"a": 1,, "b": 2}', "1:8", "a comma too many", "remove it"),
        ('{\n"a": {"b": 1\n', "2:13", "the { of line 2 is still open", "put }}"),
        ('{"a": [1', "1:9", "the [ of line 1 is still open", "put ]}"),
        ('{"a": 1}}', "1:9", "ends before this }", "look for a }"),
        ('{"a": [1}', "1:9", "the [ of line 1 is still open", "write ] first"),
        ("{'a': 1}", "1:2", "a single quote", 'write a double quote "'),
        ('{"a": 1, // one\n"b": 2}', "1:10", "no comments", "$comment"),
        ('{"a": 1, # one\n"b": 2}', "1:10", "no comments", "$comment"),
        ("", "1:1", "the file is empty", "write the schema"),
        (" \n", "1:1", "the file is empty", "write the schema"),
        ('{"a": True}', "1:7", "True is not known", "write true"),
        ('{"a": None}', "1:7", "None is not known", "write null"),
        ("{a: 1}", "1:2", "a has no quotes", '"a"'),
        ('{"a": 件数}', "1:7", "件数 has no quotes", '"件数"'),
        ('{"a" 1}', "1:5", "a colon is missing", '"key": value'),
        ('{"a": }', "1:6", "a value is missing", "add it"),
        ('{"a": , "b": 1}', "1:6", "a value is missing", "add it"),
        ('{"a": "b}\n', "1:7", "no closing quote", 'put a "'),
        ('{"a": "b,\n"c": 1}', "1:7", "no closing quote", 'put a "'),
        ('{"a": "b\\d"}', "1:9", "behind a backslash", "twice"),
        ('{"a": [{"id": 1}], {"id": 2}}', "1:20", "a key is wanted", '"key": value'),
        ('["a": 1]', "1:5", ": cannot stand here", '"key": value'),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, place: str, what: str, hint: str) -> None:
    error = told(text)
    assert error.where == f"x.json:{place}"
    assert what in error.what.en
    assert error.hint is not None
    assert hint in error.hint.en
    assert re.search("[一-鿿]", error.what.zh)
    assert not re.search("delimiter|Expecting|JSON", error.what.zh + error.hint.zh)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1, "b": {"a": 2, "c": 3, "c": 4}}', ("c", 31)),
        ('{"a": "x", "b": ["a", "a"], "a": 1}', ("a", 28)),
        (WHOLE, None),
        ('{"a": {"b": 1}, "c": {"b": 1}}', None),
    ],
)
def test_a_key_written_twice_is_found(text: str, found: tuple[str, int] | None) -> None:
    assert key_written_twice(text) == found


def test_a_key_written_twice_is_told_with_its_line() -> None:
    error = told('{"a": 1,\n "a": 2}')
    assert (error.where, error.what.en) == (
        "x.json:2:2",
        "the key 'a' stands twice in one object",
    )


@given(st.text(alphabet=" \n{}[]:,\"'\\“”，：;/#a1甲", max_size=30))
def test_any_text_is_told_without_words_of_the_parser(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        fault = worded_fault(text, error)
        assert 0 <= fault.position <= len(text)
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", place_of(fault.position, text))
        assert "Expecting" not in fault.what.zh + fault.what.en
        assert fault.hint.zh
    key_written_twice(text)


@given(st.integers(0, len(WHOLE) - 3))
def test_a_file_cut_short_is_told(end: int) -> None:
    assert told(WHOLE[:end]).hint is not None
