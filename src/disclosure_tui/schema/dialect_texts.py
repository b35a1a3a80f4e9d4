"""Words what is wrong with a schema: what stands where, and what may stand there."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.model.report import structure

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
    word, known = _misspelt(error)
    if word:
        hint = _INSTEAD.get(word) or _near(word, known)
        return Text(f"这里不认识【{word}】", f"{word!r} is not known here"), hint
    found = _BY_KEYWORD.get(error.validator, _other)(error)
    return found if found is not None else _other(error)


def _forbidden(error: Any) -> tuple[Text, Text] | None:
    if "required" not in error.validator_value:
        return None
    word = ", ".join(error.validator_value["required"])
    return (
        Text(f"这里不能写【{word}】", f"{word!r} cannot stand here"),
        Text("请删去", "remove it"),
    )


def _not_allowed(error: Any) -> tuple[Text, Text]:
    rule, value = error.validator_value, error.instance
    allowed = rule if error.validator == "enum" else [rule]
    shown = _shown(value)
    if not isinstance(value, Mapping | list) and shown in map(str, allowed):
        return _quoting(value)
    what = Text(f"不能写【{shown}】", f"{shown!r} cannot stand here")
    if list(error.absolute_path)[-1:] == ["each"]:
        return what, _EACH
    return what, _near(shown, allowed)


def _missing(error: Any) -> tuple[Text, Text]:
    return _lacking([key for key in error.validator_value if key not in error.instance])


def _missing_beside(error: Any) -> tuple[Text, Text]:
    for key, wanted in error.validator_value.items():
        missing = [each for each in wanted if each not in error.instance]
        if key in error.instance and missing:
            what, hint = _lacking(missing)
            return Text(f"写了【{key}】，", f"beside {key!r}: ") + what, hint
    return _other(error)


def _lacking(keys: Sequence[str]) -> tuple[Text, Text]:
    return (
        Text(f"缺少【{'】【'.join(keys)}】", f"{', '.join(map(repr, keys))} missing"),
        Text("请补上", "please add it"),
    )


def _other_type(error: Any) -> tuple[Text, Text]:
    types, value = error.validator_value, error.instance
    types = [types] if isinstance(types, str) else types
    if "string" in types and isinstance(value, int | float | Decimal):
        return _quoting(value)
    if {"integer", "number"} & set(types) and isinstance(value, str) and _is_figure(value):
        return _quoting(value)
    names = [_TYPES[item] for item in types]
    wanted = Text("或".join(n.zh for n in names), " or ".join(n.en for n in names))
    return Text("这里应写", "expected ") + wanted, _quoted(value)


def _quoting(value: Any) -> tuple[Text, Text]:
    """Say that a value is right but for the quotes around it."""
    if isinstance(value, str):
        return (
            Text("这里应写数字，现在加了引号", "a number is wanted, and this is a text"),
            Text(f"请去掉引号：{value}", f"write it without quotes: {value}"),
        )
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return (
        Text("这里应写文字，现在没有引号", "a text is wanted, and this has no quotes"),
        Text(f'请加英文引号："{shown}"', f'write it with quotes: "{shown}"'),
    )


def _is_figure(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def _too_few(error: Any) -> tuple[Text, Text] | None:
    if error.validator_value != 1:
        return None
    if error.validator == "minLength":
        return Text("这里是空的", "this is empty"), Text("请写上内容", "please write it")
    return Text("这里要至少写一项", "at least one item is needed"), Text("请补上", "please add it")


def _too_long(error: Any) -> tuple[Text, Text]:
    most = error.validator_value
    what = Text(f"超过了 {most} 个字", f"more than {most} characters long")
    return what, _quoted(error.instance)


def _too_small(error: Any) -> tuple[Text, Text]:
    least = error.validator_value
    return Text(f"不能小于 {least}", f"cannot be less than {least}"), _quoted(error.instance)


def _twice(_error: Any) -> tuple[Text, Text]:
    return (
        Text("同一项写了两遍", "an item stands here twice"),
        Text("请删去一个", "remove one of them"),
    )


def _of_another_form(error: Any) -> tuple[Text, Text]:
    pattern, value = error.validator_value, error.instance
    if "prior_year" in pattern:
        return (
            Text("花括号里写的不是可用的空档", "a slot that a message does not have"),
            Text(f"可用的空档：{_SLOTS}", f"slots are {_SLOTS}, without anything behind the name"),
        )
    shown = _shown(value)
    what = Text(f"【{shown}】的写法不合要求", f"{shown!r} is not written as it should be")
    for begins, how in _FORMS.items():
        if pattern.startswith(begins):
            return what, how
    return what, Text("请对照格式编写说明", "see the dialect")


def _other(error: Any) -> tuple[Text, Text]:
    return Text("写法不合格式规定", "not of the dialect"), _quoted(error.instance)


_BY_KEYWORD: dict[str, Callable[[Any], tuple[Text, Text] | None]] = {
    "not": _forbidden,
    "enum": _not_allowed,
    "const": _not_allowed,
    "required": _missing,
    "dependentRequired": _missing_beside,
    "type": _other_type,
    "minItems": _too_few,
    "minProperties": _too_few,
    "minLength": _too_few,
    "maxLength": _too_long,
    "minimum": _too_small,
    "uniqueItems": _twice,
    "pattern": _of_another_form,
}

_FORMS = {
    "^urn:": Text(
        "请以 urn: 开头，中间没有空格，例如 urn:example:museum:1",
        "begin with urn:, without spaces: urn:example:museum:1",
    ),
    "^#": Text("请以 # 开头，后面是英文字母起头的名", "begin with #, then a name in Latin letters"),
    "^[A-Za-z": Text(
        "只能用英文字母、数字、横线、点和下划线，以字母或数字开头；中文写在 title 里",
        "use Latin letters, digits, hyphens, dots and underscores; other scripts go into title",
    ),
    "^[0-9A-Za-z]": Text(
        "只能用英文字母、数字和 . + _ - ，例如 2026.1",
        "use Latin letters, digits and . + _ -, as in 2026.1",
    ),
    "^[0-9]{4}-": Text("请写成 2026-01-31 这样的日期", "write a date like 2026-01-31"),
    r"^[^/\s]+/": Text("请写成 种类/版本", "write type/edition"),
    "^[a-z]{2,3}": Text("请写语言的代码：zh 或 en", "write the code of a language: zh or en"),
}
"""How a text is written that has a pattern, by how the pattern begins."""

_EACH = Text(
    '请写 row（每行）、column（每列），或路径的列表，例如 ["*.closing"]',
    'write row, column, or a list of paths, as in ["*.closing"]',
)
_DECIMALS = Text(
    "小数位数写在 x-cell 的 decimals", "the number of decimals goes into decimals of x-cell"
)
_CODES = Text(
    "固定的几个值用 enum；其他要求写成 x-rules 的规则",
    "use enum for some fixed values, and an item of x-rules for anything else",
)
_CHOICE = Text("几种写法用 anyOf", "use anyOf for alternatives")
_BOUNDS = Text("请用 minimum、maximum，两端都包括", "use minimum and maximum; both ends belong")
_CONDITION = Text(
    "有条件的要求请写成 x-rules 的规则，用 when", "write a rule in x-rules, with when"
)
_ROWS = Text(
    "填报时添加的行不用列表，用 x-entries 和 additionalProperties",
    "rows that the filer adds are no list: use x-entries and additionalProperties",
)
_INSTEAD = {
    "multipleOf": _DECIMALS,
    "pattern": _CODES,
    "patternProperties": _ROWS,
    "propertyNames": _ROWS,
    "prefixItems": _ROWS,
    "contains": _ROWS,
    "minItems": _ROWS,
    "uniqueItems": _ROWS,
    "const": _CODES,
    "oneOf": _CHOICE,
    "not": _CONDITION,
    "if": _CONDITION,
    "then": _CONDITION,
    "else": _CONDITION,
    "dependentRequired": _CONDITION,
    "exclusiveMinimum": _BOUNDS,
    "exclusiveMaximum": _BOUNDS,
    "definitions": Text("请改为 $defs", "write $defs"),
    "default": Text(
        "没有预先填好的值：未填就是未填", "no value is filled in beforehand: a blank is a blank"
    ),
    "examples": Text("例子请写在 description 里", "put examples into description"),
}
"""What goes in the place of keywords of JSON Schema that are not of the dialect."""


def _near(word: str, known: Iterable[Any]) -> Text:
    names = sorted(map(str, known))
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
    return Text(f"这里可以写：{'、'.join(names)}", f"known here: {', '.join(names)}")


def _quoted(value: Any) -> Text:
    shown = _shown(value)
    return Text(f"现在写的是【{shown}】，请对照格式编写说明", f"it is {shown!r}; see the dialect")


def _shown(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return structure(value)
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
