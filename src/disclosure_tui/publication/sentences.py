"""Compares prose by sentence: which one differs, is missing, or stands on the page only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

__all__ = ["TooDifferent", "compare_sentences", "plain", "sentences_of"]

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[”’」』）)\"']*|[^。！？!?\n]+")
_MOST_PAIRS = 400_000
"""Sentences of one side times those of the other that are still compared."""
_ENGLISH_END = re.compile(r"(?<=[a-z)\]])\. +(?=[A-Z])")
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_LOOSE = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")

Pair = tuple[str | None, str | None]


class TooDifferent(Exception):  # noqa: N818 - it says what the texts are
    """A page has so much more text than the report that comparing would never end."""


def plain(text: str) -> str:
    """Return a text as it is compared: no blanks but between words, full width as half width.

    The marks of Chinese punctuation stay what they are, quotation marks too.
    """
    folded = "".join(
        unicodedata.normalize("NFKC", sign) if "！" <= sign <= "～" else sign for sign in text
    )
    return _LOOSE.sub("", " ".join(_UNSEEN.sub("", folded).split()))


def sentences_of(texts: Sequence[str]) -> list[str]:
    """Return the sentences of paragraphs; a paragraph's end is one too."""
    parted = (_ENGLISH_END.sub(".\n", text) for text in texts)
    found = (match[0].strip() for text in parted for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if plain(sentence)]


def compare_sentences(report: Sequence[str], page: Sequence[str]) -> list[Pair]:
    """Return the sentences that differ: of the report and of the page, None where it has none.

    How the text is divided into paragraphs and lines makes no difference.

    Args:
        report: Paragraphs of the report.
        page: Paragraphs of the page.

    Raises:
        TooDifferent: The page has far too much text.
    """
    if plain(" ".join(report)) == plain(" ".join(page)):
        return []
    ours, theirs = sentences_of(report), sentences_of(page)
    if len(ours) * len(theirs) > _MOST_PAIRS:
        raise TooDifferent
    matcher = SequenceMatcher(None, list(map(plain, ours)), list(map(plain, theirs)), False)
    pairs: list[Pair] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            pairs += _differing(ours[start:end], theirs[first:last])
    return pairs


def _differing(ours: list[str], theirs: list[str]) -> Iterator[Pair]:
    """Pair the sentences of one place; the same words divided otherwise are the same."""
    if plain(" ".join(ours)) == plain(" ".join(theirs)):
        return
    for index in range(max(len(ours), len(theirs))):
        yield (
            ours[index] if index < len(ours) else None,
            theirs[index] if index < len(theirs) else None,
        )
