"""Explains the rules of a report type in words, those about the values' types included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import FindingPolicy, Node
from disclosure_tui.render.rule_words import CATEGORIES
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.force import Span
from disclosure_tui.rules.formula import formula, scope_text
from disclosure_tui.rules.kind import Rule
from disclosure_tui.rules.registry import DeclaredRule
from disclosure_tui.schema.compiler import text_of

__all__ = ["SEVERITY_NAMES", "explained", "rule_rows", "span_text"]

SEVERITY_NAMES = {
    Severity.ERROR: Text("错误，必须改正（强制性）", "error: must be corrected"),
    Severity.QUERY: Text("待核实，改正或填写说明（核实性）", "query: correct or explain"),
    Severity.WARNING: Text("提示，请留意（提示性）", "warning: worth a look"),
    Severity.NOTE: Text("参考（参考性）", "note: for information"),
}


def rule_rows(loaded: LoadedReportType, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield mark, id and content of every rule, in the order of the form."""
    seen = set()
    for identifier, found in _policies(loaded).items():
        seen.add(identifier)
        severity = found[0][1].severity
        yield (
            severity.mark,
            identifier,
            Text("；", "; ").in_(language).join(_contents(found, language)),
        )
    for declared in loaded.checker.declared:
        rule = declared.rule
        description = "" if rule.description is None else rule.description.in_(language)
        yield rule.severity.mark, rule.identifier, description


def explained(loaded: LoadedReportType, identifier: str, language: Language) -> str:
    """Explain one rule; an empty text if there is none with this id."""
    lines: list[str] = []
    found = _policies(loaded).get(identifier)
    if found:
        lines.extend(_policy_lines(identifier, found, language))
    for declared in loaded.checker.declared:
        if declared.rule.identifier == identifier:
            lines.extend([""] if lines else [])
            lines.extend(_rule_lines(loaded, declared, language))
    return "\n".join(lines)


def _policies(
    loaded: LoadedReportType,
) -> dict[str, list[tuple[str, FindingPolicy, Node]]]:
    """Collect the named findings about values' types, at the outermost places they are for."""
    found: dict[str, list[tuple[str, FindingPolicy, Node]]] = {}
    for pointer, node in loaded.form.nodes.items():
        above = loaded.form.node(pointer[:-1]) if pointer else None
        for category, policy in node.findings.items():
            outer = above is not None and above.findings.get(category) == policy
            if not policy.off and not outer:
                found.setdefault(policy.rule, []).append((category, policy, node))
    return found


def _contents(found: list[tuple[str, FindingPolicy, Node]], language: Language) -> list[str]:
    texts = [CATEGORIES.get(category, Text(category, category)) for category, _, _ in found]
    return list(dict.fromkeys(text.in_(language) for text in texts))


def _policy_lines(
    identifier: str, found: list[tuple[str, FindingPolicy, Node]], language: Language
) -> Iterator[str]:
    severity = found[0][1].severity
    places = dict.fromkeys(node.label.short(language) for _, _, node in found)
    yield f"{severity.mark} {identifier}  {SEVERITY_NAMES[severity].in_(language)}"
    yield _labelled(
        Text("内容", "Checks"),
        Text("；", "; ").in_(language).join(_contents(found, language)),
        language,
    )
    yield _labelled(
        Text("范围", "Where"), Text("、", ", ").in_(language).join(filter(None, places)), language
    )


def _rule_lines(
    loaded: LoadedReportType, declared: DeclaredRule, language: Language
) -> Iterator[str]:
    rule = declared.rule
    yield f"{rule.severity.mark} {rule.identifier}  {SEVERITY_NAMES[rule.severity].in_(language)}"
    if rule.description is not None:
        yield _labelled(Text("内容", "Checks"), _in(rule.description, language), language)
    yield _labelled(Text("算式", "Formula"), formula(declared, loaded.form).in_(language), language)
    yield _labelled(
        Text("范围", "Where"), scope_text(declared, loaded.form).in_(language), language
    )
    yield from _terms_of_force(declared, language)
    for label, text in (
        (Text("依据", "Authority"), rule.authority),
        (Text("例子", "Example"), rule.example),
        (Text("改法", "How to fix"), rule.advice),
    ):
        if text is not None:
            yield _labelled(label, text.in_(language), language)
    if rule.reasons:
        reasons = (
            Text("、", "; ").in_(language).join(reason.in_(language) for reason in rule.reasons)
        )
        yield _labelled(Text("可选原因", "Reasons"), reasons, language)
    yield from _origin_lines(loaded, rule, language)


def _origin_lines(loaded: LoadedReportType, rule: Rule, language: Language) -> Iterator[str]:
    """Say where a rule stands, and what an overlay says of it."""
    overlay = loaded.form.overlay
    name = "" if overlay is None else overlay.title(language)
    added = Text(f"（{name}）", f" ({name})").in_(language) if rule.added else ""
    yield _labelled(Text("出处", "Declared at"), f"{rule.origin}{added}", language)
    own = loaded.form.report_type.language.value
    for change in rule.changes:
        told = Text("，", ", ").in_(language).join(_changed(change.said, language, own))
        by = Text(f"{name}改动", f"Changed by {name}") if name else Text("改动", "Changed")
        yield _labelled(by, told, language)
        note = text_of(change.said.get("note"), own)
        if note is not None:
            yield _labelled(Text("说明", "Note"), note.in_(language), language)
        yield _labelled(Text("改动出处", "Changed at"), str(change.origin), language)


def _changed(said: Mapping[str, Any], language: Language, own: str) -> Iterator[str]:
    """Name what an overlay changes of a rule: weight or force, for how long, on what basis."""
    if said.get("off"):
        yield Text("暂停", "out of force").in_(language)
    if "severity" in said:
        grade = SEVERITY_NAMES[Severity(said["severity"])].in_(language)
        yield Text(f"级别改为【{grade}】", f"now {grade}").in_(language)
    words = {
        "message": Text("提示语", "message"),
        "authority": Text("依据", "authority"),
        "reasons": Text("可选原因", "reasons"),
    }
    reworded = [text.in_(language) for key, text in words.items() if key in said]
    if reworded:
        listed = Text("、", ", ").in_(language).join(reworded)
        yield Text(f"改写{listed}", f"other {listed}").in_(language)
    if "from" in said or "to" in said:
        first, last = said.get("from", ""), said.get("to", "")
        yield Text(f"自 {first} 至 {last}", f"from {first} to {last}").in_(language)
    basis = text_of(said.get("basis"), own)
    if basis is not None:
        yield Text(f"根据{basis.zh}", f"by {basis.en}").in_(language)


def _terms_of_force(declared: DeclaredRule, language: Language) -> Iterator[str]:
    """Say for which reports the rule is in force, and how it takes blanks and rounding."""
    for span in declared.spans:
        label = Text("适用", "In force") if span.inside else Text("暂停", "Out of force")
        yield _labelled(label, span_text(span).in_(language), language)
        if span.basis is not None:
            yield _labelled(Text("决定", "Decided by"), span.basis.in_(language), language)
    item = declared.rule.item
    if item.get("blank") == "zero":
        zero = Text("未填的按 0 计算", "a blank counts as 0")
        yield _labelled(Text("未填", "Blanks"), zero.in_(language), language)
    if item.get("tolerance") == "printed":
        printed = Text("按填写的小数位比较", "compared at the precision written")
        yield _labelled(Text("精度", "Precision"), printed.in_(language), language)


def span_text(span: Span) -> Text:
    """Say which years' reports, or what is filed when, a span holds for."""
    first, last = span.first, span.last
    what = Text("报送的", "filed ") if span.filing else Text("年年报", "reports of ")
    if first is not None and last is not None:
        return Text(f"{first} 至 {last} {what.zh}", f"{what.en}{first} to {last}")
    if first is not None:
        return Text(f"{first} {what.zh}，以后的也适用", f"{what.en}{first} and later")
    return Text(f"{last} {what.zh}，以前的也适用", f"{what.en}{last} and earlier")


def _in(text: Text | None, language: Language) -> str:
    return "" if text is None else text.in_(language)


def _labelled(label: Text, text: str, language: Language) -> str:
    return f"  {label.in_(language)}{Text('：', ': ').in_(language)}{text}"
