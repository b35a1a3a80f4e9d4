"""Reads and writes paths (DIALECT 4)."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.rules.expression.fault import ExpressionError
from disclosure_tui.rules.expression.scanner import Kind, scan
from disclosure_tui.rules.expression.syntax import (
    KEYWORDS,
    AnyDepth,
    AnyOne,
    Matched,
    Name,
    Origin,
    Path,
    Segment,
)
from disclosure_tui.rules.expression.tokens import Tokens

__all__ = ["SEGMENTS_LIMIT", "read_path", "write_path"]

SEGMENTS_LIMIT = 32
"""Greatest number of keys and stars in one path."""

_PREFIXES = {
    (Origin.HERE, "prior"): Origin.PRIOR,
    (Origin.HERE, "report"): Origin.REPORT,
    (Origin.PRIOR, "report"): Origin.PRIOR_REPORT,
}


def read_path(tokens: Tokens, *, alone: bool = False) -> Path:
    """Read one path, patterns included; `alone` where nothing but a path may stand.

    Raises:
        ExpressionError: There is none at the current token.
    """
    start = tokens.current.start
    origin = _read_origin(tokens)
    if tokens.current.is_word("this"):
        _read_this(tokens, origin)
        return Path(origin, (), start=start, end=tokens.end)
    segments = [_read_segment(tokens, first=True, alone=alone)]
    while tokens.current.is_symbol("."):
        tokens.advance()
        if len(segments) == SEGMENTS_LIMIT:
            message = Text(
                f"路径请控制在 {SEGMENTS_LIMIT} 段以内。",
                f"the path has more than {SEGMENTS_LIMIT} segments",
            )
            raise tokens.error(message, tokens.current.start)
        segments.append(_read_segment(tokens, first=False))
    return Path(origin, tuple(segments), start=start, end=tokens.end)


def _read_origin(tokens: Tokens) -> Origin:
    origin = Origin.HERE
    while (token := tokens.current).is_word("prior") or token.is_word("report"):
        following = _PREFIXES.get((origin, token.text))
        if following is None:
            message = Text(
                "请把路径开头写成 prior. 、report. 或 prior.report. 。",
                "a path starts with prior., report. or prior.report.",
            )
            raise tokens.error(message, token.start)
        tokens.advance()
        if not tokens.current.is_symbol("."):
            message = Text(
                f"{token.text} 后面请写小数点和路径；若是键名请加双引号。",
                f"{token.text} needs a dot and a path behind it; as a key it needs double quotes",
            )
            raise tokens.error(message, token.start)
        tokens.advance()
        origin = following
    return origin


def _read_this(tokens: Tokens, origin: Origin) -> None:
    token = tokens.advance()
    if origin.is_root:
        message = Text("report. 后面请写一个格的路径。", "report. needs the path of a cell")
        raise tokens.error(message, token.start)
    if tokens.current.is_symbol("."):
        message = Text(
            "this 就是这一处本身，请去掉 this 和小数点，直接写后面的路径。",
            "'this' is the place itself; leave out 'this.' and write the path only",
        )
        raise tokens.error(message, token.start)


def _read_segment(tokens: Tokens, *, first: bool, alone: bool = False) -> Segment:
    token = tokens.current
    if token.kind is Kind.NAME and token.text in KEYWORDS:
        message = Text(
            f'{token.text} 是保留的词；若是键名，请写成 "{token.text}" 。',
            f'{token.text} is a word of the language; as a key write "{token.text}"',
        )
        raise tokens.error(message, token.start)
    if token.kind is Kind.NUMBER and not first:
        message = Text(
            "以数字开头的键名请加双引号。", "a key that starts with a digit needs double quotes"
        )
        raise tokens.error(message, token.start)
    if token.kind in (Kind.NAME, Kind.KEY):
        tokens.advance()
        return Name(token.text)
    if token.kind is Kind.SEGMENT:
        tokens.advance()
        if token.text == "*":
            return AnyOne()
        return AnyDepth() if token.text == "**" else Matched(int(token.text[1:] or 0))
    if not first:
        raise tokens.expected(Text("键名", "a key"))
    wanted = (
        Text("路径", "a path") if alone else Text("数、文字或路径", "a number, a text or a path")
    )
    raise tokens.expected(wanted)


def write_path(path: Path) -> str:
    """Return a path as the dialect writes it, with quotes where a key needs them."""
    words = [path.origin.value] if path.origin is not Origin.HERE else []
    words.extend(map(_write_segment, path.segments))
    return ".".join(words) if path.segments else ".".join([*words, "this"])


def _write_segment(segment: Segment) -> str:
    match segment:
        case Name(key=key):
            return key if _is_bare(key) else f'"{key}"'
        case Matched(index=index):
            return f"@{index}" if index else "@"
        case AnyOne():
            return "*"
        case AnyDepth():
            return "**"


def _is_bare(key: str) -> bool:
    """Tell whether the scanner reads the key back unquoted and unchanged."""
    if key in KEYWORDS:
        return False
    try:
        tokens = scan(key)
    except ExpressionError:
        return False
    return tokens[0].kind is Kind.NAME and tokens[0].text == key
