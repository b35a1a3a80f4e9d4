"""Which encoding a file seems to be in that is not UTF-8."""

from __future__ import annotations

import codecs
import re

__all__ = ["ENCODINGS", "recognised"]

ENCODINGS = ("gb18030", "utf-16", "utf-16le", "utf-16be", "big5")
"""What can be asked for; gb18030 includes gbk and gb2312."""

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Characters that no report holds; they come out where bytes are read in a wrong encoding.
_STRANGE = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def recognised(source: bytes) -> str:
    """Return the encoding that bytes which are not UTF-8 seem to be in; empty if it is unclear.

    Big5 is never recognised: nearly all of it can be read as GB18030 too, as other characters.
    """
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return encoding
    try:
        text = source.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "" if _STRANGE.search(text) or "\0" in text else "gb18030"
