"""Items of a rule about words: what each is called, its templates, where and when it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Self, TypeVar

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Node, Operand, Path
from disclosure_tui.rules.kind import Read, bound_at, parsed_check
from disclosure_tui.rules.outcome import ManyOutcomes
from disclosure_tui.rules.prose.declared import localized_text, templates_of
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.places import YEAR, Texts, parsed_texts
from disclosure_tui.rules.prose.template import Template
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import paths_of

__all__ = ["ItemsAt", "WordItem", "WordItemAt", "distinct_labels", "paths_of_items"]


@dataclass(frozen=True)
class WordItem:
    """One thing that texts say or do not say.

    Attributes:
        label: What it is called in findings.
        any: Templates; one of them says it.
        texts: Where it is looked for.
        condition: When it is asked for; None for always.
    """

    label: Text
    any: tuple[Template, ...]
    texts: tuple[Path, ...]
    condition: Node | None

    @classmethod
    def declared(cls, item: Mapping[str, Any], rule: Mapping[str, Any], **more: Any) -> Self:
        """Read an item of a rule; it may name texts of its own.

        Raises:
            SchemaError: A template or an expression cannot be read.
        """
        return cls(
            localized_text(item["label"]),
            templates_of(item, "any", exact=False),
            parsed_texts(item if "text" in item else rule),
            parsed_check(item["when"], "when") if "when" in item else None,
            **more,
        )


_Item = TypeVar("_Item", bound=WordItem)


def paths_of_items(items: Iterable[WordItem]) -> tuple[Path, ...]:
    """Return the texts, then the cells of conditions."""
    items = tuple(items)
    texts = (path for item in items for path in item.texts)
    cells = (path for item in items if item.condition for path in paths_of(item.condition))
    return (*texts, *cells)


def distinct_labels(items: Iterable[WordItem]) -> Text:
    """Name the items, each label once."""
    labels = [item.label for item in items]
    return Text(
        "、".join(dict.fromkeys(label.zh for label in labels)),
        ", ".join(dict.fromkeys(label.en for label in labels)),
    )


@dataclass(frozen=True)
class WordItemAt(Generic[_Item]):
    """An item at its place.

    Attributes:
        item: What was declared.
        texts: The texts it is looked for in.
        condition: When it is asked for; None for always.
    """

    item: _Item
    texts: Texts
    condition: Bound | None

    def pages(self, read: Read) -> list[tuple[Pointer, Page]]:
        """Return the texts that are written; none where the item is not asked for."""
        if self.condition is not None and self.condition.truth(read) is not True:
            return []
        return list(self.texts.pages(read))


@dataclass(frozen=True)
class ItemsAt(ManyOutcomes, Generic[_Item]):
    """The items of a rule at one place."""

    items: tuple[WordItemAt[_Item], ...]

    @classmethod
    def bound(cls, items: Iterable[_Item], scope: Scope) -> Self:
        """Tie items to a place."""
        return cls(
            tuple(
                WordItemAt(
                    item,
                    Texts.at(item.texts, scope),
                    None if item.condition is None else bound_at(item.condition, scope),
                )
                for item in items
            )
        )

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Texts, the year and the cells of conditions."""
        texts = (operand for item in self.items for operand in item.texts.operands)
        cells = (
            operand
            for item in self.items
            for operand in (item.condition.operands if item.condition is not None else ())
        )
        return tuple(dict.fromkeys((*texts, YEAR, *cells)))

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The texts."""
        return tuple(dict.fromkeys(p for item in self.items for p in item.texts.pointers))
