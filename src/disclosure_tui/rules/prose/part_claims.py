"""Sums and shares that prose states by itself: lists, named parts, percentages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Missing, Operand, Path, Undecided
from disclosure_tui.rules.kind import Read, Worded
from disclosure_tui.rules.outcome import Outcome
from disclosure_tui.rules.prose.amount import Amount, BoundAmount, outcome_of, parsed_amount
from disclosure_tui.rules.prose.claim_words import headed
from disclosure_tui.rules.prose.declared import localized_text, sieve_of, templates_of
from disclosure_tui.rules.prose.listing import Listing, listing_of
from disclosure_tui.rules.prose.mention import Filter, Mention, mentions_of
from disclosure_tui.rules.prose.numerals import Figure, FigureKind
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.prose.percentages import Fit
from disclosure_tui.rules.prose.shares import judged_share
from disclosure_tui.rules.prose.template import Template
from disclosure_tui.rules.prose.worked_text import amount_message, chained
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import gap

__all__ = ["BoundParts", "Parts", "parsed_parts"]

Pages = Sequence[tuple[Pointer, Page]]


@dataclass(frozen=True)
class Parts:
    """One item of `text_parts`: it has `listed`, `named` or `share`.

    Attributes:
        label: What the parts are parts of.
        listed: Templates of wholes behind which a list is looked for.
        named: For every part the templates that name it; all must stand in one paragraph.
        share: Templates of a figure with its percentage.
        amounts: What named parts may add up to, or what percentages may be of.
        sieve: What is left alone.
    """

    label: Text
    listed: tuple[Template, ...]
    named: tuple[tuple[Template, ...], ...]
    share: tuple[Template, ...]
    amounts: tuple[Amount, ...]
    sieve: Filter

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of the amounts."""
        return tuple(path for amount in self.amounts for path in amount.paths)

    def at(self, scope: Scope) -> BoundParts:
        """Tie it to the cells of a place.

        Raises:
            SchemaError: A path names nothing.
        """
        return BoundParts(self, tuple(amount.at(scope) for amount in self.amounts))

    def text(self, label: Callable[[Path], Text]) -> Text:
        """Write what is compared."""
        sides = [amount.text(label) for amount in self.amounts]
        readings = Text(" 或 ".join(s.zh for s in sides), " or ".join(s.en for s in sides))
        name = Text("【", "'") + self.label + Text("】", "'")
        if self.listed:
            return name + Text("：其中各项相加 = 前面的总数", ": the parts listed = the whole")
        if self.share and not sides:
            return name + Text("：件数 / 前面的总数 = 所写百分比", ": figure / the whole before it")
        if self.named:
            return name + Text("：各项相加 = ", ": all named parts = ") + readings
        return name + Text("：件数 / （", ": figure / (") + readings + Text("）= 所写百分比", ")")


def parsed_parts(item: Mapping[str, Any], keyword: str, unless: Sequence[str]) -> Parts:
    """Read an item.

    Raises:
        SchemaError: A template or an expression cannot be read, or keys do not go together.
    """
    chosen = [key for key in ("listed", "named", "share") if key in item]
    amounts = "equals" if "named" in item else "of"
    wanted = {"listed": False, "named": True}.get(chosen[0] if chosen else "")
    if len(chosen) != 1 or (wanted is not None and wanted is not (amounts in item)):
        raise SchemaError(
            Text(
                f"【{keyword}】每一项写一种：listed，named 和 equals，share（和 of）",
                f"{keyword}: each item has listed, or named with equals, or share (with of)",
            )
        )
    number, percentage = FigureKind.NUMBER, FigureKind.PERCENTAGE
    return Parts(
        localized_text(item["label"]),
        templates_of(item, "listed", number),
        tuple(templates_of({"named": part}, "named", number) for part in item.get("named", ())),
        templates_of(item, "share", number, percentage),
        tuple(parsed_amount(text, amounts) for text in item.get(amounts, ())),
        sieve_of(item, unless),
    )


@dataclass(frozen=True)
class BoundParts:
    """An item at its cells."""

    parts: Parts
    amounts: tuple[BoundAmount, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it reads."""
        return tuple(operand for amount in self.amounts for operand in amount.operands)

    def outcomes(self, pages: Pages, year: int | None, read: Read) -> Iterator[Outcome]:
        """Judge every sum or share that the texts state."""
        if self.parts.listed:
            yield from self._lists(pages, year)
        elif self.parts.named:
            yield from self._named(pages, year, read)
        else:
            yield from self._shares(pages, year, read)

    def _shares(self, pages: Pages, year: int | None, read: Read) -> Iterator[Outcome]:
        sides = [
            (v, t) for v, t in (a.figure(read) for a in self.amounts) if not isinstance(v, Missing)
        ]
        for mention in mentions_of(self.parts.share, pages, year, self.parts.sieve):
            judged = judged_share(mention, sides if self.amounts else None)
            if judged is None:
                continue
            how, short, body = judged
            outcome = self._told(mention, truth=how is Fit.ROUNDED)
            if short is not None and body is not None:
                outcome = replace(
                    outcome,
                    worded=_worded(mention, body, short),
                    left=mention.figures[1].value,
                    severity=Severity.NOTE if how is Fit.TRUNCATED else None,
                )
            yield outcome

    def _lists(self, pages: Pages, year: int | None) -> Iterator[Outcome]:
        for mention in mentions_of(self.parts.listed, pages, year, self.parts.sieve):
            listing = listing_of(mention.page, mention.figures[0])
            if listing is None:
                continue
            if listing.total == listing.whole.value:
                yield self._told(mention, truth=True)
            elif listing.meant_complete:
                yield self._list_failed(mention, listing)

    def _told(self, mention: Mention, *, truth: bool) -> Outcome:
        return outcome_of(mention, self.amounts, self.operands, truth=truth)

    def _list_failed(self, mention: Mention, listing: Listing) -> Outcome:
        # The list belongs to what is quoted and remembered: with another part it is another sum.
        whole = replace(mention, end=listing.end)
        arguments = _sum_arguments(listing.parts, listing.total)
        arguments["whole"] = listing.whole.value
        arguments["difference"] = gap(listing.total, listing.whole.value)
        body = Message(_LISTED, arguments)
        return replace(
            self._told(whole, truth=False),
            worded=_worded(whole, body),
            left=listing.total,
            right=listing.whole.value,
        )

    def _named(self, pages: Pages, year: int | None, read: Read) -> Iterator[Outcome]:
        slots = [
            list(mentions_of(templates, pages, year, self.parts.sieve))
            for templates in self.parts.named
        ]
        if not all(slots):
            return
        for first in slots[0]:
            chosen = [first]
            for slot in slots[1:]:
                here = (m for m in slot if _together(first, m))
                chosen.append(next(here, first))
            if len({mention.figures[0].start for mention in chosen}) == len(slots):
                yield self._named_sum(chosen, read)
                return

    def _named_sum(self, chosen: list[Mention], read: Read) -> Outcome:
        ordered = sorted(chosen, key=lambda mention: mention.start)
        span = replace(
            ordered[0],
            end=ordered[-1].end,
            figures=tuple(mention.figures[0] for mention in ordered),
        )
        total = sum((figure.value for figure in span.figures), start=0)
        sides = [amount.figure(read) for amount in self.amounts]
        if any(value == total for value, _ in sides):
            return self._told(span, truth=True)
        for value, _ in sides:
            if isinstance(value, Missing):
                return replace(self._told(span, truth=False), truth=Undecided(value))
        known = [(v, terms) for v, terms in sides if not isinstance(v, Missing)]
        arguments = _sum_arguments(span.figures, total)
        arguments["sides"] = chained([amount_message(value, terms) for value, terms in known])
        arguments["difference"] = gap(total, known[0][0])
        body = Message(_NAMED, arguments)
        return replace(
            self._told(span, truth=False),
            worded=_worded(span, body),
            left=total,
            right=known[0][0] if len(known) == 1 else None,
        )


def _together(first: Mention, other: Mention) -> bool:
    """Tell whether two mentions stand in one paragraph."""
    start, end = first.page.paragraph_span(first.start)
    return other.pointer == first.pointer and start <= other.start < end


def _sum_arguments(parts: Sequence[Figure], total: int | Decimal) -> dict[str, Argument]:
    shown = " + ".join(f"{part.value}" for part in parts)
    return {"parts": f"{shown} = {total}"}


def _worded(mention: Mention, body: Message, short: Message | None = None) -> Worded:
    line = Message(
        Text("{section}：{body}", "{section}: {body}"),
        {"section": LabelOf(mention.pointer, Place.PATH), "body": short or body},
    )
    return headed(mention, line, body)


_LISTED = Text(
    "{parts}，前面写共 {whole}，相差 {difference}",
    "{parts}, but the whole is given as {whole}: difference {difference}",
)
_NAMED = Text(
    "各项 {parts}；{sides}；相差 {difference}", "{parts}; {sides}: difference {difference}"
)
