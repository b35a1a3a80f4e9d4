"""What the terminal has to tell the program besides keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from disclosure_tui.language import Text, same
from disclosure_tui.tui.wire.keyboard import Strange

if TYPE_CHECKING:
    from disclosure_tui.machine.width_probe import Widths

__all__ = ["InputLeftOut", "WidthsKnown"]

_LEFT_OUT = {
    Strange.ENCODING: Text(
        "! 收到的输入不是 UTF-8，已略去：请把终端的字符集设为 UTF-8",
        "! what was typed is not UTF-8 and was left out: set the terminal to UTF-8",
    ),
    Strange.PASTE_CUT: Text(
        "! 粘贴的内容没有收完，已略去：请再粘贴一次",
        "! the pasted text did not arrive whole and was left out: please paste again",
    ),
    Strange.PASTE_TOO_LONG: Text(
        "! 粘贴的内容太长，已略去：请分几次粘贴",
        "! the pasted text is too long and was left out: please paste it in parts",
    ),
}
_NARROWED = Text(
    "! 本终端把有些符号显示成两格，屏上改用 - | ? 等代替，文件不变",
    "! this terminal shows some signs in two cells: - | ? stand for them here, not in the file",
)
# In ASCII in both languages: it is all that such a terminal shows.
_NO_UTF8 = same("! The terminal is not set to UTF-8. PuTTY: Window, Translation, UTF-8")


class InputLeftOut(Message):
    """Something that was typed or pasted was left out."""

    def __init__(self, what: Strange) -> None:
        super().__init__()
        self.hint = _LEFT_OUT[what]


class WidthsKnown(Message):
    """The terminal has said how wide it shows ambiguous characters."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self.is_wide = widths.is_wide
        self.hint = _NO_UTF8 if widths.is_other_encoding else _NARROWED
