"""What may be behind the findings of a check, and what blanks can only be: to offer, not to do.

Worked out only when somebody looks: a check does without it, and so does typing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.finding import Finding, Fix, Identity, Severity, State
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.suggestion import Suggestion
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.localisation import (
    BUDGET,
    MOST_CELLS,
    Cause,
    Deduction,
    suggestion_of,
    suggestion_of_blank,
)

__all__ = ["filling_in", "suggestions_of"]


def suggestions_of(
    result: CheckResult,
    *,
    changed: Iterable[Pointer] = (),
    budget: int = BUDGET,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Suggestion, ...]:
    """Look for the wrong cells behind the findings, and for blanks with one possible figure.

    Args:
        result: What the check found.
        changed: Cells changed since the report was opened: they are believed less.
        budget: Greatest number of steps of the search.
        cancelled: Asked at every step.

    Returns:
        The causes in the order of the rules, then the blanks; no two causes settle the same
        finding. Empty if the search was cancelled.
    """
    basis = result.basis
    errors = [item for item in result.findings.open if item.severity is Severity.ERROR]
    if not errors and not result.blanks:
        return ()
    found = basis.prepared.equations.localise(
        basis.read,
        changed=frozenset(changed),
        budget=budget,
        cancelled=cancelled,
    )
    if found.cancelled:
        return ()
    known = frozenset(item.identity for item in result.findings.open)
    causes = (
        suggestion_of(cause, result.form, settles, MOST_CELLS)
        for cause in found.causes
        if (settles := tuple(_settled(cause, known, errors)))
    )
    return (*causes, *_blanks(found.deductions, basis.report, result))


def filling_in(form: Form, report: Report, blanks: Sequence[Suggestion]) -> Fix:
    """Return the change that fills blanks with the one figure that each can hold."""
    changes = [change for blank in blanks for change in blank.ways[0]]
    edits, _ = edits_for(form, report, ((change.pointer, change.new) for change in changes))
    count = len(changes)
    title = Text(f"按勾稽关系填 {count} 格", f"fill in {count} blanks by the sums")
    if count == 1:
        figure = changes[0].new
        title = Text(f"填 {figure}", f"fill in {figure}")
    return Fix(title, Transaction(edits, title))


def _blanks(
    deductions: Iterable[Deduction], report: Report, result: CheckResult
) -> Iterator[Suggestion]:
    """Yield the blanks that count and can hold one figure only."""
    waiting = [item for item in result.findings if item.state is State.UNDECIDED]
    blank = frozenset(pointer for pointers in result.blanks.values() for pointer in pointers)
    for item in deductions:
        if item.pointer not in blank:
            continue
        found = suggestion_of_blank(item, result.form, tuple(_waiting(item, waiting)))
        # What rests on blanks that are still open is not sure by itself.
        alone = not item.given
        yield replace(found, fix=filling_in(result.form, report, (found,))) if alone else found


def _settled(cause: Cause, known: frozenset[Identity], errors: list[Finding]) -> Iterator[Identity]:
    """Yield the findings that a cause is behind: equations, then figures not allowed."""
    yield from (identity for identity in cause.settles if identity in known)
    for pointer in cause.outside:
        for finding in errors:
            if finding.pointers == (pointer,) and finding.identity not in cause.settles:
                yield finding.identity


def _waiting(deduction: Deduction, waiting: list[Finding]) -> Iterator[Identity]:
    """Yield the rules that are undecided for a blank, the one it follows from first."""
    yield deduction.equation
    for finding in waiting:
        if deduction.pointer in finding.pointers and finding.identity != deduction.equation:
            yield finding.identity
