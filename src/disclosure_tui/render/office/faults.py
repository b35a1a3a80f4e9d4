"""Why a copy cannot be written: the machine lacks something, or the report has no such glyph."""

from __future__ import annotations

import importlib
import unicodedata

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text

__all__ = ["CannotExport", "GlyphMissing", "require"]


class CannotExport(DisclosureError):  # noqa: N818 - it says what the machine cannot do
    """A format cannot be written on this machine, or not with this template."""


class GlyphMissing(DisclosureError):  # noqa: N818 - it says what is missing
    """A character of the report is in no face of the machine: a page would have a gap there."""

    @classmethod
    def of(cls, character: str, place: str) -> GlyphMissing:
        """Name the character, and what stands around it."""
        code = f"U+{ord(character[:1] or chr(0xFFFD)):04X}"
        visible = character if character.isprintable() else ""
        private = bool(character) and unicodedata.category(character[0]) == "Co"
        what = Text(
            f"字体里没有字符【{visible}】（{code}），没有生成，以免漏字",
            f"no face has the character {visible or '?'} ({code}); nothing was written, so that "
            "no gap is printed",
        )
        if place:
            what += Text(f"。所在文字：【{place}】。", f". It stands in: {place}")
        else:
            what += Text("。", "")
        if private:
            hint = Text(
                "这是自造字，别的电脑也显示不出。请在报告里改用标准字，或者导出 docx。",
                "It is a character of private use that other machines do not show either. "
                "Write a standard one, or export docx.",
            )
        else:
            hint = Text(
                "请在本机安装有这个字的字体（sudo apt install fonts-noto-cjk），或者导出 docx。",
                "Install a face that has it (sudo apt install fonts-noto-cjk), or export docx.",
            )
        return cls(what, hint=hint)


def require(name: str, extra: str, libraries: tuple[str, ...]) -> None:
    """Make sure that a format can be written.

    Args:
        name: The format.
        extra: The extra of this program that installs its libraries.
        libraries: Their import names.

    Raises:
        CannotExport: One is not installed.
    """
    try:
        for library in libraries:
            importlib.import_module(library)
    except ImportError as error:
        raise CannotExport(
            Text(
                f"不能生成 {name}：本机没有安装所需的程序库。"
                f'请安装：pip install "disclosure-tui[{extra}]"',
                f"cannot write {name}: a library is not installed. "
                f'Install it: pip install "disclosure-tui[{extra}]"',
            )
        ) from error
