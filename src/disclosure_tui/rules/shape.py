"""What the schema accepts at one place, told at once where it can be told.

Nearly every value of nearly every report is as it should be. The JSON Schema validator finds and
words what is not, but takes far longer than all rules together to say that there is nothing. So
it is asked only where a shape does not accept a value. A shape never accepts what the validator
refuses; what it is not sure of, it does not accept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from disclosure_tui.model.report import Plain

__all__ = ["Schemas", "Shape"]

_JUDGED = frozenset(
    {
        "$ref", "$dynamicRef", "allOf", "type", "properties", "required", "additionalProperties",
        "unevaluatedProperties", "items", "maxItems", "maxProperties", "enum", "anyOf", "minimum",
        "maximum", "minLength", "maxLength", "format",
    }
)  # fmt: skip
_SAY_NOTHING = frozenset(
    {"$schema", "$id", "$anchor", "$dynamicAnchor", "$defs", "$comment", "title", "description"}
)
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCALARS: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, Decimal),
    "string": (str,),
    "array": (list,),
    "object": (dict,),
}
_KINDS = frozenset(kind for kinds in _SCALARS.values() for kind in kinds)


class Schemas(Protocol):
    """Finds schemas: what JSON Schema calls a resolver, behind two questions."""

    def followed(self, reference: str) -> tuple[Any, Schemas]:
        """Return the schema that a reference leads to, and how to go on from there."""

    def inside(self, schema: Any) -> Schemas:
        """Return how to go on inside a schema that stands here."""


class Shape:
    """What all schemas that apply to one place accept there."""

    __slots__ = (
        "_children",
        "_choices",
        "_ends",
        "_items",
        "_leaves_keys",
        "_parts",
        "_plain",
        "certain",
        "closed",
    )

    def __init__(self, schema: Any, schemas: Schemas) -> None:
        self._parts: list[tuple[Mapping[str, Any], Schemas]] = []
        self._ends: list[int] = []
        self.certain = True
        """Every keyword here is one that a shape knows."""
        self._add(schema, schemas, ())
        self._children: dict[str, tuple[Shape, ...]] = {}
        self._items: tuple[Shape, ...] | None = None
        self._choices: list[tuple[Shape, ...]] = [
            tuple(Shape(branch, inner.inside(branch)) for branch in part["anyOf"])
            for part, inner in self._parts
            if "anyOf" in part
        ]
        self.closed = bool(self._choices)
        """Whether a value is right here depends on what lies deep inside of it."""
        # Which keys an alternative leaves to `unevaluatedProperties` is for the validator.
        self._leaves_keys = any(
            "unevaluatedProperties" in part
            and any("anyOf" in inner for inner, _ in self._parts[position : self._ends[position]])
            for position, (part, _) in enumerate(self._parts)
        )
        self._plain = _whole_numbers(self)

    def _add(self, schema: Any, schemas: Schemas, coming: tuple[int, ...]) -> None:
        if schema is True:
            return
        if schema is False or id(schema) in coming:
            self.certain = False
            return
        position = len(self._parts)
        self._parts.append((schema, schemas))
        self._ends.append(position)
        for keyword in schema:
            if not (keyword in _JUDGED or keyword in _SAY_NOTHING or keyword.startswith("x-")):
                self.certain = False
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in schema:
                target, inner = schemas.followed(schema[keyword])
                self._add(target, inner, (*coming, id(schema)))
        for member in schema.get("allOf", ()):
            self._add(member, schemas.inside(member), (*coming, id(schema)))
        self._ends[position] = len(self._parts)

    def accepts(self, value: Plain) -> bool:
        """Tell whether a value is surely right, with all that is in it."""
        if self._plain is not None and type(value) is int:
            return self._plain[0] <= value <= self._plain[1]
        if not self.accepts_itself(value):
            return False
        if type(value) is dict:
            known = self._children
            for key, inner in value.items():
                shapes = known.get(key)
                for shape in self.children(key) if shapes is None else shapes:
                    if not shape.accepts(inner):
                        return False
        return True

    def accepts_itself(self, value: Plain) -> bool:
        """Tell whether a value is surely right, leaving out what a map holds."""
        if not self.certain or type(value) not in _KINDS:
            return False
        for part, _ in self._parts:
            wanted = part.get("type")
            if wanted is not None and not _is_of(value, wanted):
                return False
            if "enum" in part and not _is_listed(value, part["enum"]):
                return False
            if not _within(part, value):
                return False
        if type(value) is list and value and not self._accepts_items(value):
            return False
        if self._choices:
            if type(value) is dict and self._leaves_keys:
                return False
            return all(any(s.accepts(value) for s in branches) for branches in self._choices)
        return True

    def _accepts_items(self, value: list[Plain]) -> bool:
        if self._items is None:
            self._items = tuple(
                Shape(part["items"], schemas.inside(part["items"]))
                for part, schemas in self._parts
                if "items" in part
            )
        return all(shape.accepts(item) for shape in self._items for item in value)

    def children(self, key: str) -> tuple[Shape, ...]:
        """Return what has to accept the value of a key."""
        found = self._children.get(key)
        if found is None:
            found = tuple(Shape(schema, inner) for schema, inner in self._schemas_of(key))
            if len(self._children) < _MOST_KEYS:
                self._children[key] = found
        return found

    def _schemas_of(self, key: str) -> Iterator[tuple[Any, Schemas]]:
        evaluated = [False] * len(self._parts)
        for position, (part, schemas) in enumerate(self._parts):
            here = part.get("properties", {})
            if key in here:
                evaluated[position] = True
                yield here[key], schemas.inside(here[key])
            elif "additionalProperties" in part:
                evaluated[position] = True
                schema = part["additionalProperties"]
                yield schema, schemas.inside(schema)
        for position in reversed(range(len(self._parts))):
            part, schemas = self._parts[position]
            if "unevaluatedProperties" in part:
                # It sees what its own schema and those it refers to have evaluated, no others.
                if not any(evaluated[position : self._ends[position]]):
                    schema = part["unevaluatedProperties"]
                    yield schema, schemas.inside(schema)
                evaluated[position] = True


_MOST_KEYS = 1_000
"""Keys are of the filer's choice in some maps; so many are remembered."""


def _whole_numbers(shape: Shape) -> tuple[int | float, int | float] | None:
    """Return the least and the greatest whole number that a plain count may be, else None.

    Such a shape says no more of a whole number than this; it spares the long way.
    """
    least, greatest = float("-inf"), float("inf")
    if not shape.certain or shape.closed:
        return None
    for part, _ in shape._parts:  # noqa: SLF001 - a part of the class, kept short
        wanted = part.get("type")
        if "enum" in part or (wanted is not None and not _is_of(0, wanted)):
            return None
        least = max(least, part.get("minimum", least))
        greatest = min(greatest, part.get("maximum", greatest))
    return least, greatest


def _is_of(value: Plain, wanted: str | list[str]) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return any(type(value) in _SCALARS.get(kind, ()) for kind in kinds)


def _is_listed(value: Plain, listed: list[Any]) -> bool:
    return any(type(item) is type(value) and item == value for item in listed)


def _within(part: Mapping[str, Any], value: Plain) -> bool:
    """Tell whether a value keeps the limits of one schema."""
    kind = type(value)
    if kind is int or kind is Decimal:
        least, greatest = part.get("minimum"), part.get("maximum")
        return (least is None or value >= least) and (greatest is None or value <= greatest)
    if kind is str:
        if part.get("format") == "date" and not _is_date(value):
            return False
        most = part.get("maxLength")
        return len(value) >= part.get("minLength", 0) and (most is None or len(value) <= most)
    if kind is dict:
        most = part.get("maxProperties")
        required = part.get("required", ())
        return (most is None or len(value) <= most) and all(key in value for key in required)
    return kind is not list or len(value) <= part.get("maxItems", len(value))


def _is_date(value: str) -> bool:
    if _DATE.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
