"""The words and signs of an expression (DIALECT 4), with full-width forms folded."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.rules.expression.fault import ExpressionError, shown

__all__ = ["DIGITS_LIMIT", "TEXT_LIMIT", "Kind", "Token", "scan"]

TEXT_LIMIT = 64 * 1024
"""Greatest size of one expression, in bytes of UTF-8."""

DIGITS_LIMIT = 100
"""Greatest number of digits of one figure in an expression."""

_FOLDED = str.maketrans(
    "＝＋－（），＜＞＊．。＠！０１２３４５６７８９−", "=+-(),<>*..@!0123456789-"
)
# One character for one, so that offsets in the folded text are those of the source.

_ALIASES = {"≤": "<=", "≥": ">=", "≠": "!=", "≦": "<=", "≧": ">="}
_SYMBOL = re.compile(r"<=|>=|!=|[=<>+\-*().,≤≥≠≦≧]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MATCHED = re.compile(r"@[0-9]?(?![0-9])")
_BEFORE_SEGMENT = frozenset({".", "(", ","})
_FOREIGN_QUOTES = frozenset("“”„‘’«»「」『』＂＇`")


class Kind(Enum):
    """What a token is."""

    NAME = auto()
    """A bare name: a key, a keyword or a function."""
    KEY = auto()
    """A key in double quotes."""
    LITERAL = auto()
    """A text in single quotes."""
    NUMBER = auto()
    SEGMENT = auto()
    """`*` or `**` as part of a path, or `@` with its digit."""
    SYMBOL = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; the text of quoted ones is what stands between the quotes."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_symbol(self, *symbols: str) -> bool:
        """Tell whether this is one of the signs."""
        return self.kind is Kind.SYMBOL and self.text in symbols

    def is_word(self, word: str) -> bool:
        """Tell whether this is a bare word, not a quoted key of the same letters."""
        return self.kind is Kind.NAME and self.text == word


def scan(text: str, *, segment_first: bool = False) -> list[Token]:
    """Split a text into tokens; the last one is the end.

    Args:
        text: An expression or a path.
        segment_first: A `*` at the beginning is a segment, since the text is a path.

    Raises:
        ExpressionError: The text is too long, or holds a character that means nothing.
    """
    # The length in characters first: a hostile text need not be encoded to be refused.
    if len(text) > TEXT_LIMIT or len(text.encode(errors="surrogatepass")) > TEXT_LIMIT:
        raise ExpressionError(
            Text(
                f"算式过长，请控制在 {TEXT_LIMIT // 1024} kB 以内。",
                f"the expression is longer than {TEXT_LIMIT // 1024} kB",
            ),
            0,
        )
    folded = text.translate(_FOLDED)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        expects_segment = tokens[-1].is_symbol(*_BEFORE_SEGMENT) if tokens else segment_first
        token = _token_at(text, folded, position, expects_segment=expects_segment)
        tokens.append(token)
        position = token.end
    tokens.append(Token(Kind.END, "", len(text), len(text)))
    return tokens


def _token_at(text: str, folded: str, start: int, *, expects_segment: bool) -> Token:
    character = folded[start]
    if character in "\"'":
        return _quoted(text, start)
    if character == "_" or character.isalpha():
        end = start + 1
        while end < len(folded) and _continues_name(folded[end]):
            end += 1
        return Token(Kind.NAME, folded[start:end], start, end)
    if found := _NUMBER.match(folded, start):
        return _number(text, found)
    if character == "*" and expects_segment:
        end = start + (2 if folded.startswith("**", start) else 1)
        return Token(Kind.SEGMENT, folded[start:end], start, end)
    if found := _MATCHED.match(folded, start):
        return Token(Kind.SEGMENT, found.group(), start, found.end())
    if found := _SYMBOL.match(folded, start):
        symbol = found.group()
        return Token(Kind.SYMBOL, _ALIASES.get(symbol, symbol), start, found.end())
    raise _strange(text, start)


def _continues_name(character: str) -> bool:
    # Marks belong to the letters of many scripts, although they are no letters themselves.
    return (
        character == "_"
        or character.isalpha()
        or character.isdecimal()
        or unicodedata.category(character).startswith("M")
    )


def _quoted(text: str, start: int) -> Token:
    quote = text[start]
    end = text.find(quote, start + 1)
    if end < 0:
        raise ExpressionError(
            Text(f"这个引号没有结束，请补上 {quote} 。", f"this quote does not end; add {quote}"),
            start,
            text,
        )
    if quote == '"' and end == start + 1:
        raise ExpressionError(
            Text("双引号之间请写一个键名。", "a key is needed between the double quotes"),
            start,
            text,
        )
    kind = Kind.KEY if quote == '"' else Kind.LITERAL
    return Token(kind, text[start + 1 : end], start, end + 1)


def _number(text: str, found: re.Match[str]) -> Token:
    if len(found.group()) > DIGITS_LIMIT:
        raise ExpressionError(
            Text(
                f"这个数过长，请控制在 {DIGITS_LIMIT} 位以内。",
                f"this number has more than {DIGITS_LIMIT} digits",
            ),
            found.start(),
            text,
        )
    return Token(Kind.NUMBER, found.group(), found.start(), found.end())


_NO_DIVISION = Text(
    "没有除法，请把除数乘到另一边：a / b <= 2 写成 a <= 2 * b 。",
    "there is no division: multiply the other side instead, a <= 2 * b for a / b <= 2",
)
_NO_PERCENT = Text("没有百分号，请写小数：90% 写成 0.9 。", "write 0.9 for 90%")
_INSTEAD = {"/": _NO_DIVISION, "÷": _NO_DIVISION, "%": _NO_PERCENT, "％": _NO_PERCENT}


def _strange(text: str, position: int) -> ExpressionError:
    character = text[position]
    sign = shown(character)
    if character in _FOREIGN_QUOTES:
        message = Text(
            f"请改用半角引号代替 {sign} ：键名用双引号，文字用单引号。",
            f"{sign} is not a quote here: write keys in \"...\" and texts in '...'",
        )
    elif (instead := _INSTEAD.get(character)) is not None:
        message = instead
    elif text.translate(_FOLDED)[position] == "@":
        message = Text("@ 后面请最多写一位数字。", "at most one digit is expected after @")
    else:
        message = Text(
            f"这里不能用 {sign} ，请改写；含有特殊字符的键名请加双引号。",
            f"{sign} means nothing here; keys with special characters need double quotes",
        )
    return ExpressionError(message, position, text)
