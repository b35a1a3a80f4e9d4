"""What every item of a rule about prose declares alike: labels, templates, what is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.rules.prose.mention import Filter
from disclosure_tui.rules.prose.numerals import FigureKind
from disclosure_tui.rules.prose.template import Template
from disclosure_tui.rules.prose.template_parser import parse_template

__all__ = ["localized_text", "sieve_of", "templates_of"]


def localized_text(value: Any) -> Text:
    """Return a text of a schema in both languages; one alone stands for both."""
    if isinstance(value, str):
        return same(value)
    first = next(iter(value.values()))
    return Text(value.get("zh", first), value.get("en", first))


def templates_of(
    item: Mapping[str, Any], key: str, *kinds: FigureKind, exact: bool = True
) -> tuple[Template, ...]:
    """Read a list of templates.

    Args:
        item: Where it stands.
        key: Its key.
        kinds: The figures that each must have.
        exact: They must have these figures and no others.

    Raises:
        SchemaError: One cannot be read, or has other figures.
    """
    found = tuple(parse_template(text, key) for text in item.get(key, ()))
    for template in found:
        if exact and template.kinds != kinds:
            wanted = " ".join("{n}" if kind is FigureKind.NUMBER else "{p}" for kind in kinds)
            what = Text(
                f"【{key}】的句式里要写的数：{wanted or '没有数'}",
                f"{key}: a template takes these figures: {wanted or 'none'}",
            )
            raise SchemaError(what, hint=same(template.source))
    return found


def sieve_of(item: Mapping[str, Any], unless: Sequence[str] = ()) -> Filter:
    """Read which places are left alone; `unless` is what the rule as a whole says."""
    return Filter(
        (*unless, *item.get("unless", ())),
        tuple(item.get("without", ())),
        tuple(item.get("about", ())),
        tuple(item.get("not_about", ())),
    )
