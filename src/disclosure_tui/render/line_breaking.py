"""Where a line of Chinese and Latin text may end: the rules, without any widths."""

from __future__ import annotations

import unicodedata

__all__ = ["BLANKS", "may_break"]

BLANKS = " \u3000"
"""Blanks at which a line may end; the no-break space is not one of them."""

_NEVER_FIRST = frozenset("，。、；：！？）】》〉」』〕］｝〗”’％%‰℃°…‥·・々～ー,.;:!?)]}>")
_NEVER_LAST = frozenset("（【《〈「『〔［｛〖“‘￥＄$([{<")
_INSEPARABLE = frozenset("—…‥")


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two neighbouring characters.

    Chinese characters part anywhere except from the punctuation that belongs to them; a number,
    a Latin word and a web address stay whole.

    Args:
        before: The last character of the line.
        after: The character that would start the next line.
    """
    if after in BLANKS or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before in BLANKS:
        return True
    if before in _INSEPARABLE and after == before:
        return False
    return not (_is_part_of_word(before) and _is_part_of_word(after))


def _is_part_of_word(character: str) -> bool:
    if character.isascii() or character == "\u00a0":
        return True
    width_class = unicodedata.east_asian_width(character)
    if width_class == "F":
        return character.isalnum()  # digits and letters typed full-width: １２３
    return width_class != "W" and character.isalnum()
