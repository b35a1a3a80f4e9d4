"""What an unquoted word means: the core schema of YAML 1.2, with exact numbers.

Dates and times are texts, `010` is ten, `yes` and `1_000` are texts, and 3.10 keeps its digits.
Numbers beyond what a report can hold stay texts, so that no file can make the program count for
minutes: whole numbers of more than 18 digits, decimals of more than 30 digits or with an exponent
beyond 99, and the words for infinity and not-a-number, which are no figures.
"""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure_tui.model.report import Scalar

__all__ = ["LONGEST_INTEGER", "allows_text", "resolve", "resolve_tagged"]

LONGEST_INTEGER = 18
"""The most digits a whole number may have to be read as one."""

_LONGEST_DECIMAL = 30
_LARGEST_EXPONENT = 99

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?\Z")
_CORE = "tag:yaml.org,2002:"
_KINDS: dict[str, type] = {
    f"{_CORE}null": type(None),
    f"{_CORE}bool": bool,
    f"{_CORE}int": int,
    f"{_CORE}float": Decimal,
}


def allows_text(tag: str) -> bool:
    """Tell whether a text may stand under an explicit tag."""
    return tag not in _KINDS


def resolve(word: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in "+-.0123456789":
        return word
    whole = _integer(word)
    if whole is not None:
        return whole
    number = _decimal(word)
    return word if number is None else number


def resolve_tagged(text: str, tag: str, *, plain: bool) -> Scalar:
    """Return the value of a scalar that carries an explicit tag; an unknown tag gives a text."""
    if tag == "!" or tag == f"{_CORE}str":
        return text
    kind = _KINDS.get(tag)
    if kind is None:
        return resolve(text) if tag == "" and plain else text
    value = resolve(text)
    if kind is Decimal and type(value) is int:
        return Decimal(value)
    return value if type(value) is kind else text


def _integer(word: str) -> int | None:
    if _INTEGER.match(word):
        digits = word.lstrip("+-").lstrip("0")
        return int(word) if len(digits) <= LONGEST_INTEGER else None
    if _OCTAL.match(word):
        return int(word[2:], 8) if len(word) <= LONGEST_INTEGER else None
    if _HEXADECIMAL.match(word):
        return int(word[2:], 16) if len(word) <= LONGEST_INTEGER - 2 else None
    return None


def _decimal(word: str) -> Decimal | None:
    match = _DECIMAL.match(word)
    if match is None or _INTEGER.match(word):
        return None
    exponent = match.group(1)
    if exponent is not None and len(exponent.lstrip("+-").lstrip("0")) > len(
        str(_LARGEST_EXPONENT)
    ):
        return None
    mantissa = word if exponent is None else word[: match.start(1) - 1]
    if sum(character.isdigit() for character in mantissa) > _LONGEST_DECIMAL:
        return None
    return Decimal(word)
