"""Finds what a person means by a few letters: part of a name, a key, or pinyin initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from disclosure_tui.data_class import dataclass
from disclosure_tui.pinyin import NO_READINGS, letters_of

__all__ = ["Lookup"]


class _Fit(IntEnum):
    """How well a word names something, best first."""

    START = 0
    """The name, or what follows a sign in it, begins with the word."""
    INSIDE = 1
    INITIALS_START = 2
    INITIALS_INSIDE = 3
    NONE = 4


@dataclass(frozen=True, slots=True)
class _Name:
    """A name prepared for being looked for.

    Attributes:
        text: Folded: small letters, half width.
        letters: What each character of the text may be typed with; empty for signs.
        starts: Positions in `letters` where a word of the name begins.
    """

    text: str
    letters: tuple[str, ...]
    starts: frozenset[int]

    @classmethod
    def of(cls, name: str, readings: Mapping[str, str]) -> _Name:
        text = _folded(name)
        letters: list[str] = []
        starts: set[int] = set()
        begins = True
        for character in text:
            typed = letters_of(character, readings)
            # A number, section 一 for instance, is left out as often as it is typed.
            if not typed:
                begins = True
                continue
            if begins:
                starts.add(len(letters))
            letters.append(typed)
            begins = False
        return cls(text, tuple(letters), frozenset(starts))

    def fit(self, word: str) -> _Fit:
        """Tell how well a word names this."""
        at = self.text.find(word)
        if at >= 0:
            begins = at == 0 or not self.text[at - 1].isalnum()
            return _Fit.START if begins else _Fit.INSIDE
        if not word.isascii():
            return _Fit.NONE
        found = _Fit.NONE
        for start in range(len(self.letters) - len(word) + 1):
            part = self.letters[start : start + len(word)]
            if all(letter in typed for letter, typed in zip(word, part, strict=True)):
                if start in self.starts:
                    return _Fit.INITIALS_START
                found = _Fit.INITIALS_INSIDE
        return found


class Lookup:
    """Things that can be looked for by any of their names."""

    def __init__(
        self, things: Iterable[Sequence[str]], readings: Mapping[str, str] = NO_READINGS
    ) -> None:
        """Prepare.

        Args:
            things: The names of each thing, the best known first.
            readings: Letters of characters with several readings.
        """
        prepared: dict[str, _Name] = {}

        def name(text: str) -> _Name:
            if text not in prepared:
                prepared[text] = _Name.of(text, readings)
            return prepared[text]

        self._things = tuple(tuple(name(text) for text in names) for names in things)

    def find(self, typed: str) -> tuple[int, ...]:
        """Return the positions of what every word of the text fits, the best first.

        Things that are named equally well keep their order; nothing typed fits all.
        """
        words = _folded(typed).split()
        known: dict[tuple[str, str], _Fit] = {}

        def fit(name: _Name, word: str) -> _Fit:
            key = (name.text, word)
            if key not in known:
                known[key] = name.fit(word)
            return known[key]

        ranked = []
        for index, names in enumerate(self._things):
            fits = [min((fit(name, word) for name in names), default=_Fit.NONE) for word in words]
            if _Fit.NONE not in fits:
                ranked.append((sum(fits), index))
        return tuple(index for _, index in sorted(ranked))


def _folded(text: str) -> str:
    """Return a text as it is compared: an input method types full-width letters and signs."""
    return unicodedata.normalize("NFKC", text).casefold().replace("、", "/")
