"""How large a schema may be, checked in one walk before anything else looks at it.

A schema file comes from somebody else. What follows the walk may take time and depth for
granted: the validator calls itself at every level, and the form is built in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import ROOT, Pointer

__all__ = [
    "DEEPEST",
    "DEEPEST_PLACE",
    "DEEPEST_REFERENCE",
    "LARGEST",
    "LONGEST_KEY",
    "LONGEST_TEXT",
    "MOST_DIGITS",
    "MOST_LAYERS",
    "MOST_OVERLAY_VALUES",
    "MOST_PLACES",
    "MOST_RULES",
    "MOST_VALUES",
    "check_limits",
    "check_size",
    "over_limit",
]

LARGEST = 1_000_000
"""Greatest size of a schema file, in bytes."""

DEEPEST = 64
"""Greatest depth of objects and lists inside each other."""

MOST_VALUES = 20_000
"""Greatest number of objects, lists, texts and numbers in one file."""

MOST_OVERLAY_VALUES = 5_000
"""Greatest number of objects, lists, texts and numbers in an overlay."""

MOST_RULES = 1_000
"""Greatest number of items of `x-rules` in one file."""

LONGEST_KEY = 200
"""Greatest length of a key, in characters."""

LONGEST_TEXT = 65_536
"""Greatest length of a text, in characters; an expression is measured in bytes as well."""

MOST_DIGITS = 100
"""Greatest number of digits of a number, zeros that an exponent stands for included."""

MOST_PLACES = 5_000
"""Greatest number of rows, cells and other places of a form; a reference is worth what it names."""

DEEPEST_PLACE = 24
"""Greatest number of places inside each other on a form."""

MOST_LAYERS = 64
"""Greatest number of schema objects that describe one place together."""

DEEPEST_REFERENCE = 32
"""Greatest number of references behind each other."""

_SHOWN = 40


def check_size(size: int, name: str) -> None:
    """Refuse a file that is too large to be read.

    Raises:
        SchemaError: It is.
    """
    if size > LARGEST:
        what = Text("格式文件", "the schema file is")
        raise over_limit(what, LARGEST, Text("字节", "bytes"), name)


def check_limits(contents: Any, name: str, most: int = MOST_VALUES) -> None:
    """Refuse a schema that is over a limit.

    Args:
        contents: The schema.
        name: The file, for messages.
        most: So many values may be in it.

    Raises:
        SchemaError: It is; the limit is named, and the place.
    """
    rules = 0
    for number, place in enumerate(_walk(contents), 1):
        if number > most:
            what = Text("格式文件里的键和值", "the keys and values of the schema are")
            raise over_limit(what, most, Text("个", "in number"), name)
        where = f"{name}#{_shortened(place.pointer)}"
        if len(place.pointer) > DEEPEST:
            what = Text("嵌套的层数", "the values inside each other are")
            raise over_limit(what, DEEPEST, Text("层", "levels deep"), where)
        if isinstance(place.value, dict):
            _check_object(place.value, where)
            listed = place.value.get("x-rules")
            rules += len(listed) if isinstance(listed, list) else 0
            if rules > MOST_RULES:
                what = Text("校验规则", "the rules are")
                raise over_limit(what, MOST_RULES, Text("条", "in number"), where)
        else:
            _check_scalar(place.value, where)


@dataclass(frozen=True, slots=True)
class _Place:
    pointer: Pointer
    value: Any


def _walk(contents: Any) -> Iterator[_Place]:
    waiting = [_Place(ROOT, contents)]
    while waiting:
        place = waiting.pop()
        yield place
        if isinstance(place.value, dict):
            items = ((str(key), item) for key, item in place.value.items())
        elif isinstance(place.value, list):
            items = ((str(index), item) for index, item in enumerate(place.value))
        else:
            continue
        waiting.extend(_Place(place.pointer / key, item) for key, item in items)


def _check_object(value: dict[str, Any], where: str) -> None:
    for key in value:
        if len(key) > LONGEST_KEY:
            what = Text(f"键名【{key[:_SHOWN]}~】", f"the key {key[:_SHOWN]!r}... is")
            raise over_limit(what, LONGEST_KEY, Text("个字", "characters long"), where)
        _check_characters(key, where)


def _check_scalar(value: Any, where: str) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            what = Text("这段文字", "this text is")
            raise over_limit(what, LONGEST_TEXT, Text("个字", "characters long"), where)
        _check_characters(value, where)
    elif isinstance(value, int | Decimal) and _digits(value) > MOST_DIGITS:
        what = Text("这个数", "this number is")
        raise over_limit(what, MOST_DIGITS, Text("位", "digits long"), where)


def _check_characters(text: str, where: str) -> None:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise SchemaError(
            Text("文字里有半个字符（代理码）", "a text holds half a character (a surrogate)"),
            hint=Text(r"请改正以 \ud 开头的转义", r"correct the escape that begins with \ud"),
            where=where,
        )


def _digits(value: int | Decimal) -> int:
    if isinstance(value, int):
        return value.bit_length() * 3 // 10  # never spelt out: that takes long for long ones
    _, digits, exponent = value.as_tuple()
    return len(digits) + abs(exponent) if isinstance(exponent, int) else MOST_DIGITS + 1


def over_limit(what: Text, limit: int, unit: Text, where: str) -> SchemaError:
    """Return the error that something is over a limit, the limit named.

    Args:
        what: What there is too much of; the English ends with a verb.
        limit: The limit.
        unit: What is counted.
        where: File and pointer.
    """
    return SchemaError(
        Text(f"{what.zh}超过了 {limit} {unit.zh}", f"{what.en} more than {limit} {unit.en}"),
        hint=Text("请改小；规定见格式说明的限制表", "make it smaller; see the table of limits"),
        where=where,
    )


def _shortened(pointer: Pointer) -> str:
    """Name a place without printing a page of keys."""
    text = str(pointer)
    most = _SHOWN * 3
    return text if len(text) <= most else text[:most] + "~"
