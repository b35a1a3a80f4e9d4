"""Conditions that can never hold, rules that can never fail, and dates that never come.

Bounded: ranges between the constants of an expression, the texts of an enumeration, years of the
edition. Nothing is said of what is not proven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import ANY_ENTRY, Form
from disclosure_tui.rules.expression import Bound, Domain, Operand, possible
from disclosure_tui.rules.force import Span
from disclosure_tui.rules.implied import comparison_of
from disclosure_tui.rules.registry import DeclaredRule

__all__ = ["domain_of", "notices"]

KIND = "condition"
MOST_PLACES = 200
"""Of a rule at more places than this nothing is said."""


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them."""
    form = subject.loaded.form
    for declared in subject.declared:
        yield from _rule(subject, form, declared)
    checker = subject.loaded.checker
    for pointer, bound in checker.prepared(checker.form).conditions:
        if possible(bound, domain_of(form)) == {False}:
            node = form.node(pointer)
            name = pointer.key if node is None else node.label.title(form.report_type.language)
            yield Notice(
                KIND,
                Severity.WARNING,
                subject.loaded.path.name,
                Text(f"【{name}】的条件不可能成立", f"{pointer}: its condition can never hold"),
                Text("请改正条件，或删去这一处", "correct the condition, or leave the place out"),
            )


def _rule(subject: Subject, form: Form, declared: DeclaredRule) -> Iterator[Notice]:
    rule = declared.rule
    places = subject.instances[rule.identifier]
    never = _never_in_force(form, declared.spans)
    if never is not None:
        yield Notice(KIND, Severity.WARNING, rule.origin, never, _DATES, rule=rule.identifier)
    conditions = [each.condition.bound for each in places if each.condition is not None]
    if _all(conditions, domain_of(form), {False}):
        yield Notice(
            KIND,
            Severity.WARNING,
            rule.origin,
            Text(
                "【when】不可能成立，规则永远不起作用", "its when can never hold: it never applies"
            ),
            Text("请改正条件，或删去规则", "correct the condition, or leave the rule out"),
            rule=rule.identifier,
        )
    judged = [comparison_of(each) for each in places]
    if _all(judged, domain_of(form), {True}):
        yield Notice(
            KIND,
            Severity.WARNING,
            rule.origin,
            Text("算式总是成立，规则查不出任何问题", "its check always holds: it can never fail"),
            Text("请改正算式，或删去规则", "correct the check, or leave the rule out"),
            rule=rule.identifier,
        )
    elif _all(judged, domain_of(form), {False}):
        yield Notice(
            KIND,
            Severity.WARNING,
            rule.origin,
            Text("算式不可能成立，填什么都不符", "its check can never hold, whatever is filled in"),
            Text("请改正算式", "correct the check"),
            rule=rule.identifier,
        )


_DATES = Text("请改正 from、to，或删去规则", "correct from and to, or leave the rule out")


def _never_in_force(form: Form, spans: Iterable[Span]) -> Text | None:
    """Say why a rule for certain years is never in force in this edition."""
    first, last = form.report_type.first_year, form.report_type.last_year
    for span in spans:
        if span.filing or not span.inside:
            continue
        late = isinstance(span.first, int) and last is not None and span.first > last
        early = isinstance(span.last, int) and first is not None and span.last < first
        if late or early:
            years = f"{first or ''}-{last or ''}"
            return Text(
                f"只在 {span.first or ''}-{span.last or ''} 年起作用，而格式适用于 {years} 年",
                f"in force for {span.first or ''}-{span.last or ''} only, the form is for {years}",
            )
    return None


def _all(
    bounds: Iterable[Bound | None], domain: Callable[[Operand], Domain], wanted: set[bool]
) -> bool:
    """Tell whether a rule's expression comes to one verdict at every place."""
    known = list(bounds)
    if not known or len(known) > MOST_PLACES or any(bound is None for bound in known):
        return False
    return all(bound is not None and possible(bound, domain) == wanted for bound in known)


def domain_of(form: Form) -> Callable[[Operand], Domain]:
    """Return what says which values a cell of the form may hold."""

    def domain(operand: Operand) -> Domain:
        node = form.node(operand.pointer)
        cell = node.cell if node is not None else None
        if cell is None:
            return Domain(coded=True)
        if ANY_ENTRY in operand.pointer:
            # The row may be missing, in this report or in last year's.
            return Domain(figures=cell.numeric, coded=True)
        if not cell.numeric:
            texts = tuple(map(str, cell.values)) or None
            return Domain(texts=texts, figures=False, coded="boolean" in cell.types)
        return Domain(cell.minimum, cell.maximum, cell.integral, coded=bool(cell.codes))

    return domain
