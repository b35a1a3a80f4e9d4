"""A figure with its percentage: 无法提供265件，占32.9%.

The percentage is right if any whole in reach gives it: one of the declared ones, or a figure of
the same unit named before in the paragraph. Where no whole is declared it is judged only beside
the one whose parts were announced: 信息57条，其中...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, Message
from disclosure_tui.rules.prose.mention import Mention
from disclosure_tui.rules.prose.numerals import Figure, FigureKind
from disclosure_tui.rules.prose.percentages import Fit, fit, printed
from disclosure_tui.rules.prose.worked_text import Side, amount_message

__all__ = ["judged_share"]

_ANNOUNCED = re.compile(r".(?:，|：)?(?:其中|：)")


def judged_share(
    mention: Mention, sides: Sequence[Side] | None
) -> tuple[Fit, Message | None, Message | None] | None:
    """Judge a percentage and word what is wrong with it, short and in full.

    None where there is no whole to judge by.

    Args:
        mention: The words, with the figure and the percentage.
        sides: The declared wholes with their terms; None if the rule declares none.
    """
    part, told = mention.figures
    if not part.value and not told.value:
        return Fit.ROUNDED, None, None
    named: dict[int | Decimal, Message | None] = {}
    if sides is None:
        named = dict.fromkeys(_announced(mention, part))
    else:
        named = {value: amount_message(value, terms) for value, terms in reversed(sides)}
    near = [figure.value for figure in _before(mention, part)]
    shares = {
        whole: Fraction(part.value) / Fraction(whole)
        for whole in dict.fromkeys([*reversed(named), *near])
        if whole >= part.value and whole > 0
    }
    fits = {whole: fit(told.value, told.places, share) for whole, share in shares.items()}
    if Fit.ROUNDED in fits.values():
        return Fit.ROUNDED, None, None
    judged = [whole for whole in shares if whole in named]
    if not judged:
        return None
    cut = [whole for whole, how in fits.items() if how is Fit.TRUNCATED]
    # The whole that was hardly meant would only confuse: show the one that comes nearest.
    meant = (
        cut or sorted(judged, key=lambda whole: abs(shares[whole] * 100 - Fraction(told.value)))
    )[0]
    arguments: dict[str, Argument] = {
        "worked": f"{part.value} / {meant} = {printed(shares[meant], told.places)}",
        "told": mention.page.text[told.start : told.end],
    }
    template = _CUT if cut else _WRONG
    whole = named.get(meant)
    if whole is not None:
        arguments["whole"] = whole
        template = Text("{whole}，", "{whole}, ") + template
    short = Message(_WRONG, {"worked": arguments["worked"], "told": arguments["told"]})
    return Fit.TRUNCATED if cut else Fit.WRONG, short, Message(template, arguments)


def _before(mention: Mention, part: Figure) -> list[Figure]:
    """Return the figures of the same unit that stand before in the paragraph."""
    page = mention.page
    start, _ = page.paragraph_span(mention.start)
    unit = page.text[part.end : part.end + 1]
    return [
        figure
        for figure in page.figures_in(start, part.start - 1)
        if figure.kind is FigureKind.NUMBER and page.text.startswith(unit, figure.end)
    ]


def _announced(mention: Mention, part: Figure) -> list[int | Decimal]:
    """Return the figure whose parts are announced last before a part."""
    text = mention.page.text
    found = [f.value for f in _before(mention, part) if _ANNOUNCED.match(text, f.end)]
    return found[-1:]


_WRONG = Text("{worked}，写的是 {told}", "{worked}, but {told} is written")
_CUT = Text(
    "{worked}，写的是 {told}（末位舍去，未四舍五入）",
    "{worked}, written {told}: cut off, not rounded",
)
