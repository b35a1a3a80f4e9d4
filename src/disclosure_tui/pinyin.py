"""The initials of Chinese words as they are typed: 新收 is xs. No table of sounds is needed.

GB 2312 sorts its commonest 3755 characters by their pronunciation, so the letter follows from the
place. The rarer ones are sorted by radical and have no such order; they, and characters with
several readings, are told in `readings`: a character and all letters that it may be typed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["NO_READINGS", "initials", "letters_of"]

NO_READINGS: Mapping[str, str] = MappingProxyType({})

_FIRST_OF_INITIAL = (
    ("a", "啊"), ("b", "芭"), ("c", "擦"), ("d", "搭"), ("e", "蛾"), ("f", "发"), ("g", "噶"),
    ("h", "哈"), ("j", "击"), ("k", "喀"), ("l", "垃"), ("m", "妈"), ("n", "拿"), ("o", "哦"),
    ("p", "啪"), ("q", "期"), ("r", "然"), ("s", "撒"), ("t", "塌"), ("w", "挖"), ("x", "昔"),
    ("y", "压"), ("z", "匝"),
)  # fmt: skip
_STARTS = tuple((letter, first.encode("gb2312")) for letter, first in _FIRST_OF_INITIAL)
_FIRST_SORTED = _STARTS[0][1]
_LAST_SORTED = "座".encode("gb2312")


def letters_of(character: str, readings: Mapping[str, str] = NO_READINGS) -> str:
    """Return the letters that a character may be typed with; a digit or ASCII letter is itself.

    Args:
        character: One character.
        readings: The letters of those that have several readings.
    """
    return readings.get(character) or _letter(character)


def initials(text: str, readings: Mapping[str, str] = NO_READINGS) -> str:
    """Return the initials of the pinyin, letters and digits as they are; the rest is left out."""
    return "".join(letters_of(character, readings)[:1] for character in text)


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not _FIRST_SORTED <= code <= _LAST_SORTED:
        return ""
    return max(letter for letter, first in _STARTS if code >= first)
