"""Every reference of a schema file leads to something inside of it, used on the form or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.references import Followed, LeadsNowhereError, References

__all__ = ["check_references", "followed"]


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


def check_references(
    resources: Mapping[str, Any], resolver: References, where: Callable[[object], str]
) -> None:
    """Follow every reference of a file and of what is embedded in it.

    Also those that the form is not built from, in the items of a list for instance: a report
    that comes to them must not be the first to find out.

    Raises:
        SchemaError: One leads nowhere.
    """
    for identifier, resource in resources.items():
        inside = resolver.lookup(identifier).resolver
        for schema in _schemas(resource):
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if isinstance(reference, str):
                    followed(inside, keyword, reference, partial(where, schema))


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
