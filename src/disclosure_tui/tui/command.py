"""Commands: what a person can do, with the sentence that says so and the keys that do it.

The one place that help, menu and key line read; a screen declares its commands and has a
method `do_<identifier>` for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.cell_type import fold_width

__all__ = [
    "REDRAW",
    "Command",
    "Group",
    "KeyPress",
    "command_for",
    "key_line",
    "key_name",
    "key_names",
]


class Group(Enum):
    """The heading under which the help lists a command."""

    MOVING = Text("移动", "Moving")
    FILLING = Text("填报", "Filling in")
    FINDINGS = Text("问题", "Findings")
    FILE = Text("文件", "File")
    PROGRAM = Text("其他", "Other")


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do.

    Attributes:
        identifier: `next_finding`; stable, names the method that does it.
        sentence: What it does.
        keys: Keys by Textual's names, a printable one as its character; the one shown first.
        group: Where the help lists it.
        short: Its word in the key line; None keeps it out of there.
        in_menu: Whether it can be chosen from the menu; keys that move or edit cannot.
        rank: Its place in the key line, lowest first.
    """

    identifier: str
    sentence: Text
    keys: tuple[str, ...]
    group: Group
    short: Text | None = None
    in_menu: bool = True
    rank: int = 0


_FROM_INPUT_METHOD = str.maketrans("【】《“”‘’", "[]<\"\"''")
"""Signs that an input method types for keys: 【 is what the key [ types."""
REDRAW = Command("redraw", Text("重画屏幕", "Draw the screen anew"), ("ctrl+l",), Group.PROGRAM)
"""What every screen can do: something else may have been written over it."""


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key as commands know it.

    Attributes:
        name: Textual's name, `ctrl+s`; a printable character stands for itself, full-width
            forms of an input method made ASCII.
        text: The character that was typed, as it came; empty for other keys.
    """

    name: str
    text: str = ""

    @classmethod
    def of(cls, key: str, character: str | None) -> KeyPress:
        """Read a key event."""
        if character == "\u3000":
            # The space of an input method; to Python it is not printable.
            return cls(" ", character)
        if character is None or not character.isprintable() or key.startswith("ctrl+"):
            return cls(key)
        folded = fold_width(character).translate(_FROM_INPUT_METHOD)
        return cls(folded, character)

    @property
    def is_foreign(self) -> bool:
        """Tell whether an input method typed a character that no key stands for."""
        return bool(self.text) and not self.name.isascii()


_NAMES = {
    "up": Text("上", "Up"),
    "down": Text("下", "Down"),
    "left": Text("左", "Left"),
    "right": Text("右", "Right"),
    "enter": Text("回车", "Enter"),
    "tab": same("Tab"),
    "escape": same("Esc"),
    "backspace": Text("退格", "Backspace"),
    "delete": same("Delete"),
    "space": Text("空格", "Space"),
    " ": Text("空格", "Space"),
    "pageup": same("PgUp"),
    "pagedown": same("PgDn"),
    "home": same("Home"),
    "end": same("End"),
}


def key_name(key: str, language: Language) -> str:
    """Return the name of a key as keyboards print it: Ctrl+S."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = _NAMES.get(last)
    name = known.in_(language) if known is not None else last
    if modifiers or (len(last) > 1 and last[0] == "f" and last[1:].isdigit()):
        name = name.upper() if known is None else name
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def key_names(command: Command, language: Language) -> str:
    """Return all keys of a command for the help."""
    return " ".join(key_name(key, language) for key in command.keys)


def key_line(commands: Iterable[Command], language: Language) -> str:
    """Return the line of the most useful keys: Ctrl+S 保存  Ctrl+P 菜单."""
    return "  ".join(
        f"{key_name(command.keys[0], language)} {command.short.in_(language)}"
        for command in sorted(commands, key=lambda command: command.rank)
        if command.short is not None
    )


def command_for(commands: Iterable[Command], name: str) -> Command | None:
    """Return the command that a key stands for."""
    return next((command for command in commands if name in command.keys), None)
