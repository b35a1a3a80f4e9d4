"""Rule kind `text_forbidden`: a text does not say what it should not say.

What it checks: no template `any` of an item is found in the texts: leftovers of a form, documents
and years that do not fit. `text` of an item is read instead of the rule's; `unless` leaves
sentences with these words alone; `when` asks for the item only if it holds. Every sentence found
is a finding of its own, named by section and a digest of its words. A placeholder `{_}` is a place
left to be filled in. How templates are
written: docs/reference/dialect.md, Templates.
Example: `{"text": ["this"], "text_forbidden": [{"label": {"zh": "表样的提示", "en": "a hint"},
"any": ["（文字描述"]}]}`.
How to fix: take the words out or bring them up to date.
Source: domain, section b.6; docs/decisions/0012-prose-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Node, Operand, Path
from disclosure_tui.rules.kind import Read, Worded, bound_at, described, parsed_check
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome, told_apart
from disclosure_tui.rules.prose.declared import localized_text, sieve_of, templates_of
from disclosure_tui.rules.prose.mention import Filter, Mention, mentions_of
from disclosure_tui.rules.prose.places import (
    TEXT_SCHEMA,
    YEAR,
    Texts,
    label_schema,
    parsed_texts,
    report_year,
    words_schema,
)
from disclosure_tui.rules.prose.template import Template
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import paths_of

__all__ = ["KIND"]


@dataclass(frozen=True)
class _Unwanted:
    """One thing not to be said."""

    label: Text
    any: tuple[Template, ...]
    texts: tuple[Path, ...]
    sieve: Filter
    condition: Node | None


@dataclass(frozen=True)
class _UnwantedAt:
    """One thing not to be said, at its place."""

    unwanted: _Unwanted
    texts: Texts
    condition: Bound | None

    def found(self, year: int | None, read: Read) -> Iterator[Outcome]:
        """Yield every place where it is said."""
        if self.condition is not None and self.condition.truth(read) is not True:
            return
        pages = list(self.texts.pages(read))
        mentions = mentions_of(self.unwanted.any, pages, year, self.unwanted.sieve, denied=True)
        for mention in _one_a_sentence(mentions):
            yield Outcome(
                mention.name,
                truth=False,
                pointers=(mention.pointer,),
                worded=_worded(mention, self.unwanted.label),
                quote=mention.quote,
                said=mention.said,
            )


def _one_a_sentence(mentions: Iterator[Mention]) -> Iterator[Mention]:
    """Leave out what stands in a sentence already told of."""
    told = set()
    for mention in mentions:
        sentence = (mention.pointer, mention.page.sentence(mention.start)[0])
        if sentence not in told:
            told.add(sentence)
            yield mention


def _worded(mention: Mention, label: Text) -> Worded:
    arguments: dict[str, Argument] = {
        "section": LabelOf(mention.pointer, Place.PATH),
        "label": label,
        "words": mention.shortened(8),
    }
    line = Message(
        Text("{section}【{words}】：{label}", "{section} 【{words}】: {label}"), arguments
    )
    headline = Message(
        Text("{where}：{label}。", "{where} {label}."), {"where": mention.where, "label": label}
    )
    return Worded(line, headline, Message(Text("", "")))


@dataclass(frozen=True)
class _ForbiddenAt(ManyOutcomes):
    """The things not to be said, at one place."""

    items: tuple[_UnwantedAt, ...]

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

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge the texts: every place found, or one verdict that there is none."""
        year = report_year(read)
        found = (outcome for item in self.items for outcome in item.found(year, read))
        outcomes = tuple(told_apart(found))
        if outcomes:
            return outcomes
        written = any(True for item in self.items for _ in item.texts.pages(read))
        return (Outcome("", truth=True),) if written else ()


@dataclass(frozen=True)
class _Forbidden:
    """A declared list of things not to be said."""

    items: tuple[_Unwanted, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Texts first, then the cells of conditions."""
        texts = (path for item in self.items for path in item.texts)
        cells = (p for item in self.items if item.condition for p in paths_of(item.condition))
        return (*texts, *cells)

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _ForbiddenAt:
        """Tie it to a place."""
        del totals
        return _ForbiddenAt(
            tuple(
                _UnwantedAt(
                    item,
                    Texts.at(item.texts, scope),
                    None if item.condition is None else bound_at(item.condition, scope),
                )
                for item in self.items
            )
        )

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Name what must not be said."""
        del label
        labels = [item.label for item in self.items]
        return Text(
            "文字中没有：" + "、".join(dict.fromkeys(text.zh for text in labels)),
            "the text has none of: " + ", ".join(dict.fromkeys(text.en for text in labels)),
        )

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Prose makes no totals."""
        del scope
        return frozenset()


class _ForbiddenKind:
    """The kind."""

    keyword = "text_forbidden"
    item_schema: Mapping[str, Any] = {
        "text": TEXT_SCHEMA,
        "text_forbidden": {
            "type": "array",
            "minItems": 1,
            "maxItems": 30,
            **described("文字里不能出现的内容。", "What the texts must not say."),
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label", "any"],
                "properties": {
                    "label": label_schema("错在哪里。", "What is wrong with it."),
                    "any": words_schema(
                        "几种说法，一种也不能有。", "Templates; none of them may be found."
                    ),
                    "text": TEXT_SCHEMA,
                    "unless": words_schema(
                        "有这些字样的句子不看。", "Words that leave a sentence alone."
                    ),
                    "without": words_schema(
                        "找到的一段里不能有的字样。",
                        "Words that may not stand within what was found.",
                    ),
                    "when": {
                        "type": "string",
                        **described("这个条件成立才检查。", "Asked for only if this holds."),
                    },
                },
            },
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Forbidden:
        """Read the items.

        Raises:
            SchemaError: A template or an expression cannot be read.
        """
        return _Forbidden(
            tuple(
                _Unwanted(
                    localized_text(unwanted["label"]),
                    templates_of(unwanted, "any", exact=False),
                    parsed_texts(unwanted if "text" in unwanted else item),
                    sieve_of(unwanted, item.get("unless", ())),
                    parsed_check(unwanted["when"], "when") if "when" in unwanted else None,
                )
                for unwanted in item[self.keyword]
            )
        )


KIND = _ForbiddenKind()
