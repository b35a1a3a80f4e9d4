"""Numbers as official Chinese prose writes them, and what only looks like one.

Read are digits, thousands separators, 万 and 亿, and Chinese numerals before a unit. A figure that
is only about right (余, 约, 以上) is found and never judged. Dates, document numbers, telephone
numbers, ordinals and whatever stands inside a title or a quotation are no figures at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from disclosure_tui.data_class import dataclass

__all__ = ["Figure", "FigureKind", "chinese_value", "figures_of"]


class FigureKind(Enum):
    """What a figure can be held against."""

    NUMBER = "number"
    PERCENTAGE = "percentage"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a text.

    Attributes:
        start: Where it begins in the text without spaces.
        end: Behind its last character, a percent sign included.
        value: What it is worth.
        kind: A number, a percentage, or neither to be judged.
        places: Decimals printed.
    """

    start: int
    end: int
    value: int | Decimal
    kind: FigureKind
    places: int = 0


_CHINESE_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERAL = "〇零一二两三四五六七八九十百千万亿"
_ROUGH = "余多几来"
_UNITS = "件宗条次起例期份篇元"
"""Chinese numerals are read before these only: 三项制度 and 五位一体 are no statistics."""

_TOKEN = re.compile(
    # What holds no figures: titles, quotations, numbers of documents, codes, ordinals.
    "《[^《》]{0,80}》|“[^“”]{0,80}”|"
    r"[〔\[【（][0-9]{4}[〕\]】）](?:第)?[0-9]+号|〔[^〔〕]{0,12}〕|"
    r"[A-Za-z@][A-Za-z0-9@._/-]*|[0-9]{3,4}-[0-9]{7,8}|"
    f"第[0-9{_NUMERAL}]+|"
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{2,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?|[0-9]{1,2}月(?:[0-9]{1,2}[日号])?"
    r"|[0-9]{1,2}日)|"
    r"(?P<range>[0-9]+(?:[-~～－—]+|至|到)[0-9]+%?)(?![0-9年月日号])|"
    r"(?P<digits>(?:[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
    f"(?P<before>[{_ROUGH}]?)(?P<step>[百千万亿]{{0,2}})(?P<rough>[{_ROUGH}]?)(?P<percent>%?)|"
    f"百分之(?P<share>[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)|"
    f"(?<![第每另某同这那哪任逐之{_NUMERAL}])(?P<few>[数几]?)(?P<numeral>[{_NUMERAL}]+)"
    f"(?P<about>[{_ROUGH}]?[万亿]?[{_ROUGH}]?)(?=[{_UNITS}])"
)
_ABOUT_BEFORE = re.compile("(?:约|近|逾|超|超过|接近|至少|不少于|不低于|不足|突破|以上)$")
_ABOUT_BEHIND = re.compile("[^0-9，。；、（）]{0,2}?(?:以上|左右|上下|以内|以下|有余|之多)")


def figures_of(text: str) -> Iterator[Figure]:
    """Yield the figures of a text in which white space was taken out."""
    for match in _TOKEN.finditer(text):
        figure = _figure(match)
        if figure is None:
            continue
        start, end = figure.start, figure.end
        about = _ABOUT_BEFORE.search(text, max(0, start - 3), start) or _ABOUT_BEHIND.match(
            text, end
        )
        if about and figure.kind is not FigureKind.APPROXIMATE:
            figure = Figure(start, end, figure.value, FigureKind.APPROXIMATE, figure.places)
        yield figure


def _figure(match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    if match["digits"] is not None:
        return _from_digits(match)
    if match["numeral"] is not None:
        if match["numeral"] == "一" and not match["about"]:
            # 一件 is an idiom far oftener than a count: 办结一件、满意一件.
            return None
        about = match["few"] or match["about"]
        kind = FigureKind.APPROXIMATE if about else FigureKind.NUMBER
        return Figure(start, end, chinese_value(match["numeral"]), kind)
    if match["share"] is not None:
        whole, _, decimals = match["share"].partition("点")
        places = "".join(str(chinese_value(digit)) for digit in decimals)
        value = Decimal(f"{chinese_value(whole)}.{places}" if places else chinese_value(whole))
        return Figure(start, end, value, FigureKind.PERCENTAGE, len(places))
    if match["range"] is not None:
        return Figure(start, end, 0, FigureKind.APPROXIMATE)
    return None


def _from_digits(match: re.Match[str]) -> Figure:
    start, end = match.span()
    written = match["digits"].replace("，", "")
    _, _, decimals = written.partition(".")
    value: int | Decimal = Decimal(written) if decimals else int(written)
    if match["percent"]:
        rough = match["before"] or match["step"] or match["rough"]
        kind = FigureKind.APPROXIMATE if rough else FigureKind.PERCENTAGE
        return Figure(start, end, value, kind, len(decimals))
    factor = 1
    for step in match["step"]:
        factor *= _STEPS.get(step) or _MYRIADS[step]
    money = match.string.startswith("元", end)
    # 3.5万条 is rounded; an amount of money in 万元 is not.
    rough = match["before"] or match["rough"] or (factor > 1 and not money)
    kind = FigureKind.APPROXIMATE if rough else FigureKind.NUMBER
    value = value * factor
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return Figure(start, end, value, kind, len(decimals))


def chinese_value(numeral: str) -> int:
    """Return what a Chinese numeral is worth: 一百九十万零三千 is 1903000, 二〇二三 is 2023."""
    if len(numeral) > 1 and all(digit in _CHINESE_DIGITS for digit in numeral):
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in numeral))
    total = section = digit = 0
    for sign in numeral:
        if sign in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[sign]
        elif sign in _STEPS:
            # 十五 has no digit before its ten.
            section += (digit or (1 if sign == "十" else 0)) * _STEPS[sign]
            digit = 0
        else:
            section += digit
            # 一亿二千万: what came before a greater step is counted with it.
            total = (total + section) * _MYRIADS[sign] if sign == "亿" else total + section * 10**4
            section = digit = 0
    return total + section + digit
