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
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Path
from disclosure_tui.rules.kind import Read, Worded, described
from disclosure_tui.rules.outcome import Outcome, told_apart
from disclosure_tui.rules.prose.declared import sieve_of
from disclosure_tui.rules.prose.mention import Filter, Mention, mentions_of
from disclosure_tui.rules.prose.places import (
    TEXT_SCHEMA,
    label_schema,
    report_year,
    words_schema,
)
from disclosure_tui.rules.prose.word_items import (
    ItemsAt,
    WordItem,
    WordItemAt,
    distinct_labels,
    paths_of_items,
)
from disclosure_tui.rules.scope import Scope

__all__ = ["KIND"]


@dataclass(frozen=True)
class _Unwanted(WordItem):
    """One thing not to be said, and the sentences that are left alone."""

    sieve: Filter


def _found(item: WordItemAt[_Unwanted], year: int | None, read: Read) -> Iterator[Outcome]:
    """Yield every place where a thing is said."""
    unwanted = item.item
    mentions = mentions_of(unwanted.any, item.pages(read), year, unwanted.sieve, denied=True)
    for mention in _one_a_sentence(mentions):
        yield Outcome(
            mention.name,
            truth=False,
            pointers=(mention.pointer,),
            worded=_worded(mention, unwanted.label),
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


class _ForbiddenAt(ItemsAt[_Unwanted]):
    """The things not to be said, at one place."""

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge the texts: every place found, or one verdict that there is none."""
        year = report_year(read)
        found = (outcome for item in self.items for outcome in _found(item, year, read))
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
        return paths_of_items(self.items)

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _ForbiddenAt:
        """Tie it to a place."""
        del totals
        return _ForbiddenAt.bound(self.items, scope)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Name what must not be said."""
        del label
        return Text("文字中没有：", "the text has none of: ") + distinct_labels(self.items)

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
        sieved = item.get("unless", ())
        return _Forbidden(
            tuple(
                _Unwanted.declared(unwanted, item, sieve=sieve_of(unwanted, sieved))
                for unwanted in item[self.keyword]
            )
        )


KIND = _ForbiddenKind()
