"""Write the pages of docs/reference that follow from the program, and the output shown in guides.

reference_pages.py             write them (make docs)
reference_pages.py --check     exit 1 and name the pages that are stale
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

import click
from console_blocks import PAGES, ROOT, play, run_here, settled
from limits_table import PAGE as LIMITS_PAGE
from limits_table import with_limits
from screen_blocks import SCREEN_PAGES, replay

from disclosure_tui.cli.program import Program, ProgramGroup
from disclosure_tui.discovery import modules_of
from disclosure_tui.explaining import explained, rule_rows
from disclosure_tui.language import Language
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.rules.prose import template
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.command import Command, Group, key_name
from disclosure_tui.tui.key_spelling import RESERVED
from disclosure_tui.tui.screen import hosts
from disclosure_tui.tui.widgets.grid_keys import GRID_COMMANDS
from disclosure_tui.tui.widgets.list_keys import LIST_COMMANDS
from disclosure_tui.tui.widgets.prose_keys import PROSE_COMMANDS

GENERATED = "<!-- Written by `make docs` from the program. Do not edit. -->"
RULES_INTRODUCTION = (
    """每条校验规则都有固定的编号，每个问题都写明编号。
`disclosure rules explain 编号` 显示同样的内容。
标记：`!` 必须改正，`?` 核实或说明，`*` 提示，`.` 参考。""",
    """Every rule has a stable id, and every finding names it.
`disclosure rules explain ID` prints the same.
Marks: `!` must be corrected, `?` correct or explain, `*` worth a look, `.` for information.""",
)
COMMANDS_INTRODUCTION = (
    "每条命令的用法，先中文，后英文。退出码见 [exit-codes.md](exit-codes.md)。",
    """How every command is used, in Chinese and in English.
For exit codes see [exit-codes.md](exit-codes.md).""",
)
KEYS_INTRODUCTION = (
    """填报界面的按键。输入法在中文状态时，用带 Ctrl 的键，或按 `Ctrl+P` 从菜单选。
在文字部分，字母都是文字，同样用带 Ctrl 的键。全角的数字、字母和符号与半角的作用相同。""",
    """Keys of the editor. With a Chinese input method on, use the keys with Ctrl,
or choose from the menu with `Ctrl+P`. In prose letters are text; the keys with Ctrl work.
Full-width digits, letters and signs mean their ASCII keys.""",
)
KEYS_SETTINGS = """## 改键 / Changing keys

在设置文件 `~/.config/disclosure-tui/settings.toml` 里写 `[keys]`，
每行一个命令，右边是一个键或几个键。
帮助、菜单和最下面一行随着改。`disclosure keys` 列出现在的键，并说明哪一行没有采用、为什么。

Write `[keys]` into the settings file `~/.config/disclosure-tui/settings.toml`,
a line for each command with one key or several.
Help, menu and the bottom line follow.
`disclosure keys` lists the keys that hold, and says which line is not used and why.

```toml
[keys]
save = ["F5", "ctrl+s"]
next_finding = "j"
```

一个键在同一界面只能有一个作用：与别的命令相同的不采用。`Ctrl+P`（菜单）和 `=`（自动计算）一直有效。
不能用的：Alt，以及 Ctrl 加 A、B、H、I、J、M。

A key does one thing on a screen: one that another command has is not used.
`Ctrl+P` (menu) and `=` (have a cell computed) always work.
Not to be used: Alt, and Ctrl with A, B, H, I, J or M."""
DIALECT_INTRODUCTION = """What a schema file may say: a subset of JSON Schema draft 2020-12,
and the keywords that begin with `x-`.
Any other keyword is an error, at any depth; so is a misspelt one.
The paths, conditions and formulas in these keywords are told in [expressions.md](expressions.md).
Examples are the files in `schemas/`."""
KINDS_INTRODUCTION = """## Rule kinds

An item of `x-rules` is of the kind whose key it has.
A kind is one file in `src/disclosure_tui/rules/kinds/`."""


_MENU = ("ctrl+p",)
"""What has no key of its own is chosen from the menu."""


def main() -> int:
    """Write or compare every page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name stale pages")
    check = parser.parse_args().check
    stale = [*stale_pages(), *stale_screens()]
    for name, text in stale:
        if check:
            print(f"{name}: stale, run make docs")
        else:
            (ROOT / name).write_text(text, encoding="utf-8")
            print(f"{name}: written")
    return 1 if check and stale else 0


def stale_pages() -> Iterator[tuple[str, str]]:
    """Yield the pages that are not what they would be now, with their new text."""
    for name, text in pages().items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield name, text


def stale_screens() -> Iterator[tuple[str, str]]:
    """Yield the tutorials whose screens are not what they would be now, with their new text.

    They are kept apart: to press all their keys takes longer than everything else together.
    """
    for name, language in SCREEN_PAGES.items():
        before = (ROOT / name).read_text(encoding="utf-8")
        text = replay(before, language).text
        if text != before:
            yield name, text


def pages() -> dict[str, str]:
    """Return every page that follows from the program, by its name."""
    found = {
        "docs/reference/rules.md": rules_page(),
        "docs/reference/commands.md": commands_page(),
        "docs/reference/dialect.md": dialect_page(),
        "docs/reference/keys.md": keys_page(),
    }
    found[LIMITS_PAGE] = with_limits((ROOT / LIMITS_PAGE).read_text(encoding="utf-8"))
    for name in PAGES:
        played = play((ROOT / name).read_text(encoding="utf-8"))
        if played.problems:
            raise SystemExit(f"{name}: commands end otherwise than shown\n" + played.problems[0])
        found[name] = played.text
    return found


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", GENERATED, *(part.strip("\n") for part in parts)]) + "\n"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(part) for part in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# Rules ---------------------------------------------------------------------------------------


def rules_page() -> str:
    """All rules of the shipped report types, in both languages."""
    report_types = ReportTypes(Catalog.of())
    names = dict.fromkeys(entry.name for entry in report_types.catalog.entries())
    loaded = [report_types.load(name) for name in names]
    parts = list(RULES_INTRODUCTION)
    parts.extend(_overview(each) for each in loaded)
    identifiers = dict.fromkeys(
        row[1] for each in loaded for row in rule_rows(each, Language.CHINESE)
    )
    parts.extend(_rule(identifier, loaded) for identifier in identifiers)
    return _page("校验规则 / Rules", *parts)


def _overview(loaded: LoadedReportType) -> str:
    both = zip(
        rule_rows(loaded, Language.CHINESE), rule_rows(loaded, Language.ENGLISH), strict=True
    )
    rows = (
        (f"`{zh[0]}`", f"[{zh[1]}](#{zh[1].lower().replace('.', '')})", zh[2], en[2])
        for zh, en in both
    )
    kind = loaded.form.report_type
    title = f"## {kind.name}\n\n{loaded.form.root.label.title(Language.CHINESE)}。"
    return f"{title}\n\n{_table(('', 'id', '内容', 'Checks'), rows)}"


def _rule(identifier: str, loaded: list[LoadedReportType]) -> str:
    """Explain a rule once where the report types agree on it."""
    texts: dict[tuple[str, ...], list[str]] = {}
    for each in loaded:
        pair = tuple(_without_origin(explained(each, identifier, one)) for one in Language)
        if any(pair):
            texts.setdefault(pair, []).append(each.form.report_type.name)
    parts = [f"## {identifier}"]
    for pair, names in texts.items():
        parts.append("、".join(f"`{name}`" for name in names))
        parts.extend(_items(text) for text in pair)
    return "\n\n".join(parts)


def _without_origin(text: str) -> str:
    """Leave out where the rule is declared: a place in a file says nothing on a page."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if ".schema.json#" not in line)


def _items(text: str) -> str:
    """Turn the lines of an explanation into a list; its first line carries mark and weight."""
    lines = []
    for line in text.splitlines():
        if line.startswith("  "):
            lines.append(f"- {line.strip()}")
        elif line:
            mark, _, rest = line.partition(" ")
            lines.append(f"\n`{mark}` {rest.partition('  ')[2]}\n")
    return "\n".join(lines).strip("\n")


# Commands ------------------------------------------------------------------------------------


def commands_page() -> str:
    """The help of every command, in both languages."""
    parts = list(COMMANDS_INTRODUCTION)
    with settled():
        for words in command_paths():
            texts = [help_text(words, language) for language in Language]
            title = " ".join(["disclosure", *words])
            parts.append(f"## {title}\n\n" + "\n\n".join(f"```text\n{text}```" for text in texts))
    return _page("命令 / Commands", *parts)


def command_paths() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, the program itself first."""

    def below(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                yield from below(command, (*words, name))
            else:
                yield (*words, name)

    yield from below(ProgramGroup(Program(), lambda _program: 0), ())


def help_text(words: tuple[str, ...], language: Language) -> str:
    """Return what `--help` prints at 80 columns."""
    code, printed = run_here(["--lang", language.value, *words, "--help"])
    if code:
        raise RuntimeError(f"{words}: help ends with {code}")
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


# Dialect -------------------------------------------------------------------------------------


def dialect_page() -> str:
    """Every keyword of the schema dialect, from the schema that checks schemas."""
    source = resources.files("disclosure_tui.schema") / "dialect.schema.json"
    dialect = json.loads(source.read_text(encoding="utf-8"))
    parts: dict[str, Any] = dialect["$defs"]
    keywords = parts["node"]["properties"]
    standard = {key: value for key, value in keywords.items() if not key.startswith("x-")}
    own = {key: value for key, value in keywords.items() if key.startswith("x-")}
    beside = parts["node"]["dependentRequired"]
    needs = {key: _needs(key, keywords, beside) for key in keywords}
    head = ("Keyword", "Meaning", "Value", "Only beside")

    def rows(chosen: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
        for key, value in chosen.items():
            yield f"`{key}`", value.get("description", ""), _shape(value, parts), needs[key]

    texts = [
        DIALECT_INTRODUCTION,
        "## Keywords of JSON Schema\n\n" + _table(head, rows(standard)),
        "## Keywords of the dialect\n\n" + _table(head, rows(own)),
    ]
    for key, value in own.items():
        inner = _structured(value, parts)
        if inner is not None:
            texts.append(_keys_of(f"## {key}", inner, parts))
    texts.append(_kinds(parts))
    texts.append(f"## Templates\n\n{(template.__doc__ or '').strip()}")
    texts.append(_shapes(parts))
    return _page("Schema dialect, version 1", *texts)


def _needs(key: str, keywords: Mapping[str, Any], beside: Mapping[str, list[str]]) -> str:
    wanted = [each for each in beside.get(key, []) if each in keywords]
    return ", ".join(f"`{each}`" for each in wanted)


def _target(value: Mapping[str, Any]) -> str:
    return str(value.get("$ref", "")).removeprefix("#/$defs/")


def _structured(value: Mapping[str, Any], parts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the object with keys of its own that a keyword holds, or None."""
    inner = parts.get(_target(value), value)
    inner = parts.get(_target(inner.get("items", {})), inner)
    return inner if "properties" in inner and _target(value) != "node" else None


def _keys_of(title: str, inner: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    rows = (
        (f"`{name}`", value.get("description", ""), _shape(value, parts), "yes" if needed else "")
        for name, value, needed in _walk(inner, parts, "")
    )
    return f"{title}\n\n" + _table(("Key", "Meaning", "Value", "Required"), rows)


def _walk(
    inner: Mapping[str, Any], parts: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """Yield the keys of an object and of the objects in it, as dotted names."""
    required = inner.get("required", [])
    for key, value in inner.get("properties", {}).items():
        name = f"{prefix}{key}"
        yield name, value, key in required
        if "properties" in value:
            yield from _walk(value, parts, f"{name}.")
        items, entries = value.get("items"), value.get("additionalProperties")
        if isinstance(items, dict) and "properties" in items:
            yield from _walk(items, parts, f"{name}[].")
        if isinstance(entries, dict) and "properties" in entries:
            yield from _walk(entries, parts, f"{name}.*.")


def _shape(value: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Say in a few words what a value may be."""
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return " or ".join(f"`{each}`" for each in value["enum"])
    if _target(value):
        return _named(_target(value), value)
    if "if" in value and "items" in value["then"]:
        alternatives = value["then"].get("items", {}), value["else"]
        return f"list of {_shape(alternatives[0], parts)}, or {_shape(alternatives[1], parts)}"
    kinds = value.get("type", "any value")
    if kinds == "array":
        items = value.get("items")
        return f"list of {_shape(items, parts)}" if items else "list"
    entries = value.get("additionalProperties")
    if kinds == "object" and isinstance(entries, dict) and "properties" not in value:
        return f"map of {_shape(entries, parts)}"
    text = " or ".join([kinds] if isinstance(kinds, str) else kinds)
    return f"{text} like `{value['pattern']}`" if "pattern" in value else text


def _named(name: str, value: Mapping[str, Any]) -> str:
    if name == "node":
        allowed = value.get("type")
        return "schema object" + (" or `true`, `false`" if isinstance(allowed, list) else "")
    if name == "type":
        return "[type](#shapes)"
    if name == "finding":
        word = " or `off`" if isinstance(value.get("type"), list) else ""
        return f"[finding](#shapes){word}"
    if name in ("report", "section", "cell", "row", "table", "entries", "place", "rule"):
        return f"object, see [x-{name}](#x-{'rules' if name == 'rule' else name})".replace(
            "[x-rule]", "[x-rules]"
        )
    return f"[{name}](#shapes)"


def _kinds(parts: Mapping[str, Any]) -> str:
    """The rule kinds: the keys that make an item of x-rules one of them."""
    text = [KINDS_INTRODUCTION]
    for module in modules_of("disclosure_tui.rules.kinds"):
        kind = module.KIND
        rows = (
            (f"`{key}`", value.get("description", ""), _shape(value, parts))
            for key, value, _ in _walk({"properties": kind.item_schema}, parts, "")
        )
        doc = re.sub(r"\n+(?=[A-Z][a-z ]+:)", "\n\n", (module.__doc__ or "").strip())
        doc = re.sub(r"^(What it checks|Example|How to fix|Source):", r"**\1:**", doc, flags=re.M)
        text.append(f"### {kind.keyword}\n\n{doc}\n\n{_table(('Key', 'Meaning', 'Value'), rows)}")
    return "\n\n".join(text)


def _shapes(parts: Mapping[str, Any]) -> str:
    """The small shapes that several keywords share."""
    told = {
        "type": " or ".join(f"`{each}`" for each in parts["type"]["enum"]),
        "message": "A text per language. Slots in braces: those of the `message` of a rule.",
        "columns": "List of property paths and of merged headers `{title, columns}`.",
        "finding": "Object with `id` (name of the finding) and `severity`.",
        "paths": "List of paths.",
        "since": 'A year, or a day written as `"2025-12-31"`.',
        "ruleName": "Letters, digits, `.`, `_` and `-`, all ASCII.",
        "name": "Letters, digits, `.`, `_` and `-`, all ASCII.",
        "anchor": "A letter or `_`, then letters, digits, `.`, `_` and `-`.",
        "count": "A whole number, 0 or more.",
    }
    simple = ("severity", "text", "expression", "path", "language")
    rows = ((f"`{key}`", told.get(key) or parts[key]["description"]) for key in (*simple, *told))
    return "## Shapes\n\n" + _table(("Shape", "Meaning"), rows)


# Keys ----------------------------------------------------------------------------------------


def _reserved() -> str:
    """Name the keys that no command can have."""
    names = " ".join(f"`{key_name(key, Language.CHINESE)}`" for key in sorted(RESERVED))
    return f"移动和输入的键不能给命令用 / Keys that move and type can do nothing else:\n\n{names}"


def keys_page() -> str:
    """The keys of the editor, from the commands its screens declare."""

    def table(title: str, commands: Iterable[Command]) -> str:
        order = list(Group)
        rows = (
            (
                " ".join(f"`{key_name(key, Language.CHINESE)}`" for key in command.keys or _MENU),
                f"`{command.identifier}`",
                command.group.value.zh,
                command.sentence.zh,
                command.sentence.en,
            )
            for command in sorted(commands, key=lambda each: order.index(each.group))
        )
        return f"## {title}\n\n" + _table(
            ("键 Key", "命令 Command", "分组", "作用", "What it does"), rows
        )

    parts = [
        *KEYS_INTRODUCTION,
        table("格 / Cells", GRID_COMMANDS),
        table("文字 / Texts", PROSE_COMMANDS),
        table("列表 / Lists", LIST_COMMANDS),
    ]
    parts += [table(f"{host.title.zh} / {host.title.en}", host.commands) for host in hosts()]
    parts += [KEYS_SETTINGS, _reserved()]
    return _page("按键 / Keys", *parts)


if __name__ == "__main__":
    sys.exit(main())
