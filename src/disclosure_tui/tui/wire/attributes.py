"""How a cell looks, and the shortest way to say so (SGR, ECMA-48 8.3.117)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

__all__ = ["PLAIN", "Attributes", "applied", "on_blank", "transition"]

_ON = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 128, 9: 256, 21: 512, 53: 1024}
"""Parameter and bit: bold, dim, italic, underline, two blinks, reverse, hidden, struck, double
underline, overline."""
_OFF = {22: 1 | 2, 23: 4, 24: 8 | 512, 25: 16 | 32, 27: 64, 28: 128, 29: 256, 55: 1024}
_DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND = 39, 49
_COLOUR_LENGTH = {"5": 3, "2": 5}
"""Parameters of an extended colour, the leading 38 or 48 among them."""


class Attributes(NamedTuple):
    """How a cell looks.

    Attributes:
        flags: Bits of what is on.
        foreground: The parameters that choose the colour of the text, or nothing.
        background: Those of the background.
    """

    flags: int = 0
    foreground: str = ""
    background: str = ""


PLAIN = Attributes()

_SEEN_ON_BLANKS = 8 | 64 | 256 | 512 | 1024
"""Underlines, reverse, struck and overline: what is seen where there is no character."""


@lru_cache(maxsize=256)
def on_blank(attributes: Attributes) -> Attributes:
    """Return what of a look is seen on a blank: not its colour, and neither bold nor slant."""
    if attributes.flags & _SEEN_ON_BLANKS:
        return attributes
    return Attributes(0, "", attributes.background)


@lru_cache(maxsize=1024)
def applied(attributes: Attributes, parameters: str) -> Attributes:
    """Return how a cell looks after an SGR sequence with these parameters."""
    flags, foreground, background = attributes
    codes = parameters.split(";")
    index = 0
    while index < len(codes):
        code = int(codes[index] or 0)
        taken = 1
        if code == 0:
            flags, foreground, background = PLAIN
        elif code in _ON:
            flags |= _ON[code]
        elif code in _OFF:
            flags &= ~_OFF[code]
        elif code in (38, 48):
            taken = _COLOUR_LENGTH.get(codes[index + 1] if index + 1 < len(codes) else "", 1)
            colour = ";".join(codes[index : index + taken])
            foreground, background = (colour, background) if code == 38 else (foreground, colour)
        elif code == _DEFAULT_FOREGROUND:
            foreground = ""
        elif code == _DEFAULT_BACKGROUND:
            background = ""
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = str(code)
        index += taken
    return Attributes(flags, foreground, background)


@lru_cache(maxsize=1024)
def transition(old: Attributes | None, new: Attributes) -> str:
    """Return the shortest sequence that makes the next cells look so; nothing if they do.

    Args:
        old: How they would look; None where that is not known.
        new: How they are to look.
    """
    if old == new:
        return ""
    anew = _sequence(["", *_switched_on(PLAIN, new)])
    if old is None:
        return anew
    step = _sequence([*_switched_off(old, new), *_switched_on(_without(old, new), new)])
    return min(step, anew, key=len)


def _sequence(codes: list[str]) -> str:
    return f"\x1b[{';'.join(codes)}m"


def _switched_off(old: Attributes, new: Attributes) -> list[str]:
    gone = old.flags & ~new.flags
    codes = [str(code) for code, bits in _OFF.items() if gone & bits]
    if old.foreground and not new.foreground:
        codes.append(str(_DEFAULT_FOREGROUND))
    if old.background and not new.background:
        codes.append(str(_DEFAULT_BACKGROUND))
    return codes


def _without(old: Attributes, new: Attributes) -> Attributes:
    """Return what is left of old attributes when all that is to go was switched off.

    Bold and dim go together, and so do the two underlines: one that stays is to be said again.
    """
    gone = old.flags & ~new.flags
    flags = old.flags
    for bits in _OFF.values():
        if gone & bits:
            flags &= ~bits
    return Attributes(
        flags,
        old.foreground if new.foreground else "",
        old.background if new.background else "",
    )


def _switched_on(old: Attributes, new: Attributes) -> list[str]:
    added = new.flags & ~old.flags
    codes = [str(code) for code, bit in _ON.items() if added & bit]
    if new.foreground != old.foreground:
        codes.append(new.foreground)
    if new.background != old.background:
        codes.append(new.background)
    return codes
