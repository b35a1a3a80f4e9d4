"""When two labels are the same, when they mean the same, and which of several is meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["Path", "exact", "key", "likeness", "paired"]

Path = tuple[str, ...]
"""Keys of the labels from the outermost to the one that names a row or column."""

_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_ALIKE = 0.6
_CLEARLY = 0.1
"""So much less alike has every other label to be."""
_MOST_COMPARED = 80


@lru_cache(maxsize=20_000)
def exact(text: str) -> str:
    """Return a label as it is compared: without blanks, full and half width the same."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        character for character in folded if not character.isspace() and character not in _UNSEEN
    )


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Return what a label is found by: its letters and digits, in whatever signs they stand."""
    return "".join(character for character in exact(text) if character.isalnum()).casefold()


@lru_cache(maxsize=20_000)
def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how much two keys have in common."""
    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio()


def paired(wanted: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Pair labels that were altered: only those that fit each other and nothing else nearly so.

    Args:
        wanted: Keys of the form that stand nowhere on the page.
        found: Keys of the page that stand nowhere on the form.
    """
    if len(wanted) > _MOST_COMPARED or len(found) > _MOST_COMPARED:
        return {}
    table = [[likeness(one, other) for other in found] for one in wanted]
    pairs = {}
    for index, line in enumerate(table):
        for place, score in enumerate(line):
            rivals = [line[other] for other in range(len(found)) if other != place]
            rivals += [table[other][place] for other in range(len(wanted)) if other != index]
            if score >= _ALIKE and score - max(rivals, default=0) >= _CLEARLY:
                pairs[index] = place
    return pairs
