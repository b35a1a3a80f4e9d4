"""A second opinion: what another YAML library reads in a file, brought to our plain data."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

yaml12 = pytest.importorskip("yaml12", reason="py-yaml12, for development only, is not installed")

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_LARGEST = 10**18


def independent_data(text: str) -> Any:
    """Return the data of the one document in a text that has content.

    Raises:
        ValueError: The other library cannot read it, or there is no such document.
    """
    documents = [_plain(document) for document in yaml12.parse_yaml(text, multi=True)]
    (data,) = [document for document in documents if document is not None]
    return data


def comparable(value: Any) -> Any:
    """Bring our data to what can be compared: keys by what they say, figures as numbers."""
    if isinstance(value, dict):
        return {_key(key): comparable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [comparable(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and _beyond_figures(value):
        return float(value)
    return value


def _beyond_figures(text: str) -> bool:
    """We read figures that no report can hold as texts; others read them as numbers."""
    if not _FLOAT.match(text):
        return False
    return not _INTEGER.match(text) or abs(int(text)) >= _LARGEST


def _plain(value: Any) -> Any:
    if isinstance(value, yaml12.Yaml):
        return _plain(value.value)
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str) and _beyond_figures(value):
        return float(value)
    return value


def _mapping(value: dict[Any, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for key, part in value.items():
        inner = _plain(part)
        sources = inner if isinstance(inner, list) else [inner]
        if key == "<<" and all(isinstance(source, dict) for source in sources):
            for source in sources:
                for name, what in source.items():
                    merged.setdefault(name, what)
        else:
            own[_key(_plain(key))] = inner
    return {**merged, **own}


def _key(key: Any) -> str:
    """Return a key by what it says: `1`, "1" and 1 are the same here."""
    if isinstance(key, str):
        key = _WORDS.get(key.lower(), key)
        if isinstance(key, str) and _INTEGER.match(key):
            key = int(key, 0 if key[:2] in ("0o", "0x") else 10)
        elif isinstance(key, str) and _FLOAT.match(key):
            key = float(key)
    return f"{type(key).__name__} {key}"


def alike(ours: Any, theirs: Any) -> bool:
    """Tell whether our data are what the other library read; 1 and 1.0 differ, and 1 and true."""
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict)
            and ours.keys() == theirs.keys()
            and all(alike(part, theirs[key]) for key, part in ours.items())
        )
    if isinstance(ours, list):
        return (
            isinstance(theirs, list) and len(ours) == len(theirs) and all(map(alike, ours, theirs))
        )
    return type(ours) is type(theirs) and bool(ours == theirs)
