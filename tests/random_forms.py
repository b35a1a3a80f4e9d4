"""Forms of every shape that the dialect allows, made up by chance, and reports of them."""

from __future__ import annotations

from random import Random
from typing import Any

from tiny import Data, figure, group, row, schema, table

__all__ = ["any_form", "any_report"]

_MAP = {"type": ["object", "null"], "unevaluatedProperties": False}
_TEXT = {"type": ["string", "null"]}
_TEXTS = ("文字", "一段很长的文字，写了不止一行才写得完。" * 3, "a b", "*星*|竖", "=1+1", "<b>")
_STRANGE = ("x" * 300, -5, 10**30, True, "\u200b", [1], {"a": None}, "　")
"""What stands in a cell by mistake."""


def any_form(chance: Random) -> Data:
    """Return a schema of one to three parts."""
    return schema({f"p{number}": _part(chance, 0) for number in range(chance.randrange(1, 4))})


def any_report(chance: Random, made: Data) -> Data:
    """Fill a report of a form in, blanks and mistakes among it."""
    values = {key: _value(chance, part) for key, part in made["properties"].items()}
    return {**values, "report_type": "tiny/1", "year": 2024}


def _part(chance: Random, depth: int) -> Data:
    kind = chance.random()
    if kind < 0.6:
        return _table(chance)
    if kind < 0.75:
        return {"title": "文", **_TEXT, "x-section": {"number": "二"}}
    if kind < 0.9 and depth < 2:
        inside = {f"s{n}": _part(chance, depth + 1) for n in range(chance.randrange(1, 3))}
        mark = {"x-section": {"number": "三"}} if chance.random() < 0.7 else {}
        return {**group("节", inside), **mark}
    if depth:
        return _table(chance)
    outside = (figure("数"), {"title": "项", **_TEXT}, group("外", {"x": figure("数")}))
    return chance.choice(outside)


def _table(chance: Random) -> Data:
    kind = chance.choice(["down", "down", "across", "stacked"])
    if kind == "across":
        return table("表", _across(chance, 0), kind)
    if kind == "down":
        return table("表", _block(chance), kind)
    blocks = {f"b{number}": group("块", _block(chance)) for number in range(chance.randrange(1, 4))}
    return table("表", blocks, kind)


def _across(chance: Random, depth: int) -> Data:
    made: Data = {}
    for number in range(chance.randrange(1, 3)):
        cells = _cells(chance, 0)
        is_group = depth < 2 and chance.random() < 0.3
        inside = group("头", _across(chance, depth + 1)) if is_group else None
        made[f"a{depth}{number}"] = inside or _row(chance, cells, _columns(chance, cells))
    return made


def _block(chance: Random) -> Data:
    """Return rows that are printed under one header."""
    cells = _cells(chance, 0)
    return _rows(chance, cells, _columns(chance, cells), 0)


def _rows(chance: Random, cells: Data, columns: list[Any] | None, depth: int) -> Data:
    made: Data = {}
    for number in range(chance.randrange(1, 4)):
        kind = chance.random()
        if kind < 0.25 and depth < 3:
            one = group("组", _rows(chance, cells, columns, depth + 1))
            if chance.random() < 0.2:
                del one["title"]
        elif kind < 0.35:
            one = {
                **({"title": "各行"} if chance.random() < 0.5 else {}),
                "type": ["object", "null"],
                "maxProperties": 3,
                "x-entries": {},
                "additionalProperties": _row(chance, cells, columns),
            }
        else:
            one = _row(chance, cells, columns)
        made[f"r{depth}{number}"] = one
    return made


def _row(chance: Random, cells: Data, columns: list[Any] | None) -> Data:
    made = row(cells, **({"title": f"行{chance.randrange(99)}"} if chance.random() < 0.9 else {}))
    return made if columns is None else {**made, "x-row": {"columns": columns}}


def _cells(chance: Random, depth: int) -> Data:
    made: Data = {}
    for number in range(chance.randrange(1, 4)):
        key, kind = f"c{depth}{number}", chance.random()
        if kind < 0.2 and depth < 2:
            made[key] = {"title": "合", **_MAP, "properties": _cells(chance, depth + 1)}
        elif kind < 0.35:
            made[key] = {"title": "名", **_TEXT}
        elif kind < 0.5:
            amount = {"decimals": 2, "unit": {"zh": "万元"}}
            made[key] = {"title": "额", "type": ["number", "null"], "x-cell": amount}
        elif kind < 0.6:
            codes = {"N/A": {"title": {"zh": "无"}, "means": "not_applicable"}}
            either = [{"type": ["number", "null"]}, {"enum": ["N/A"]}]
            made[key] = {"title": "码", "anyOf": either, "x-cell": {"codes": codes}}
        else:
            made[key] = figure(f"列{number}")
    return made


def _columns(chance: Random, cells: Data) -> list[Any] | None:
    """Declare the columns in another order, some under a merged header; or do not."""
    if chance.random() < 0.6:
        return None
    leaves = list(_leaves(cells))
    chance.shuffle(leaves)
    if len(leaves) == 1:
        return leaves
    merged = chance.randrange(1, len(leaves))
    return [{"title": "并", "columns": leaves[:merged]}, *leaves[merged:]]


def _leaves(cells: Data) -> list[str]:
    found: list[str] = []
    for key, cell in cells.items():
        inside = _leaves(cell["properties"]) if "properties" in cell else None
        found += [key] if inside is None else [f"{key}.{name}" for name in inside]
    return found


def _value(chance: Random, part: Data) -> Any:
    if "x-entries" in part:
        count = chance.randrange(4)
        return {f"e{n}": _value(chance, part["additionalProperties"]) for n in range(count)}
    if "properties" in part:
        if chance.random() < 0.03:
            return None
        return {key: _value(chance, inner) for key, inner in part["properties"].items()}
    kind = chance.random()
    if kind < 0.15:
        return None
    if kind < 0.18:
        return chance.choice(_STRANGE)
    types = part.get("type") or ["number"]
    if "integer" in types:
        return chance.randrange(1000)
    return chance.choice([1.25, "N/A", 7] if "number" in types else _TEXTS)
