"""Words what is wrong with a schema: what stands where, and what may stand there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from disclosure_tui.language import Text

__all__ = ["worded"]

LONGEST = 40
"""So many characters of a wrong value are quoted."""

_SLOTS = "{row} {column} {place} {left} {right} {difference} {year} {prior_year}"

_TYPES = {
    "string": Text("文字", "a text"),
    "object": Text("一组键和值", "an object"),
    "array": Text("一个列表", "a list"),
    "boolean": Text("true 或 false", "true or false"),
    "integer": Text("整数", "a whole number"),
    "number": Text("数字", "a number"),
    "null": Text("null", "null"),
}


def worded(error: Any) -> tuple[Text, Text | None]:
    """Return what is wrong, and a hint.

    Args:
        error: What the JSON Schema validator found.
    """
    keyword, value = error.validator, error.instance
    word, known = _misspelt(error)
    if word:
        return Text(f"这里不认识【{word}】", f"{word!r} is not known here"), _near(word, known)
    if keyword == "not" and "required" in error.validator_value:
        word = ", ".join(error.validator_value["required"])
        return (
            Text(f"这里不能写【{word}】", f"{word!r} cannot stand here"),
            Text("请删去", "remove it"),
        )
    if keyword in ("enum", "const"):
        allowed = error.validator_value if keyword == "enum" else [error.validator_value]
        shown = _shown(value)
        what = Text(f"不能写【{shown}】", f"{shown!r} cannot stand here")
        return what, _near(shown, [str(item) for item in allowed])
    if keyword == "required":
        missing = [key for key in error.validator_value if key not in value]
        return (
            Text(f"缺少【{'】【'.join(missing)}】", f"{', '.join(map(repr, missing))} missing"),
            Text("请补上", "please add it"),
        )
    if keyword == "type":
        types = error.validator_value
        names = [_TYPES[item] for item in ([types] if isinstance(types, str) else types)]
        wanted = Text("或".join(n.zh for n in names), " or ".join(n.en for n in names))
        return Text("这里应写", "expected ") + wanted, _quoted(value)
    if keyword == "minItems" and error.validator_value == 1:
        return Text("这里要至少写一项", "at least one item is needed"), Text(
            "请补上", "please add it"
        )
    if keyword == "maxLength":
        most = error.validator_value
        return Text(f"超过了 {most} 个字", f"more than {most} characters long"), _quoted(value)
    if keyword == "pattern" and "prior_year" in error.validator_value:
        return (
            Text("花括号里写的不是可用的空档", "a slot that a message does not have"),
            Text(f"可用的空档：{_SLOTS}", f"slots are {_SLOTS}, without anything behind the name"),
        )
    if keyword == "pattern":
        return Text("写法不合要求", "not written as it should be"), _quoted(value)
    return Text("写法不合格式规定", "not of the dialect"), _quoted(value)


def _near(word: str, known: Iterable[str]) -> Text:
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
    return Text(f"这里可以写：{'、'.join(names)}", f"known here: {', '.join(names)}")


def _quoted(value: Any) -> Text:
    shown = _shown(value)
    return Text(f"现在写的是【{shown}】，请对照格式编写说明", f"it is {shown!r}; see the dialect")


def _shown(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return "{...}" if isinstance(value, Mapping) else "[...]"
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "~"


def _misspelt(error: Any) -> tuple[str, list[str]]:
    """Return the unknown word of an error and the words known in its place."""
    if error.validator == "enum" and "propertyNames" in error.absolute_schema_path:
        return str(error.instance), list(error.validator_value)
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known and repr(key) in error.message:
                return str(key), known
    return "", []
