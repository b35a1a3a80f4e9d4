"""What there is to say about a figure that prose states, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.rules.kind import Worded
from disclosure_tui.rules.prose.mention import Mention
from disclosure_tui.rules.prose.percentages import printed
from disclosure_tui.rules.prose.worked_text import (
    Side,
    amount_message,
    chained,
    figure_line,
    table_of,
)
from disclosure_tui.rules.worked import gap, side

__all__ = ["denied", "differs", "grown", "headed", "mixed", "other_reading"]


_FEW = 16
"""So many characters of a sentence fit into the status line."""


def headed(mention: Mention, line: Message, body: Message) -> Worded:
    """Put the place and the quoted sentence in front of what there is to say."""
    return Worded(line, Message(Text("{where}。", "{where}."), {"where": mention.where}), body)


def differs(mention: Mention, label: Text, sides: Sequence[Side]) -> Worded:
    """Word a figure that is none of those the tables have."""
    single = len({value for value, _ in sides}) == 1
    arguments: dict[str, Argument] = {
        "sides": chained([amount_message(value, terms) for value, terms in sides]),
        "said": mention.value,
    }
    if single:
        arguments["difference"] = gap(mention.value, sides[0][0])
    body = Message(_DIFFERS if single else _NEITHER, arguments)
    return headed(mention, figure_line(mention, label, sides), body)


def denied(mention: Mention, label: Text, found: Side) -> Worded:
    """Word a sentence that says there was none where the tables have some."""
    arguments: dict[str, Argument] = {
        "section": LabelOf(mention.pointer, Place.PATH),
        "label": label,
        "words": mention.shortened(_FEW),
        "table": LabelOf(table_of([found]), Place.TABLE),
        "value": found[0],
        "side": amount_message(*found),
    }
    return headed(mention, Message(_DENIED_LINE, arguments), Message(_DENIED, arguments))


def other_reading(mention: Mention, label: Text, first: Side, fitting: Side) -> Worded:
    """Say which reading a figure fits, where it is not the plain one."""
    value, terms = fitting
    arguments: dict[str, Argument] = {
        **_told(mention, label),
        "terms": side(terms, value, Place.ROW),
        "fitting": amount_message(value, terms),
        "first": amount_message(*first),
    }
    return headed(mention, Message(_FITS_LINE, arguments), Message(_FITS, arguments))


def mixed(mention: Mention, label: Text, sides: Sequence[Side]) -> Worded:
    """Word a figure that fits, but by another reading than the figures before it."""
    arguments = {
        **_told(mention, label),
        "sides": chained([amount_message(value, terms) for value, terms in sides]),
    }
    return headed(mention, Message(_MIXED_LINE, arguments), Message(_MIXED, arguments))


def grown(
    mention: Mention, label: Text, found: Sequence[tuple[Side, Side, Fraction]], *, cut: bool
) -> Worded:
    """Word a percentage of growth: both years of every pair, and what they give."""
    places = mention.figures[0].places
    parts = [
        Message(
            _GROWTH,
            {
                "side": amount_message(*now),
                "now": now[0],
                "before": before[0],
                "share": printed(ratio, places),
            },
        )
        for now, before, ratio in found
    ]
    remark = _CUT if cut else Text("", "")
    line: dict[str, Argument] = {
        "section": LabelOf(mention.pointer, Place.PATH),
        "label": label,
        "said": mention.page.text[mention.figures[0].start : mention.figures[0].end],
        "shares": " / ".join(dict.fromkeys(printed(ratio, places) for _, _, ratio in found)),
    }
    body = Message(Text("{parts}", "{parts}") + remark, {"parts": chained(parts)})
    return headed(mention, Message(_GROWTH_LINE, line), body)


def _told(mention: Mention, label: Text) -> dict[str, Argument]:
    return {
        "section": LabelOf(mention.pointer, Place.PATH),
        "label": label,
        "said": mention.value,
        "unit": mention.unit,
    }


_FITS_LINE = Text(
    "{section}写{label} {said} {unit}，即{terms}",
    "{section}: {label} {said}, which is {terms}",
)
_FITS = Text(
    "{fitting}，文字写的是这个数，不是{first}；请在文字中写明口径",
    "{fitting} is what the text states, not {first}; say so in the text",
)
_MIXED_LINE = Text(
    "{section}写{label} {said} {unit}，与前面的件数不是同一口径",
    "{section}: {label} {said} is counted unlike the figures before it",
)
_MIXED = Text(
    "{sides}；文字中这个数与前面的件数不是同一口径（一个只算新收，一个加上年结转）",
    "{sides}; this figure and those before it are counted differently (new ones, or all)",
)
_DENIED_LINE = Text(
    "{section}写【{words}】，{table}{label}是 {value}",
    "{section}: 【{words}】; {table} has {value} {label}",
)
_DENIED = Text("{side}，与文字不一致", "{side}: the text says otherwise")
_DIFFERS = Text("{sides}，与 {said} 相差 {difference}", "{sides}: {said} differs by {difference}")
_NEITHER = Text("{sides}；都不是 {said}", "{sides}; none is {said}")
_GROWTH = Text(
    "{side}，上年相应的数是 {before}，{now} / {before} - 1 = {share}",
    "{side}, last year {before}, {now} / {before} - 1 = {share}",
)
_GROWTH_LINE = Text(
    "{section}写{label} {said}，按两年的表算得 {shares}",
    "{section}: {label} {said}; the two years give {shares}",
)
_CUT = Text("（末位舍去，未四舍五入）", " (cut off, not rounded)")
