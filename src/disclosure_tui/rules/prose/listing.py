"""Lists of parts behind a whole: 78条，其中工作动态47条、政务公开31条; or the same in brackets.

A list is read only where nothing else can be meant: the whole is the last figure of its unit
before the list, every part has one figure of that unit, and nothing says that there is more.
"""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.rules.prose.numerals import Figure, FigureKind
from disclosure_tui.rules.prose.page import Page

__all__ = ["Listing", "listing_of"]

_AMONG = "其中"
_ENDS = re.compile("[。！？\n]")
_CUTS = re.compile("(?:另有|另外|此外|加上|合计|总计|共计|共[0-9]|同时|以及其他)")
"""From here on other things are counted."""
_COMPARING = re.compile("同比|较上|比上|较去|比去|增长|增加|减少|下降|上升|平均|每")
_OPEN = re.compile("等[。，；\n]|等$")
_FEWEST_IN_BRACKETS = 3
_NEARLY = Decimal("0.9")
"""Parts that add up to less were hardly meant to be all: 公开100条，其中教育20条、财政10条."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The parts named behind a whole.

    Attributes:
        whole: The figure they should add up to.
        parts: The figures of the parts.
        end: Where the list ends.
    """

    whole: Figure
    parts: tuple[Figure, ...]
    end: int

    @property
    def total(self) -> int | Decimal:
        """What the parts add up to."""
        return sum((part.value for part in self.parts), start=0)

    @property
    def meant_complete(self) -> bool:
        """Tell whether the parts look like all parts."""
        return self.total > self.whole.value or self.total >= _NEARLY * self.whole.value


def listing_of(page: Page, whole: Figure) -> Listing | None:
    """Return the list behind a figure, or None where there is none beyond doubt."""
    if page.text.startswith("（", whole.end + 1):
        found = _in_brackets(page, whole)
        if found is not None:
            return found
    return _among(page, whole)


def _unit(page: Page, figure: Figure) -> str:
    return page.text[figure.end : figure.end + 1]


def _in_brackets(page: Page, whole: Figure) -> Listing | None:
    start = whole.end + 2
    end = page.text.find("）", start)
    inner = page.text[start:end]
    if end < 0 or _ENDS.search(inner) or "含" in inner or "包括" in inner or "（" in inner:
        return None
    parts = _parts(page, start, end, _unit(page, whole))
    announced = inner.startswith(_AMONG)
    if parts is None or len(parts) < (2 if announced else _FEWEST_IN_BRACKETS):
        return None
    return Listing(whole, parts, end)


def _among(page: Page, whole: Figure) -> Listing | None:
    text = page.text
    end_of_sentence = _ENDS.search(text, whole.end)
    stop = end_of_sentence.start() if end_of_sentence else len(text)
    at = text.find(_AMONG, whole.end, stop)
    if at < 0:
        # 收取2950元。其中，...: the list may be a sentence of its own.
        behind = re.compile(f"[。\n]+{_AMONG}").match(text, stop)
        if behind is None:
            return None
        at = behind.end() - len(_AMONG)
    unit = _unit(page, whole)
    between = _outside_brackets(page, page.figures_in(whole.end, at))
    if any(_unit(page, figure) == unit for figure in between):
        return None
    start = at + len(_AMONG)
    if text.startswith("含", start):
        return None
    found = _ENDS.search(text, start)
    end = found.start() if found else len(text)
    if text.count("（", whole.end, at) > text.count("）", whole.end, at):
        # What stands behind the bracket is counted for itself.
        closing = text.find("）", start, end)
        end = closing if closing >= 0 else end
    return _listed(page, whole, unit, (start, end))


def _listed(page: Page, whole: Figure, unit: str, span: tuple[int, int]) -> Listing | None:
    text = page.text
    start, end = span
    nested = text.find(_AMONG, start, end)
    if nested >= 0:
        # The clause before the next 其中 is the whole of the next list.
        end = text.rfind("；", start, nested)
        if end < 0:
            return None
    cut = _CUTS.search(text, start, end)
    if cut is not None:
        end = max(text.rfind(sign, start, cut.start()) for sign in "，；、")
        if end < 0:
            return None
    if _OPEN.search(text[start:end]):
        return None
    groups: list[tuple[Figure, ...]] = []
    at = start
    for group in text[start:end].split("；"):
        parts = _parts(page, at, at + len(group), unit)
        if parts is None:
            return None
        if parts:
            groups.append(parts)
        at += len(group) + 1
    return _chosen(whole, groups, end)


def _chosen(whole: Figure, groups: list[tuple[Figure, ...]], end: int) -> Listing | None:
    """Take the parts of all groups, or of the first where each group is a list of its own."""
    everything = Listing(whole, tuple(part for group in groups for part in group), end)
    several = [group for group in groups if len(group) > 1]
    if len(groups) > 1 and several:
        for group in several:
            alone = Listing(whole, group, end)
            if alone.total == whole.value:
                return alone
        return everything if everything.total == whole.value else None
    return everything if len(everything.parts) > 1 else None


def _parts(page: Page, start: int, end: int, unit: str) -> tuple[Figure, ...] | None:
    """Return the figures of a unit in a span; None where a part is not plain."""
    found = []
    at = start
    for piece in re.split("[，、；]", page.text[start:end]):
        last = at + len(piece)
        own = [
            figure
            for figure in _outside_brackets(page, page.figures_in(at, last - 1), at)
            if _unit(page, figure) == unit
        ]
        if own and not _COMPARING.search(piece):
            if len(own) > 1 or own[0].kind is not FigureKind.NUMBER:
                return None
            found.append(own[0])
        at = last + 1
    return tuple(found)


def _outside_brackets(page: Page, figures: list[Figure], start: int = 0) -> list[Figure]:
    """Leave out the figures of remarks in brackets."""
    kept = []
    for figure in figures:
        opening = page.text.rfind("（", start, figure.start)
        if opening < 0 or page.text.find("）", opening, figure.start) >= 0:
            kept.append(figure)
    return kept
