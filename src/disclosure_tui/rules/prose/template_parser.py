"""Reading templates of a schema, within bounds."""

from __future__ import annotations

import re

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.rules.prose.numerals import FigureKind
from disclosure_tui.rules.prose.page import folded
from disclosure_tui.rules.prose.template import (
    FillIn,
    Gap,
    Part,
    Template,
    Wanted,
    Words,
    Year,
)

__all__ = ["LONGEST_TEMPLATE", "MOST_GAPS", "parse_template"]

LONGEST_TEMPLATE = 400
MOST_WORDS = 60
MOST_PARTS = 20
MOST_GAPS = 4

_TOKEN = re.compile(r"\{(?P<braces>[^{}]*)\}|(?P<gap>…+)|(?P<words>[^{}…]+)|(?P<stray>[{}])")
_SPACE = re.compile(r"\s+")
_WIDE = str.maketrans("｛｝｜", "{}|")


def parse_template(text: str, keyword: str) -> Template:
    """Read a template of a schema.

    Raises:
        SchemaError: It cannot be read, is too large, or has nothing to hold on to.
    """
    source = _SPACE.sub("", text).translate(_WIDE)
    if len(source) > LONGEST_TEMPLATE:
        raise _refused(
            text,
            keyword,
            f"超过 {LONGEST_TEMPLATE} 个字",
            f"it is over {LONGEST_TEMPLATE} characters",
        )
    parts: list[Part] = []
    for match in _TOKEN.finditer(source):
        if match["stray"]:
            zh, en = f"第 {match.start() + 1} 个字的括号不成对", "has a brace without its other"
            raise _refused(text, keyword, zh, en)
        parts.append(_part(match))
    _check(text, keyword, parts)
    needed = tuple(part.words for part in parts if isinstance(part, Words) and not part.optional)
    return Template(text, tuple(parts), needed)


_MARKS: dict[str, Part] = {
    "n": Wanted(FigureKind.NUMBER),
    "p": Wanted(FigureKind.PERCENTAGE),
    "_": FillIn(),
    "year": Year(0),
    "year-1": Year(-1),
    "year+1": Year(1),
    "other_year": Year(None),
}


def _part(match: re.Match[str]) -> Part:
    if match["gap"]:
        return Gap()
    if match["words"]:
        return Words((folded(match["words"]),))
    inner = match["braces"]
    if inner in _MARKS:
        return _MARKS[inner]
    # The longest first, or 上年 would be taken where 上年度 stands.
    words = {folded(word) for word in inner.split("|")}
    return Words(tuple(sorted(words, key=lambda word: (-len(word), word))))


def _check(text: str, keyword: str, parts: list[Part]) -> None:
    """Refuse a template without end or hold.

    Raises:
        SchemaError: With the limit named.
    """
    gaps = [index for index, part in enumerate(parts) if isinstance(part, Gap)]
    words = sum(len(part.words) for part in parts if isinstance(part, Words))
    if not parts or isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise _refused(text, keyword, "开头和结尾要有字", "it begins or ends with a gap")
    for count, most, zh, en in (
        (len(gaps), MOST_GAPS, "空隙", "gaps"),
        (len(parts), MOST_PARTS, "段", "parts"),
        (words, MOST_WORDS, "词", "words"),
    ):
        if count > most:
            raise _refused(text, keyword, f"{zh}超过 {most} 个", f"it has over {most} {en}")
    for index in gaps:
        following = parts[index + 1]
        if isinstance(following, Gap) or (isinstance(following, Words) and following.optional):
            raise _refused(
                text,
                keyword,
                "空隙后面不能是可省略的词",
                "what follows a gap cannot be left out",
            )
    first = parts[0]
    if isinstance(first, Words) and first.optional:
        raise _refused(text, keyword, "开头的词不能省略", "its first words cannot be left out")


def _refused(text: str, keyword: str, zh: str, en: str) -> SchemaError:
    shown = text if len(text) <= 60 else text[:60]
    what = Text(f"【{keyword}】的句式看不懂：{zh}", f"{keyword}: a template is refused: {en}")
    return SchemaError(what, hint=same(shown))
