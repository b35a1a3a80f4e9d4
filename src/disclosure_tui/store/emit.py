"""New YAML text for values, on one line or in blocks; existing text never passes through here."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.report import Plain, Scalar
from disclosure_tui.store.resolver import LONGEST_INTEGER, resolve

__all__ = ["block", "double_quoted", "flow", "is_plain", "key", "scalar", "single_quoted"]

# Words that one or the other YAML reader takes for a figure, a date, a truth value or nothing.
_WORDS = frozenset(
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "none", "inf", "nan"]
)
_FIGURE = re.compile(r"[-+.]?[0-9][0-9a-fA-FxoXO_:,.+\-TtZz %/]*\Z")
_STARTS = frozenset("-?:,[]{}#&*!|>'\"%@`=<.")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_LONGEST_KEY = 500


def scalar(value: Scalar) -> str:
    """Return one value for block context, on a single line.

    Raises:
        EditRefused: The value is no figure or holds half a character.
    """
    if isinstance(value, str):
        return value if is_plain(value, in_flow=False) else _quoted(value)
    return _word(value)


def flow(value: Plain) -> str:
    """Return a scalar, map or list on one line, as it can stand inside brackets.

    Raises:
        EditRefused: A value in it is no figure, or a key is too long.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return value if is_plain(value, in_flow=True) else _quoted(value)
    return _word(value)


def key(text: str) -> str:
    """Return the key of a map; in brackets and in blocks it is written alike."""
    if len(text) > _LONGEST_KEY:
        raise EditRefused(Text("名称太长，写不进文件。", "The key is too long to be written."))
    return text if is_plain(text, in_flow=True) else _quoted(text)


def block(value: Plain, indent: int, line_break: str) -> str:
    """Return a value as it follows `key:` or `-`, with the blank or line break before it.

    Maps and lists of scalars are one line in brackets; what holds maps or lists goes onto lines
    of its own.

    Args:
        value: A scalar, map or list.
        indent: The column for the lines of a map or list.
        line_break: How lines end in the file.
    """
    if not isinstance(value, (dict, list)):
        return " " + scalar(value)
    parts = list(value.values()) if isinstance(value, dict) else value
    if not any(isinstance(part, (dict, list)) and part for part in parts):
        return " " + flow(value)
    start = line_break + " " * indent
    if isinstance(value, dict):
        lines = [
            f"{key(name)}:{block(part, indent + 2, line_break)}" for name, part in value.items()
        ]
    else:
        lines = [f"-{_item(part, indent, line_break)}" for part in value]
    return start + start.join(lines)


def _item(value: Plain, indent: int, line_break: str) -> str:
    text = block(value, indent + 2, line_break)
    start = line_break + " " * (indent + 2)
    # The first line of a nested map or list stands beside the dash.
    return " " + text.removeprefix(start) if text.startswith(start) else text


def is_plain(text: str, *, in_flow: bool) -> bool:
    """Tell whether a text can stand without quotes and every reader takes it for a text."""
    if not text or text[0] in _STARTS or text != text.strip() or _UNPRINTABLE.search(text):
        return False
    if text.lower() in _WORDS or _FIGURE.match(text) or resolve(text) != text:
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (in_flow and any(character in text for character in ",[]{}:?\"'"))


def double_quoted(text: str) -> str:
    """Return any text in double quotes, on one line.

    Raises:
        EditRefused: The text holds half a character (a surrogate).
    """
    if _SURROGATE.search(text):
        raise EditRefused(
            Text("内容里有不完整的字符。", "The text holds an incomplete character."),
            hint=Text("请重新输入这段内容。", "Type the text again."),
        )
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return '"' + _UNPRINTABLE.sub(_escaped, escaped) + '"'


def single_quoted(text: str) -> str | None:
    """Return a text in single quotes on one line; None where they cannot carry it."""
    return None if _UNPRINTABLE.search(text) else "'" + text.replace("'", "''") + "'"


def _quoted(text: str) -> str:
    """Use double quotes, but single ones where the double would need backslashes."""
    single = single_quoted(text) if '"' in text or "\\" in text else None
    return double_quoted(text) if single is None else single


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def _word(value: Any) -> str:
    """Return a blank, a truth value or a figure."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < 10**LONGEST_INTEGER:
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        word = _decimal(value)
        if isinstance(resolve(word), Decimal):
            return word
    raise EditRefused(
        Text("这个数太大或者不是数，写不进文件。", "This is no figure that can be written."),
        hint=Text(
            f"整数最多 {LONGEST_INTEGER} 位，请核对。",
            f"A whole number has at most {LONGEST_INTEGER} digits; check it.",
        ),
    )


def _decimal(value: Decimal) -> str:
    """Write the digits out; a point stays, else the figure would be read as a whole number."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > 40:
        return ""
    digits = format(value, "f")
    return digits if "." in digits else digits + ".0"
