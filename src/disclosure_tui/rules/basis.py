"""What a check rests on, so that the next check looks only at what changed in between.

A full check is the first of a row; every later one takes over what an edit did not touch: values
read, verdicts of rule instances, blanks, faults of values, findings and their order. Both run
through the same functions, and nothing is ever changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.difference import Differences
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.blanks import Blanks, blanks, blanks_after
from disclosure_tui.rules.conformance import Conformance, Fault
from disclosure_tui.rules.conformance_findings import (
    blank_finding,
    distinct,
    fault_findings,
    with_values,
)
from disclosure_tui.rules.context import CheckContext
from disclosure_tui.rules.explanations import explained, explanations_of
from disclosure_tui.rules.expression import Missing, Operand, Value
from disclosure_tui.rules.kind import Read
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome
from disclosure_tui.rules.prepared import Prepared
from disclosure_tui.rules.reading import prior_value, value_of
from disclosure_tui.rules.verdict import reader_for, verdict_of, verdicts_from

__all__ = ["Basis", "basis_after", "basis_of"]

Outcomes: TypeAlias = tuple[tuple[Outcome, ...], ...]
"""What the parts of one instance came to."""

Ranked: TypeAlias = tuple[int, int, int, int, Finding]
"""A finding behind its rank: weight, place in the form, number of its instance, number in it."""

_ABOUT_VALUES = -1
"""In place of the number of an instance: findings about the values themselves."""

_SAID_ELSEWHERE = frozenset({"year", "period", "notes", "remarks", "schema"})
"""Parts of the envelope that are compared with the form beyond their types."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What one instance came to.

    Attributes:
        counted: The names of its verdicts.
        findings: What there is to say.
        outcomes: Of a rule that may come to several, one for each verdict.
    """

    counted: tuple[str, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a check found out about one report.

    Attributes:
        prepared: The rules at the places of the form with the report's entry rows.
        report: The report.
        context: What the check needed besides.
        absent: Rows and sections that do not exist now.
        known: The values that rules have read.
        faults: What the validator says.
        about_values: Findings about types of values.
        blanks: The blanks that count.
        about_blanks: The finding about each group of them.
        outcomes: For instances that may come to several verdicts, what each part came to.
        verdicts: What each instance came to.
        ranked: All findings in their order, explained ones marked so.
        counts: How many verdicts of each name.
    """

    prepared: Prepared
    report: Report
    context: CheckContext
    absent: tuple[Pointer, ...]
    known: Mapping[Operand, Value]
    faults: tuple[Fault, ...]
    about_values: tuple[Finding, ...]
    blanks: Blanks
    about_blanks: Mapping[Pointer, Finding]
    outcomes: tuple[Outcomes, ...]
    verdicts: tuple[Verdicts, ...]
    ranked: tuple[Ranked, ...]
    counts: Mapping[str, int]

    @property
    def read(self) -> Read:
        """How rules get values of the report as it was checked."""
        return _reader(self.prepared, self.report, self.context, self.absent, dict(self.known))


def basis_of(
    conformance: Conformance, prepared: Prepared, report: Report, context: CheckContext
) -> Basis:
    """Check a report from scratch."""
    form = prepared.form
    absent = _absent(prepared, report, context)
    waiting = blanks(prepared.asked, report, absent)
    faults = conformance.faults(report)
    known: dict[Operand, Value] = {}
    read = _reader(prepared, report, context, absent, known)
    outcomes = tuple(
        tuple(part.outcomes(reader_for(form, instance, read)) for part in parts)
        for instance, parts in zip(prepared.instances, prepared.parts, strict=True)
    )
    verdicts = tuple(
        _verdicts(prepared, number, found, report, read) for number, found in enumerate(outcomes)
    )
    counts: dict[str, int] = {}
    for verdict in verdicts:
        for name in verdict.counted:
            counts[name] = counts.get(name, 0) + 1
    about_values = fault_findings(form, report, faults, _each(waiting))
    about_blanks = _about_blanks(prepared, report, waiting, {}, set())
    ranking = _Ranking(prepared, report, verdicts, (about_values, about_blanks), context.findings)
    return Basis(
        prepared,
        report,
        context,
        absent,
        known,
        faults,
        about_values,
        waiting,
        about_blanks,
        outcomes,
        verdicts,
        ranking.of(range(_ABOUT_VALUES, len(verdicts))),
        counts,
    )


def basis_after(
    before: Basis, conformance: Conformance, report: Report, differences: Differences
) -> Basis:
    """Check a report again after some of its places changed.

    Args:
        before: The last check, of a report with the same entry rows and the same prior.
        conformance: Checks the types of values.
        report: The report as it is now.
        differences: Where it differs from the one checked last.
    """
    prepared = before.prepared
    leaves = dict.fromkeys(prepared.leaves(differences.values))
    absent = before.absent
    if not prepared.read_by_conditions.isdisjoint(leaves):
        absent = _absent(prepared, report, before.context)
        # What begins or ceases to exist changes with all that is in it.
        moved = [
            place
            for place in (*before.absent, *absent)
            if (place in absent) is not (place in before.absent)
        ]
        leaves.update(dict.fromkeys(prepared.leaves(moved)))
    known = dict(before.known)
    touched: dict[int, set[int]] = {}
    for leaf in leaves:
        known.pop(Operand(leaf), None)
        for number, part in prepared.readers.get(leaf, ()):
            touched.setdefault(number, set()).add(part)
    read = _reader(prepared, report, before.context, absent, known)
    outcomes, verdicts, counts = _judged_again(before, touched, leaves, report, read)
    waiting = blanks_after(before.blanks, prepared.asked, prepared.order, report, absent, leaves)
    about_blanks = before.about_blanks
    groups = {group for leaf in leaves if (group := prepared.asked.get(leaf)) is not None}
    if not groups.isdisjoint(waiting) or waiting is not before.blanks:
        about_blanks = _about_blanks(prepared, report, waiting, before.about_blanks, groups)
    faults = conformance.faults_after(before.faults, report, differences)
    about_values = before.about_values
    if faults or about_values or _concerns_envelope_or_amounts(prepared, leaves, differences):
        about_values = fault_findings(prepared.form, report, faults, _each(waiting))
    stale: Sequence[int] = [n for n in touched if verdicts[n] is not before.verdicts[n]]
    renewed = about_values is not before.about_values or about_blanks is not before.about_blanks
    if renewed or before.context.findings:
        stale = [*stale, _ABOUT_VALUES]
    if any(place[:1] in ((), ("explanations",)) for place in differences.values):
        stale = range(_ABOUT_VALUES, len(verdicts))
    ranking = _Ranking(
        prepared, report, verdicts, (about_values, about_blanks), before.context.findings
    )
    return Basis(
        prepared,
        report,
        before.context,
        absent,
        known,
        faults,
        about_values,
        waiting,
        about_blanks,
        outcomes,
        verdicts,
        ranking.of(stale, before.ranked) if stale else before.ranked,
        counts,
    )


def _judged_again(
    before: Basis,
    touched: Mapping[int, set[int]],
    leaves: Collection[Pointer],
    report: Report,
    read: Callable[[Operand], Value],
) -> tuple[tuple[Outcomes, ...], tuple[Verdicts, ...], Mapping[str, int]]:
    """Judge the instances touched, and of those with parts only the parts."""
    if not touched:
        return before.outcomes, before.verdicts, before.counts
    prepared = before.prepared
    outcomes, verdicts, counts = list(before.outcomes), list(before.verdicts), dict(before.counts)
    for number, parts in touched.items():
        if prepared.parts[number]:
            found = _asked_again(prepared, number, parts, outcomes[number], read)
            if -1 not in parts and found == outcomes[number] and not _reads(found, leaves):
                continue
            outcomes[number] = found
        old, new = verdicts[number], _verdicts(prepared, number, outcomes[number], report, read)
        if new.counted != old.counted:
            for name in old.counted:
                counts[name] -= 1
            for name in new.counted:
                counts[name] = counts.get(name, 0) + 1
        if new != old:
            verdicts[number] = new
    return tuple(outcomes), tuple(verdicts), counts


def _asked_again(
    prepared: Prepared,
    number: int,
    parts: Iterable[int],
    known: Outcomes,
    read: Callable[[Operand], Value],
) -> Outcomes:
    found = list(known)
    own = reader_for(prepared.form, prepared.instances[number], read)
    for index in parts:
        if index >= 0:
            found[index] = prepared.parts[number][index].outcomes(own)
    return tuple(found)


def _reads(outcomes: Outcomes, leaves: Collection[Pointer]) -> bool:
    """Tell whether a finding tells values that changed, though the outcome is the same."""
    return any(
        operand.pointer in leaves
        for part in outcomes
        for outcome in part
        if outcome.truth is not True or outcome.worded is not None
        for operand in outcome.operands
    )


def _verdicts(
    prepared: Prepared,
    number: int,
    outcomes: Outcomes,
    report: Report,
    read: Callable[[Operand], Value],
) -> Verdicts:
    instance = prepared.instances[number]
    read = reader_for(prepared.form, instance, read)
    if not prepared.parts[number]:
        name, finding = verdict_of(prepared.form, instance, read)
        if finding is None:
            return _SILENT[name]
        return Verdicts((name,), (_complete(finding, report),))
    assert isinstance(instance.evaluator, ManyOutcomes)
    together = instance.evaluator.joined(outcomes, read)
    found = list(verdicts_from(prepared.form, instance, together, read))
    return Verdicts(
        tuple(name for name, _ in found),
        tuple(_complete(finding, report) for _, finding in found if finding is not None),
        tuple(together) if len(together) == len(found) else (),
    )


_SILENT = {name: Verdicts((name,), ()) for name in ("held", "inapplicable")}


def _complete(finding: Finding, report: Report) -> Finding:
    if finding.values or finding.state is not State.OPEN:
        return finding
    return with_values(finding, report)


def _about_blanks(
    prepared: Prepared,
    report: Report,
    waiting: Blanks,
    known: Mapping[Pointer, Finding],
    stale: set[Pointer],
) -> Mapping[Pointer, Finding]:
    """Return the finding about each group of blanks; those not stale are taken over."""
    found = {}
    for group, pointers in waiting.items():
        finding = known.get(group)
        if finding is None or group in stale or finding.pointers != pointers:
            finding = with_values(blank_finding(prepared.form, group, pointers), report)
        found[group] = finding
    return found


def _concerns_envelope_or_amounts(
    prepared: Prepared, leaves: Iterable[Pointer], differences: Differences
) -> bool:
    amounts = prepared.amounts
    return any(leaf in amounts for leaf in leaves) or any(
        not place or place[0] in _SAID_ELSEWHERE for place in differences.values
    )


def _each(waiting: Blanks) -> frozenset[Pointer]:
    return frozenset(pointer for pointers in waiting.values() for pointer in pointers)


def _rank(ranked: Ranked) -> tuple[int, ...]:
    return ranked[:4]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What it takes to put findings into their order."""

    prepared: Prepared
    report: Report
    verdicts: tuple[Verdicts, ...]
    about: tuple[tuple[Finding, ...], Mapping[Pointer, Finding]]
    from_context: tuple[Finding, ...]

    def of(self, numbers: Sequence[int], before: tuple[Ranked, ...] = ()) -> tuple[Ranked, ...]:
        """Rank the findings of some instances; those of the others are taken over."""
        stale = set(numbers)
        kept = [ranked for ranked in before if ranked[2] not in stale]
        return tuple(sorted((*kept, *self._ranked(numbers)), key=_rank))

    def _ranked(self, numbers: Sequence[int]) -> Iterator[Ranked]:
        """Yield the findings of some instances with their ranks and the office's answers."""
        order, last = self.prepared.order, len(self.prepared.order)
        explanations = explanations_of(self.report)
        for number in numbers:
            findings: Iterable[Finding]
            if number == _ABOUT_VALUES:
                values, blank = self.about
                told = (_complete(finding, self.report) for finding in self.from_context)
                findings = (*distinct((*values, *blank.values())), *told)
            else:
                findings = self.verdicts[number].findings
            for index, finding in enumerate(explained(findings, explanations) if findings else ()):
                place = order.get(finding.primary, last)
                yield finding.severity.weight, place, number, index, finding


def _absent(prepared: Prepared, report: Report, context: CheckContext) -> tuple[Pointer, ...]:
    """Return the rows and sections whose condition does not hold."""
    read = _reader(prepared, report, context, (), {})
    return tuple(
        pointer for pointer, condition in prepared.conditions if condition.truth(read) is False
    )


def _reader(
    prepared: Prepared,
    report: Report,
    context: CheckContext,
    absent: tuple[Pointer, ...],
    known: dict[Operand, Value],
) -> Callable[[Operand], Value]:
    """Return how rules get values: each place is looked at once."""
    form = prepared.form

    def read(operand: Operand) -> Value:
        value = known.get(operand)
        if value is None:
            if operand.prior:
                value = prior_value(form, context.prior, operand.pointer)
            elif absent and any(operand.pointer.starts_with(pointer) for pointer in absent):
                value = Missing.NOT_APPLICABLE
            else:
                value = value_of(form, operand.pointer, report.value_at(operand.pointer))
            known[operand] = value
        return value

    return read
