"""What a wrong figure looks like, and how plausible an explanation is.

The classes are those of typing errors found in statistical surveys (Scholtus 2009: a replaced
digit is the largest); their order is judgement. It only ranks explanations of equally many
cells, which the equations alone cannot tell apart (rules research, section 4).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Change, Figure, Slip
from disclosure_tui.rules.localisation.equation import Domain

__all__ = ["cost_of", "slip_of", "with_swaps", "written"]

UNIT = 10_000

_IMPLAUSIBLE = {
    Slip.SWAPPED: 0.05,
    Slip.TRANSPOSED: 0.1,
    Slip.SIGN: 0.1,
    Slip.UNIT: 0.1,
    Slip.DOUBLED: 0.15,
    Slip.DROPPED: 0.25,
    Slip.SUBSTITUTED: 0.3,
    Slip.INSERTED: 0.3,
    Slip.OMITTED: 0.4,
    # Half of all cells hold one digit, and any such figure is one digit away from any other.
    Slip.DIGIT: 0.6,
    Slip.OTHER: 1.0,
}


def slip_of(old: Figure, new: Figure, domain: Domain) -> Slip:
    """Tell what `old` looks like where `new` was meant."""
    if old == -new:
        return Slip.SIGN
    if domain.decimals and _is_unit_slip(Fraction(old), Fraction(new)):
        return Slip.UNIT
    typed, meant = written(old), written(new)
    if old == 0:
        return Slip.OMITTED if len(meant) > 1 else Slip.DIGIT
    if len(typed) == len(meant):
        return _same_length(typed, meant)
    if len(typed) == len(meant) + 1:
        return _surplus(typed, meant)
    if len(typed) + 1 == len(meant) and _surplus(meant, typed) is not Slip.OTHER:
        return Slip.DROPPED
    return Slip.OTHER


def _is_unit_slip(old: Fraction, new: Fraction) -> bool:
    return bool(old and new) and (old == new * UNIT or new == old * UNIT)


def written(figure: Figure) -> str:
    """Write a figure as a report does, never in powers of ten."""
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def _same_length(typed: str, meant: str) -> Slip:
    wrong = [at for at, pair in enumerate(zip(typed, meant, strict=True)) if pair[0] != pair[1]]
    if len(wrong) == 1:
        return Slip.SUBSTITUTED if len(typed) > 1 else Slip.DIGIT
    crossed = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    if crossed and typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]:
        return Slip.TRANSPOSED
    return Slip.OTHER


def _surplus(longer: str, shorter: str) -> Slip:
    """Tell whether one character of the longer text is too many."""
    for at in range(len(longer)):
        if longer[:at] + longer[at + 1 :] == shorter:
            return Slip.DOUBLED if longer[at] in longer[at + 1 : at + 2] else Slip.INSERTED
    return Slip.OTHER


def with_swaps(
    changes: Sequence[Change], neighbours: Mapping[Pointer, Set[Pointer]]
) -> tuple[Change, ...]:
    """Mark the changes by which two neighbours exchange their figures."""
    swapped = {
        one.pointer
        for one in changes
        for other in changes
        if other.pointer in neighbours.get(one.pointer, ())
        and one.new == other.old
        and other.new == one.old
    }
    return tuple(
        replace(change, slip=Slip.SWAPPED) if change.pointer in swapped else change
        for change in changes
    )


def cost_of(changes: Sequence[Change], weights: Mapping[Pointer, float]) -> float:
    """Return the cost of an explanation; the less the better.

    The sum is rounded once, so it does not depend on the order of the cells.
    """
    return math.fsum(
        weights.get(change.pointer, 1.0) * (1 + _IMPLAUSIBLE[change.slip]) for change in changes
    )
