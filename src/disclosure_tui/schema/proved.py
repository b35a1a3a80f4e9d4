"""Schema files that were checked when the program was built: dialect, limits, references, rules.

The check takes longer than all else that happens before the first screen. `make schemas` does it
and keeps the digests of the files that passed, with a digest of what they were checked against.
A file that was changed by a single byte is checked in full. Whether dialect or rule kinds have
changed since is asked by `make check` and the tests, not at each start: that would load them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["FILE", "digest_of", "is_proved", "listed"]

FILE = "proved.json"
_DIALECT = "dialect.schema.json"


def is_proved(source: bytes) -> bool:
    """Tell whether a file is known to be a schema in which nothing is wrong."""
    return digest_of(source) in _list().get("schemas", ())


def digest_of(source: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(source).hexdigest()


def listed(sources: Iterable[bytes], rule_kinds: Mapping[str, Any]) -> str:
    """Return the text of the list for files that were checked."""
    contents = {
        "dialect": _dialect_digest(rule_kinds),
        "schemas": sorted(digest_of(source) for source in sources),
    }
    return json.dumps(contents, indent=2) + "\n"


@lru_cache(maxsize=1)
def _list() -> Mapping[str, Any]:
    try:
        contents = json.loads(_file(FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return contents if isinstance(contents, dict) else {}


def _dialect_digest(rule_kinds: Mapping[str, Any]) -> str:
    kinds = json.dumps(rule_kinds, sort_keys=True, ensure_ascii=True, default=str)
    return digest_of(_file(_DIALECT).read_bytes() + kinds.encode())


def _file(name: str) -> Path:
    return Path(__file__).with_name(name)  # `importlib.resources` imports much for this
