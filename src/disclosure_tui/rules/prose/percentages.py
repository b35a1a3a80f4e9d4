"""Percentages as they are printed: recomputed at the printed precision."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

__all__ = ["Fit", "fit", "printed", "rounded"]


class Fit(Enum):
    """How a printed percentage agrees with the figures behind it."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WRONG = "wrong"


def rounded(share: Fraction, places: int) -> Decimal:
    """Return a share as a percentage of so many decimals, halves away from zero."""
    scaled = abs(share) * 100 * 10**places
    whole = int(scaled + Fraction(1, 2))
    return _placed(whole if share >= 0 else -whole, places)


def _truncated(share: Fraction, places: int) -> Decimal:
    whole = int(abs(share) * 100 * 10**places)
    return _placed(whole if share >= 0 else -whole, places)


def _placed(whole: int, places: int) -> Decimal:
    return Decimal(whole).scaleb(-places)


def fit(told: int | Decimal, places: int, share: Fraction) -> Fit:
    """Compare a printed percentage with a share."""
    if told == rounded(share, places):
        return Fit.ROUNDED
    return Fit.TRUNCATED if told == _truncated(share, places) else Fit.WRONG


def printed(share: Fraction, places: int) -> str:
    """Write a share as a percentage, with two decimals or one more than was printed."""
    return f"{rounded(share, max(2, places + 1)):f}%"
