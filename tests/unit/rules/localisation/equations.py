"""Equations and figures for the tests of localisation."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.localisation import Cause, Equation, Localisation
from planted import COLUMNS, RESULTS, right_table

GRANTED = RESULTS[0]
PERSON, ENTERPRISE = COLUMNS[:2]


def right() -> dict[Pointer, int | None]:
    return dict(right_table(Random(7), 600))


def at(name: str) -> Pointer:
    return Pointer.of(name)


def equation(name: str, constant: int = 0, **terms: Any) -> Equation:
    coefficients = {at(key): factor for key, factor in terms.items()}
    return Equation(coefficients, constant, (name, ROOT, ""))


def values(**figures: Any) -> Mapping[Pointer, Any]:
    return {at(key): value for key, value in figures.items()}


def only(found: Localisation) -> Cause:
    (cause,) = found.causes
    return cause


def sets(cause: Cause) -> set[tuple[str, ...]]:
    return {tuple(change.pointer.key for change in one.changes) for one in cause.explanations}


SUM = equation("SUM", a=1, b=1, t=-1)
PAIR = equation("PAIR", a=1, c=1, u=-1)
ALSO = equation("ALSO", a=1, v=-1)
