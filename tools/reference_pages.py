"""Write the pages of docs/reference that follow from the program, and the output shown in guides.

reference_pages.py             write them (make docs)
reference_pages.py --check     exit 1 and name the pages that are stale
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

import click
from console_blocks import PAGES, ROOT, play, run_here, settled
from dialect_page import dialect_page
from editor_pictures import pictures
from limits_table import PAGE as LIMITS_PAGE
from limits_table import with_limits
from markdown_page import page, table
from screen_blocks import SCREEN_PAGES, replay

from disclosure_tui.cli.program import Program, ProgramGroup
from disclosure_tui.documenting import form_page, label_languages, markdown_page
from disclosure_tui.explaining import explained, rule_rows
from disclosure_tui.language import Language
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.command import Command, Group, key_name
from disclosure_tui.tui.key_spelling import RESERVED
from disclosure_tui.tui.screen import hosts
from disclosure_tui.tui.widgets.grid_keys import GRID_COMMANDS
from disclosure_tui.tui.widgets.list_keys import LIST_COMMANDS
from disclosure_tui.tui.widgets.prose_keys import PROSE_COMMANDS

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


FORMS = "docs/reference/forms"
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
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
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
        "docs/reference/dialect.md": dialect_page(Language.ENGLISH),
        "docs/reference/dialect.zh-CN.md": dialect_page(Language.CHINESE),
        "docs/reference/keys.md": keys_page(),
    }
    found |= form_pages() | pictures()
    found[LIMITS_PAGE] = with_limits((ROOT / LIMITS_PAGE).read_text(encoding="utf-8"))
    for name in PAGES:
        played = play((ROOT / name).read_text(encoding="utf-8"))
        if played.problems:
            raise SystemExit(f"{name}: commands end otherwise than shown\n" + played.problems[0])
        found[name] = played.text
    return found


# Forms ---------------------------------------------------------------------------------------


def form_pages() -> dict[str, str]:
    """Every shipped form as a document, in its own language, with all its labels."""
    report_types = ReportTypes(Catalog.of())
    names = dict.fromkeys(entry.name for entry in report_types.catalog.entries())
    found = {}
    for name in names:
        loaded = report_types.load(name)
        form = loaded.form
        page = form_page(loaded, form.report_type.language, label_languages(form))
        found[f"{FORMS}/{name.replace('/', '-')}.md"] = markdown_page(page)
    return found


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
    return page("校验规则 / Rules", *parts)


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
    return f"{title}\n\n{table(('', 'id', '内容', 'Checks'), rows)}"


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
    return page("命令 / Commands", *parts)


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


# Keys ----------------------------------------------------------------------------------------


def _reserved() -> str:
    """Name the keys that no command can have."""
    names = " ".join(f"`{key_name(key, Language.CHINESE)}`" for key in sorted(RESERVED))
    return f"移动和输入的键不能给命令用 / Keys that move and type can do nothing else:\n\n{names}"


def keys_page() -> str:
    """The keys of the editor, from the commands its screens declare."""

    def listed(title: str, commands: Iterable[Command]) -> str:
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
        return f"## {title}\n\n" + table(
            ("键 Key", "命令 Command", "分组", "作用", "What it does"), rows
        )

    parts = [
        *KEYS_INTRODUCTION,
        listed("格 / Cells", GRID_COMMANDS),
        listed("文字 / Texts", PROSE_COMMANDS),
        listed("列表 / Lists", LIST_COMMANDS),
    ]
    parts += [listed(f"{host.title.zh} / {host.title.en}", host.commands) for host in hosts()]
    parts += [KEYS_SETTINGS, _reserved()]
    return page("按键 / Keys", *parts)


if __name__ == "__main__":
    sys.exit(main())
