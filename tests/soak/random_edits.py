"""Random changes of a report: kinds of edits and values that have gone wrong somewhere before."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue
from disclosure_tui.model.pointer import ROOT, Pointer

FIGURES: list[Any] = [
    0, 1, -5, 12, 3511, 10**17, Decimal("1.50"), Decimal("59237.2449"), Decimal("-0.01"), None,
    True, False,
]  # fmt: skip
TEXTS: list[Any] = [
    "", " ", "无", "第一段", "yes", "NO", "1e3", "010", "1_000", "null", "~", "=", "<<", ".inf",
    "12:30", "2023-12-31", "a: b", "# x", "x # y", "x #", "a:", ":a", "- a", "-", "? q", "[x",
    "a, b", "*a", "&a", "!t", "|", ">", "%d", "@x", "`x`", '"', "'", "it's", 'say "hi"', "a\\b",
    "one\ntwo", "一段\n\n二段\n", "x\n\n", "\nx", "\n", "  lead\nx", "a\n   \nb", "trail \nx ",
    "\ttab", "x\ty\n\tz", "a\rb", "a\r\nb", "\x07", "\x1b[0m", "\x7f", "a\x85b", "a\u2028b\nc",
    "😀", "一二：（四）", "　　段首\n　　二段", "长" * 300, "---", "...", "\n---\nx",
    "<<<<<<< x\ny", "key: |\n  x\n", "x\n# y", "占96.9%，增长1.5倍", "{", "}", "a: {b", "]",
]  # fmt: skip
WHOLE: list[Any] = [
    {}, [], {"x": 1}, [1, "二"], {"a": {"b": [1, {"c": None}]}}, [{"k": "v", "l": 2}], [[1], []],
    {"natural_person": 0, "total": None}, {"text": "一\n二", "n": Decimal("1.5")},
]  # fmt: skip
KEYS = ["new_key", "新增", "1", "yes", "/p/q", "x: y", "#", "a, b", "", "很长的名称" * 8]
KINDS = ["set"] * 10 + [
    "insert",
    "insert",
    "append",
    "append",
    "delete",
    "delete",
    "clear",
    "multi",
]


def places(value: Any, at: Pointer = ROOT) -> list[tuple[Pointer, Any]]:
    """Return every value of some data with its pointer."""
    found = [(at, value)]
    inner = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        inner = ((str(index), item) for index, item in enumerate(value))
    for key, part in inner:
        found += places(part, at / key)
    return found


def random_edit(chance: random.Random, kind: str, data: Any) -> Edit | None:
    """Return an edit of a kind that fits some data; None where nothing does."""
    found = places(data)
    if kind == "insert":
        maps = [place for place in found if isinstance(place[1], dict)]
        pointer, value = chance.choice(maps)
        keys = [key for key in KEYS if key not in value]
        return InsertValue(pointer / chance.choice(keys), _value(chance), tuple(value))
    if kind == "append":
        lists = [place for place in found if isinstance(place[1], list)]
        if not lists:
            return None
        pointer, value = chance.choice(lists)
        at = chance.choice([len(value), len(value), chance.randint(0, len(value))])
        return InsertValue(pointer / str(at), _value(chance))
    if not found[1:]:
        return None
    pointer, value = chance.choice(found[1:])
    if kind == "delete":
        return RemoveValue(pointer)
    if kind == "clear":
        return SetValue(pointer, None)
    leaves = [
        place for place in found[1:] if not isinstance(place[1], (dict, list)) or not place[1]
    ]
    if leaves and chance.random() < 0.9:
        return SetValue(chance.choice(leaves)[0], _scalar(chance))
    return SetValue(pointer, _changed(chance, value))


def _scalar(chance: random.Random) -> Any:
    return chance.choice(FIGURES if chance.random() < 0.4 else TEXTS)


def _value(chance: random.Random) -> Any:
    return _scalar(chance) if chance.random() < 0.7 else chance.choice(WHOLE)


def _changed(chance: random.Random, value: Any) -> Any:
    """Return another whole value: something else, or the old one with a part changed."""
    if isinstance(value, dict) and value and chance.random() < 0.7:
        key = chance.choice(list(value))
        rest = {name: part for name, part in value.items() if name != key}
        return chance.choice([{**value, key: _value(chance)}, rest, {**value, "z": 1}])
    if isinstance(value, list) and value and chance.random() < 0.7:
        at = chance.randrange(len(value))
        return chance.choice([value[:at] + value[at + 1 :], [*value, 7], [*value[:at], "二"]])
    return chance.choice(WHOLE)
