"""Signs of one cell for characters that some terminals show in two.

What Unicode calls ambiguous (quotation marks, dashes, box characters) is one cell wide to some
terminals and two to others. Where it is two, all that stands behind it in a line would be shifted
or overwritten, figures among it. There a sign stands for it on the screen; the file is not touched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["narrowed"]

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_WITHOUT_CELLS = frozenset(("Mn", "Me", "Cf"))
_UNKNOWN = "?"
_SIGNS = {
    '"': "“”„‟″",
    "'": "‘’‚‛′´",
    "-": "—–‐‑‒―─━┄┅┈┉╌╍═",
    "|": "│┃┆┇┊┋╎╏║¦‖",
    ".": "…‥·•",
    "x": "×",
    "o": "○◎",
    "*": "●★☆※",
    "#": "■◆",
    ">": "→⇒▶",
    "<": "←⇐◀",
    "I": "Ⅰ",
    "V": "Ⅴ",
    "X": "Ⅹ",
}
_STAND_INS = {character: sign for sign, characters in _SIGNS.items() for character in characters}
_CORNERS = range(0x250C, 0x254C), range(0x2552, 0x2574)


def narrowed(text: str) -> str:
    """Return a text in which every character has the same width on all terminals."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_narrow, text)


def _narrow(found: re.Match[str]) -> str:
    return _stand_in(found.group())


@lru_cache(maxsize=8192)
def _stand_in(character: str) -> str:
    if unicodedata.east_asian_width(character) != "A":
        return character
    if unicodedata.category(character) in _WITHOUT_CELLS:
        return character
    if any(ord(character) in corners for corners in _CORNERS):
        return _STAND_INS.get(character, "+")
    return _STAND_INS.get(character, _UNKNOWN)
