"""One figure that prose may state: how it is said, and what the tables make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Missing, Node, Operand, Path, Undecided
from disclosure_tui.rules.kind import Read, bound_at, parsed_check
from disclosure_tui.rules.outcome import Outcome
from disclosure_tui.rules.prose import claim_words
from disclosure_tui.rules.prose.amount import Amount, BoundAmount, outcome_of, parsed_amount
from disclosure_tui.rules.prose.declared import localized_text, sieve_of, templates_of
from disclosure_tui.rules.prose.mention import Filter, Mention, mentions_of
from disclosure_tui.rules.prose.numerals import FigureKind
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.percentages import Fit, fit
from disclosure_tui.rules.prose.template import Template
from disclosure_tui.rules.prose.worked_text import Side
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.totals import Total
from disclosure_tui.rules.worked import paths_of

__all__ = ["BoundClaim", "Claim", "parsed_claim"]

Pages = Sequence[tuple[Pointer, Page]]


@dataclass(frozen=True)
class Claim:
    """A claim as declared.

    Attributes:
        label: What the figure counts.
        says: Templates with the figure.
        none: Templates that say there was none.
        falls: Templates with a percentage by which something fell.
        sieve: What is left alone.
        equals: The readings that are accepted.
        grows: Pairs of amounts; the figure is by how many per cent the first exceeds the second.
        condition: The claim is judged only if this holds.
        reading_told: A note says so where it is not the first reading that fits.
    """

    label: Text
    says: tuple[Template, ...]
    none: tuple[Template, ...]
    falls: tuple[Template, ...]
    sieve: Filter
    equals: tuple[Amount, ...]
    grows: tuple[tuple[Amount, Amount], ...]
    condition: Node | None
    reading_told: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of readings and condition."""
        amounts = (*self.equals, *(amount for pair in self.grows for amount in pair))
        found = [path for amount in amounts for path in amount.paths]
        return (*found, *(paths_of(self.condition) if self.condition is not None else ()))

    def at(self, scope: Scope) -> BoundClaim:
        """Tie it to the cells of a place.

        Raises:
            SchemaError: A path names nothing.
        """
        condition = None if self.condition is None else bound_at(self.condition, scope)
        return BoundClaim(
            self,
            tuple(amount.at(scope) for amount in self.equals),
            tuple((now.at(scope), before.at(scope)) for now, before in self.grows),
            condition,
        )

    def text(self, label: Callable[[Path], Text]) -> Text:
        """Write what it compares: 收到申请 = 一、新收 总计 或 ..."""
        sides = [amount.text(label) for amount in self.equals]
        sides += [
            _bracketed(now, label) + same(" / ") + _bracketed(before, label) + same(" - 1")
            for now, before in self.grows
        ]
        readings = Text(" 或 ".join(s.zh for s in sides), " or ".join(s.en for s in sides))
        return Text("【", "'") + self.label + Text("】= ", "' = ") + readings


def _bracketed(amount: Amount, label: Callable[[Path], Text]) -> Text:
    text = amount.text(label)
    return Text(f"（{text.zh}）", f"({text.en})") if len(amount.paths) > 1 else text


def parsed_claim(item: Mapping[str, Any], keyword: str, *, unless: Any, zero: bool) -> Claim:
    """Read a claim.

    Raises:
        SchemaError: A template or an expression cannot be read, or there is nothing to compare.
    """
    growing = "grows" in item
    kind = FigureKind.PERCENTAGE if growing else FigureKind.NUMBER
    claim = Claim(
        localized_text(item["label"]),
        templates_of(item, "says", kind),
        templates_of(item, "none"),
        templates_of(item, "falls", FigureKind.PERCENTAGE),
        sieve_of(item, unless),
        tuple(parsed_amount(text, "equals", zero=zero) for text in item.get("equals", ())),
        tuple(
            (parsed_amount(now, "grows"), parsed_amount(before, "grows"))
            for now, before in item.get("grows", ())
        ),
        parsed_check(item["when"], "when") if "when" in item else None,
        item.get("reading_told", False),
    )
    if bool(claim.equals) == growing or not (claim.says or claim.none or claim.falls):
        what = Text(
            f"【{keyword}】每一项要写怎么说（says、none、falls）和等于什么（equals 或 grows）",
            f"{keyword}: each item needs says, none or falls, and either equals or grows",
        )
        raise SchemaError(what, hint=claim.label)
    return claim


@dataclass(frozen=True)
class BoundClaim:
    """A claim at its cells."""

    claim: Claim
    equals: tuple[BoundAmount, ...]
    grows: tuple[tuple[BoundAmount, BoundAmount], ...]
    condition: Bound | None

    def knowing(self, totals: Sequence[Total]) -> BoundClaim:
        """Return it with what its totals are made of."""
        return replace(self, equals=tuple(amount.knowing(totals) for amount in self.equals))

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it reads."""
        amounts = (*self.equals, *(amount for pair in self.grows for amount in pair))
        found = [operand for amount in amounts for operand in amount.operands]
        return (*found, *(self.condition.operands if self.condition is not None else ()))

    def outcome(self, pages: Pages, year: int | None, read: Read) -> Outcome | None:
        """Judge it; None if no text states the figure.

        Beside the figure of the whole often stand those of its parts, of a district or half a
        year. So one mention that agrees is enough, and else the first one is told.
        """
        claim = self.claim
        said = list(mentions_of(claim.says, pages, year, claim.sieve))
        fallen = list(mentions_of(claim.falls, pages, year, claim.sieve))
        denied = list(mentions_of(claim.none, pages, year, claim.sieve, denied=True))
        if not (said or denied or fallen):
            return None
        if self.condition is not None and self.condition.truth(read) is not True:
            return None
        if self.grows:
            return self._growth(said, fallen, read)
        return self._equality([*said, *denied], read)

    def readings(self, pages: Pages, year: int | None, read: Read) -> frozenset[int]:
        """Return which of the accepted readings the text follows; none if it states nothing."""
        said = {m.value for m in mentions_of(self.claim.says, pages, year, self.claim.sieve)}
        figures = [amount.figure(read)[0] for amount in self.equals]
        return frozenset(number for number, figure in enumerate(figures) if figure in said)

    def other_reading(self, pages: Pages, year: int | None, read: Read) -> Outcome:
        """Word that a figure is right for another reading than the figures before it."""
        mention = next(mentions_of(self.claim.says, pages, year, self.claim.sieve))
        sides, _ = self._sides(read)
        worded = claim_words.mixed(mention, self.claim.label, sides)
        return replace(self._told(mention, truth=False), worded=worded, left=mention.value)

    def _sides(self, read: Read) -> tuple[list[Side], Missing | None]:
        """Return what the readings come to, and why one of them is not known."""
        sides: list[Side] = []
        reason: Missing | None = None
        for amount in self.equals:
            value, terms = amount.figure(read)
            if isinstance(value, Missing):
                reason = value
            else:
                sides.append((value, terms))
        return sides, reason

    def _equality(self, mentions: list[Mention], read: Read) -> Outcome:
        sides, reason = self._sides(read)
        for number, side in enumerate(sides):
            agreeing = next((m for m in mentions if m.value == side[0]), None)
            if agreeing is not None and number and self.claim.reading_told:
                return self._of_note(agreeing, sides[0], side)
            if agreeing is not None:
                return self._told(agreeing, truth=True, reading=number)
        total = sum((mention.value for mention in mentions), start=0)
        if len(mentions) > 1 and any(total == value for value, _ in sides):
            # Told part by part: 不予公开3件, and further on another 2.
            spans = tuple(span for mention in mentions for span in mention.spans)
            return replace(self._told(mentions[0], truth=True), figures=spans)
        if reason is not None:
            return replace(self._told(mentions[0], truth=False), truth=Undecided(reason))
        return self._failed(mentions[0], sides)

    def _of_note(self, mention: Mention, first: Side, fitting: Side) -> Outcome:
        return replace(
            self._told(mention, truth=True),
            worded=claim_words.other_reading(mention, self.claim.label, first, fitting),
            left=mention.value,
            right=fitting[0],
            severity=Severity.NOTE,
        )

    def _failed(self, mention: Mention, sides: list[Side]) -> Outcome:
        label = self.claim.label
        if mention.figures:
            worded = claim_words.differs(mention, label, sides)
        else:
            worded = claim_words.denied(mention, label, sides[0])
        single = len({value for value, _ in sides}) == 1 or not mention.figures
        return replace(
            self._told(mention, truth=False),
            worded=worded,
            left=mention.value,
            right=sides[0][0] if single else None,
        )

    def _told(self, mention: Mention, *, truth: bool, reading: int = 0) -> Outcome:
        """Return what became of a mention; the cells of the reading that fits come first."""
        readings = (self.equals[reading : reading + 1], self.equals)
        amounts = [amount for some in readings for amount in some]
        amounts += [amount for pair in self.grows for amount in pair]
        return outcome_of(mention, amounts, self.operands, truth=truth)

    def _growth(self, grown: list[Mention], fallen: list[Mention], read: Read) -> Outcome | None:
        mentions = [*((mention, 1) for mention in grown), *((mention, -1) for mention in fallen)]
        found: list[tuple[Side, Side, Fraction]] = []
        for now, before in self.grows:
            value, terms = now.figure(read)
            base, base_terms = before.figure(read)
            for missing in (value, base):
                if isinstance(missing, Missing):
                    told = self._told(mentions[0][0], truth=False)
                    return replace(told, truth=Undecided(missing))
            assert not isinstance(value, Missing)
            assert not isinstance(base, Missing)
            if base:
                ratio = Fraction(value) / Fraction(base) - 1
                found.append(((value, terms), (base, base_terms), ratio))
        if not found:
            return None
        fits: dict[Fit, Mention] = {}
        for mention, sign in mentions:
            for _, _, ratio in found:
                how = fit(sign * mention.value, mention.figures[0].places, ratio)
                fits.setdefault(how, mention)
        if Fit.ROUNDED in fits:
            return self._told(fits[Fit.ROUNDED], truth=True)
        cut = Fit.TRUNCATED in fits
        mention = fits[Fit.TRUNCATED if cut else Fit.WRONG]
        return replace(
            self._told(mention, truth=False),
            worded=claim_words.grown(mention, self.claim.label, found, cut=cut),
            left=mention.value,
            severity=Severity.NOTE if cut else None,
        )
