"""Every reference of a schema file leads to something inside of it, used on the form or not.

And no value is described by so many schemas that judging it takes for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.references import Followed, LeadsNowhereError, References
from disclosure_tui.schema.limits import DEEPEST_REFERENCE, MOST_LAYERS, over_limit

__all__ = ["check_references", "followed", "in_a_circle", "too_many_layers"]


def followed(
    resolver: References, keyword: str, reference: str, where: Callable[[], str]
) -> Followed:
    """Return what a reference leads to.

    Raises:
        SchemaError: It leads nowhere. Nothing is ever fetched.
    """
    try:
        return resolver.lookup(reference)
    except LeadsNowhereError as error:
        raise SchemaError(
            Text(f"找不到【{reference}】指的内容", f"{keyword} {reference!r} leads nowhere"),
            hint=Text(
                "格式文件要自成一体，请把它放进【$defs】",
                "a schema file is self-contained: embed the target under $defs",
            ),
            where=where(),
        ) from error


def in_a_circle(where: str) -> SchemaError:
    """Return the error that references lead back to where they began, or go on too long.

    Args:
        where: File and pointer.
    """
    return SchemaError(
        Text(
            f"引用绕成了圈，或接连引用超过了 {DEEPEST_REFERENCE} 次",
            "the references run in a circle, or are more than "
            f"{DEEPEST_REFERENCE} behind each other",
        ),
        where=where,
    )


def too_many_layers(where: str) -> SchemaError:
    """Return the error that too many schema objects describe one place together.

    Args:
        where: File and pointer.
    """
    what = Text("同一处叠加的层", "the layers of one place are")
    return over_limit(what, MOST_LAYERS, Text("层", "in number"), where)


def check_references(
    resources: Mapping[str, Any], resolver: References, where: Callable[[object], str]
) -> None:
    """Follow every reference of a file and of what is embedded in it.

    Also those that the form is not built from, in the items of a list for instance: a report
    that comes to them must not be the first to find out.

    Raises:
        SchemaError: One leads nowhere, or back; or too many describe one value.
    """
    layers = _Layers(where)
    for identifier, resource in resources.items():
        inside = resolver.lookup(identifier).resolver
        for schema in _schemas(resource):
            layers.count(schema, inside, 0)


class _Layers:
    """Counts how many schema objects a value is held to where it is held to one of them.

    A file of some lines can name the next object twice at every level, a million times in all.
    """

    __slots__ = ("_counted", "_where")

    def __init__(self, where: Callable[[object], str]) -> None:
        self._counted: dict[int, tuple[int, int]] = {}
        self._where = where

    def count(self, schema: object, inside: References, depth: int) -> tuple[int, int]:
        """Return how many there are, the object itself included, and how many behind each other.

        Args:
            schema: The object.
            inside: Follows its references.
            depth: How many references and alternatives led to it.

        Raises:
            SchemaError: There are too many, in number or behind each other.
        """
        if not isinstance(schema, Mapping):
            return 1, 0
        known = self._counted.get(id(schema))
        if known is not None:
            return known
        if depth > DEEPEST_REFERENCE:
            raise in_a_circle(self._where(schema))
        layers, behind = 1, 0
        for part, resolver in self._beside(schema, inside):
            of_part, below = self.count(part, resolver, depth + 1)
            layers, behind = layers + of_part, max(behind, below + 1)
        if behind > DEEPEST_REFERENCE:
            raise in_a_circle(self._where(schema))
        if layers > MOST_LAYERS:
            raise too_many_layers(self._where(schema))
        self._counted[id(schema)] = layers, behind
        return layers, behind

    def _beside(
        self, schema: Mapping[str, Any], inside: References
    ) -> Iterator[tuple[object, References]]:
        """Yield what is asked of the same value, and what follows the references in it."""
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                found = followed(inside, keyword, reference, partial(self._where, schema))
                yield found.contents, found.resolver
        for keyword in ("allOf", "anyOf"):
            for part in schema.get(keyword, ()):
                yield part, inside.in_subresource(part)


def _schemas(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a resource, those of embedded resources left out."""
    stack: list[Any] = [resource]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            if value is resource or not isinstance(value.get("$id"), str):
                yield value
                stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
