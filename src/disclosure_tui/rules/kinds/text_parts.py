"""Rule kind `text_parts`: parts add up and percentages agree within the prose.

What it checks: each item has one of three shapes. `listed`: templates with `{n}` of a whole;
the parts behind it (其中 a、b、c, or in brackets) add up to it. A list is read only where nothing
else can be meant, and judged only if it comes to more than the whole or nearly up to it. `named`:
for every part its templates, all in one paragraph; together they are one of `equals`. `share`:
templates with `{n}` and `{p}`; the percentage is that of one of `of`, or of a figure of the same
unit named before in the paragraph, at the precision printed. One that was cut off and not rounded
is a note. `unless`, `about` and `not_about` are as in `text_figure`.
Example: `{"text": ["this"], "text_parts": [{"label": {"zh": "信息", "en": "items"},
"listed": ["{n}{条|期}"], "unless": ["申请"]}]}`.
How to fix: compare the parts with the records, and name the parts that are missing.
Source: domain, section b.5; docs/decisions/0012-prose-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Operand, Path
from disclosure_tui.rules.kind import Read, described
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome, told_apart
from disclosure_tui.rules.prose.part_claims import BoundParts, Parts, parsed_parts
from disclosure_tui.rules.prose.places import (
    TEXT_SCHEMA,
    YEAR,
    Texts,
    label_schema,
    parsed_texts,
    report_year,
    words_schema,
)
from disclosure_tui.rules.scope import Scope

__all__ = ["KIND"]


@dataclass(frozen=True)
class _PartsAt(ManyOutcomes):
    """The items at one place."""

    texts: Texts
    items: tuple[BoundParts, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Texts, the year and the cells of all items."""
        cells = (operand for item in self.items for operand in item.operands)
        return tuple(dict.fromkeys((*self.texts.operands, YEAR, *cells)))

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The texts."""
        return self.texts.pointers

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge every sum or share that the texts state."""
        pages = tuple(self.texts.pages(read))
        year = report_year(read)
        found = (outcome for item in self.items for outcome in item.outcomes(pages, year, read))
        return tuple(told_apart(found))


@dataclass(frozen=True)
class _Parts:
    """A declared list of items."""

    texts: tuple[Path, ...]
    items: tuple[Parts, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Texts first, then cells."""
        return (*self.texts, *(path for item in self.items for path in item.paths))

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _PartsAt:
        """Tie it to a place."""
        del totals
        items = tuple(item.at(scope) for item in self.items)
        return _PartsAt(Texts.at(self.texts, scope), items)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write what adds up to what."""
        parts = [item.text(label) for item in self.items]
        return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Prose makes no totals."""
        del scope
        return frozenset()


_AMOUNTS = {"type": "array", "minItems": 1, "maxItems": 8, "items": {"type": "string"}}


class _PartsKind:
    """The kind."""

    keyword = "text_parts"
    item_schema: Mapping[str, Any] = {
        "text": TEXT_SCHEMA,
        "text_parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            **described(
                "文字自己写出的合计和占比。", "Sums and shares that prose states by itself."
            ),
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label"],
                "properties": {
                    "label": label_schema("各部分合起来是什么。", "What the parts are parts of."),
                    "listed": words_schema(
                        "带 {n} 的总数的说法，后面跟着各部分。",
                        "Templates of a whole with {n}; a list follows it.",
                    ),
                    "named": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 20,
                        "items": words_schema(
                            "带 {n} 的一个部分的说法。", "Templates of one part, with {n}."
                        ),
                        **described(
                            "各部分；都要在同一段里。",
                            "The parts; all must stand in one paragraph.",
                        ),
                    },
                    "equals": {
                        **_AMOUNTS,
                        **described(
                            "写到的各部分相加等于什么，符合其中一个即可。",
                            "What named parts add up to: one fits.",
                        ),
                    },
                    "share": words_schema(
                        "一个数 {n} 和它的百分比 {p} 的说法。",
                        "Templates of a figure {n} with its percentage {p}.",
                    ),
                    "of": {
                        **_AMOUNTS,
                        **described("百分比可以是占什么的。", "What the percentage may be of."),
                    },
                    "unless": words_schema(
                        "有这些字样的句子不看。", "Words that leave a sentence alone."
                    ),
                    "without": words_schema(
                        "找到的一段里不能有的字样。",
                        "Words that may not stand within what was found.",
                    ),
                    "about": words_schema(
                        "前面要有其中一个字样，以最后出现的为准。",
                        "One of these words stands before, the last named.",
                    ),
                    "not_about": words_schema(
                        "表示转到别的事的字样。", "Words that turn to another matter."
                    ),
                },
            },
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Parts:
        """Read the items.

        Raises:
            SchemaError: A template or an expression cannot be read.
        """
        unless = item.get("unless", ())
        items = tuple(parsed_parts(part, self.keyword, unless) for part in item[self.keyword])
        return _Parts(parsed_texts(item), items)


KIND = _PartsKind()
