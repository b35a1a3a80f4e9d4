"""Rule kind `text_same`: a text is not last year's text over again.

What it checks: less than so many per cent of the text stand in last year's text of the same
section, figures and years apart; compared are all pieces of eight characters. Texts shorter than
`shortest` characters (100 if it is not said) are left alone.
Example: `{"text": ["this"], "text_same": {"percent": 90}}`.
How to fix: write what was done this year; what has not changed may stay, with a reason.
Source: domain, section b.4 (X-SAME); docs/decisions/0012-prose-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.expression import Missing, Operand, Path, Undecided
from disclosure_tui.rules.kind import Read, Worded, described
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome
from disclosure_tui.rules.prose.places import TEXT_SCHEMA, Texts, parsed_texts
from disclosure_tui.rules.prose.similarity import share_taken_over
from disclosure_tui.rules.scope import Scope

__all__ = ["KIND"]

SHORTEST = 100


@dataclass(frozen=True)
class _SameAt(ManyOutcomes):
    """The texts at one place."""

    texts: Texts
    percent: int
    shortest: int

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The texts, and those of last year."""
        earlier = (Operand(operand.pointer, prior=True) for operand in self.texts.operands)
        return (*self.texts.operands, *earlier)

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The texts."""
        return self.texts.pointers

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge every text."""
        found = (self._outcome(operand, read) for operand in self.texts.operands)
        return tuple(outcome for outcome in found if outcome is not None)

    def _outcome(self, operand: Operand, read: Read) -> Outcome | None:
        text = read(operand)
        if not isinstance(text, str) or len(text.strip()) < self.shortest:
            return None
        name = operand.pointer.key if len(self.texts.operands) > 1 else ""
        earlier = read(Operand(operand.pointer, prior=True))
        if earlier is Missing.NO_PRIOR:
            return Outcome(name, Undecided(Missing.NO_PRIOR), (operand.pointer,))
        if not isinstance(earlier, str):
            return None
        share = share_taken_over(text, earlier)
        if share < self.percent:
            return Outcome(name, truth=True)
        arguments: dict[str, Argument] = {
            "section": LabelOf(operand.pointer, Place.PATH),
            "year": LabelOf(ROOT, Place.YEAR_BEFORE),
            "share": share,
        }
        worded = Worded(
            Message(_SAME, arguments),
            Message(_SAME + Text("。", "."), arguments),
            Message(Text("", "")),
        )
        said = {str(operand.pointer): text}
        return Outcome(
            name,
            truth=False,
            pointers=(operand.pointer,),
            worded=worded,
            left=share,
            right=self.percent,
            said=said,
        )


_SAME = Text(
    "{section}有 {share}% 与 {year} 年年报相同",
    "{section}: {share} per cent are the same as in the report for {year}",
)


@dataclass(frozen=True)
class _Same:
    """A declared limit."""

    texts: tuple[Path, ...]
    percent: int
    shortest: int

    @property
    def paths(self) -> tuple[Path, ...]:
        """The texts."""
        return self.texts

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _SameAt:
        """Tie it to a place."""
        del totals
        return _SameAt(Texts.at(self.texts, scope), self.percent, self.shortest)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write the limit."""
        del label
        return Text(
            f"与上年年报同一部分相同的文字（不计数字）不到 {self.percent}%",
            f"less than {self.percent} per cent of the text, figures apart, stood in last year's",
        )

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Prose makes no totals."""
        del scope
        return frozenset()


class _SameKind:
    """The kind."""

    keyword = "text_same"
    item_schema: Mapping[str, Any] = {
        "text": TEXT_SCHEMA,
        "text_same": {
            "type": "object",
            "additionalProperties": False,
            "required": ["percent"],
            "properties": {
                "percent": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 100,
                    **described(
                        "与上年的文字相同到百分之几，就提出来。",
                        "A text that agrees with last year's to this extent is told.",
                    ),
                },
                "shortest": {
                    "type": "integer",
                    "minimum": 0,
                    **described(
                        "更短的文字不比较；不写就是 100 字。",
                        "Shorter texts are left alone; 100 characters if absent.",
                    ),
                },
            },
            **described(
                "上年的文字可以照抄多少。",
                "How much of last year's text may stand in the text again.",
            ),
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Same:
        """Read the limit."""
        same = item[self.keyword]
        return _Same(parsed_texts(item), same["percent"], same.get("shortest", SHORTEST))


KIND = _SameKind()
