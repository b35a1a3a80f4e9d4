"""The reference of the schema dialect, written from the JSON Schema that checks schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from markdown_page import page, table

from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Language, Text
from disclosure_tui.rules.prose import template

__all__ = ["dialect_page"]

Schema = Mapping[str, Any]
_STRUCTURED = ("report", "section", "cell", "row", "table", "entries", "place", "rule")

_INTRODUCTION = Text(
    """中文 | [English](dialect.md)

格式文件里可以写什么：JSON Schema 2020-12 的一部分关键字，和以 `x-` 开头的关键字。
别的关键字，不论在哪一层，都是错误；拼错的也是。
这些关键字里的路径、条件和算式见 [expressions.md](expressions.md)。
`schemas/` 里的文件都是例子；[教程](../tutorial/new-report-type.zh-CN.md)从头写一份。
`disclosure schema dialect` 给出编辑器用的同样内容，
见[其他工具](../how-to/other-tools.zh-CN.md)。""",
    """English | [中文](dialect.zh-CN.md)

What a schema file may say: a subset of JSON Schema draft 2020-12,
and the keywords that begin with `x-`.
Any other keyword is an error, at any depth; so is a misspelt one.
The paths, conditions and formulas in these keywords are told in [expressions.md](expressions.md).
The files in `schemas/` are examples; the [tutorial](../tutorial/new-report-type.md) writes one.
`disclosure schema dialect` prints the same for editors,
see [other tools](../how-to/other-tools.md).""",
)
_KINDS = Text(
    """`x-rules` 里的一项写了哪个键，就是哪一种规则。
一种规则是 `src/disclosure_tui/rules/kinds/` 里的一个文件。""",
    """An item of `x-rules` is of the kind whose key it has.
A kind is one file in `src/disclosure_tui/rules/kinds/`.""",
)
_TOLD = {
    "message": Text(
        "分语言写的文字，可用规则的 `message` 的花括号。",
        "A text per language. Slots in braces: those of the `message` of a rule.",
    ),
    "columns": Text(
        "各值的路径，和合并的表头 `{title, columns}`，排成列表。",
        "List of property paths and of merged headers `{title, columns}`.",
    ),
    "finding": Text(
        "有 `id`（问题的编号）和 `severity`（级别）的对象。",
        "Object with `id` (name of the finding) and `severity`.",
    ),
    "paths": Text("路径的列表。", "List of paths."),
    "since": Text(
        '一个年度，或写作 `"2025-12-31"` 的一天。', 'A year, or a day written as `"2025-12-31"`.'
    ),
    "ruleName": Text(
        "半角字母、数字、`.`、`_`、`-`，最多 64 个。",
        "Letters, digits, `.`, `_` and `-`, all ASCII, 64 at most.",
    ),
    "name": Text(
        "半角字母、数字、`.`、`_`、`-`。", "Letters, digits, `.`, `_` and `-`, all ASCII."
    ),
    "anchor": Text(
        "字母或 `_` 开头，后面是字母、数字、`.`、`_`、`-`。",
        "A letter or `_`, then letters, digits, `.`, `_` and `-`.",
    ),
    "count": Text("0 或正整数。", "A whole number, 0 or more."),
}
_DESCRIBED = ("severity", "text", "expression", "path", "language")
_WORDS = {
    "string": Text("文字", "string"),
    "object": Text("对象", "object"),
    "array": Text("列表", "list"),
    "boolean": Text("`true` 或 `false`", "`true` or `false`"),
    "integer": Text("整数", "integer"),
    "number": Text("数", "number"),
    "any value": Text("任何值", "any value"),
}


def dialect_page(language: Language) -> str:
    """Return the page in a language: every keyword, where it goes, what it means, an example."""
    return _Page(language).text()


class _Page:
    def __init__(self, language: Language) -> None:
        self._language = language
        source = resources.files("disclosure_tui.schema") / "dialect.schema.json"
        self._parts: Schema = json.loads(source.read_text(encoding="utf-8"))["$defs"]
        node = self._parts["node"]
        self._keywords: Schema = node["properties"]
        self._beside: Mapping[str, list[str]] = node["dependentRequired"]

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self._language)

    def text(self) -> str:
        own = {key: value for key, value in self._keywords.items() if key.startswith("x-")}
        return page(
            self.say("格式文件的写法，第 1 版", "Schema dialect, version 1"),
            _INTRODUCTION.in_(self._language),
            self._standard(),
            self._overview(own),
            *(self._keyword(key, value) for key, value in own.items()),
            *self._kinds(),
            self._templates(),
            self._shapes(),
        )

    # Keywords --------------------------------------------------------------------------------

    def _standard(self) -> str:
        head = (
            ("关键字", "含义", "写在", "值", "例子"),
            ("Keyword", "Meaning", "Where", "Value", "Example"),
        )
        rows = (
            (
                f"`{key}`",
                self._meaning(value),
                self._where(key),
                self._shape(value),
                _example(value),
            )
            for key, value in self._keywords.items()
            if not key.startswith("x-")
        )
        title = self.say("JSON Schema 的关键字", "Keywords of JSON Schema")
        return f"## {title}\n\n{table(head[self._language is Language.ENGLISH], rows)}"

    def _overview(self, own: Schema) -> str:
        head = ("关键字", "含义"), ("Keyword", "Meaning")
        rows = ((f"[`{key}`](#{key})", self._meaning(value)) for key, value in own.items())
        title = self.say("本程序的关键字", "Keywords of the dialect")
        return f"## {title}\n\n{table(head[self._language is Language.ENGLISH], rows)}"

    def _keyword(self, key: str, value: Schema) -> str:
        lines = [
            f"- {self.say('写在：', 'Where: ')}{self._where(key)}",
        ]
        inner = self._structured(value)
        shape = self._shape(value) if inner is None else self._holder(value)
        lines.append(f"- {self.say('值：', 'Value: ')}{shape}")
        example = json.dumps({key: value["examples"][0]}, ensure_ascii=False, indent=2)
        found = f"## {key}\n\n{self._meaning(value)}\n\n" + "\n".join(lines)
        found += f"\n\n```json\n{example[1:-1].strip()}\n```".replace("\n  ", "\n")
        return found if inner is None else f"{found}\n\n{self._keys_of(inner)}"

    def _holder(self, value: Schema) -> str:
        """Say of what the keys are that the table below the keyword tells."""
        if value.get("type") == "array":
            return self.say("列表，每项是有下列键的对象", "list of objects with the keys below")
        return self.say("有下列键的对象", "object with the keys below")

    def _meaning(self, value: Schema) -> str:
        other: Mapping[str, str] = value.get("x-description", {})
        return other.get(self._language.value) or str(value.get("description", ""))

    def _where(self, key: str) -> str:
        where = Text(**self._keywords[key]["x-where"]).in_(self._language)
        beside = [f"`{each}`" for each in self._beside.get(key, []) if each in self._keywords]
        names = self.say("、", ", ").join(beside)
        return where + (self.say(f"，与 {names} 一起", f", beside {names}") if names else "")

    # Keys inside a keyword -------------------------------------------------------------------

    def _structured(self, value: Schema) -> Schema | None:
        """Return the object with keys of its own that a keyword holds, or None."""
        inner = self._parts.get(_target(value), value)
        inner = self._parts.get(_target(inner.get("items", {})), inner)
        return inner if "properties" in inner and _target(value) != "node" else None

    def _keys_of(self, inner: Schema) -> str:
        head = ("键", "含义", "值", "必须"), ("Key", "Meaning", "Value", "Required")
        rows = (
            (f"`{name}`", self._meaning(value), self._shape(value), self.say("是", "yes") * needed)
            for name, value, needed in _walk(inner, "")
        )
        return table(head[self._language is Language.ENGLISH], rows)

    def _kinds(self) -> Iterator[str]:
        """The rule kinds: the keys that make an item of x-rules one of them."""
        yield f"## {self.say('规则的种类', 'Rule kinds')}\n\n{_KINDS.in_(self._language)}"
        for module in modules_of("disclosure_tui.rules.kinds"):
            kind = module.KIND
            keys = self._keys_of({"properties": kind.item_schema})
            doc = re.sub(r"\n+(?=[A-Z][a-z ]+:)", "\n\n", (module.__doc__ or "").strip())
            doc = re.sub(
                r"^(What it checks|Example|How to fix|Source):", r"**\1:**", doc, flags=re.M
            )
            told = self.say(f"说明和例子（英文）：[{kind.keyword}](dialect.md#{kind.keyword})", doc)
            yield f"### {kind.keyword}\n\n{told}\n\n{keys}"

    def _templates(self) -> str:
        text = (template.__doc__ or "").strip()
        told = self.say(
            "校验文字的规则用的模板，说明（英文）：[Templates](dialect.md#templates)", text
        )
        return f"## {self.say('模板', 'Templates')}\n\n{told}"

    # Values ----------------------------------------------------------------------------------

    def _shape(self, value: Schema) -> str:
        """Say in a few words what a value may be."""
        either = self.say(" 或 ", " or ")
        if "const" in value:
            return f"`{json.dumps(value['const'])}`"
        if "enum" in value:
            return either.join(f"`{each}`" for each in value["enum"])
        if _target(value):
            return self._named(_target(value), value)
        if "if" in value and "items" in value["then"]:
            return either.join((self._list_of(value["then"]), self._shape(value["else"])))
        kinds = value.get("type", "any value")
        if kinds == "array":
            return self._list_of(value)
        entries = value.get("additionalProperties")
        if kinds == "object" and isinstance(entries, dict) and "properties" not in value:
            inner = self._shape(entries)
            return self.say(f"对象，每个值是 {inner}", f"map of {inner}")
        listed = [kinds] if isinstance(kinds, str) else kinds
        text = either.join(_WORDS[kind].in_(self._language) for kind in listed)
        if "pattern" in value:
            text += self.say(f"，形如 `{value['pattern']}`", f" like `{value['pattern']}`")
        return text

    def _list_of(self, value: Schema) -> str:
        items = value.get("items")
        if not items:
            return _WORDS["array"].in_(self._language)
        return self.say("列表，每项是 ", "list of ") + self._shape(items)

    def _named(self, name: str, value: Schema) -> str:
        shapes = self.say("#值的写法", "#shapes")
        if name == "node":
            both = isinstance(value.get("type"), list)
            word = self.say("格式对象", "schema object")
            return word + (self.say("，或 `true`、`false`", " or `true`, `false`") if both else "")
        if name in _STRUCTURED:
            key = "x-rules" if name == "rule" else f"x-{name}"
            return self.say(f"对象，见 [{key}](#{key})", f"object, see [{key}](#{key})")
        off = name == "finding" and isinstance(value.get("type"), list)
        return f"[{name}]({shapes})" + (self.say(" 或 `off`", " or `off`") if off else "")

    def _shapes(self) -> str:
        """The small shapes that several keywords share."""
        types = self.say(" 或 ", " or ").join(f"`{each}`" for each in self._parts["type"]["enum"])
        rows = [(f"`{key}`", self._meaning(self._parts[key])) for key in _DESCRIBED]
        rows.append(("`type`", types))
        rows.extend((f"`{key}`", text.in_(self._language)) for key, text in _TOLD.items())
        head = ("写法", "含义"), ("Shape", "Meaning")
        title = self.say("值的写法", "Shapes")
        return f"## {title}\n\n{table(head[self._language is Language.ENGLISH], rows)}"


def _example(value: Schema) -> str:
    return f"`{json.dumps(value['examples'][0], ensure_ascii=False)}`"


def _target(value: Schema) -> str:
    return str(value.get("$ref", "")).removeprefix("#/$defs/")


def _walk(inner: Schema, prefix: str) -> Iterator[tuple[str, Schema, bool]]:
    """Yield the keys of an object and of the objects in it, as dotted names."""
    required = inner.get("required", [])
    for key, value in inner.get("properties", {}).items():
        name = f"{prefix}{key}"
        yield name, value, key in required
        if "properties" in value:
            yield from _walk(value, f"{name}.")
        items, entries = value.get("items"), value.get("additionalProperties")
        if isinstance(items, dict) and "properties" in items:
            yield from _walk(items, f"{name}[].")
        if isinstance(entries, dict) and "properties" in entries:
            yield from _walk(entries, f"{name}.*.")
