"""References are followed as the library `referencing` follows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from disclosure_tui.model.references import LeadsNowhereError, References

SCHEMAS = sorted((Path(__file__).parents[3] / "schemas").glob("*.schema.json"))
NAMES = ("a", "b", "urn:x:one", "urn:x:two", "http://example.org/s/")
WORDS = st.sampled_from(
    ["#", "#a", "#b", "#/$defs/a", "#/$defs/b/properties/a", "#/anyOf/1", "#/anyOf/9", "#/items",
     "#/properties/a~1b", "#/$defs", "a", "b#a", "urn:x:one", "urn:x:two#b", "urn:x:one#/$defs/a",
     "http://example.org/s/a", "urn:x:none", "#/properties/%61", "#/type/0", "#/title/a"]
)  # fmt: skip


def schemas(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(st.sampled_from(["a", "b", "a/b"]), children, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "$id": st.sampled_from(NAMES),
            "$anchor": st.sampled_from(["a", "b"]),
            "$dynamicAnchor": st.sampled_from(["a", "b"]),
            "$ref": WORDS,
            "$dynamicRef": WORDS,
            "$defs": named,
            "properties": named,
            "items": children,
            "anyOf": st.lists(children, max_size=2),
            "allOf": st.lists(children, max_size=2),
            "x-own": named,
            "title": st.just("text"),
            "type": st.just(["string"]),
        },
    )


SCHEMA = st.recursive(st.booleans() | schemas(st.booleans()), schemas, max_leaves=8)


def theirs(registry: Any, address: str) -> Any:
    return registry.crawl().resolver(address)


def led(resolver: Any, reference: str) -> Any:
    """Where a reference leads, or None; other ways of failing of the library are one here."""
    try:
        return resolver.lookup(reference)
    except LeadsNowhereError:
        return None
    except (Unresolvable, LookupError, ValueError, TypeError, AttributeError):
        assert not isinstance(resolver, References)
        return None


def assert_same(ours: Any, other: Any, deep: int = 3) -> None:
    """The same schema, and everything that is referred to inside of it."""
    assert (ours is None) == (other is None)
    if ours is None:
        return
    assert ours.contents is other.contents
    for reference in references(ours.contents) if deep else ():
        assert_same(led(ours.resolver, reference), led(other.resolver, reference), deep - 1)


def named(schema: Any, address: str) -> Iterator[tuple[str, str]]:
    """All addresses, and all anchors with their address, as the library finds them."""
    resource: Any = DRAFT202012.create_resource(schema)
    if resource.id() is None or urljoin(address, resource.id()) != address:
        yield address, ""
    yield from _named(resource, address)


def _named(resource: Any, address: str) -> Iterator[tuple[str, str]]:
    if resource.id() is not None:
        address = urljoin(address, resource.id())
        yield address, ""
    yield from ((address, anchor.name) for anchor in resource.anchors())
    for inner in resource.subresources():
        yield from _named(inner, address)


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("$ref", "$dynamicRef") if key in schema)


@given(SCHEMA.filter(lambda schema: isinstance(schema, dict)), SCHEMA, WORDS, WORDS)
def test_every_reference_leads_where_the_library_says(
    root: Any, other: Any, first: str, second: str
) -> None:
    at_hand = {"urn:x:one": {**root, "$id": "urn:x:one"}, "b": other}
    names = [name for address, schema in at_hand.items() for name in named(schema, address)]
    assume(len(names) == len(set(names)))  # whose a name is that stands twice, nothing settles
    registry: Any = Registry().with_resources(
        (address, DRAFT202012.create_resource(schema)) for address, schema in at_hand.items()
    )
    ours, library = References.among(at_hand, "urn:x:one"), theirs(registry, "urn:x:one")
    found, expected = led(ours, first), led(library, first)
    assert_same(found, expected)
    if found is not None:
        assert_same(led(found.resolver, second), led(expected.resolver, second))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_reference_of_the_shipped_schemas_leads_where_the_library_says(path: Path) -> None:
    root = json.loads(path.read_bytes())
    at_hand = {
        item["$id"]: item for item in (root, *root.get("$defs", {}).values()) if "$id" in item
    }
    registry: Any = Registry().with_resources(
        (address, DRAFT202012.create_resource(schema)) for address, schema in at_hand.items()
    )
    ours, library = References.among(at_hand, root["$id"]), theirs(registry, root["$id"])
    count = 0
    for address, schema in at_hand.items():
        here, there = ours.lookup(address), library.lookup(address)
        for inner in everything(schema):
            for reference in references(inner):
                count += 1
                assert_same(led(here.resolver, reference), led(there.resolver, reference))
    assert count > 5


def everything(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from everything(item)


def test_what_is_not_at_hand_is_not_fetched() -> None:
    with pytest.raises(LeadsNowhereError):
        References.among({"urn:x:one": {}}, "urn:x:one").lookup("https://example.org/schema.json")
