"""What a schema file says of itself, read without reading the whole file.

The members of the root are read one by one until those that matter are known; they stand at the
top of a file as people write it. Whatever is not plain there is left to the reader of the whole
file, which says what is wrong and where. A key that stands twice is found when the schema is
loaded, so a file that can be used says nothing else further down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from disclosure_tui.schema.limits import check_size
from disclosure_tui.schema.loader import parse_json

__all__ = ["head_of", "partial_head"]

_WANTED = frozenset({"$id", "title", "x-titles", "x-report", "$ref"})
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)


def head_of(source: bytes, name: str) -> Mapping[str, Any]:
    """Return the members of the root that say what a schema is; others may be among them.

    Raises:
        SchemaError: Not UTF-8, not JSON, a key twice, or over a limit.
    """
    check_size(len(source), name)
    found, whole = _read(source)
    if whole:
        return found
    contents = parse_json(source, name)
    return contents if isinstance(contents, dict) else {}


def partial_head(source: bytes) -> Mapping[str, Any]:
    """Return what can be read of a file that is broken further down."""
    return _read(source)[0]


def _read(source: bytes) -> tuple[dict[str, Any], bool]:
    """Return the members up to the last one wanted, and whether all of them are known."""
    found: dict[str, Any] = {}
    try:
        text = source.decode("utf-8-sig")
        at = _after(text, 0, "{")
        while True:
            key, at = _DECODER.raw_decode(text, _skip(text, at))
            if not isinstance(key, str) or key in found:
                return found, False
            found[key], at = _DECODER.raw_decode(text, _skip(text, _after(text, at, ":")))
            if found.keys() >= _WANTED:
                return found, True
            at = _after(text, at, ",")
    except (ValueError, IndexError, RecursionError, ArithmeticError):
        return found, False


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()


def _after(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at] != sign:
        raise ValueError(sign)
    return at + 1
