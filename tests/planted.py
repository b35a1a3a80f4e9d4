"""Random tables 3 that are right, and errors planted in them.

For the tests and the benchmark of localisation: the shape is that of the real form of 2021, the
sizes are log-normal at four scales, and the errors are those of the rules research, section 4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.expression import Missing, Operand
from disclosure_tui.rules.localisation import EquationSystem, Localisation, system_of

SCALES = (8, 60, 600, 6_000)
"""Median number of requests of a year."""

LOADED = load_report_type("gov-info-annual/2021")
FORM = LOADED.form
TABLE = Pointer.of("requests")
SYSTEM: EquationSystem = system_of(
    FORM, [item for item in LOADED.checker.instances(FORM) if item.rule.level == TABLE]
)
ROWS = tuple(node.pointer for node in FORM.rows(TABLE))
NEW, CARRIED_IN, *RESULTS, ALL_RESULTS, CARRIED_FORWARD = ROWS
COLUMNS = tuple(leaf.path[0] for leaf in FORM.rows(TABLE)[0].leaf_columns())
*APPLICANTS, TOTAL = COLUMNS

Table = dict[Pointer, int]

_APPLICANT_SHARES = (75, 16, 2, 2, 2, 3)
_RESULT_SHARES = (40, 8, 1, 1, 1, 2, 2, 2, 2, 2, 22, 5, 2, 3, 2, 1, 1, 1, 1, 1, 2)


def right_table(random: Random, scale: int) -> Table:
    """Return a table that satisfies all equations."""
    size = max(1, round(math.exp(random.gauss(math.log(scale), 0.5))))
    table: Table = {row / column: 0 for row in ROWS for column in COLUMNS}
    answered = random.choices(RESULTS, _RESULT_SHARES, k=size)
    for row, column in zip(
        answered, random.choices(APPLICANTS, _APPLICANT_SHARES, k=size), strict=True
    ):
        table[row / column] += 1
        table[ALL_RESULTS / column] += 1
    for column in APPLICANTS:
        table[CARRIED_FORWARD / column] = round(
            table[ALL_RESULTS / column] * random.choice((0, 0.05, 0.1, 0.2))
        )
        handled = table[ALL_RESULTS / column] + table[CARRIED_FORWARD / column]
        table[CARRIED_IN / column] = round(handled * random.choice((0, 0.05, 0.1, 0.2)))
        table[NEW / column] = handled - table[CARRIED_IN / column]
    for row in ROWS:
        table[row / TOTAL] = sum(table[row / column] for column in APPLICANTS)
    return table


def wrong_figure(random: Random, right: int) -> int:
    """Return what may be typed for a figure: mostly a slip of the fingers."""
    while True:
        draw = random.random()
        if draw < 0.6:
            wrong = _slip(random, right)
        elif draw < 0.7:
            wrong = -right
        elif draw < 0.85:
            wrong = right + random.choice((-10, -2, -1, 1, 2, 10))
        else:
            wrong = 0
        if wrong != right:
            return wrong
        if right == 0:
            return random.randint(1, 9)


def _slip(random: Random, right: int) -> int:
    digits = str(right)
    at = random.randrange(len(digits))
    kind = random.choice(("substituted", "dropped", "inserted", "transposed"))
    if kind == "substituted":
        digits = digits[:at] + random.choice("0123456789") + digits[at + 1 :]
    elif kind == "dropped":
        digits = digits[:at] + digits[at + 1 :]
    elif kind == "inserted":
        digits = digits[:at] + random.choice("0123456789") + digits[at:]
    else:
        digits = digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
    return int(digits or "0")


def plant(random: Random, table: Mapping[Pointer, int], number: int) -> Table:
    """Return so many independent errors: cells with what is typed there."""
    cells = list(table)
    filled = [cell for cell in cells if table[cell]]
    errors: Table = {}
    while len(errors) < number:
        cell = random.choice(filled if random.random() < 0.85 else cells)
        if cell not in errors:
            errors[cell] = wrong_figure(random, table[cell])
    return errors


def localised(values: Mapping[Pointer, int | None]) -> Localisation:
    """Look for the wrong cells of a table, without a report of last year."""

    def read(operand: Operand) -> int | Missing:
        value = Missing.NO_PRIOR if operand.prior else values[operand.pointer]
        return Missing.BLANK if value is None else value

    return SYSTEM.localise(read)


def equations() -> Sequence[Mapping[Pointer, int]]:
    """Return what must add up to 0, written out from the printed form, not from its rules."""
    found: list[dict[Pointer, int]] = [
        {**{row / column: 1 for column in APPLICANTS}, row / TOTAL: -1} for row in ROWS
    ]
    for column in COLUMNS:
        results = {row / column: 1 for row in RESULTS}
        found.append({**results, ALL_RESULTS / column: -1})
        balance = {NEW: 1, CARRIED_IN: 1, ALL_RESULTS: -1, CARRIED_FORWARD: -1}
        found.append({row / column: sign for row, sign in balance.items()})
    return found


def single_equivalents(values: Mapping[Pointer, int]) -> list[tuple[Pointer, int]]:
    """Return the single cells, with figure, that alone make the table right."""
    sums = equations()
    residuals = [sum(c * values[cell] for cell, c in item.items()) for item in sums]
    found = []
    for cell in values:
        holding = [at for at, item in enumerate(sums) if cell in item]
        new = values[cell] - residuals[holding[0]] * sums[holding[0]][cell]
        changed = {**values, cell: new}
        if min(changed.values()) >= 0 and not any(
            sum(c * changed[key] for key, c in item.items()) for item in sums
        ):
            found.append((cell, new))
    return found
