"""Follows the references of JSON Schema (2020-12) among schemas that are all at hand.

What `referencing` does, for the one draft that the dialect is written in: nothing is fetched, and
nothing is looked for twice. The general library takes longer to import than a form to compile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from disclosure_tui.data_class import dataclass

__all__ = ["Followed", "LeadsNowhereError", "References"]

_ONE = frozenset(
    {
        "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
        "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
"""Keywords that hold a schema; those that hold a list, and those that hold some by name."""
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})


class LeadsNowhereError(LookupError):
    """Nothing at hand is what a reference names."""


@dataclass(frozen=True, slots=True, eq=False)
class _Anchor:
    """A schema that can be referred to by a name of its own."""

    schema: Mapping[str, Any]
    is_dynamic: bool


class _Known:
    """All schemas at hand, by address, and their anchors."""

    __slots__ = ("anchors", "schemas")

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self.schemas: dict[str, Any] = {}
        self.anchors: dict[tuple[str, str], _Anchor] = {}
        ahead = [(address.rstrip("#"), schema) for address, schema in schemas.items()]
        self.schemas.update(ahead)
        while ahead:
            address, schema = ahead.pop()
            if not isinstance(schema, Mapping):
                continue
            own = schema.get("$id")
            if own is not None:
                address = urljoin(address, own.rstrip("#"))
                self.schemas[address] = schema
            for keyword, is_dynamic in (("$anchor", False), ("$dynamicAnchor", True)):
                if keyword in schema:
                    self.anchors[address, schema[keyword]] = _Anchor(schema, is_dynamic)
            ahead.extend((address, inner) for inner in _inner(schema))

    def anchor(self, address: str, name: str) -> _Anchor | None:
        """Return what a name stands for in a schema, or None."""
        found = self.anchors.get((address, name))
        schema = self.schemas.get(address)
        if found is not None or not isinstance(schema, Mapping):
            return found
        return self.anchors.get((schema.get("$id", "").rstrip("#"), name))

    def outermost(self, way: Iterable[str], name: str, schema: Any) -> Any:
        """Return what a dynamic name stands for in the schema that the way began with."""
        for address in way:
            anchor = self.anchor(address, name)
            if anchor is not None and anchor.is_dynamic:
                schema = anchor.schema
        return schema


def _inner(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the schemas directly inside of one."""
    for keyword, value in schema.items():
        if keyword in _ONE:
            yield value
        elif keyword in _LISTED:
            yield from value
        elif keyword in _NAMED:
            yield from value.values()


class References:
    """Follows references from one place: it knows the address there, and the way that led to it.

    Attributes:
        way: The addresses that led here, the last one first. It matters to dynamic references:
            the outermost schema on it has the last word.
    """

    __slots__ = ("_address", "_known", "way")

    def __init__(self, known: _Known, address: str, way: tuple[str, ...] = ()) -> None:
        self._known, self._address, self.way = known, address, way

    @classmethod
    def among(cls, schemas: Mapping[str, Any], address: str = "") -> References:
        """Return what follows references from an address.

        Args:
            schemas: All schemas at hand, by address; those inside of them are found.
            address: Where to begin.
        """
        return cls(_Known(schemas), address)

    def lookup(self, ref: str) -> Followed:
        """Return what a reference names.

        Raises:
            LeadsNowhereError: There is no such thing.
        """
        if ref.startswith("#"):
            address, fragment = self._address, ref[1:]
        else:
            address, fragment = _parts(self._address, ref)
        if address not in self._known.schemas:
            raise LeadsNowhereError(ref)
        there = self._at(address)
        schema = self._known.schemas[address]
        if fragment.startswith("/"):
            return _walked(there, schema, fragment)
        if not fragment:
            return Followed(schema, there)
        anchor = self._known.anchor(address, fragment)
        if anchor is None:
            raise LeadsNowhereError(ref)
        if not anchor.is_dynamic:
            return Followed(anchor.schema, there)
        last = self._known.outermost(there.way, fragment, anchor.schema)
        return Followed(last, there.in_subresource(last))

    def in_subresource(self, schema: object) -> References:
        """Return what follows references inside a schema that stands here."""
        own = schema.get("$id") if isinstance(schema, Mapping) else None
        if own is None:
            return self
        return References(self._known, urljoin(self._address, own.rstrip("#")), self.way)

    def _at(self, address: str) -> References:
        way, here = self.way, self._address
        if here and (not way or address != here):
            way = (here, *way)
        return References(self._known, address, way)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Where a reference led.

    Attributes:
        contents: What stands there.
        resolver: Follows the references inside of it.
    """

    contents: Any
    resolver: References


def _walked(here: References, schema: Any, pointer: str) -> Followed:
    """Follow a JSON pointer; a schema with an address of its own on the way changes it."""
    steps = list[str]()
    for step in unquote(pointer[1:]).split("/"):
        try:
            if isinstance(schema, Sequence):
                schema = schema[int(step)]
            else:
                schema = schema[step.replace("~1", "/").replace("~0", "~")]
        except (LookupError, TypeError, ValueError):
            raise LeadsNowhereError(pointer) from None
        steps.append(step)
        if _leads_to_schema(steps):
            inside = here.in_subresource(schema)
            if inside is not here:
                here, steps = inside, []
    return Followed(schema, here)


def _leads_to_schema(steps: Sequence[str]) -> bool:
    """Tell whether steps that began at a schema end at one, not at a list of some."""
    ahead = iter(steps)
    for step in ahead:
        if step not in _ONE and (step not in _LISTED | _NAMED or next(ahead, None) is None):
            return False
    return True


@lru_cache(maxsize=256)
def _parts(address: str, reference: str) -> tuple[str, str]:
    found = urldefrag(urljoin(address, reference))
    return found.url, found.fragment
