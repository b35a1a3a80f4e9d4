"""How keys are written in a settings file, and which of them no command can have."""

from __future__ import annotations

import unicodedata

from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import fold_width

__all__ = ["RESERVED", "read_key"]

_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "bs": "backspace",
    "回车": "enter",
    "空格": "space",
    "退格": "backspace",
    "上": "up",
    "下": "down",
    "左": "left",
    "右": "right",
}
_NAMED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("enter", "tab", "escape", "backspace", "delete", "insert", "space"),
        *(f"f{number}" for number in range(1, 13)),
    )
)
RESERVED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("ctrl+home", "ctrl+end", "shift+up", "shift+down", "shift+left", "shift+right"),
        *("enter", "tab", "shift+tab", "backspace", "delete", "f2"),
        *"0123456789.-+<",
    )
)
"""Keys that move and type wherever something is filled in."""
_SAME_BYTE = {
    "a": Text("tmux、screen 要用它", "tmux and screen take it"),
    "b": Text("tmux 要用它", "tmux takes it"),
    "h": Text("终端分不清它和退格", "to a terminal it is Backspace"),
    "i": Text("终端分不清它和 Tab", "to a terminal it is Tab"),
    "j": Text("终端分不清它和回车", "to a terminal it is Enter"),
    "m": Text("终端分不清它和回车", "to a terminal it is Enter"),
    "[": Text("终端分不清它和 Esc", "to a terminal it is Esc"),
}
_NO_KEY = Text(
    "不认识这个键，可以写 F5、Ctrl+K、g 这样的键", "is no key; write F5, Ctrl+K or g for instance"
)
_TAKEN = Text("用来移动或输入，不能给命令用", "moves or types and can do nothing else")
_ALT = Text(
    "Alt 在终端里不可靠，请用 Ctrl 或单个字母", "Alt is not reliable in a terminal; use Ctrl"
)
_SHIFT = Text("请直接写大写字母", "write the capital letter instead")


def read_key(written: str) -> str | Text:
    """Return a key by Textual's name, or what is the matter with it.

    Args:
        written: `F5`, `Ctrl+K`, `g`, `？`; full-width forms mean their ASCII keys.
    """
    text = fold_width(unicodedata.normalize("NFC", written))
    if len(text) == 1:
        if not text.isascii() or not text.isprintable():
            return _NO_KEY
        return _TAKEN if text in RESERVED else text
    *modifiers, last = (part.strip() for part in text.split("+"))
    modifiers = [modifier.lower() for modifier in modifiers]
    name = _ALIASES.get(last.lower(), last.lower())
    return _combined(modifiers, name)


def _combined(modifiers: list[str], name: str) -> str | Text:
    if any(modifier in ("alt", "meta", "option") for modifier in modifiers):
        return _ALT
    known = name in _NAMED or (len(name) == 1 and name.isascii() and name.isprintable())
    if not known or not set(modifiers) <= {"ctrl", "shift"} or len(set(modifiers)) < len(modifiers):
        return _NO_KEY
    if len(name) == 1:
        if "shift" in modifiers:
            return _SHIFT
        if name in _SAME_BYTE:
            return Text("不能用：", "cannot be used: ") + _SAME_BYTE[name]
        if not name.isalpha():
            return _NO_KEY
    if name == "space" and not modifiers:
        return " "
    key = "+".join([*sorted(modifiers), name])
    return _TAKEN if key in RESERVED else key
