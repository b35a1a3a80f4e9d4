"""Which cell is wrong: from equations that fail to the fewest cells whose change satisfies all.

Pure, exact and bounded, and nothing is applied. `system_of` collects the equations of a form,
`EquationSystem.localise` searches a report, `suggestion_of` puts what was found into words.
Source: Fellegi and Holt (1976), design section 6.5, rules research section 4.
"""

from __future__ import annotations

from disclosure_tui.rules.localisation.cause import (
    Because,
    Cause,
    Deduction,
    Explanation,
    Localisation,
    Status,
)
from disclosure_tui.rules.localisation.equation import COUNT, Domain, Equation
from disclosure_tui.rules.localisation.localising import (
    BUDGET,
    CHANGED,
    CONFIRMED,
    LOCKED,
    MOST_CELLS,
    TYPED_TOTAL,
    localise,
)
from disclosure_tui.rules.localisation.system import EquationSystem, system_of
from disclosure_tui.rules.localisation.wording import suggestion_of, suggestion_of_blank

__all__ = [
    "BUDGET",
    "CHANGED",
    "CONFIRMED",
    "COUNT",
    "LOCKED",
    "MOST_CELLS",
    "TYPED_TOTAL",
    "Because",
    "Cause",
    "Deduction",
    "Domain",
    "Equation",
    "EquationSystem",
    "Explanation",
    "Localisation",
    "Status",
    "localise",
    "suggestion_of",
    "suggestion_of_blank",
    "system_of",
]
