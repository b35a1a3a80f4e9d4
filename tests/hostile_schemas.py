"""Schemas that somebody made to break or to stall the program, generated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiny import Data, figure, group, row, schema, table


@dataclass(frozen=True)
class Hostile:
    """One schema.

    Attributes:
        name: What it tries.
        source: The bytes of the file.
        limit: The limit or word that the refusal must name.
    """

    name: str
    source: bytes
    limit: str


def hostile_schemas() -> Iterator[Hostile]:
    """Yield them all."""
    for name, made, limit in (*_files(), *_references(), *_expressions(), *_templates()):
        source = made if isinstance(made, bytes) else json.dumps(made).encode()
        yield Hostile(name, source, limit)


def _files() -> Iterator[tuple[str, Any, str]]:
    plain = json.dumps(schema({})).encode()
    yield "lists nested without end", b"[" * 100_000, "64"
    yield "objects nested without end", b'{"a":' * 60_000, "64"
    yield "properties nested 70 deep", schema({"a": _nested(70)}), "64"
    yield "a file of two megabytes", plain + b" " * 2_000_000, "1000000"
    yield "too many values", schema({"a": {"enum": list(range(30_000))}}), "20000"
    yield "too many properties", schema({f"a{n}": {} for n in range(25_000)}), "20000"
    yield "thousands of rules", _with_rules([_rule(f"R{n}") for n in range(3_000)]), "1000"
    yield "a key of a megabyte", schema({"长" * 150_000: {}}), "200"
    yield "a text of half a megabyte", schema({"a": {"title": "长" * 80_000}}), "65536"
    yield "a rule name without end", _with_rules([_rule("R" * 60_000)]), "64"
    yield "a number of a million digits", plain[:-1] + b',"maximum":' + b"9" * 900_000 + b"}", "100"
    yield "a number of 4000 digits", schema({"a": figure("甲", maximum=10**4000)}), "100"
    yield "an exponent without end", plain[:-1] + b',"maximum":1e999999999}', "100"
    yield "a negative exponent", plain[:-1] + b',"minimum":1e-999999999}', "100"
    yield "an exponent over all limits", plain[:-1] + b',"maximum":1e' + b"9" * 30 + b"}", "100"
    yield "no number", plain[:-1] + b',"maximum":NaN}', "NaN"
    yield "an infinite number", plain[:-1] + b',"minimum":-Infinity}', "-Infinity"
    yield "a key twice", plain[:-1] + b',"type":"object"}', "type"
    yield (
        "a key twenty thousand times",
        b'{"$id":"urn:a",' + b'"a":1,' * 20_000 + b'"b":1}',
        "'a'",
    )
    yield "not UTF-8", '{"title": "年报"}'.encode("gbk"), "UTF-8"
    yield "UTF-16", json.dumps(schema({})).encode("utf-16"), "UTF-8"
    yield "half a character", plain[:-1] + rb',"title":"\ud800"}', "surrogate"
    yield "half a character as a key", plain[:-1] + rb',"\udfff":1}', "surrogate"


def _references() -> Iterator[tuple[str, Any, str]]:
    own = "urn:disclosure-tui:tiny:1"
    yield "a reference to itself", schema({"a": {"$ref": "#/properties/a"}}), "32"
    yield "a circle of two", _circle("$ref"), "32"
    yield "a chain of references", _chain(), "32"
    dynamic = {"$dynamicAnchor": "a", "$dynamicRef": "#a"}
    yield (
        "a dynamic circle",
        schema({"a": {"$ref": "#/$defs/a"}}, **{"$defs": {"a": dynamic}}),
        "32",
    )
    yield "a form inside itself", schema({"a": {"$ref": "#"}}), "24"
    yield "a form inside itself by name", schema({"a": group("甲", {"b": {"$ref": own}})}), "24"
    yield "entries inside themselves", _entries_in_themselves(), "24"
    yield "references that double", _doubling(), "5000"
    yield "layers that double", _layers(), "64"
    yield "layers that double by allOf", _layers_of_both(), "64"
    for keyword in ("items", "anyOf", "additionalProperties"):
        yield f"layers that double in {keyword}", _hidden_layers(keyword), "64"
    yield "a reference to the network", schema({"a": {"$ref": "https://example.org/a"}}), "nowhere"
    yield "a reference to a file", schema({"a": {"$ref": "file:///etc/passwd"}}), "nowhere"


def _expressions() -> Iterator[tuple[str, Any, str]]:
    def check(text: str, **more: Any) -> Data:
        return _with_rules([{"id": "R", "check": text, **more}])

    yield (
        "an expression of 90 kB",
        check("one.a = 1 or " * 4_000 + "'" + "长" * 9_000 + "' = 'a'"),
        "64 kB",
    )
    yield "a hundred brackets", check("(" * 100 + "one.a" + ")" * 100 + " = 1"), "32"
    yield "thousands of brackets", check("(" * 30_000), "32"
    yield "nested functions", check("abs(" * 500 + "one.a" + ")" * 500 + " = 1"), "32"
    yield "a long minus", check("-" * 30_000 + "one.a = 1"), "R"
    yield "a figure without end", check("one.a = " + "9" * 60_000), "100"
    yield "decimals without end", check("round(one.a, 999999999) = 1"), "30"
    sums = {"id": "R", "check": " + ".join(["sum(**)"] * 5_000) + " = 0"}
    yield "a sum of a sum of a sum", _with_rules([sums], 100), "50000"
    yield "a path of any depth again and again", check("sum(" + "**." * 5_000 + "a) = 0"), "32"
    yield "a path of a thousand keys", check("one" + ".a" * 1_000 + " = 0"), "32"
    each = _deep_table({"id": "R", "each": [".".join(["**.*"] * 12)], "check": "this = 0"})
    yield "a rule at places without end", each, "5000"
    listed = _with_rules([_rule("R", each=["*.*"] * 900, check="this = 0")], 100)
    yield "a rule at the same places again and again", listed, "5000"
    each_row = _rule("R", each="row", check="sum(report.t.**) + sum(report.t.**) = 0")
    yield "a rule over everything in every row", _with_rules([each_row], 900), "60000"
    wide = [_rule(f"R{n}", check="sum(**) = 0") for n in range(900)]
    yield "many rules over everything", _with_rules(wide, 200), "60000"
    parts = _with_rules([{"id": "R", "total": "one.a", "of": ["**.a"] * 3_000}], 60)
    yield "a total of everything again and again", parts, "50000"


def _templates() -> Iterator[tuple[str, Any, str]]:
    for name, slot in {
        "an attribute": "{left.__class__}",
        "an index": "{left[0]}",
        "a width": "{left:>99999999}",
        "a conversion": "{left!r}",
        "a number": "{0}",
        "an unknown name": "{password}",
        "an unclosed bracket": "{left",
        "a nested width": "{left:{right}}",
    }.items():
        yield f"a message with {name}", _with_rules([_rule("R", message=slot)]), "slot"
        yield (
            f"an English message with {name}",
            _with_rules([_rule("R", message={"zh": "甲", "en": slot})]),
            "slot",
        )
    yield "a title with an attribute", schema({}, {"title": "{year.__class__}"}), "slot"
    period = {"start": "{year[0]}-01-01", "end": "{year}-12-31"}
    yield "a period with an index", schema({}, {"period": period}), "slot"


def _rule(identifier: str, **more: Any) -> Data:
    return {"id": identifier, "check": "one.a = 1", **more}


def _with_rules(rules: list[Data], rows: int = 1) -> Data:
    cells = {"a": figure("甲"), "b": figure("乙")}
    named = {"one": row(cells, title="一")}
    named |= {f"r{n}": {"$ref": "#/$defs/row", "title": f"{n}"} for n in range(1, rows)}
    shared = {"row": row(cells)}
    return schema({"t": table("表", named, **{"x-rules": rules})}, **{"$defs": shared})


def _deep_table(rule: Data, depth: int = 18) -> Data:
    inner: Data = {"last": row({"a": figure("甲")}, title="行")}
    for level in range(depth):
        inner = {f"g{level}": group("组", inner)}
    return schema({"t": table("表", inner, **{"x-rules": [rule]})})


def _nested(depth: int) -> Data:
    inner: Data = {}
    for _ in range(depth):
        inner = {"type": "object", "properties": {"a": inner}}
    return inner


def _circle(keyword: str) -> Data:
    parts = {"a": {keyword: "#/$defs/b"}, "b": {keyword: "#/$defs/a"}}
    return schema({"a": {"$ref": "#/$defs/a"}}, **{"$defs": parts})


def _chain(length: int = 200) -> Data:
    parts: Data = {f"a{n}": {"$ref": f"#/$defs/a{n + 1}"} for n in range(length)}
    parts[f"a{length}"] = figure("甲")
    return schema({"a": {"$ref": "#/$defs/a0"}}, **{"$defs": parts})


def _doubling(levels: int = 16) -> Data:
    """Each level names the next one twice: a million rows from a small file."""
    parts: Data = {f"a{levels}": row({"a": figure("甲")}, title="行")}
    for n in range(levels):
        both = {key: {"$ref": f"#/$defs/a{n + 1}"} for key in ("x", "y")}
        parts[f"a{n}"] = group("组", both)
    return schema({"t": table("表", {"g": {"$ref": "#/$defs/a0"}})}, **{"$defs": parts})


def _layers(levels: int = 20) -> Data:
    """Each level refers to the next one in two ways: a million layers of one place."""
    parts: Data = {f"a{levels}": {"$dynamicAnchor": f"a{levels}", "title": "甲"}}
    for n in range(levels):
        following = {"$ref": f"#/$defs/a{n + 1}", "$dynamicRef": f"#a{n + 1}"}
        parts[f"a{n}"] = {"$dynamicAnchor": f"a{n}", **following}
    return schema({"a": {"$ref": "#/$defs/a0"}}, **{"$defs": parts})


def _layers_of_both(levels: int = 20) -> Data:
    """Each level takes over the next one twice."""
    parts: Data = {f"a{levels}": {"title": "甲"}}
    for n in range(levels):
        parts[f"a{n}"] = {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2}
    return schema({"a": {"$ref": "#/$defs/a0"}}, **{"$defs": parts})


def _hidden_layers(keyword: str) -> Data:
    """They describe what no cell of the form is made from: only a report comes to them."""
    hostile = _layers()
    layered: Any = {"$ref": "#/$defs/a0"}
    hostile["properties"]["a"] = {
        "title": "甲",
        "maxProperties": 5,
        keyword: [layered] if keyword == "anyOf" else layered,
    }
    return hostile


def _entries_in_themselves() -> Data:
    entries = {
        "title": "组",
        "type": "object",
        "maxProperties": 5,
        "x-entries": {},
        "additionalProperties": {"$ref": "#/$defs/a"},
    }
    return schema({"t": {"$ref": "#/$defs/a"}}, **{"$defs": {"a": entries}})
