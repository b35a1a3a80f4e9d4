"""Text pasted into a prose section, without what a word processor brings along.

Two steps. First what must never get into a report goes without a word: control characters, marks
that turn the writing direction, the private signs of Word's symbol faces. Then what is only
layout goes, and is told: blanks before a paragraph, blank lines, a first line that repeats the
heading. Undoing the second step gives the text as it came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text

__all__ = ["PastedProse", "kept_characters", "pasted_prose"]

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
"""Also Word's own line break (vertical tab) and page break (form feed)."""
_BLANK = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f]")
"""Shown as one blank."""
_HYPHEN = re.compile("[\x1e\u2011]")
"""Word's hyphen at which no line ends."""
_NEVER = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\uf000-\uf0ff\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e00ff]"
)
"""Controls, marks of direction, what has no width, and Word's symbol faces (U+F000 to U+F0FF)."""
_INDENT = re.compile("[ \u3000]+")
_NUMBER = re.compile(
    r"(?:第[0-9一二三四五六七八九十]+[部章节]分?|[(（]?[0-9一二三四五六七八九十]+[)）]?)[、.．:：]?"
)
_ENDS = "：:。."


@dataclass(frozen=True, slots=True)
class PastedProse:
    """What is to be put into the text.

    Attributes:
        raw: The text as it came, as far as it may be kept.
        text: The same without layout.
        removed: What was taken out; None if nothing was.
    """

    raw: str
    text: str
    removed: Text | None


def kept_characters(text: str) -> str:
    """Return a text with nothing in it that must not get into a report, and plain line ends."""
    text = _LINE_END.sub("\n", text)
    text = _HYPHEN.sub("-", _BLANK.sub(" ", text))
    return "\n".join(_NEVER.sub("", line) for line in text.split("\n"))


def pasted_prose(
    text: str, headings: Iterable[str], *, opens_line: bool, closes_line: bool
) -> PastedProse:
    """Work out what becomes of pasted text.

    Args:
        text: As it came.
        headings: How the section is called.
        opens_line: Nothing stands before it in its line.
        closes_line: Nothing stands behind it in its line.
    """
    raw = kept_characters(text)
    lines = raw.split("\n")
    repeats = _repeats(lines, headings)
    if repeats is not None:
        lines = lines[repeats + 1 :]
    indents = 0
    kept: list[str] = []
    for number, line in enumerate(lines):
        begins = number > 0 or opens_line or repeats is not None
        indent = _INDENT.match(line) if begins and line.strip() else None
        indents += indent is not None
        kept.append(line[indent.end() :] if indent is not None else line)
    written = [line for line in kept if line.strip()]
    if not written:
        return PastedProse(raw, raw, None)
    ends_line = not closes_line and not lines[-1].strip() and len(lines) > 1
    # A line end behind the last line is how lines are copied, and no blank line.
    blank = len(lines) - len(written) - (len(lines) > 1 and not lines[-1].strip())
    return PastedProse(
        raw,
        "\n".join(written) + ("\n" if ends_line else ""),
        _removed(indents, blank, heading=repeats is not None),
    )


def _repeats(lines: list[str], headings: Iterable[str]) -> int | None:
    """Return the number of the first written line if it repeats the heading of more text."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    if len(written) < 2:
        return None
    names = {_name(heading) for heading in headings} - {""}
    return written[0] if _name(lines[written[0]]) in names else None


def _name(line: str) -> str:
    """Return a heading without its number, in one of the ways it can be written."""
    folded = "".join(unicodedata.normalize("NFKC", line).split()).rstrip(_ENDS).casefold()
    number = _NUMBER.match(folded)
    return folded[number.end() :] if number is not None and number.end() < len(folded) else folded


def _removed(indents: int, blank: int, *, heading: bool) -> Text | None:
    """Say what was taken out."""
    said: list[Text] = []
    if heading:
        said.append(Text("与标题相同的首行", "the first line, which repeats the heading"))
    if indents:
        said.append(Text(f"段首空格 {indents} 处", f"blanks before {indents} paragraphs"))
    if blank:
        said.append(Text(f"空行 {blank} 行", f"{blank} blank lines"))
    if not said:
        return None
    zh, en = "、".join(text.zh for text in said), ", ".join(text.en for text in said)
    return Text(
        f"已粘贴，去掉了{zh}；要原样按撤销", f"pasted without {en}; undo gives it as it came"
    )
