"""The rules declared at a node, with the overrides of an extension merged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Declaration
from disclosure_tui.model.origin import RuleChange
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.schema.layers import Effective

__all__ = ["declarations"]

OVERRIDABLE = frozenset(
    {"id", "severity", "message", "authority", "reasons"}
    | {"off", "from", "to", "by", "basis", "note"}
)
"""What a nearer item may say of a rule declared further away (dialect, section 2)."""

_PAUSE = frozenset({"from", "to", "by", "basis", "note"})


def declarations(pointer: Pointer, schema: Effective) -> tuple[Declaration, ...]:
    """Collect the items of `x-rules` of a node's layers.

    Raises:
        SchemaError: A rule is declared twice in full, or an override names no rule.
    """
    found: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    added: set[str] = set()
    changes: dict[str, list[RuleChange]] = {}
    for layer in reversed(schema.layers):
        for item in layer.schema.get("x-rules", ()):
            identifier = item["id"]
            origin = schema.loaded.origin(item)
            where = str(origin)
            if set(item) <= OVERRIDABLE:
                if identifier not in found:
                    raise SchemaError(
                        Text(
                            f"没有【{identifier}】这条规则可改", f"no rule {identifier!r} to change"
                        ),
                        where=where,
                    )
                _override(found[identifier], item)
                changes.setdefault(identifier, []).append(RuleChange(origin, item))
            elif identifier in found:
                raise SchemaError(
                    Text(f"【{identifier}】写了两遍", f"the rule {identifier!r} is declared twice"),
                    hint=Text(f"另一处在 {origins[identifier]}", f"also at {origins[identifier]}"),
                    where=where,
                )
            else:
                found[identifier] = dict(item)
                origins[identifier] = where
                if origin.added:
                    added.add(identifier)
    return tuple(
        Declaration(
            identifier,
            pointer,
            item,
            origins[identifier],
            identifier in added,
            tuple(changes.get(identifier, ())),
        )
        for identifier, item in found.items()
        if not item.get("off")
    )


def _override(rule: dict[str, Any], item: Mapping[str, Any]) -> None:
    """Take over what a nearer item says; for some time only, the rule itself stays as it is."""
    if "from" in item or "to" in item:
        for_a_time = {key: value for key, value in item.items() if key in _PAUSE}
        if item.get("off"):
            rule["suspended"] = [*rule.get("suspended", ()), for_a_time]
        elif "severity" in item:
            for_a_time["severity"] = item["severity"]
            rule["regraded"] = [*rule.get("regraded", ()), for_a_time]
        else:
            for_a_time = {}
        left_out = {*for_a_time, "off"}
        item = {key: value for key, value in item.items() if key not in left_out}
    rule.update(item)
