"""Rule kind `text_figure`: a figure that prose states is that of the tables.

What it checks: each item of the list is one figure. `says` are templates of how it is stated,
with `{n}` where it stands, `none` templates that say there was none, `equals` the expressions it
may be equal to. With `grows`, pairs of amounts of this and of last year, `{p}` in `says` (and
`falls`) is the percentage of the change. `unless` leaves sentences with these words alone;
`about` and `not_about` say what the sentence must be about last. `when` judges the item only if
it holds. A sentence that names another year is left alone, so is what is only about right, and
one mention that agrees is enough, or mentions that come to it
together. With `reading_told` a note says which reading fits, where it is not the first. With
`same_reading`, figures told elsewhere, all figures that fit must fit by the same reading: `equals`
stand in the same order everywhere. The instance is named by section and a digest of the words
found, so it stays as long as they do. How templates are
written: docs/reference/dialect.md, Templates.
Example: `{"text": ["this"], "text_figure": [{"label": {"zh": "收到申请", "en": "received"},
"says": ["{收到|受理}…申请…{n}{件|宗}"], "equals": ["report.requests.new.total"]}]}`.
How to fix: correct the sentence or the table; a figure that means something else is marked so.
Source: domain, section b.5; docs/decisions/0012-prose-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Operand, Path
from disclosure_tui.rules.kind import Read, described
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome, told_apart
from disclosure_tui.rules.prose.claim import BoundClaim, Claim, parsed_claim
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
from disclosure_tui.rules.totals import Total

__all__ = ["KIND"]


_ALL = frozenset(range(8))
"""All readings there can be."""


@dataclass(frozen=True)
class _FiguresAt(ManyOutcomes):
    """The claims at one place."""

    texts: Texts
    claims: tuple[BoundClaim, ...]
    same_reading: tuple[BoundClaim, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Texts, the year and the cells of all claims."""
        claims = (*self.claims, *self.same_reading)
        cells = (operand for claim in claims for operand in claim.operands)
        return tuple(dict.fromkeys((*self.texts.operands, YEAR, *cells)))

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The texts."""
        return self.texts.pointers

    @property
    def parts(self) -> Sequence[_FiguresAt]:
        """Every claim is judged for itself, unless all have to follow one reading."""
        if self.same_reading:
            return (self,)
        return tuple(replace(self, claims=(claim,)) for claim in self.claims)

    def joined(self, found: Sequence[tuple[Outcome, ...]], read: Read) -> tuple[Outcome, ...]:
        """Put the claims' verdicts together; two may be about the same words."""
        del read
        return tuple(told_apart(outcome for outcomes in found for outcome in outcomes))

    def knowing(self, totals: Sequence[Total]) -> _FiguresAt:
        """Return it with what its totals are made of."""
        return replace(
            self,
            claims=tuple(claim.knowing(totals) for claim in self.claims),
            same_reading=tuple(claim.knowing(totals) for claim in self.same_reading),
        )

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge every claim that the texts make."""
        pages = tuple(self.texts.pages(read))
        if not pages:
            return ()
        year = report_year(read)
        common = frozenset.intersection(
            _ALL, *(r for c in self.same_reading if (r := c.readings(pages, year, read)))
        )
        found = []
        for claim in self.claims:
            outcome = claim.outcome(pages, year, read)
            if outcome is not None and outcome.truth is True and self.same_reading:
                fitting = claim.readings(pages, year, read)
                if fitting and not fitting & common:
                    outcome = claim.other_reading(pages, year, read)
                else:
                    common = fitting & common or common
            if outcome is not None:
                found.append(outcome)
        return tuple(told_apart(found))


@dataclass(frozen=True)
class _Figures:
    """A declared list of claims."""

    texts: tuple[Path, ...]
    claims: tuple[Claim, ...]
    same_reading: tuple[Claim, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Texts first, then cells."""
        claims = (*self.claims, *self.same_reading)
        return (*self.texts, *(path for claim in claims for path in claim.paths))

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _FiguresAt:
        """Tie it to a place."""
        del totals
        claims = tuple(claim.at(scope) for claim in self.claims)
        same_reading = tuple(claim.at(scope) for claim in self.same_reading)
        return _FiguresAt(Texts.at(self.texts, scope), claims, same_reading)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write what each figure must be, once where it is looked for in two ways."""
        parts = dict.fromkeys(claim.text(label) for claim in self.claims)
        return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Prose makes no totals."""
        del scope
        return frozenset()


_AMOUNTS = {"type": "array", "minItems": 1, "maxItems": 8, "items": {"type": "string"}}
_CLAIM: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label"],
    "properties": {
        "label": label_schema("这个数是什么的数。", "What the figure counts."),
        "says": words_schema(
            "文字里的说法，用 {n} 或 {p} 代表数。",
            "Templates of how it is stated, with {n} or {p}.",
        ),
        "none": words_schema("表示没有的说法，即 0。", "Templates that say there was none: 0."),
        "falls": words_schema(
            "带 {p} 的说法：下降了多少。", "Templates with {p}: by how much it fell."
        ),
        "equals": {
            **_AMOUNTS,
            **described("几个表达式，符合其中一个即可。", "Expressions; one of them must fit."),
        },
        "grows": {
            "type": "array",
            "minItems": 1,
            "maxItems": 8,
            "items": {**_AMOUNTS, "minItems": 2, "maxItems": 2},
            **described(
                "成对的数：本年的和上年的。", "Pairs of amounts, of this year and of last year."
            ),
        },
        "unless": words_schema("有这些字样的句子不看。", "Words that leave a sentence alone."),
        "without": words_schema(
            "找到的一段里不能有的字样。", "Words that may not stand within what was found."
        ),
        "about": words_schema(
            "前面要有其中一个字样，以最后出现的为准。",
            "One of these words stands before, the last named.",
        ),
        "not_about": words_schema("表示转到别的事的字样。", "Words that turn to another matter."),
        "when": {
            "type": "string",
            **described("这个条件成立才校验。", "Judged only if this holds."),
        },
        "reading_told": {
            "type": "boolean",
            **described(
                "符合的不是 `equals` 的第一个时，另给一条参考。",
                "A note tells which of `equals` fits, if not the first.",
            ),
        },
    },
}


class _FigureKind:
    """The kind."""

    keyword = "text_figure"
    item_schema: Mapping[str, Any] = {
        "text": TEXT_SCHEMA,
        "unless": words_schema(
            "校验文字的规则：有这些字样的句子不看。",
            "Rules about prose: words that leave a sentence alone.",
        ),
        "text_figure": {
            "type": "array",
            "minItems": 1,
            "maxItems": 40,
            **described(
                "文字里写的数，各应等于什么。",
                "Figures that prose states, and what each must be equal to.",
            ),
            "items": _CLAIM,
        },
        "same_reading": {
            "type": "array",
            "minItems": 1,
            "maxItems": 4,
            **described(
                "在别处校验的数；这里各数的口径要与它一致。",
                "Figures, judged elsewhere, whose reading all figures here must follow.",
            ),
            "items": _CLAIM,
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Figures:
        """Read the claims.

        Raises:
            SchemaError: A template or an expression cannot be read.
        """
        unless = item.get("unless", ())
        zero = item.get("blank") == "zero"
        claims = tuple(
            parsed_claim(claim, self.keyword, unless=unless, zero=zero)
            for claim in item[self.keyword]
        )
        same_reading = tuple(
            parsed_claim(claim, "same_reading", unless=unless, zero=zero)
            for claim in item.get("same_reading", ())
        )
        return _Figures(parsed_texts(item), claims, same_reading)


KIND = _FigureKind()
