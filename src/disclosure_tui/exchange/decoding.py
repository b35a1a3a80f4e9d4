"""From bytes to text, for files that say of themselves in what encoding they are, or do not."""

from __future__ import annotations

import codecs
import re

from disclosure_tui.exchange.picture import PageUnreadable
from disclosure_tui.language import Text

__all__ = ["MOST_CHARACTERS", "decoded"]

MOST_CHARACTERS = 8_000_000
"""Of a text file; the longest report has some ten thousand."""

_HEAD = 4096
"""Bytes in which a page says its encoding; the HTML standard looks at 1024."""
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz-gb-2312": "hz", "x-gbk": "gb18030"}
"""Sites say gb2312 and write characters of the larger sets."""

_DAMAGED = Text(
    "有些字读不出来（文件的编码与写明的不一致），读不出的格已列出。",
    "Some characters could not be read: the file is not in the encoding that it names. Cells "
    "concerned are listed.",
)


def decoded(content: bytes) -> tuple[str, tuple[Text, ...]]:
    """Return the text of a file, and what is to be said about it.

    A byte order mark decides; then UTF-8, which other encodings hardly ever resemble; then what
    the file names; then GB18030.

    Raises:
        PageUnreadable: It is too long, or no text at all.
    """
    if len(content) > 2 * MOST_CHARACTERS:
        raise _too_long()
    if b"\0" in content[:_HEAD] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageUnreadable(
            Text("文件内容不是文字。", "the file holds no text."),
            hint=Text(
                "请核对文件名的后缀与内容是否一致。", "Does its ending fit what the file is?"
            ),
        )
    names = [name for mark, name in _MARKS if content.startswith(mark)] or [
        "utf-8",
        *_named(content[:_HEAD]),
        "gb18030",
    ]
    for name in names:
        try:
            return _within(content.decode(name)), ()
        except UnicodeDecodeError:
            continue
    name = names[1] if len(names) > 2 else names[0]
    return _within(content.decode(name, errors="replace")), (_DAMAGED,)


def _named(head: bytes) -> list[str]:
    found = _DECLARED.search(head)
    if found is None:
        return []
    name = found[1].decode("ascii").casefold()
    name = _WIDER.get(name, name)
    try:
        info = codecs.lookup(name)
        # Names such as rot13 and base64 are codecs too, but none of a text.
        b"a".decode(info.name)
    except (LookupError, UnicodeError, ValueError):
        return []
    return [info.name]


def _within(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise _too_long()
    return text


def _too_long() -> PageUnreadable:
    return PageUnreadable(
        Text(
            f"文件超过 {MOST_CHARACTERS} 字，不是一份报告，没有读。",
            f"the file is longer than {MOST_CHARACTERS} characters, which is no report; it was "
            "not read.",
        ),
        hint=Text(
            "请核对是不是公开的报告；如果是，请把报告单独另存后再核对。",
            "Is it the published report? If so, save the report by itself and try again.",
        ),
    )
