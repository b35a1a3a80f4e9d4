"""One figure that prose may state: how it is said, and what the tables make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Missing, Node, Operand, Path, Undecided, bind
from disclosure_tui.rules.kind import Read, Worded, parsed_check
from disclosure_tui.rules.outcome import Outcome
from disclosure_tui.rules.prose.amount import Amount, BoundAmount, parsed_amount
from disclosure_tui.rules.prose.mention import Filter, Mention, mentions_of
from disclosure_tui.rules.prose.numerals import FigureKind
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.percentages import Fit, fit, printed
from disclosure_tui.rules.prose.template import Template, parse_template
from disclosure_tui.rules.prose.worked_text import Side, amount_message, chained, figure_line
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.totals import Total
from disclosure_tui.rules.worked import gap, paths_of

__all__ = ["BoundClaim", "Claim", "localized_text", "parsed_claim", "sieve_of", "templates_of"]

Pages = Sequence[tuple[Pointer, Page]]


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
        condition = None if self.condition is None else bind(self.condition, scope.operands)
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
            now.text(label) + Text(" / ", " / ") + before.text(label) + Text(" - 1", " - 1")
            for now, before in self.grows
        ]
        readings = Text(" 或 ".join(s.zh for s in sides), " or ".join(s.en for s in sides))
        return Text("【", "'") + self.label + Text("】= ", "' = ") + readings


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
        sides: list[Side] = []
        for amount in self.equals:
            value, terms = amount.figure(read)
            if not isinstance(value, Missing):
                sides.append((value, terms))
        arguments: dict[str, Argument] = {
            "section": LabelOf(mention.pointer, Place.PATH),
            "label": self.claim.label,
            "said": mention.value,
            "unit": mention.unit,
            "sides": chained([amount_message(value, terms) for value, terms in sides]),
        }
        return replace(
            self._told(mention, truth=False),
            worded=Worded(
                Message(_MIXED_LINE, arguments),
                Message(Text("{where}。", "{where}."), {"where": mention.where}),
                Message(_MIXED, arguments),
            ),
            left=mention.value,
        )

    def _equality(self, mentions: list[Mention], read: Read) -> Outcome:
        sides: list[Side] = []
        reason: Missing | None = None
        for amount in self.equals:
            value, terms = amount.figure(read)
            if isinstance(value, Missing):
                reason = value
            else:
                sides.append((value, terms))
        for number, (value, terms) in enumerate(sides):
            agreeing = next((m for m in mentions if m.value == value), None)
            if agreeing is not None and number and self.claim.reading_told:
                return self._other_reading(agreeing, sides[0], (value, terms))
            if agreeing is not None:
                return self._told(agreeing, truth=True)
        total = sum((mention.value for mention in mentions), start=0)
        if len(mentions) > 1 and any(total == value for value, _ in sides):
            # Told part by part: 不予公开3件, and further on another 2.
            return self._told(mentions[0], truth=True)
        if reason is not None:
            return replace(self._told(mentions[0], truth=False), truth=Undecided(reason))
        return self._failed(mentions[0], sides)

    def _other_reading(self, mention: Mention, first: Side, fitting: Side) -> Outcome:
        """Say which reading a figure fits, where it is not the plain one."""
        arguments: dict[str, Argument] = {
            "section": LabelOf(mention.pointer, Place.PATH),
            "label": self.claim.label,
            "said": mention.value,
            "unit": mention.unit,
            "fitting": amount_message(*fitting),
            "first": amount_message(*first),
        }
        return replace(
            self._told(mention, truth=True),
            worded=Worded(
                Message(_FITS_LINE, arguments),
                Message(Text("{where}。", "{where}."), {"where": mention.where}),
                Message(_FITS, arguments),
            ),
            left=mention.value,
            right=fitting[0],
            severity=Severity.NOTE,
        )

    def _told(self, mention: Mention, *, truth: bool) -> Outcome:
        cells = tuple(dict.fromkeys(p for amount in self._amounts for p in amount.pointers))
        return Outcome(
            mention.name(self.claim.label.zh),
            truth,
            (mention.pointer, *cells),
            self.operands,
            quote=mention.quote,
            said=mention.said,
        )

    @property
    def _amounts(self) -> tuple[BoundAmount, ...]:
        return (*self.equals, *(amount for pair in self.grows for amount in pair))

    def _failed(self, mention: Mention, sides: list[Side]) -> Outcome:
        single = len({value for value, _ in sides}) == 1
        if not mention.figures:
            return self._denied(mention, sides)
        arguments: dict[str, Argument] = {
            "sides": chained([amount_message(value, terms) for value, terms in sides]),
            "said": mention.value,
        }
        template = _DIFFERS if single else _NEITHER
        if single:
            arguments["difference"] = gap(mention.value, sides[0][0])
        return replace(
            self._told(mention, truth=False),
            worded=Worded(
                figure_line(mention, self.claim.label, sides),
                Message(Text("{where}。", "{where}."), {"where": mention.where}),
                Message(template, arguments),
            ),
            left=mention.value,
            right=sides[0][0] if single else None,
        )

    def _denied(self, mention: Mention, sides: list[Side]) -> Outcome:
        """Word a sentence that says there was none where the tables have some."""
        value, terms = sides[0]
        arguments: dict[str, Argument] = {
            "section": LabelOf(mention.pointer, Place.PATH),
            "words": mention.words,
            "side": amount_message(value, terms),
        }
        return replace(
            self._told(mention, truth=False),
            worded=Worded(
                Message(_DENIED_LINE, arguments),
                Message(Text("{where}。", "{where}."), {"where": mention.where}),
                Message(_DENIED, arguments),
            ),
            left=0,
            right=value,
        )

    def _growth(self, grown: list[Mention], fallen: list[Mention], read: Read) -> Outcome | None:
        mentions = [*((mention, 1) for mention in grown), *((mention, -1) for mention in fallen)]
        ratios: list[tuple[Fraction, Message]] = []
        for now, before in self.grows:
            value, terms = now.figure(read)
            base, _ = before.figure(read)
            if isinstance(value, Missing) or isinstance(base, Missing):
                reason = value if isinstance(value, Missing) else base
                assert isinstance(reason, Missing)
                return replace(self._told(mentions[0][0], truth=False), truth=Undecided(reason))
            if base:
                ratio = Fraction(value) / Fraction(base) - 1
                shown: dict[str, Argument] = {
                    "side": amount_message(value, terms),
                    "now": value,
                    "before": base,
                }
                ratios.append((ratio, Message(_GROWTH, shown)))
        if not ratios:
            return None
        fits = [
            (fit(sign * mention.value, mention.figures[0].places, ratio), mention)
            for mention, sign in mentions
            for ratio, _ in ratios
        ]
        for wanted, truth in ((Fit.ROUNDED, True), (Fit.TRUNCATED, False)):
            agreeing = next((mention for found, mention in fits if found is wanted), None)
            if agreeing is not None and truth:
                return self._told(agreeing, truth=True)
            if agreeing is not None:
                outcome = self._told_growth(agreeing, ratios, _TRUNCATED)
                return replace(outcome, severity=Severity.NOTE)
        return self._told_growth(mentions[0][0], ratios, Text("", ""))

    def _told_growth(
        self, mention: Mention, ratios: list[tuple[Fraction, Message]], remark: Text
    ) -> Outcome:
        places = mention.figures[0].places
        parts = [
            Message(
                Text("{worked} = {share}", "{worked} = {share}"),
                {"worked": worked, "share": printed(ratio, places)},
            )
            for ratio, worked in ratios
        ]
        shares = " / ".join(dict.fromkeys(printed(ratio, places) for ratio, _ in ratios))
        told = mention.page.text[mention.figures[0].start : mention.figures[0].end]
        line: dict[str, Argument] = {
            "section": LabelOf(mention.pointer, Place.PATH),
            "label": self.claim.label,
            "said": told,
            "shares": shares,
        }
        return replace(
            self._told(mention, truth=False),
            worded=Worded(
                Message(_GROWTH_LINE + remark, line),
                Message(Text("{where}。", "{where}."), {"where": mention.where}),
                Message(Text("{parts}", "{parts}") + remark, {"parts": chained(parts)}),
            ),
            left=mention.value,
        )


_MIXED_LINE = Text(
    "{section}写{label} {said} {unit}，与前面的件数不是同一口径",
    "{section}: {label} {said} is counted unlike the figures before it",
)
_MIXED = Text(
    "{sides}；文字中这个数与前面的件数不是同一口径（一个只算新收，一个加上年结转）",
    "{sides}; this figure and those before it are counted differently (new ones, or all)",
)
_FITS_LINE = Text(
    "{section}写{label} {said} {unit}，与{fitting} 相符",
    "{section}: {label} {said}, which is {fitting}",
)
_FITS = Text(
    "{fitting}，文字写的是这个数，不是{first}；请在文字中写明口径",
    "{fitting} is what the text states, not {first}; say so in the text",
)
_DENIED_LINE = Text("{section}写{words}，{side}", "{section}: {words}; {side}")
_DENIED = Text("{side}，与文字不一致", "{side}: the text says otherwise")
_DIFFERS = Text("{sides}，与 {said} 相差 {difference}", "{sides}: {said} differs by {difference}")
_NEITHER = Text("{sides}；都不是 {said}", "{sides}; none is {said}")
_GROWTH = Text(
    "{side}，上年相应的数是 {before}，{now} / {before} - 1",
    "{side}, last year {before}, {now} / {before} - 1",
)
_GROWTH_LINE = Text(
    "{section}写{label} {said}，按两年的表算得 {shares}",
    "{section}: {label} {said}; the two years give {shares}",
)
_TRUNCATED = Text("（末位舍去，未四舍五入）", " (cut off, not rounded)")
