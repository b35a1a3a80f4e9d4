"""What happened to rules: they came, went, check something else, weigh or hold otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.amending.aspects import aspect
from disclosure_tui.amending.changes import Aspect, RuleChange, RuleChangeKind
from disclosure_tui.data_class import dataclass
from disclosure_tui.explaining import SEVERITY_NAMES, span_text
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.render.rule_words import CATEGORIES
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.force import Span
from disclosure_tui.rules.formula import condition_of, formula, scope_text
from disclosure_tui.rules.kind import Rule
from disclosure_tui.rules.registry import DeclaredRule, kinds

__all__ = ["rule_changes"]

_NOTHING = Text("", "")
_BLANKS = {"zero": Text("按 0 计算", "count as 0"), "undecided": Text("暂不判定", "undecided")}
_WORDS = (
    ("description", Text("内容", "what it checks")),
    ("authority", Text("依据", "authority")),
    ("message", Text("提示", "message")),
    ("advice", Text("改法", "advice")),
    ("example", Text("例子", "example")),
)


def rule_changes(
    old: LoadedReportType, new: LoadedReportType, now: Mapping[Pointer, Pointer]
) -> tuple[RuleChange, ...]:
    """Compare the rules of two schemas.

    Args:
        old: The older one.
        new: The newer one.
        now: Where places of the older form stand in the newer one.
    """
    return (*_declared(old, new, now), *_about_values(old.form, new.form))


def _declared(
    old: LoadedReportType, new: LoadedReportType, now: Mapping[Pointer, Pointer]
) -> Iterator[RuleChange]:
    left = list(old.checker.declared)
    for after in new.checker.declared:
        before = _counterpart(after, left, now)
        if before is None:
            yield _whole(RuleChangeKind.ADDED, after, new.form)
            continue
        left.remove(before)
        aspects = tuple(_aspects((before, after), (old.form, new.form), now))
        if aspects:
            yield _changed(before, after, new.form, aspects)
    for before in left:
        yield _whole(RuleChangeKind.REMOVED, before, old.form)


def _counterpart(
    rule: DeclaredRule, left: list[DeclaredRule], now: Mapping[Pointer, Pointer]
) -> DeclaredRule | None:
    """Return the rule of the same id, at the same place if there are several."""
    named = [item for item in left if item.rule.identifier == rule.rule.identifier]
    level = rule.rule.level
    here = [item for item in named if now.get(item.rule.level, item.rule.level) == level]
    return next(iter(here or named), None)


def _whole(kind: RuleChangeKind, declared: DeclaredRule, form: Form) -> RuleChange:
    rule = declared.rule
    gone = kind is RuleChangeKind.REMOVED
    return RuleChange(
        kind=kind,
        rule=rule.identifier,
        level=rule.level,
        where=_place(form, rule.level),
        old_severity=rule.severity if gone else None,
        new_severity=None if gone else rule.severity,
        formula=formula(declared, form),
        description=rule.description or _NOTHING,
        authority=rule.authority,
    )


def _changed(
    before: DeclaredRule, after: DeclaredRule, form: Form, aspects: tuple[Aspect, ...]
) -> RuleChange:
    return RuleChange(
        kind=RuleChangeKind.CHANGED,
        rule=after.rule.identifier,
        level=after.rule.level,
        where=_place(form, after.rule.level),
        old_severity=before.rule.severity,
        new_severity=after.rule.severity,
        formula=formula(after, form),
        description=after.rule.description or _NOTHING,
        authority=after.rule.authority,
        aspects=aspects,
        is_formula_other=before.rule.digest != after.rule.digest,
    )


def _place(form: Form, level: Pointer) -> Text:
    section = form.section_of(level)
    node = form.nearest(level, Role.BLOCK, Role.GROUP) or section
    if node is None or level == ROOT:
        return _NOTHING
    return Text(node.label.short(Language.CHINESE), node.label.short(Language.ENGLISH))


_Rules = tuple[DeclaredRule, DeclaredRule]
_Forms = tuple[Form, Form]


def _aspects(rules: _Rules, forms: _Forms, now: Mapping[Pointer, Pointer]) -> Iterator[Aspect]:
    before, after = rules[0].rule, rules[1].rule
    yield from aspect(
        "severity", Text("级别", "severity"), _graded(before.severity), _graded(after.severity)
    )
    if now.get(before.level, before.level) != after.level:
        names = [
            _place(form, rule.level) for form, rule in zip(forms, (before, after), strict=True)
        ]
        yield from aspect("level", Text("位置", "place"), *names)
    yield from _force(rules)
    if before.digest != after.digest:
        yield from _formula(rules, forms)
    for key, name in _WORDS:
        yield from aspect(key, name, getattr(before, key), getattr(after, key))
    yield from aspect("reasons", Text("可选原因", "reasons"), _reasons(before), _reasons(after))


def _graded(severity: Severity) -> Text:
    return SEVERITY_NAMES[severity]


def _reasons(rule: Rule) -> Text:
    return _listed(list(rule.reasons))


def _listed(texts: list[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def _force(rules: _Rules) -> Iterator[Aspect]:
    """Compare the years or days that a rule is in force, or taken out of it."""
    for key, name, inside in (
        ("force", Text("适用", "in force"), True),
        ("suspended", Text("暂停", "suspended"), False),
    ):
        told = [
            _listed([_span(span) for span in declared.spans if span.inside is inside])
            for declared in rules
        ]
        yield from aspect(key, name, *told)


def _span(span: Span) -> Text:
    told = span_text(span)
    if span.basis is None:
        return told
    return Text(f"{told.zh}（{span.basis.zh}）", f"{told.en} ({span.basis.en})")


def _formula(rules: _Rules, forms: _Forms) -> Iterator[Aspect]:
    """Compare what is checked; there is always something to tell, the digests are others."""
    found = tuple(_formula_aspects(rules, forms))
    yield from found or _details(rules)


def _formula_aspects(rules: _Rules, forms: _Forms) -> Iterator[Aspect]:
    """Compare the formula, where it repeats, its condition, and how it takes figures."""
    before, after = rules
    told = _parts(formula(before, forms[0]), formula(after, forms[1]))
    yield from aspect("formula", Text("算式", "formula"), *told)
    if before.each != after.each:
        scopes = [scope_text(rule, form) for rule, form in zip(rules, forms, strict=True)]
        yield from aspect("each", Text("范围", "where"), *scopes)
    conditions = [condition_of(rule, form) for rule, form in zip(rules, forms, strict=True)]
    yield from aspect("when", Text("条件", "condition"), *conditions)
    blanks = [_BLANKS[rule.rule.item.get("blank", "undecided")] for rule in rules]
    yield from aspect("blank", Text("未填的格", "blanks"), *blanks)
    exact = [rule.rule.item.get("tolerance") == "printed" for rule in rules]
    names = [Text("按填写的小数位", "as printed") if it else Text("相等", "exact") for it in exact]
    yield from aspect("tolerance", Text("比较", "comparison"), *names)


def _parts(old: Text, new: Text) -> tuple[Text, Text]:
    """Leave out of long formulas of many parts those that both have."""
    pieces = [_pieces(old), _pieces(new)]
    if min(len(side) for side in pieces) < 2:
        return old, new
    left = [piece for piece in pieces[0] if piece not in pieces[1]]
    right = [piece for piece in pieces[1] if piece not in pieces[0]]
    if not left and not right:
        return old, new
    return _rejoined(left), _rejoined(right)


def _pieces(text: Text) -> list[Text]:
    zh, en = text.zh.split("；"), text.en.split("; ")
    if len(zh) != len(en):
        return [text]
    return [Text(one, other) for one, other in zip(zh, en, strict=True)]


def _rejoined(pieces: list[Text]) -> Text:
    return Text("；".join(one.zh for one in pieces), "; ".join(one.en for one in pieces))


def _details(rules: _Rules) -> Iterator[Aspect]:
    """Name the words that a rule about prose looks for, as far as they are others."""
    known = {key for kind in kinds().values() for key in kind.item_schema}
    sides = [
        list(dict.fromkeys(_strings({key: rule.rule.item.get(key) for key in sorted(known)})))
        for rule in rules
    ]
    old, new = sides
    gone = [word for word in old if word not in new]
    come = [word for word in new if word not in old]
    yield from aspect(
        "details", Text("写法", "details"), same("、".join(gone)), same("、".join(come))
    )
    if not gone and not come:
        # The same words in another order or with other figures: still another formula.
        yield Aspect("details", Text("写法", "details"), None, Text("有改动", "different"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@dataclass(frozen=True, slots=True)
class _Policy:
    """A named finding about the types of values, where it is declared first."""

    category: str
    severity: Severity
    level: Pointer


def _about_values(old: Form, new: Form) -> Iterator[RuleChange]:
    """Compare the names and weights of findings about the types of values."""
    theirs, ours = _policies(old), _policies(new)
    for key, after in ours.items():
        before = theirs.get(key)
        if before is None:
            yield _policy(RuleChangeKind.ADDED, key[0], new, None, after)
        elif before.severity is not after.severity:
            yield _policy(RuleChangeKind.CHANGED, key[0], new, before, after)
    for key, before in theirs.items():
        if key not in ours:
            yield _policy(RuleChangeKind.REMOVED, key[0], old, before, None)


def _policies(form: Form) -> dict[tuple[str, str], _Policy]:
    found: dict[tuple[str, str], _Policy] = {}
    for node in form.nodes.values():
        for category, policy in node.findings.items():
            if not policy.off:
                item = _Policy(category, policy.severity, node.pointer)
                found.setdefault((policy.rule, category), item)
    return found


def _policy(
    kind: RuleChangeKind, rule: str, form: Form, before: _Policy | None, after: _Policy | None
) -> RuleChange:
    policy = after or before
    assert policy is not None
    weights = [None if it is None else it.severity for it in (before, after)]
    aspects: tuple[Aspect, ...] = ()
    if before is not None and after is not None:
        named = [_graded(before.severity), _graded(after.severity)]
        aspects = tuple(aspect("severity", Text("级别", "severity"), *named))
    return RuleChange(
        kind=kind,
        rule=rule,
        level=policy.level,
        where=_place(form, policy.level),
        old_severity=weights[0],
        new_severity=weights[1],
        formula=_NOTHING,
        description=CATEGORIES.get(policy.category, same(policy.category)),
        aspects=aspects,
    )
