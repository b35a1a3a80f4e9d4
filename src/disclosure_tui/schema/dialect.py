"""The JSON Schema of the dialect, whole and in one language: what an editor completes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from disclosure_tui.language import Language, Text

__all__ = ["STANDARD", "editor_settings", "whole_dialect"]

STANDARD = "https://json-schema.org/draft/2020-12/schema"
"""What `$schema` of every schema file says. It is an identifier; nothing is fetched."""

_FILES = "*.schema.json"


def whole_dialect(rule_kinds: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return the JSON Schema of schema files, with all rule kinds, described in a language.

    Args:
        rule_kinds: JSON Schema of every key that the rule kinds add to an item of `x-rules`.
        language: Language of the descriptions.
    """
    source = resources.files("disclosure_tui.schema") / "dialect.schema.json"
    dialect = json.loads(source.read_bytes())
    # The program puts the keys of the kinds behind a reference; editors do not look there for what
    # may stand beside the keys that all rules have.
    rule = dialect["$defs"]["rule"]
    rule["properties"] |= rule_kinds
    del rule["$ref"], dialect["$defs"]["kind"]
    spoken = _spoken(dialect, language)
    assert isinstance(spoken, dict)
    return spoken


def editor_settings(dialect: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by which editors complete and check schema files.

    The language service of VS Code, which Vim and others use as well, goes by `$schema` before it
    looks at the name of a file. So the dialect takes the place of JSON Schema itself, in this
    folder.
    """
    return {"json.schemas": [{"fileMatch": [_FILES], "url": STANDARD, "schema": dict(dialect)}]}


def _spoken(value: Any, language: Language) -> Any:
    """Copy a schema; of its descriptions those of one language are left, and where a key goes."""
    if isinstance(value, list):
        return [_spoken(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    found = {
        key: item if key == "examples" else _spoken(item, language)
        for key, item in value.items()
        if not (key in ("x-description", "x-where") and isinstance(item, dict))
    }
    if isinstance(value.get("description"), str):
        other, where = value.get("x-description", {}), value.get("x-where")
        text = other.get(language.value, value["description"])
        if where is not None:
            label = Text(f"写在：{where['zh']}。", f" Where: {where['en']}.")
            text += label.in_(language)
        found["description"] = text
    return found
