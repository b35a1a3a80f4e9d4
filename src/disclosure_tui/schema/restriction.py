"""An overlay adds and restricts; it never makes room that its base refuses.

What a validator makes of both files is safe by itself: the overlay's root takes over the base, so
a value has to fit both. There are three ways around it, and all of them are refused here: to open
a closed object through an extension point, to shadow a part of the base (`overlay.compose`), and
to say something that the form is built from although the validator does not see it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.schema.layers import Effective, Source
from disclosure_tui.schema.loader import LoadedSchema
from disclosure_tui.schema.narrowing import check_findings, check_label, check_values
from disclosure_tui.schema.overlay import points_of, schemas_in
from disclosure_tui.schema.rule_changes import Declared, check_changes, check_new

__all__ = ["check_restricts"]

_ROOT_ONLY = frozenset({"$schema", "$id", "x-dialect", "$ref", "$defs", "x-overlay"})
_AT_BASE = frozenset(
    {
        "$comment", "$anchor", "title", "x-titles", "x-short", "x-relabel", "description",
        "properties", "additionalProperties", "x-rules", "x-findings", "x-cell", "type", "minimum",
        "maximum", "minLength", "maxLength", "maxItems", "maxProperties", "enum", "format",
    }
)  # fmt: skip
"""What an overlay may say at a place that its base has."""
_AT_POINT = frozenset({"$comment", "$dynamicAnchor", "properties", "x-rules", "type"})
"""What an overlay may say at an extension point itself."""


def check_restricts(composed: LoadedSchema) -> None:
    """Make sure that an overlay takes nothing back of what its base says.

    Args:
        composed: The overlay over its base.

    Raises:
        SchemaError: It does; file, pointer and what to do instead are named.
    """
    base = composed.base
    assert base is not None
    theirs = Effective((Source(base.contents, base.resolver),), base)
    ours = Effective((Source(composed.contents, composed.resolver),), composed)
    declared = Declared.of(theirs)
    for schema, _ in schemas_in(composed.contents, ROOT):
        check_new(schema, declared, composed)
    _Walk(composed, declared).place(ROOT, ours, theirs, {})


class _Walk:
    """Looks at every place of the base that an overlay speaks of."""

    def __init__(self, composed: LoadedSchema, declared: Declared) -> None:
        self._composed = composed
        self._declared = declared

    def place(
        self, pointer: Pointer, ours: Effective, theirs: Effective, policies: Mapping[str, Any]
    ) -> None:
        """Check one place of the base, and those below it.

        Args:
            pointer: The place.
            ours: What both files say of it.
            theirs: What the base says of it.
            policies: The weights of findings on form that the base has above it.
        """
        policies = {**policies, **(theirs.merged("x-findings") or {})}
        own = [layer.schema for layer in ours.layers if self._is_own(layer.schema)]
        known = theirs.properties()
        for schema in own:
            where = self._composed.where(schema)
            at_point = "$dynamicAnchor" in schema
            self._check_words(pointer, schema, where, theirs, at_point=at_point)
            if at_point:
                self._check_new(schema, where, known)
            else:
                self._check_keys(schema, where, known)
            check_label(schema, theirs.label_layer(), where)
            check_values(schema, theirs, where)
            check_findings(schema, policies, where)
            check_changes(schema, pointer, self._declared, self._composed)
        children = ours.properties()
        for key, child in known.items():
            self.place(pointer / key, children[key], child, policies)
        entry, row = theirs.entry(), ours.entry()
        if entry is not None and row is not None:
            self.place(pointer / "*", row, entry, policies)

    def _is_own(self, schema: Mapping[str, Any]) -> bool:
        return self._composed.origin(schema).added

    def _check_words(
        self,
        pointer: Pointer,
        schema: Mapping[str, Any],
        where: str,
        theirs: Effective,
        *,
        at_point: bool,
    ) -> None:
        allowed = _AT_POINT if at_point else _AT_BASE
        if pointer == ROOT and not at_point:
            allowed = allowed | _ROOT_ONLY
        if theirs.entry() is None:
            allowed = allowed - {"additionalProperties"}
        for word in schema:
            if word not in allowed:
                raise SchemaError(
                    Text(
                        f"补充规定不能改底本这里的【{word}】",
                        f"an overlay cannot change {word} at a place of its base",
                    ),
                    hint=_CLOSED if word in _OPENING else _ADD,
                    where=where,
                )

    def _check_new(
        self, schema: Mapping[str, Any], where: str, known: Mapping[str, Effective]
    ) -> None:
        """Make sure that an extension point is not used to say again what the base has."""
        for key in schema.get("properties", {}):
            if key in known:
                raise SchemaError(
                    Text(f"底本这里已有【{key}】", f"the base has {key!r} here already"),
                    hint=Text(
                        "扩展点里另起一个键；要改底本的，写在根的【properties】下同一位置",
                        "use another key; what the base has is changed below the root's properties",
                    ),
                    where=f"{where}/properties/{key}",
                )

    def _check_keys(
        self, schema: Mapping[str, Any], where: str, known: Mapping[str, Effective]
    ) -> None:
        """Make sure that what stands beside the base's own keys was meant as one of them."""
        for key in schema.get("properties", {}):
            if key in known:
                continue
            close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            base = self._composed.base
            assert base is not None
            points = sorted(points_of(base))
            raise SchemaError(
                Text(f"底本这里没有【{key}】", f"the base has no {key!r} here"),
                hint=Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
                if close
                else Text(
                    f"要增加的，写在扩展点里：{'、'.join(points)}",
                    f"what is new goes to an extension point: {', '.join(points)}",
                ),
                where=f"{where}/properties",
            )


_OPENING = frozenset({"additionalProperties", "unevaluatedProperties", "items", "anyOf"})
_CLOSED = Text(
    "底本不认的键，补充规定也不能放行；要增加的逐个写进【properties】",
    "what the base closes stays closed; name each addition under properties",
)
_ADD = Text(
    "补充规定可以：在扩展点增加字段、表、行；增加规则，改规则的级别或暂停规则；"
    "注明【x-relabel】改标题；把类型收紧",
    "an overlay may add at extension points, add rules, re-grade or suspend them, "
    "change labels with x-relabel, and narrow types",
)
